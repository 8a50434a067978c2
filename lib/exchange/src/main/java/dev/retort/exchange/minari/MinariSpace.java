package dev.retort.exchange.minari;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A space as Minari writes it, {@code {"type": "Box", "dtype": "float32", "shape": [4], "low":
 * [-Infinity, ..], ..}}, and the arrays in which its values lie. Infinite bounds are bare words,
 * which is no JSON.
 *
 * @param space ours
 * @param leaves its arrays, in the order of the numbers of a row
 */
record MinariSpace(Space space, List<MinariLeaf> leaves) {
  private static final int DEEPEST = 16;

  /** Keeps a copy of the list. */
  MinariSpace {
    leaves = List.copyOf(leaves);
  }

  /** Where the values of our own space go. */
  static MinariSpace of(Space space, boolean isBytes) {
    List<MinariLeaf> leaves = new ArrayList<>();
    place(space, "", isBytes, leaves);
    return new MinariSpace(space, leaves);
  }

  private static void place(Space space, String path, boolean isBytes, List<MinariLeaf> leaves) {
    if (space instanceof Group group) {
      group.parts().forEach((name, part) -> place(part, path + "/" + name, isBytes, leaves));
    } else {
      leaves.add(new MinariLeaf(path, space, width(leaves), 0, isBytes));
    }
  }

  private static int width(List<MinariLeaf> leaves) {
    return leaves.stream().mapToInt(leaf -> leaf.space().size()).sum();
  }

  /** Whether all its numbers are bytes, so that a column of bytes holds them. */
  boolean isBytes() {
    return leaves.stream().allMatch(MinariLeaf::isBytes);
  }

  /**
   * Reads a space.
   *
   * @param place for messages
   */
  static MinariSpace read(String place, String text) {
    try {
      List<MinariLeaf> leaves = new ArrayList<>();
      Space space = read(JsonParser.parseString(text).getAsJsonObject(), "", leaves, 0);
      return new MinariSpace(space, leaves);
    } catch (RetortException e) {
      throw new RetortException("%s: %s".formatted(place, e.getMessage()), e);
    } catch (RuntimeException e) {
      throw new RetortException(
          "%s: expected a Box, Discrete, Dict or Tuple with shape and bounds, got '%s'. Take another copy of the file."
              .formatted(place, MinariMetadata.shown(text)),
          e);
    }
  }

  private static Space read(JsonObject json, String path, List<MinariLeaf> leaves, int depth) {
    if (depth > DEEPEST) {
      throw new RetortException("expected at most %s spaces in one another.".formatted(DEEPEST));
    }
    String type = json.get("type").getAsString();
    switch (type) {
      case "Box" -> {
        Box box = box(json);
        boolean isBytes = json.has("dtype") && json.get("dtype").getAsString().equals("uint8");
        leaves.add(new MinariLeaf(path, box, width(leaves), 0, isBytes));
        return box;
      }
      case "Discrete" -> {
        Discrete choices = new Discrete(json.get("n").getAsBigDecimal().intValueExact());
        long start = json.has("start") ? json.get("start").getAsLong() : 0;
        leaves.add(new MinariLeaf(path, choices, width(leaves), start, false));
        return choices;
      }
      case "Dict", "Tuple" -> {
        Map<String, Space> parts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> part : parts(json.get("subspaces")).entrySet()) {
          String deeper = path + "/" + part.getKey();
          parts.put(
              part.getKey(), read(part.getValue().getAsJsonObject(), deeper, leaves, depth + 1));
        }
        return new Group(parts);
      }
      default ->
          throw new RetortException(
              "expected a space of numbers or choices (Box, Discrete, Dict, Tuple), got a %s%s. Take it out of the data in Minari."
                  .formatted(MinariMetadata.shown(type), path.isEmpty() ? "" : " at " + path));
    }
  }

  private static Map<String, JsonElement> parts(JsonElement subspaces) {
    if (subspaces.isJsonObject()) {
      return subspaces.getAsJsonObject().asMap();
    }
    Map<String, JsonElement> parts = new LinkedHashMap<>();
    for (JsonElement each : subspaces.getAsJsonArray()) {
      parts.put("_index_" + parts.size(), each);
    }
    return parts;
  }

  private static Box box(JsonObject json) {
    List<Integer> shape = new ArrayList<>();
    json.getAsJsonArray("shape").forEach(side -> shape.add(side.getAsInt()));
    List<Integer> sides = shape.isEmpty() ? List.of(1) : shape;
    int size = Box.of(-1, 1, sides.stream().mapToInt(side -> side).toArray()).size();
    return new Box(bounds(json.get("low"), size), bounds(json.get("high"), size), sides);
  }

  /** Bounds in nested lists, or one for all. */
  private static List<Float> bounds(JsonElement json, int size) {
    List<Float> all = new ArrayList<>();
    flatten(json, all, 0);
    return all.size() == 1 ? Collections.nCopies(size, all.get(0)) : all;
  }

  private static void flatten(JsonElement json, List<Float> all, int depth) {
    if (!json.isJsonArray()) {
      all.add((float) Double.parseDouble(json.getAsString()));
    } else if (depth <= DEEPEST) {
      json.getAsJsonArray().forEach(each -> flatten(each, all, depth + 1));
    }
  }

  /** The same as Minari reads it. */
  String write() {
    return write(space).toString().replaceAll("\"(-?Infinity)\"", "$1");
  }

  private JsonObject write(Space written) {
    JsonObject json = new JsonObject();
    if (written instanceof Group group) {
      json.addProperty("type", "Dict");
      JsonObject parts = new JsonObject();
      group.parts().forEach((name, part) -> parts.add(name, write(part)));
      json.add("subspaces", parts);
    } else if (written instanceof Discrete choices) {
      json.addProperty("type", "Discrete");
      json.addProperty("dtype", "int64");
      json.addProperty("start", 0);
      json.addProperty("n", choices.n());
    } else {
      Box box = (Box) written;
      json.addProperty("type", "Box");
      json.addProperty("dtype", isBytes() ? "uint8" : "float32");
      JsonArray shape = new JsonArray();
      box.shape().forEach(shape::add);
      json.add("shape", shape);
      json.add("low", nested(box.low(), box.shape()));
      json.add("high", nested(box.high(), box.shape()));
    }
    return json;
  }

  private static JsonArray nested(List<Float> values, List<Integer> shape) {
    JsonArray array = new JsonArray();
    int each = values.size() / shape.get(0);
    for (int i = 0; i < shape.get(0); i++) {
      List<Float> own = values.subList(i * each, (i + 1) * each);
      if (shape.size() > 1) {
        array.add(nested(own, shape.subList(1, shape.size())));
      } else if (Float.isInfinite(own.get(0))) {
        array.add(String.valueOf(own.get(0)));
      } else {
        array.add((double) own.get(0));
      }
    }
    return array;
  }
}
