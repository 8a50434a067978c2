package dev.retort.kernel.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.retort.kernel.client.NotebookFile;
import dev.retort.kernel.wire.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Base64;

/** Writes an executed notebook as a page to read. */
public final class HtmlPage {
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  private final MarkdownText markdown;
  private final StringBuilder html = new StringBuilder();

  private HtmlPage(Path folder) {
    this.markdown = new MarkdownText(folder);
  }

  /** Writes the page of a notebook, complete or not at all. */
  public static void write(Path notebook, Path page) throws IOException {
    NotebookFile book = NotebookFile.read(notebook);
    HtmlPage html = new HtmlPage(notebook.toAbsolutePath().getParent());
    for (JsonObject cell : book.cells()) {
      html.cell(cell);
    }
    String fallback = String.valueOf(notebook.getFileName()).replace(".ipynb", "");
    WholeFile.write(page, html.page(title(book, fallback)).getBytes(UTF_8));
  }

  private static String title(NotebookFile book, String fallback) {
    for (JsonObject cell : book.cells()) {
      if (NotebookFile.is(cell, "markdown")) {
        for (String line : NotebookFile.text(cell.get("source")).split("\n", -1)) {
          if (line.startsWith("# ")) {
            return line.substring(2).replaceAll("[`*_]", "").strip();
          }
        }
      }
    }
    return fallback;
  }

  private String page(String title) throws IOException {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <meta name="generator" content="Retort">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        %s</main>
        </body>
        </html>
        """
        .formatted(POLICY, PassiveHtml.escape(title), css(), html);
  }

  private static String css() throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IOException("writing a page: page.css is missing in the jar. Build it again.");
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private void cell(JsonObject cell) {
    String source = NotebookFile.text(cell.get("source"));
    if (NotebookFile.is(cell, "markdown")) {
      JsonObject attachments =
          cell.get("attachments") instanceof JsonObject found ? found : new JsonObject();
      html.append("<section class=\"prose\">\n")
          .append(markdown.html(source, attachments))
          .append("</section>\n");
    } else if (NotebookFile.is(cell, "code")) {
      code(cell, source);
    }
  }

  private void code(JsonObject cell, String source) {
    boolean hidden = NotebookFile.hasTag(cell, "hide-input");
    JsonArray outputs = cell.get("outputs") instanceof JsonArray found ? found : new JsonArray();
    if (source.isBlank() && outputs.isEmpty()) {
      return;
    }
    html.append("<section class=\"cell\">\n");
    if (!hidden) {
      html.append("<div class=\"source\">");
      if (cell.has("execution_count") && !cell.get("execution_count").isJsonNull()) {
        html.append("<span class=\"count\">")
            .append(cell.get("execution_count").getAsInt())
            .append("</span>");
      }
      html.append("<pre><code>").append(JavaColors.html(source.stripTrailing()));
      html.append("</code></pre></div>\n");
    }
    outputs.forEach(output -> output(output.getAsJsonObject()));
    html.append("</section>\n");
  }

  private void output(JsonObject output) {
    switch (NotebookFile.text(output.get("output_type"))) {
      case "stream" -> {
        boolean error = NotebookFile.text(output.get("name")).equals("stderr");
        text(error ? "output stderr" : "output", NotebookFile.text(output.get("text")));
      }
      case "error" -> text("output error", traceback(output));
      default -> {
        if (output.get("data") instanceof JsonObject data) {
          richest(data);
        }
      }
    }
  }

  private static String traceback(JsonObject output) {
    StringBuilder text = new StringBuilder();
    if (output.get("traceback") instanceof JsonArray lines) {
      lines.forEach(line -> text.append(line.getAsString()).append('\n'));
    }
    return text.isEmpty()
        ? NotebookFile.text(output.get("ename")) + ": " + NotebookFile.text(output.get("evalue"))
        : text.toString();
  }

  private void text(String classes, String text) {
    html.append("<div class=\"")
        .append(classes)
        .append("\"><pre>")
        .append(TerminalText.html(text.stripTrailing()))
        .append("</pre></div>\n");
  }

  /** Shows an output in the richest form that needs no script. */
  private void richest(JsonObject data) {
    if (data.has("text/html")) {
      html.append("<div class=\"output html\">")
          .append(ColoredPictures.marked(PassiveHtml.of(NotebookFile.text(data.get("text/html")))))
          .append("</div>\n");
      return;
    }
    for (String type : new String[] {"image/png", "image/gif", "image/jpeg"}) {
      if (data.has(type)) {
        picture(type, NotebookFile.text(data.get(type)), data.get("text/plain"));
        return;
      }
    }
    if (data.has("image/svg+xml")) {
      byte[] svg = NotebookFile.text(data.get("image/svg+xml")).getBytes(UTF_8);
      picture("image/svg+xml", Base64.getEncoder().encodeToString(svg), data.get("text/plain"));
    } else if (data.has("text/markdown")) {
      html.append("<div class=\"output prose\">")
          .append(markdown.html(NotebookFile.text(data.get("text/markdown")), new JsonObject()))
          .append("</div>\n");
    } else if (data.has("text/plain")) {
      text("output", NotebookFile.text(data.get("text/plain")));
    }
  }

  private void picture(String type, String base64, JsonElement alternative) {
    String picture =
        "<img alt=\"%s\" src=\"data:%s;base64,%s\">"
            .formatted(
                PassiveHtml.escape(NotebookFile.text(alternative)),
                type,
                base64.replaceAll("[^A-Za-z0-9+/=]", ""));
    html.append("<div class=\"output picture\">")
        .append(ColoredPictures.marked(picture))
        .append("</div>\n");
  }
}
