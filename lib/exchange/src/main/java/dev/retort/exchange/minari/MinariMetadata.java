package dev.retort.exchange.minari;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.store.Tensors;
import dev.retort.store.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands in {@code metadata.json}: the spaces, how much there is, and under the key {@code
 * retort} what only Retort reads: teachers, further columns, tasks of episodes.
 *
 * @param file where it stands
 * @param json all of it
 */
record MinariMetadata(Path file, JsonObject json) {
  private static final int MOST_BYTES = 1 << 26;
  private static final int MOST_SHOWN = 100;
  private static final String OURS = "retort";
  private static final Gson GSON = new Gson();

  /** Reads the file. */
  static MinariMetadata read(Path file) {
    try {
      return new MinariMetadata(
          file, JsonParser.parseString(TextFile.read(file, MOST_BYTES)).getAsJsonObject());
    } catch (IOException e) {
      throw new RetortException(
          "read '%s': expected the metadata of a Minari dataset, with its spaces, got %s. Copy it from where the data is from."
              .formatted(file, e.getMessage()),
          e);
    } catch (JsonParseException | IllegalStateException | StackOverflowError e) {
      throw new RetortException(
          "read '%s': expected an object of JSON, got something else (%s). Take another copy of the file."
              .formatted(file, shown(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** A text as a message shows it. */
  static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }

  /** A space of it, {@code observation_space} or {@code action_space}. */
  MinariSpace space(String key) {
    return MinariSpace.read("read '%s', %s".formatted(file, key), text(json, key));
  }

  /** The identifier of the dataset, {@code cartpole/expert-v0}. */
  String name() {
    return json.has("dataset_id") ? text(json, "dataset_id") : "minari";
  }

  /** How many episodes it says there are. */
  int episodes() {
    try {
      return json.get("total_episodes").getAsBigDecimal().intValueExact();
    } catch (RuntimeException e) {
      throw damaged("total_episodes", e);
    }
  }

  private String text(JsonObject from, String key) {
    try {
      return from.get(key).getAsString();
    } catch (RuntimeException e) {
      throw damaged(key, e);
    }
  }

  private RetortException damaged(String key, RuntimeException cause) {
    return new RetortException(
        "read '%s': expected '%s' as Minari writes it, got '%s'. Take another copy of the file."
            .formatted(file, key, shown(String.valueOf(json.get(key)))),
        cause);
  }

  /** Words that Retort itself wrote, such as whose outputs the further columns are. */
  Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    try {
      ours("words").entrySet().forEach(e -> words.put(e.getKey(), e.getValue().getAsString()));
    } catch (RuntimeException e) {
      throw damaged(OURS, e);
    }
    return words;
  }

  /** Further columns and their widths, which stand in the infos of every episode. */
  Map<String, Integer> columns() {
    Map<String, Integer> columns = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, JsonElement> each : ours("columns").entrySet()) {
        columns.put(each.getKey(), each.getValue().getAsBigDecimal().intValueExact());
      }
    } catch (RuntimeException e) {
      throw damaged(OURS, e);
    }
    return columns;
  }

  private JsonObject ours(String key) {
    JsonObject ours = json.has(OURS) ? json.getAsJsonObject(OURS) : new JsonObject();
    return ours.has(key) ? ours.getAsJsonObject(key) : new JsonObject();
  }

  /** The metadata of a dataset that is to be written. */
  static String write(Dataset data, Tensors tensors, String identifier, long bytes) {
    MinariSpace observations =
        MinariSpace.of(data.observations(), data.column(Dataset.OBSERVATION).isBytes());
    JsonObject json = new JsonObject();
    json.addProperty("total_episodes", data.episodes());
    json.addProperty("total_steps", data.size());
    json.addProperty("data_format", "hdf5");
    json.addProperty("observation_space", observations.write());
    json.addProperty("action_space", MinariSpace.of(data.actions(), false).write());
    json.addProperty("dataset_id", identifier);
    json.addProperty("algorithm_name", data.name());
    json.add("author", new JsonArray());
    json.addProperty("description", data.name());
    json.addProperty("minari_version", "0.5.3");
    json.addProperty("dataset_size", Math.round(bytes / 1e5) / 10.0);
    JsonObject ours = new JsonObject();
    ours.add("words", GSON.toJsonTree(tensors.metadata()));
    Map<String, Integer> columns = new LinkedHashMap<>();
    data.columns().stream().skip(3).forEach(name -> columns.put(name, data.column(name).width()));
    ours.add("columns", GSON.toJsonTree(columns));
    json.add(OURS, ours);
    return json.toString();
  }
}
