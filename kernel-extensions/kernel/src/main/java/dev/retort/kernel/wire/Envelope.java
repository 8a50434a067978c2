package dev.retort.kernel.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** A message as it came: with a right signature, and still unread. */
public final class Envelope {
  private static final int MOST_HEADER_BYTES = 1 << 16;
  private static final int MOST_DEPTH = 200;
  private static final long COST = 512;

  private final List<byte[]> identities;
  private final byte[] signature;
  private final List<byte[]> parts;

  /** Keeps routing frames, signature, and header, parent header, metadata and content. */
  Envelope(List<byte[]> identities, byte[] signature, List<byte[]> parts) {
    this.identities = List.copyOf(identities);
    this.signature = signature;
    this.parts = List.copyOf(parts);
  }

  /** The signature, which no two messages of a session share. */
  byte[] signature() {
    return signature;
  }

  /** The bytes that it takes in memory, about. */
  long size() {
    long size = COST;
    for (byte[] part : parts) {
      size += part.length;
    }
    return size;
  }

  /**
   * Reads the four parts.
   *
   * <p>A null where an object belongs is taken as an empty one, except for the header: without that
   * nobody could be answered. What a content must have is for those to say who use it.
   */
  public WireMessage read() throws MalformedMessageException {
    for (byte[] repeated : parts.subList(0, 2)) {
      if (repeated.length > MOST_HEADER_BYTES) {
        throw new MalformedMessageException(
            "headers",
            "expected at most "
                + MOST_HEADER_BYTES
                + " bytes, for every answer repeats them, got "
                + repeated.length);
      }
    }
    JsonObject header = object("header", parts.get(0));
    for (String field : List.of("msg_id", "msg_type")) {
      if (WireMessage.text(header, field).isEmpty()) {
        throw new MalformedMessageException(
            "header",
            "expected "
                + field
                + ", a text, got "
                + JsonKind.of(Optional.ofNullable(header.get(field))));
      }
    }
    return new WireMessage(
        identities,
        header,
        object("parent_header", parts.get(1)),
        object("metadata", parts.get(2)),
        object("content", parts.get(3)));
  }

  private static JsonObject object(String part, byte[] bytes) throws MalformedMessageException {
    JsonElement element = parse(part, bytes);
    if (element.isJsonNull()) {
      return new JsonObject();
    }
    if (!element.isJsonObject()) {
      throw new MalformedMessageException(
          part, "expected an object, got " + JsonKind.of(Optional.of(element)));
    }
    return element.getAsJsonObject();
  }

  private static JsonElement parse(String part, byte[] bytes) throws MalformedMessageException {
    JsonReader reader = new JsonReader(new StringReader(new String(bytes, UTF_8)));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MOST_DEPTH);
    try {
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedMessageException(part, "expected one value, got more");
      }
      return element;
    } catch (JsonParseException | IOException | IllegalStateException | NumberFormatException e) {
      throw new MalformedMessageException(
          part, "expected JSON at most " + MOST_DEPTH + " deep, got something else");
    }
  }
}
