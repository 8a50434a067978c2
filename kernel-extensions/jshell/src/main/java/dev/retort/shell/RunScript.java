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
    description =
        "Run a JShell script to its end; it has the words of the language without an import. An"
            + " error is printed with its line, and the exit status is 1.")
final class RunScript implements Callable<Integer> {
  @Parameters(paramLabel = "FILE.jsh", description = "the script")
  private Path file;

  @Override
  public Integer call() throws IOException {
    if (!Files.isReadable(file)) {
      throw new RetortException("run: expected a script that can be read, got '" + file + "'.");
    }
    ProgressLines.install(System.out);
    return Script.run(file, line -> System.err.println(Main.terminal() ? line : plain(line)));
  }

  private static String plain(String line) {
    return line.replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
