package dev.retort.exchange.tensorboard;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings of a run, as TensorBoard's plugin for hyper-parameters and its page of texts take
 * them: what stands in the run's spec itself, or one level below. Messages are those of the
 * plugin's {@code plugin_data.proto} and {@code api.proto}.
 *
 * @param run the run's number
 * @param values by name, such as {@code settings.gamma}
 */
record HyperParameters(int run, Map<String, JsonPrimitive> values) {
  private static final long SUCCESS = 1;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");

  /** Those of a run's spec. */
  static HyperParameters of(int run, JsonObject spec) {
    Map<String, JsonPrimitive> values = new TreeMap<>();
    spec.asMap()
        .forEach(
            (name, value) -> {
              add(values, name, value);
              if (value.isJsonObject()) {
                value
                    .getAsJsonObject()
                    .asMap()
                    .forEach((part, inner) -> add(values, name + "." + part, inner));
              }
            });
    return new HyperParameters(run, values);
  }

  private static void add(Map<String, JsonPrimitive> values, String name, JsonElement value) {
    if (value.isJsonPrimitive()) {
      values.put(name, value.getAsJsonPrimitive());
    }
  }

  /** What stands at the head of a member's file. */
  List<Message> begin(int member) {
    Message session = new Message();
    values.forEach((name, value) -> session.put(1, entry(name, value)));
    session.put(1, entry("member", new JsonPrimitive(member)));
    session.put(4, "run " + run);
    StringBuilder table = new StringBuilder("| setting | value |\n|---|---|\n");
    values.forEach(
        (name, value) -> table.append("| %s | %s |\n".formatted(name, value.getAsString())));
    return List.of(
        Event.hyperParameters("session_start_info", new Message().put(3, session)),
        Event.text("settings", table.toString()));
  }

  /** What stands at the end of a member's file whose run has finished. */
  Message end() {
    return Event.hyperParameters(
        "session_end_info", new Message().put(4, new Message().put(1, SUCCESS)));
  }

  /** An entry of a map from names to {@code google.protobuf.Value}; a text may be a number. */
  private static Message entry(String name, JsonPrimitive value) {
    Message of = new Message();
    if (value.isBoolean()) {
      of.put(4, value.getAsBoolean());
    } else if (NUMBER.matcher(value.getAsString()).matches()) {
      of.put(2, value.getAsDouble());
    } else {
      of.put(3, value.getAsString());
    }
    return new Message().put(1, name).put(2, of);
  }
}
