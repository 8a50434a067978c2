package dev.retort.kernel.page;

import static java.util.regex.Matcher.quoteReplacement;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Image;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Renders the Markdown of cells, with its pictures put into the page. */
final class MarkdownText {
  private static final long MOST_PICTURE_BYTES = 8 << 20;
  private static final List<Extension> TABLES = List.of(TablesExtension.create());

  /** Code, which is passed over; or a formula with a line of its own; or one within a line. */
  private static final Pattern FORMULA =
      Pattern.compile(
          "(?s)```.*?```|`[^`\\n]*`|(\\$\\$.+?\\$\\$)|(?-s:(\\$(?![\\s$])[^$\\n]*(?<!\\s)\\$(?!\\d)))");

  private static final String BEGIN = "\uE000";
  private static final String END = "\uE001";
  private static final Pattern MARK = Pattern.compile(BEGIN + "(\\d{1,9})" + END);
  private static final Pattern PLACE = Pattern.compile("<[^>]*>|" + MARK.pattern());

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
    List<String> formulas = new ArrayList<>();
    String html = PassiveHtml.of(renderer.render(parser.parse(without(markdown, formulas))));
    return PLACE.matcher(html).replaceAll(place -> quoteReplacement(placed(place, formulas)));
  }

  /** Markdown with marks in the place of its formulas, whose signs would mean something else. */
  private static String without(String markdown, List<String> formulas) {
    return FORMULA
        .matcher(markdown)
        .replaceAll(
            found -> {
              if (found.group(1) == null && found.group(2) == null) {
                return quoteReplacement(found.group()); // code
              }
              formulas.add(found.group());
              return BEGIN + (formulas.size() - 1) + END;
            });
  }

  /** A tag with the formulas of its attributes as they were typed; or a formula. */
  private static String placed(MatchResult place, List<String> formulas) {
    return place.group(1) == null
        ? MARK.matcher(place.group())
            .replaceAll(mark -> quoteReplacement(PassiveHtml.escape(typed(mark, formulas))))
        : formula(typed(place, formulas));
  }

  /** What was typed where a mark is; nothing for a mark that was typed itself. */
  private static String typed(MatchResult mark, List<String> formulas) {
    int number = Integer.parseInt(mark.group(1));
    return number < formulas.size() ? formulas.get(number) : "";
  }

  /** A formula as MathML; one that has anything unknown stays as it was typed. */
  private static String formula(String typed) {
    if (typed.isEmpty()) {
      return "";
    }
    boolean display = typed.startsWith("$$");
    int dollars = display ? 2 : 1;
    return Formula.mathml(typed.substring(dollars, typed.length() - dollars), display)
        .orElseGet(() -> "<code>" + PassiveHtml.escape(typed) + "</code>");
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
