package dev.retort.shell;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

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
      Launched.Shell.class,
      Launched.Tests.class,
      Launched.Javadoc.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private static final String[] FOOTER = {
    "",
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
    CommandLine line = line();
    int status = args.length == 0 ? usage(line) : line.execute(args);
    System.out.flush();
    System.exit(status);
  }

  /** The commands, and how their mistakes are told. */
  static CommandLine line() {
    CommandLine line = new CommandLine(new Main());
    line.setExpandAtFiles(false); // @words are a script's own
    line.getSubcommands().get("run").setStopAtPositional(true); // what follows the file, too
    line.getCommandSpec().usageMessage().footer(FOOTER); // in the annotation all would inherit it
    IParameterExceptionHandler usual = line.getParameterExceptionHandler();
    line.setParameterExceptionHandler(
        (exception, args) -> {
          Optional<String> unknown = unknownCommand(exception);
          if (unknown.isEmpty()) {
            return usual.handleParseException(exception, args);
          }
          line.getErr()
              .println(
                  new UnknownNameException("command", unknown.get(), line.getSubcommands().keySet())
                      .getMessage());
          return CommandLine.ExitCode.USAGE;
        });
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
    return line;
  }

  /** The word that should have been a command, whether it was to be done or to be explained. */
  private static Optional<String> unknownCommand(ParameterException exception) {
    if (exception.getCommandLine().getParent() != null) {
      return Optional.empty();
    }
    String word =
        exception instanceof UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched().get(0)
            : exception.getValue();
    return Optional.ofNullable(word).filter(one -> !one.startsWith("-"));
  }

  /** Messages of files name the file alone, unless they are of our own making. */
  private static String message(Exception exception, CommandLine command) {
    String name = command.getCommandName();
    return exception instanceof FileSystemException file
        ? "%s: expected a file or folder that can be read and written, got '%s' (%s). Name another."
            .formatted(name, file.getFile(), reason(file))
        : "%s: %s".formatted(name, exception.getMessage());
  }

  private static String reason(FileSystemException file) {
    if (file instanceof NoSuchFileException) {
      return "it is not there, and cannot be made";
    }
    if (file instanceof AccessDeniedException) {
      return "access is denied";
    }
    return file instanceof FileAlreadyExistsException
        ? "there is a file in its place"
        : String.valueOf(file.getReason());
  }

  private static int usage(CommandLine line) {
    line.usage(System.out);
    return 0;
  }

  /** Whether a person reads along: output may have color, and be written again in place. */
  static boolean terminal() {
    return Boolean.getBoolean("retort.terminal");
  }

  /** The folder of the project, as the launcher knows it. */
  static Path home() {
    return Path.of(System.getProperty("retort.home", "")).toAbsolutePath();
  }
}
