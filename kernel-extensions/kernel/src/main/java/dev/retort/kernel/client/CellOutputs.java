package dev.retort.kernel.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.kernel.wire.WireMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers what a cell shows, as a notebook stores it.
 *
 * <p>Text of one stream is merged; a display that is updated is replaced in place, be it of this
 * cell or of an earlier one; a cleared output is gone.
 */
final class CellOutputs {
  /** The displays of a session by their ids. */
  static final class Displays {
    private final Map<String, List<JsonObject>> byId = new HashMap<>();

    private void add(String id, JsonObject output) {
      byId.computeIfAbsent(id, key -> new ArrayList<>()).add(output);
    }

    private void update(String id, JsonObject content) {
      for (JsonObject output : byId.getOrDefault(id, List.of())) {
        output.add("data", content.get("data").deepCopy());
        output.add("metadata", metadata(content));
      }
    }
  }

  private final Displays displays;
  private final JsonArray outputs = new JsonArray();
  private boolean clearsNext;

  CellOutputs(Displays displays) {
    this.displays = displays;
  }

  JsonArray json() {
    return outputs;
  }

  /** Takes a publication; says whether it showed anything. */
  boolean accept(WireMessage message) {
    JsonObject content = message.content();
    switch (message.type()) {
      case "stream" -> stream(content);
      case "display_data" -> {
        JsonObject output = output("display_data");
        output.add("data", content.get("data"));
        output.add("metadata", metadata(content));
        add(output);
        displayId(content, output);
      }
      case "execute_result" -> {
        JsonObject output = output("execute_result");
        output.add("execution_count", content.get("execution_count"));
        output.add("data", content.get("data"));
        output.add("metadata", metadata(content));
        add(output);
      }
      case "error" -> {
        JsonObject output = output("error");
        output.add("ename", content.get("ename"));
        output.add("evalue", content.get("evalue"));
        output.add("traceback", content.get("traceback"));
        add(output);
      }
      case "update_display_data" -> {
        if (content.get("transient") instanceof JsonObject passing && passing.has("display_id")) {
          displays.update(passing.get("display_id").getAsString(), content);
        }
      }
      case "clear_output" -> {
        clearsNext = message.flag("wait", false);
        if (!clearsNext) {
          clear();
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void displayId(JsonObject content, JsonObject output) {
    if (content.get("transient") instanceof JsonObject passing && passing.has("display_id")) {
      displays.add(passing.get("display_id").getAsString(), output);
    }
  }

  private void stream(JsonObject content) {
    String name = content.get("name").getAsString();
    String text = content.get("text").getAsString();
    if (!clearsNext && !outputs.isEmpty()) {
      JsonObject last = outputs.get(outputs.size() - 1).getAsJsonObject();
      if (last.has("name") && last.get("name").getAsString().equals(name)) {
        last.addProperty("text", last.get("text").getAsString() + text);
        return;
      }
    }
    JsonObject output = output("stream");
    output.addProperty("name", name);
    output.addProperty("text", text);
    add(output);
  }

  private void add(JsonObject output) {
    if (clearsNext) {
      clearsNext = false;
      clear();
    }
    outputs.add(output);
  }

  private void clear() {
    while (!outputs.isEmpty()) {
      outputs.remove(outputs.size() - 1);
    }
  }

  private static JsonObject output(String type) {
    JsonObject output = new JsonObject();
    output.addProperty("output_type", type);
    return output;
  }

  private static JsonObject metadata(JsonObject content) {
    return content.get("metadata") instanceof JsonObject metadata
        ? metadata.deepCopy()
        : new JsonObject();
  }
}
