package dev.retort.kernel.wire;

import static dev.retort.kernel.wire.JsonKind.FLAG;
import static dev.retort.kernel.wire.JsonKind.NOTHING;
import static dev.retort.kernel.wire.JsonKind.NUMBER;
import static dev.retort.kernel.wire.JsonKind.OBJECT;
import static dev.retort.kernel.wire.JsonKind.TEXT;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * What the content of a request must have: fields of the right kinds, the required ones at least.
 *
 * <p>A field that is null counts as absent; fields that nobody asks for are let be.
 */
public final class RequestForm {
  private static final Map<String, Map<String, JsonKind>> REQUIRED =
      Map.of(
          "execute_request", Map.of("code", TEXT),
          "complete_request", Map.of("code", TEXT),
          "inspect_request", Map.of("code", TEXT),
          "is_complete_request", Map.of("code", TEXT),
          "comm_open", Map.of("comm_id", TEXT));

  private static final Map<String, JsonKind> OPTIONAL =
      Map.ofEntries(
          Map.entry("silent", FLAG),
          Map.entry("store_history", FLAG),
          Map.entry("allow_stdin", FLAG),
          Map.entry("stop_on_error", FLAG),
          Map.entry("user_expressions", OBJECT),
          Map.entry("cursor_pos", NUMBER),
          Map.entry("detail_level", NUMBER),
          Map.entry("restart", FLAG),
          Map.entry("hist_access_type", TEXT),
          Map.entry("pattern", TEXT),
          Map.entry("output", FLAG),
          Map.entry("raw", FLAG),
          Map.entry("unique", FLAG),
          Map.entry("session", NUMBER),
          Map.entry("start", NUMBER),
          Map.entry("stop", NUMBER),
          Map.entry("n", NUMBER));

  private RequestForm() {}

  /** What is wrong with a request, in words; empty if nothing is. */
  public static Optional<String> fault(WireMessage request) {
    JsonObject content = request.content();
    Map<String, JsonKind> required = REQUIRED.getOrDefault(request.type(), Map.of());
    for (Map.Entry<String, JsonKind> field : required.entrySet()) {
      JsonKind got = kind(content, field.getKey());
      if (got != field.getValue()) {
        return Optional.of(words(request, field.getKey(), field.getValue(), got));
      }
    }
    for (String name : content.keySet()) {
      JsonKind expected = OPTIONAL.getOrDefault(name, NOTHING);
      JsonKind got = kind(content, name);
      if (expected != NOTHING && got != NOTHING && got != expected) {
        return Optional.of(words(request, name, expected, got));
      }
    }
    return Optional.empty();
  }

  private static JsonKind kind(JsonObject object, String field) {
    return JsonKind.of(Optional.<JsonElement>ofNullable(object.get(field)));
  }

  private static String words(WireMessage request, String field, JsonKind expected, JsonKind got) {
    return request.type()
        + ": expected "
        + field
        + " to be "
        + expected
        + ", got "
        + got
        + ". Send it again as the protocol says.";
  }
}
