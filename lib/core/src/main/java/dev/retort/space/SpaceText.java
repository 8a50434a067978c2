package dev.retort.space;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Spaces as JSON, for the metadata of files. */
public final class SpaceText {
  private static final int MOST_SHOWN = 100;

  private SpaceText() {}

  /** Writes a space; bounds that are all alike are written once, infinite ones as text. */
  public static JsonObject write(Space space) {
    JsonObject json = new JsonObject();
    if (space instanceof Discrete discrete) {
      json.addProperty("choices", discrete.n());
    } else if (space instanceof Box box) {
      JsonArray shape = new JsonArray();
      box.shape().forEach(shape::add);
      json.add("shape", shape);
      json.add("low", bounds(box.low()));
      json.add("high", bounds(box.high()));
    } else if (space instanceof Group group) {
      JsonObject parts = new JsonObject();
      group.parts().forEach((name, part) -> parts.add(name, write(part)));
      json.add("parts", parts);
    }
    return json;
  }

  private static JsonElement bounds(List<Float> values) {
    JsonArray array = new JsonArray();
    boolean alike = values.stream().distinct().count() == 1;
    (alike ? values.subList(0, 1) : values).forEach(value -> array.add(String.valueOf(value)));
    return array;
  }

  /** Reads what {@link #write} wrote. */
  public static Space read(String text) {
    try {
      return read(JsonParser.parseString(text).getAsJsonObject());
    } catch (RetortException
        | JsonParseException
        | IllegalStateException
        | NullPointerException
        | ArithmeticException
        | UnsupportedOperationException
        | ClassCastException
        | NumberFormatException e) {
      throw new RetortException(
          "space: expected a description such as {\"choices\":2}, got '%s'."
              .formatted(text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…"),
          e);
    }
  }

  private static Space read(JsonObject json) {
    if (json.has("choices")) {
      return new Discrete(json.get("choices").getAsInt());
    }
    if (json.has("parts")) {
      Map<String, Space> parts = new LinkedHashMap<>();
      json.getAsJsonObject("parts")
          .asMap()
          .forEach((name, part) -> parts.put(name, read(part.getAsJsonObject())));
      return new Group(parts);
    }
    List<Integer> shape = new ArrayList<>();
    json.getAsJsonArray("shape").forEach(side -> shape.add(side.getAsInt()));
    int size = Box.size(shape);
    return new Box(
        bounds(json.getAsJsonArray("low"), size), bounds(json.getAsJsonArray("high"), size), shape);
  }

  private static List<Float> bounds(JsonArray array, int size) {
    List<Float> values = new ArrayList<>();
    array.forEach(value -> values.add(Float.parseFloat(value.getAsString())));
    return values.size() == 1 ? Collections.nCopies(size, values.get(0)) : values;
  }
}
