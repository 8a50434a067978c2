package dev.retort.run;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.retort.RetortException;
import dev.retort.store.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Strict JSON: how it is written, read from a file that may be hostile, and compared. */
public final class Json {
  private static final long MOST_BYTES = 16 << 20;

  private Json() {}

  /** The text of a file, with a line for each member. */
  public static String pretty(JsonElement json) {
    return new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create()
            .toJson(json)
        + "\n";
  }

  /** Reads an object that a file holds. */
  public static JsonObject read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new RetortException(
            "read '%s': expected at most %s bytes, got %s. It is not a file of Retort."
                .formatted(file, MOST_BYTES, Files.size(file)));
      }
      return parse(TextFile.read(file));
    } catch (IOException | IllegalStateException | JsonSyntaxException | JsonIOException e) {
      throw new RetortException(
          "read '%s': expected JSON, got %s. Take another copy of the file."
              .formatted(file, briefly(e)),
          e);
    }
  }

  /** What the parser says, without its advice to its own users. */
  private static String briefly(Exception e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "no file"
        : String.valueOf(e.getMessage())
            .replaceAll("Use JsonReader\\S* to accept malformed JSON", "other text")
            .replaceAll("\\s*See https\\S+", "");
  }

  /** Parses an object, strictly. */
  static JsonObject parse(String text) throws IOException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonSyntaxException("text after the end");
      }
      return element.getAsJsonObject();
    }
  }

  /** The first place where two values differ, told as {@code spec.rate = 0.1 …, got 0.2}. */
  static Optional<String> difference(String path, JsonElement stored, JsonElement given) {
    if (stored.isJsonObject() && given.isJsonObject()) {
      JsonObject a = stored.getAsJsonObject();
      JsonObject b = given.getAsJsonObject();
      Set<String> keys = new TreeSet<>(a.keySet());
      keys.addAll(b.keySet());
      return keys.stream()
          .map(key -> difference(path + "." + key, a, b, key))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (stored.isJsonArray()
        && given.isJsonArray()
        && stored.getAsJsonArray().size() == given.getAsJsonArray().size()) {
      for (int i = 0; i < stored.getAsJsonArray().size(); i++) {
        Optional<String> difference =
            difference(
                path + "[" + i + "]",
                stored.getAsJsonArray().get(i),
                given.getAsJsonArray().get(i));
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    }
    return equal(stored, given)
        ? Optional.empty()
        : told(path, stored.toString(), given.toString());
  }

  private static Optional<String> difference(
      String path, JsonObject stored, JsonObject given, String key) {
    if (!stored.has(key)) {
      return told(path, "nothing", given.get(key).toString());
    }
    if (!given.has(key)) {
      return told(path, stored.get(key).toString(), "nothing");
    }
    return difference(path, stored.get(key), given.get(key));
  }

  private static Optional<String> told(String path, String stored, String given) {
    return Optional.of("%s = %s as it was stored, got %s".formatted(path, stored, given));
  }

  private static boolean equal(JsonElement stored, JsonElement given) {
    if (stored.isJsonPrimitive()
        && given.isJsonPrimitive()
        && stored.getAsJsonPrimitive().isNumber()
        && given.getAsJsonPrimitive().isNumber()) {
      String a = stored.getAsString();
      String b = given.getAsString();
      return a.equals(b) || new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
    }
    return stored.equals(given);
  }
}
