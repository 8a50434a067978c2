package dev.retort.shell;

import dev.retort.RetortException;
import dev.retort.kernel.Script;
import dev.retort.run.Registry;
import dev.retort.run.Run;
import dev.retort.run.RunStopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      "A script that cannot be parsed is not begun. An error is printed with its line, and the exit"
          + " status is 1; System.exit(n) gives n. Runs that start() began are waited for where the"
          + " script came to its end, and stopped, to be resumed, where it did not."
    })
final class RunScript implements Callable<Integer> {
  @Parameters(paramLabel = "FILE.jsh", description = "the script")
  private Path file;

  @Override
  public Integer call() throws IOException {
    if (!Files.isReadable(file)) {
      throw new RetortException("run: expected a script that can be read, got '" + file + "'.");
    }
    ProgressLines.install(System.out);
    int status = Script.run(file, line -> System.err.println(Main.terminal() ? line : plain(line)));
    for (Run<?> run : Registry.standard().live()) {
      end(run, status);
    }
    return status;
  }

  /** Lets a run that works in the background come to its end, or stops it after a failure. */
  private static void end(Run<?> run, int status) {
    if (status == 0) {
      System.err.printf(
          "run: the script has ended, run %s goes on. Interrupted, it can be resumed with resume(%s).%n",
          run.summary().name(), run.id());
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
