package dev.retort.shell;

import dev.retort.RetortException;
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
      Bench.class
    },
    footer = {
      "",
      "Two more commands are answered by the launcher itself:",
      "  test   runs every test, and the notebooks through a real Jupyter client",
      "  shell  starts JShell with the words of the language"
    })
public final class Main {
  private Main() {}

  /**
   * Runs a command and exits with its status: 0 if it went well, 1 if it did not, 2 if it was not
   * understood.
   */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          command
              .getErr()
              .println(
                  exception instanceof RetortException
                      ? exception.getMessage()
                      : exception.toString());
          if (!(exception instanceof RetortException)) {
            exception.printStackTrace(command.getErr());
          }
          return 1;
        });
    int status = args.length == 0 ? usage(line) : line.execute(args);
    System.out.flush();
    System.exit(status);
  }

  private static int usage(CommandLine line) {
    line.usage(System.out);
    return 0;
  }

  /** The folder of the project, as the launcher knows it. */
  static Path home() {
    return Path.of(System.getProperty("retort.home", "")).toAbsolutePath();
  }
}
