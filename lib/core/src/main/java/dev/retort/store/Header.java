package dev.retort.store;

import com.google.gson.JsonPrimitive;
import dev.retort.RetortException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a safetensors file says about itself: its tensors, where their bytes lie, and some words.
 *
 * <p>{@code
 * {"__metadata__":{"key":"value"},"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}}
 *
 * @param entries in the order in which the header names them
 * @param metadata words about the file
 */
record Header(List<Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /**
   * One tensor.
   *
   * @param name its name
   * @param type the type of its elements
   * @param shape outermost first
   * @param begin where its bytes begin, counted from the end of the header
   * @param end where they end
   * @param at where the header names it, counted from the beginning of the file
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Entry(String name, ElementType type, int[] shape, long begin, long end, long at) {
    String section() {
      return "tensor '" + HeaderReader.shown(name) + "'";
    }

    long length() {
      return end - begin;
    }
  }

  /** The tensors as their bytes follow each other. */
  List<Entry> inFileOrder() {
    return entries.stream()
        .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
        .toList();
  }

  /** The header as bytes, filled with spaces up to a multiple of eight. */
  byte[] encode() {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      json.append('"').append(METADATA).append("\":");
      json.append(
          metadata.entrySet().stream()
              .map(word -> quoted(word.getKey()) + ":" + quoted(word.getValue()))
              .collect(Collectors.joining(",", "{", "}")));
    }
    for (Entry entry : entries) {
      String shape =
          IntStream.of(entry.shape).mapToObj(Integer::toString).collect(Collectors.joining(","));
      json.append(json.length() > 1 ? "," : "")
          .append(quoted(entry.name))
          .append(":{\"dtype\":\"%s\",\"shape\":[%s],".formatted(entry.type, shape))
          .append("\"data_offsets\":[%s,%s]}".formatted(entry.begin, entry.end));
    }
    json.append('}');
    int unpadded = utf8(json).length;
    return utf8(json.append(" ".repeat(Math.floorMod(-unpadded, 8))));
  }

  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }

  private static byte[] utf8(CharSequence text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new RetortException(
          "save: expected names and metadata of whole characters, got half of a surrogate pair.",
          e);
    }
  }
}
