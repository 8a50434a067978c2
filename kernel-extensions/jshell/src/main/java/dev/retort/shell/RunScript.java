package dev.retort.shell;

import dev.retort.RetortException;
import dev.retort.kernel.Script;
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
      "Run a JShell script to its end; an error is printed with its line, and the exit status is 1.",
      "The script sees the words of the language without an import."
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
    return Script.run(file, System.err);
  }
}
