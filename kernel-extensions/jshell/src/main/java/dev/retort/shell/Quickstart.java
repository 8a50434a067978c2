package dev.retort.shell;

import dev.retort.RetortException;
import dev.retort.kernel.client.NotebookResult;
import dev.retort.kernel.client.NotebookRunner;
import dev.retort.kernel.page.HtmlPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs a notebook in the embedded kernel, over its real protocol, and writes it with its outputs
 * and as a page.
 */
@Command(
    name = "quickstart",
    description =
        "Run the first notebook, from teacher to ensemble, and write it with its outputs and as an"
            + " HTML page. No Jupyter is needed.")
final class Quickstart implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NOTEBOOK",
      description = "another notebook than notebooks/01-quickstart.ipynb")
  private Path notebook;

  @Option(names = "--minutes", description = "how long a cell may take (default: ${DEFAULT-VALUE})")
  private int minutes = 10;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "where to write (default: notebooks/executed)")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (minutes < 1) {
      throw new RetortException(
          "quickstart: expected --minutes of at least 1, got %s. A cell may take so long."
              .formatted(minutes));
    }
    Path source =
        notebook == null ? Main.home().resolve("notebooks/01-quickstart.ipynb") : notebook;
    if (!Files.isReadable(source)) {
      throw new RetortException(
          "quickstart: expected a notebook that can be read, got '" + source + "'.");
    }
    Path folder = out == null ? Main.home().resolve("notebooks/executed") : out;
    Files.createDirectories(folder);
    Path executed = folder.resolve(source.getFileName());
    Path page =
        folder.resolve(source.getFileName().toString().replaceFirst("\\.ipynb$", "") + ".html");
    System.out.println("running " + source.getFileName() + " in the embedded kernel");
    NotebookRunner runner =
        new NotebookRunner(
            Kernels.embedded().in(source.toAbsolutePath().getParent()),
            Duration.ofMinutes(minutes));
    CellLines lines = CellLines.on(System.out, Main.terminal());
    NotebookResult result = runner.run(source, executed, lines);
    HtmlPage.write(executed, page);
    System.out.println("notebook  " + executed);
    System.out.println("page      " + page);
    if (!result.isOk()) {
      System.out.printf(
          Locale.ROOT,
          "cell %s of %s failed:%n%s%n",
          result.cellsRun(),
          result.cells(),
          result.error());
      return 1;
    }
    return 0;
  }
}
