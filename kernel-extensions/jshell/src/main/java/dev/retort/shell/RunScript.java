package dev.retort.shell;

import dev.retort.RetortException;
import dev.retort.kernel.Script;
import dev.retort.run.Registry;
import dev.retort.run.Run;
import dev.retort.run.RunStopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a script. */
@Command(
    name = "run",
    description = {
      "Run a JShell script to its end; it has the words of the language and JShell's imports.",
      "",
      "A line may leave out its semicolon; a chain may begin its lines with the dot. Only what the"
          + " script prints is shown, and the progress of its runs: values of expressions are not."
          + " /exit ends it early.",
      "",
      "A script that cannot be compiled is not begun. An error is printed with its line, and the"
          + " exit status is 1; System.exit(n) gives n. Runs that start() began are waited for where"
          + " the script came to its end, and stopped, to be resumed, where it did not.",
      "",
      "All words behind the file are the script's, options too: it has them as args, a String[]."
          + " Where retort is on the PATH, a script that begins with #!/usr/bin/env -S retort run"
          + " can be called by its name."
    })
final class RunScript implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Parameters(
      index = "0",
      paramLabel = "FILE.jsh",
      description = "the script, in UTF-8; - reads it from standard input")
  private String file;

  @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "what the script has as args")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException {
    Script script = script();
    ProgressLines.install(System.out);
    int status =
        script.run(arguments, line -> System.err.println(Main.terminal() ? line : plain(line)));
    for (Run<?> run : Registry.standard().live()) {
      end(run, status);
    }
    return status;
  }

  private Script script() throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return Script.decode("standard input", System.in.readAllBytes());
    }
    Path path = Path.of(file);
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new RetortException("run: expected a script that can be read, got '" + file + "'.");
    }
    return Script.read(path);
  }

  /** Lets a run that works in the background come to its end, or stops it after a failure. */
  private static void end(Run<?> run, int status) {
    if (status == 0) {
      System.err.printf(
          Locale.ROOT,
          "run: the script has ended, run %s goes on. Where it is interrupted, %s.%n",
          run.summary().name(),
          run.resuming());
    } else {
      run.stop();
    }
    try {
      Object unused = run.await();
    } catch (RunStopped e) {
      System.err.println(e.getMessage());
    }
  }

  private static String plain(String line) {
    return line.replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
