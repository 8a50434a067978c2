package dev.retort.shell;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The entry of {@code ./retort}. */
@Command(
    name = "retort",
    description =
        "Train teachers, distill students, compare them: the words of the project from a shell.",
    mixinStandardHelpOptions = true,
    version = "retort 0.1.0",
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Quickstart.class,
      Install.class,
      RunScript.class,
      DoctorVisit.class,
      ConformanceCheck.class,
      Bench.class,
      Reproduce.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private static final String[] FOOTER = {
    "",
    "Two more commands are answered by the launcher itself:",
    "  test   runs every test, and the notebooks through a real Jupyter client",
    "  shell  starts JShell with the words of the language",
    "retort --gpu COMMAND lets students learn on an NVIDIA GPU, where there is one.",
    "",
    "retort COMMAND --help explains one."
  };

  private Main() {}

  /**
   * Runs a command and exits with its status: 0 if it went well, 1 if it did not, 2 if it was not
   * understood.
   */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Main());
    line.getCommandSpec().usageMessage().footer(FOOTER); // in the annotation all would inherit it
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          boolean explained = exception instanceof RetortException;
          if (explained || exception instanceof IOException) {
            command
                .getErr()
                .println(explained ? exception.getMessage() : Main.message(exception, command));
          } else {
            exception.printStackTrace(command.getErr());
          }
          return 1;
        });
    int status = args.length == 0 ? usage(line) : line.execute(args);
    System.out.flush();
    System.exit(status);
  }

  /** Messages of files name the file alone, unless they are of our own making. */
  private static String message(Exception exception, CommandLine command) {
    String name = command.getCommandName();
    return exception instanceof FileSystemException
        ? "%s: expected a file or folder to work with, got %s."
            .formatted(name, exception.toString().replaceFirst("^java\\.nio\\.file\\.", ""))
        : "%s: %s".formatted(name, exception.getMessage());
  }

  private static int usage(CommandLine line) {
    line.usage(System.out);
    return 0;
  }

  /** Whether a person reads along: output may have colour, and be written again in place. */
  static boolean terminal() {
    return Boolean.getBoolean("retort.terminal");
  }

  /** The folder of the project, as the launcher knows it. */
  static Path home() {
    return Path.of(System.getProperty("retort.home", "")).toAbsolutePath();
  }
}
