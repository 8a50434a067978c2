package dev.retort.kernel.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Optional;

/** The kinds of JSON that a field can have, named in messages. */
enum JsonKind {
  NOTHING("nothing"),
  TEXT("a text"),
  NUMBER("a number"),
  FLAG("true or false"),
  OBJECT("an object"),
  ARRAY("an array");

  private final String words;

  JsonKind(String words) {
    this.words = words;
  }

  static JsonKind of(Optional<JsonElement> found) {
    if (found.isEmpty() || found.get().isJsonNull()) {
      return NOTHING;
    }
    JsonElement element = found.get();
    if (element instanceof JsonPrimitive primitive) {
      return primitive.isString() ? TEXT : primitive.isNumber() ? NUMBER : FLAG;
    }
    return element.isJsonObject() ? OBJECT : ARRAY;
  }

  @Override
  public String toString() {
    return words;
  }
}
