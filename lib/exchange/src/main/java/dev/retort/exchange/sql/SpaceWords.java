package dev.retort.exchange.sql;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a table does not say of its dataset, as JSON: {@code {"name": "poles", "observations":
 * {"shape": [4], "low": ["-Infinity"], "high": ["Infinity"]}, "actions": {"choices": 2}}}. These
 * three have to be there; further columns with their widths, those that are bytes, whose outputs
 * they are and where the data was collected may be.
 *
 * @param observations what was seen
 * @param actions what could be done
 * @param words name, teachers and origin, as the dataset's own file has them
 * @param columns how the dataset's columns stand in the table
 */
record SpaceWords(
    Space observations, Space actions, Map<String, String> words, StepColumns columns) {
  private static final int MOST_SHOWN = 200;
  private static final List<String> OWN = List.of("kind", "observations", "actions");

  /** Writes what is to be said of a dataset. */
  static String write(Dataset data) {
    JsonObject json = new JsonObject();
    Map<String, String> words = data.tensors().metadata();
    json.addProperty("name", data.name());
    json.add("observations", SpaceText.write(data.observations()));
    json.add("actions", SpaceText.write(data.actions()));
    JsonObject further = new JsonObject();
    JsonArray bytes = new JsonArray();
    for (StepColumns.Part part : StepColumns.of(data).parts()) {
      if (!List.of(Dataset.OBSERVATION, Dataset.ACTION, Dataset.REWARD).contains(part.name())) {
        further.addProperty(part.name(), part.width());
      }
      if (part.isBytes()) {
        bytes.add(part.name());
      }
    }
    json.add("columns", further);
    json.add("bytes", bytes);
    words.forEach(
        (key, value) -> {
          if (!OWN.contains(key)) {
            json.addProperty(key, value);
          }
        });
    return json.toString();
  }

  /**
   * Reads it.
   *
   * @param place for messages
   */
  static SpaceWords read(String place, String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      Space observations = SpaceText.read(json.get("observations").toString());
      Space actions = SpaceText.read(json.get("actions").toString());
      List<String> bytes = new ArrayList<>();
      if (json.has("bytes")) {
        json.getAsJsonArray("bytes").forEach(each -> bytes.add(each.getAsString()));
      }
      List<StepColumns.Part> parts = new ArrayList<>();
      parts.add(
          StepColumns.part(Dataset.OBSERVATION, observations, bytes.contains(Dataset.OBSERVATION)));
      parts.add(StepColumns.part(Dataset.ACTION, actions, bytes.contains(Dataset.ACTION)));
      parts.add(StepColumns.part(Dataset.REWARD, 1, bytes.contains(Dataset.REWARD)));
      JsonObject further = json.has("columns") ? json.getAsJsonObject("columns") : new JsonObject();
      for (Map.Entry<String, JsonElement> each : further.entrySet()) {
        int width = each.getValue().getAsBigDecimal().intValueExact();
        parts.add(StepColumns.part(each.getKey(), width, bytes.contains(each.getKey())));
      }
      Map<String, String> words = new LinkedHashMap<>();
      for (Map.Entry<String, JsonElement> each : json.entrySet()) {
        if (each.getValue().isJsonPrimitive()) {
          words.put(each.getKey(), each.getValue().getAsString());
        }
      }
      return new SpaceWords(observations, actions, words, new StepColumns(parts));
    } catch (RuntimeException e) {
      String shown = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
      throw new RetortException(
          "%s: expected spaces such as {\"name\": \"poles\", \"observations\": {\"shape\": [4], \"low\": [\"-Infinity\"], \"high\": [\"Infinity\"]}, \"actions\": {\"choices\": 2}}, got '%s' (%s)."
              .formatted(place, shown, e.getMessage()),
          e);
    }
  }
}
