package dev.retort.run;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strict JSON: how it is written, read from a file that may be hostile, and compared.
 *
 * <p>A sealed object ends in a member {@code checksum}: the SHA-256 of all text before it.
 */
public final class Json {
  private static final int MOST_BYTES = 16 << 20;

  /** From this format on, files are sealed. */
  static final int SEALED = 2;

  private static final String FORMAT = "format";
  private static final String CHECKSUM = "checksum";
  private static final Pattern SEAL =
      Pattern.compile("(,\n  \"checksum\": |,\"checksum\":)\"([0-9a-f]{64})\"(\n}|})\n\\z");

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

  /** The text of a file that checks itself, with a line for each member. */
  public static String sealed(JsonObject json) {
    String text = pretty(json).replaceFirst("\n}\n\\z", "");
    return "%s,\n  \"%s\": \"%s\"\n}\n".formatted(text, CHECKSUM, sha256(text));
  }

  /** The same in one line. */
  public static String sealedLine(JsonObject json) {
    String text = json.toString().replaceFirst("}\\z", "");
    return "%s,\"%s\":\"%s\"}\n".formatted(text, CHECKSUM, sha256(text));
  }

  /** The SHA-256 of a text in UTF-8, as hexadecimal digits. */
  public static String sha256(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Reads an object that a file holds, and holds it against its checksum. Files of before have
   * none.
   */
  public static JsonObject read(Path file) {
    try {
      String text = TextFile.read(file, MOST_BYTES);
      Matcher seal = SEAL.matcher(text);
      boolean sealed = seal.find();
      if (sealed && !sha256(text.substring(0, seal.start())).equals(seal.group(2))) {
        throw changed(file, "expected the SHA-256 of what was written, got another");
      }
      JsonObject json = parse(text);
      if (!sealed && isSealed(json)) {
        throw changed(file, "expected a last line with its checksum, got none");
      }
      json.remove(CHECKSUM);
      return json;
    } catch (IOException | IllegalStateException | JsonParseException e) {
      throw new RetortException(
          "read '%s': expected JSON, got %s. Take another copy of the file."
              .formatted(file, briefly(e)),
          e);
    }
  }

  private static RetortException changed(Path file, String what) {
    return new RetortException(
        "read '%s': %s. It was changed or damaged after it was written: take another copy of the file."
            .formatted(file, what));
  }

  private static boolean isSealed(JsonObject json) {
    JsonElement format = json.get(FORMAT);
    return json.has(CHECKSUM)
        || (format != null
            && format.isJsonPrimitive()
            && format.getAsJsonPrimitive().isNumber()
            && format.getAsDouble() >= SEALED);
  }

  /** What the parser says, without its advice to its own users and the names of its classes. */
  private static String briefly(Exception e) {
    return String.valueOf(e.getMessage())
        .replaceAll("Use JsonReader\\S* to accept malformed JSON", "other text")
        .replaceAll("\\s*See https\\S+", "")
        .replaceAll("(?:\\w+\\.)+\\w*Exception: ", "");
  }

  /** Parses an object, strictly. */
  static JsonObject parse(String text) throws IOException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonSyntaxException("text after the end");
      }
      if (!element.isJsonObject()) {
        throw new JsonSyntaxException(text.isBlank() ? "nothing" : "a value that is no object");
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
