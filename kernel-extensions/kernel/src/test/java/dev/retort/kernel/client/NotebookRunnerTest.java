package dev.retort.kernel.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.kernel.page.HtmlPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notebook goes in, the same notebook with outputs comes out. */
class NotebookRunnerTest {
  private static final String NOTEBOOK =
      """
      {"cells": [
        {"cell_type": "markdown", "id": "intro", "metadata": {}, "source": ["# Title\\n", "Text"]},
        {"cell_type": "code", "id": "sum", "metadata": {}, "execution_count": 9,
         "outputs": [{"output_type": "stream", "name": "stdout", "text": "old"}],
         "source": "System.out.println(\\"<script>alert(1)</script>\\");\\n1 + 1"},
        {"cell_type": "code", "metadata": {"tags": ["raises-exception"]}, "outputs": [],
         "source": ["throw new RuntimeException(\\"expected\\");"]},
        {"cell_type": "code", "id": "live", "metadata": {}, "outputs": [], "source": ["%live"]},
        {"cell_type": "code", "id": "fails", "metadata": {}, "outputs": [], "source": ["int x = ;"]},
        {"cell_type": "code", "id": "never", "metadata": {}, "outputs": [], "source": ["1"]}
       ],
       "metadata": {"author": "kept"}, "nbformat": 4, "nbformat_minor": 4}
      """;

  @TempDir Path folder;

  @Test
  void aNotebookRunsUntilItsFirstErrorAndKeepsWhatItIs() throws IOException {
    Path in = folder.resolve("in.ipynb");
    Path out = folder.resolve("out.ipynb");
    Files.writeString(in, NOTEBOOK);
    List<String> events = new ArrayList<>();
    CellListener listener =
        new CellListener() {
          @Override
          public void cellStarted(int index, int total, String source) {
            events.add("start " + index + "/" + total);
          }

          @Override
          public void printed(int index, String text) {
            events.add("print " + index);
          }

          @Override
          public void cellEnded(int index, int total, CellStatus status, Duration took) {
            events.add("end " + index + " " + status);
          }
        };
    NotebookResult result =
        new NotebookRunner(KernelLaunch.ofThisJvm(), Duration.ofSeconds(30)).run(in, out, listener);
    assertThat(result.status()).isEqualTo(CellStatus.ERROR);
    assertThat(result.cellsRun()).isEqualTo(4);
    assertThat(result.cells()).isEqualTo(5);
    assertThat(result.error()).startsWith("Compile error: illegal start of expression\ncell [4]");
    assertThat(events)
        .containsExactly(
            "start 1/5",
            "print 1",
            "end 1 OK",
            "start 2/5",
            "end 2 ERROR",
            "start 3/5",
            "end 3 OK",
            "start 4/5",
            "end 4 ERROR");
    JsonObject book = JsonParser.parseString(Files.readString(out)).getAsJsonObject();
    assertThat(book.get("nbformat_minor").getAsInt()).isEqualTo(5);
    assertThat(book.get("metadata").toString()).contains("kept", "Retort (Java)", "text/x-java");
    List<JsonObject> cells = NotebookFile.read(out).cells();
    assertThat(cells)
        .extracting(cell -> cell.get("id").getAsString())
        .containsExactly("intro", "sum", "cell-3", "live", "fails", "never");
    assertThat(cells.get(1).get("execution_count").getAsInt()).isEqualTo(1);
    assertThat(cells.get(1).get("outputs").toString()).doesNotContain("old").contains("\"2\"");
    assertThat(cells.get(3).get("outputs").toString()).contains("step 3").doesNotContain("step 0");
    assertThat(cells.get(5).getAsJsonArray("outputs")).isEmpty();

    Path page = folder.resolve("page.html");
    HtmlPage.write(out, page);
    String html = Files.readString(page, UTF_8);
    assertThat(html).contains("<title>Title</title>", "&lt;script&gt;alert(1)&lt;/script&gt;");
    assertThat(html.toLowerCase(java.util.Locale.ROOT)).doesNotContain("<script");
  }
}
