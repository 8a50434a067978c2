package dev.retort.kernel.page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Image;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Renders the Markdown of cells, with its pictures put into the page. */
final class MarkdownText {
  private static final long MOST_PICTURE_BYTES = 8 << 20;
  private static final List<Extension> TABLES = List.of(TablesExtension.create());

  private final Path folder;
  private final Parser parser = Parser.builder().extensions(TABLES).build();

  /** Looks for pictures in the folder of the notebook. */
  MarkdownText(Path folder) {
    this.folder = folder;
  }

  /** The Markdown as passive HTML; attachments are those of its cell. */
  String html(String markdown, JsonObject attachments) {
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(TABLES)
            .sanitizeUrls(true)
            .attributeProviderFactory(
                context ->
                    (node, tag, attributes) -> {
                      if (node instanceof Image image) {
                        inline(image.getDestination(), attachments, attributes);
                      }
                    })
            .build();
    return PassiveHtml.of(renderer.render(parser.parse(markdown)));
  }

  private void inline(String source, JsonObject attachments, Map<String, String> attributes) {
    if (source.startsWith("attachment:")) {
      JsonElement found = attachments.get(source.substring("attachment:".length()));
      if (found instanceof JsonObject types && types.size() > 0) {
        Map.Entry<String, JsonElement> first = types.entrySet().iterator().next();
        attributes.put(
            "src", "data:" + first.getKey() + ";base64," + first.getValue().getAsString());
      }
      return;
    }
    String type = type(source.toLowerCase(Locale.ROOT));
    if (type.isEmpty() || source.contains(":")) {
      return;
    }
    try {
      Path file = folder.resolve(source).toRealPath();
      if (file.startsWith(folder.toRealPath()) && Files.size(file) <= MOST_PICTURE_BYTES) {
        byte[] bytes = Files.readAllBytes(file);
        attributes.put(
            "src", "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes));
      }
    } catch (IOException | RuntimeException e) {
      attributes.put("alt", attributes.getOrDefault("alt", "") + " (picture not found)");
    }
  }

  private static String type(String name) {
    return name.endsWith(".png")
        ? "image/png"
        : name.endsWith(".gif")
            ? "image/gif"
            : name.endsWith(".jpg") || name.endsWith(".jpeg")
                ? "image/jpeg"
                : name.endsWith(".svg") ? "image/svg+xml" : "";
  }
}
