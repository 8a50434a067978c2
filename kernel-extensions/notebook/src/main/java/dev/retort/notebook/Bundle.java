package dev.retort.notebook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing in several forms, of which a front end shows the richest that it can: always as text,
 * and perhaps as HTML or a picture.
 *
 * <pre>{@code
 * Bundle.text("3 runs").html("<b>3 runs</b>").data();
 * }</pre>
 *
 * @param data by MIME type, {@code text/plain} first; pictures in base64
 */
public record Bundle(Map<String, String> data) {
  private static final String TEXT = "text/plain";
  private static final String HTML = "text/html";

  /** Keeps a copy in the same order. */
  public Bundle {
    data = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /** Something that is text. */
  public static Bundle text(String text) {
    return new Bundle(Map.of(TEXT, text));
  }

  /** The same, as passive HTML too. */
  public Bundle html(String html) {
    return with(HTML, html);
  }

  /** The same, as a picture too; {@code png} is a complete file. */
  public Bundle png(byte[] png) {
    return with("image/png", Base64.getEncoder().encodeToString(png));
  }

  /** The same, as an animated picture too; {@code gif} is a complete file. */
  public Bundle gif(byte[] gif) {
    return with("image/gif", Base64.getEncoder().encodeToString(gif));
  }

  private Bundle with(String type, String content) {
    Map<String, String> more = new LinkedHashMap<>(data);
    more.put(type, content);
    return new Bundle(more);
  }

  /** The plain text. */
  public String text() {
    return data.get(TEXT);
  }

  /** The HTML, or nothing. */
  public String html() {
    return data.getOrDefault(HTML, "");
  }

  /** How many bytes all forms take together. */
  public int bytes() {
    return data.values().stream()
        .mapToInt(form -> form.getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }
}
