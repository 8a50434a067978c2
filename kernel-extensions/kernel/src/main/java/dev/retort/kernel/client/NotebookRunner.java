package dev.retort.kernel.client;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs notebooks: every code cell in order, in a fresh kernel, until one fails.
 *
 * <p>A cell with the tag {@code raises-exception} may fail; one with {@code skip-execution} is left
 * out. The executed notebook is written whether the run went well or not: it shows how far it came.
 */
public final class NotebookRunner {
  private final KernelLaunch launch;
  private final Duration cellLimit;

  /** Makes a runner whose cells may take as long as the limit, each. */
  public NotebookRunner(KernelLaunch launch, Duration cellLimit) {
    this.launch = launch;
    this.cellLimit = cellLimit;
  }

  /** Runs a notebook and writes it, with its outputs, to another file or the same. */
  public NotebookResult run(Path notebook, Path executed, CellListener listener)
      throws IOException {
    NotebookFile book = NotebookFile.read(notebook);
    book.forgetOutputs();
    List<JsonObject> code =
        book.cells().stream()
            .filter(cell -> NotebookFile.is(cell, "code"))
            .filter(cell -> !NotebookFile.hasTag(cell, "skip-execution"))
            .filter(cell -> !NotebookFile.text(cell.get("source")).isBlank())
            .toList();
    try (KernelClient kernel = KernelClient.start(launch)) {
      book.ranWith(kernel.info());
      return run(kernel, code, listener);
    } finally {
      book.write(executed);
    }
  }

  private NotebookResult run(KernelClient kernel, List<JsonObject> code, CellListener listener) {
    int total = code.size();
    int index = 0;
    for (JsonObject cell : code) {
      index++;
      int current = index;
      String source = NotebookFile.text(cell.get("source"));
      listener.cellStarted(index, total, source);
      long start = System.nanoTime();
      CellResult result =
          kernel.execute(
              source,
              cellLimit,
              text -> listener.printed(current, text),
              text -> listener.shown(current, text));
      cell.add("outputs", result.outputs());
      if (result.executionCount() > 0) {
        cell.addProperty("execution_count", result.executionCount());
      } else {
        cell.add("execution_count", JsonNull.INSTANCE);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      listener.cellEnded(index, total, result.status(), took);
      boolean expected =
          result.status() == CellStatus.ERROR && NotebookFile.hasTag(cell, "raises-exception");
      if (result.status() != CellStatus.OK && !expected) {
        return new NotebookResult(result.status(), index, total, error(result));
      }
    }
    return new NotebookResult(CellStatus.OK, index, total, "");
  }

  private String error(CellResult result) {
    return switch (result.status()) {
      case KERNEL_GONE ->
          "running the notebook: the kernel ended while the cell ran. It may have been out of"
              + " memory: give it more with -Xmx.";
      case TIMED_OUT ->
          "running the notebook: expected the cell to end within "
              + cellLimit.toSeconds()
              + " s, it ran on and was interrupted. Allow more time or make it smaller.\n"
              + result.traceback();
      default -> result.traceback();
    };
  }
}
