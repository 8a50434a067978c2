package dev.retort.shell;

import dev.retort.kernel.client.CellStatus;
import dev.retort.kernel.client.NotebookResult;
import dev.retort.kernel.client.NotebookRunner;
import dev.retort.kernel.client.RunListener;
import dev.retort.kernel.page.HtmlPage;
import java.io.IOException;
import java.io.PrintStream;
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
    description = {
      "Run the first notebook, from teacher to ensemble, and write it with its outputs and as an HTML page.",
      "No Jupyter is needed."
    })
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
    Path source =
        notebook == null ? Main.home().resolve("notebooks/01-quickstart.ipynb") : notebook;
    Path folder = out == null ? Main.home().resolve("notebooks/executed") : out;
    Files.createDirectories(folder);
    Path executed = folder.resolve(source.getFileName());
    Path page =
        folder.resolve(source.getFileName().toString().replaceFirst("\\.ipynb$", "") + ".html");
    System.out.println("running " + source.getFileName() + " in the embedded kernel");
    NotebookRunner runner =
        new NotebookRunner(Kernels.embedded().in(Main.home()), Duration.ofMinutes(minutes));
    NotebookResult result = runner.run(source, executed, new Progress(System.out));
    HtmlPage.write(executed, page);
    System.out.println("notebook  " + executed);
    System.out.println("page      " + page);
    if (!result.isOk()) {
      System.out.printf(
          "cell %d of %d failed:%n%s%n", result.cellsRun(), result.cells(), result.error());
      return 1;
    }
    return 0;
  }

  /** A line a cell: which, its first words, and how long it took. */
  private record Progress(PrintStream out) implements RunListener {
    private static final int WORDS = 52;

    @Override
    public void cellStarted(int index, int total, String source) {
      String first = source.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
      String words = first.length() <= WORDS ? first : first.substring(0, WORDS - 1) + "…";
      out.printf("  [%2d/%d] %-" + WORDS + "s ", index, total, words);
      out.flush();
    }

    @Override
    public void cellEnded(int index, int total, CellStatus status, Duration took) {
      out.printf(
          Locale.ROOT,
          "%6.1f s%s%n",
          took.toMillis() / 1e3,
          status == CellStatus.OK ? "" : "  " + status.name().toLowerCase(Locale.ROOT));
    }
  }
}
