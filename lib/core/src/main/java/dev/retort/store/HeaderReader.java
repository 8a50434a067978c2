package dev.retort.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the header of a safetensors file, and nothing else that happens to be JSON.
 *
 * <p>The grammar is fixed and not recursive, so depth cannot hurt; each name may come once; numbers
 * are natural; what is not expected is refused at its byte.
 */
final class HeaderReader {
  /** How many tensors a file may have: each takes memory, even an empty one. */
  static final int MOST_TENSORS = 100_000;

  private static final int MOST_WORDS = 4 * MOST_TENSORS;
  private static final int MOST_DIMENSIONS = 32;
  private static final int MOST_SHOWN = 60;
  private static final String SECTION = "header";

  private final Path path;
  private final byte[] json;
  private final long base;
  private int at;

  /**
   * A reader.
   *
   * @param path the file, for messages
   * @param json the bytes of the header
   * @param base where the header begins in the file
   */
  HeaderReader(Path path, byte[] json, long base) {
    this.path = path;
    this.json = json;
    this.base = base;
  }

  Header read() {
    List<Header.Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    if (peek() != '{' || at != 0) {
      throw unexpected("'{'");
    }
    at++;
    for (boolean more = !accept('}'); more; more = more('}')) {
      long here = here();
      String name = string();
      if (!names.add(name)) {
        throw damaged(here, "expected each name once, got '" + shown(name) + "' twice");
      }
      expect(':');
      if (name.equals(Header.METADATA)) {
        metadata(metadata);
      } else if (entries.size() == MOST_TENSORS) {
        throw damaged(here, "expected at most " + MOST_TENSORS + " tensors, got more");
      } else {
        entries.add(entry(name, here));
      }
    }
    while (at < json.length) {
      if (json[at] != ' ') {
        throw unexpected("nothing but spaces after the last '}'");
      }
      at++;
    }
    return new Header(entries, metadata);
  }

  private void metadata(Map<String, String> metadata) {
    expect('{');
    for (boolean more = !accept('}'); more; more = more('}')) {
      long here = here();
      String key = string();
      expect(':');
      if (metadata.size() == MOST_WORDS) {
        throw damaged(here, "expected at most " + MOST_WORDS + " metadata keys, got more");
      }
      if (metadata.put(key, string()) != null) {
        throw damaged(here, "expected each metadata key once, got '" + shown(key) + "' twice");
      }
    }
  }

  private Header.Entry entry(String name, long here) {
    ElementType type = null;
    int[] shape = null;
    long[] offsets = null;
    expect('{');
    for (boolean more = !accept('}'); more; more = more('}')) {
      long keyAt = here();
      String key = string();
      expect(':');
      if (key.equals("dtype") && type == null) {
        type = type();
      } else if (key.equals("shape") && shape == null) {
        shape = shape();
      } else if (key.equals("data_offsets") && offsets == null) {
        offsets = naturals(2);
        if (offsets.length != 2) {
          throw damaged(keyAt, "expected two data_offsets, got " + offsets.length);
        }
      } else {
        throw damaged(
            keyAt, "expected dtype, shape and data_offsets once each, got '" + shown(key) + "'");
      }
    }
    if (type == null || shape == null || offsets == null) {
      throw damaged(
          here, "expected dtype, shape and data_offsets for '" + shown(name) + "', got less");
    }
    return new Header.Entry(name, type, shape, offsets[0], offsets[1], here);
  }

  private ElementType type() {
    long here = here();
    String name = string();
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw damaged(
        here,
        "expected a dtype of %s, got '%s'".formatted(List.of(ElementType.values()), shown(name)));
  }

  private int[] shape() {
    long here = here();
    long[] sizes = naturals(MOST_DIMENSIONS);
    int[] shape = new int[sizes.length];
    for (int i = 0; i < shape.length; i++) {
      if (sizes[i] > Integer.MAX_VALUE) {
        throw damaged(here, "expected sizes up to 2147483647 in a shape, got " + sizes[i]);
      }
      shape[i] = (int) sizes[i];
    }
    return shape;
  }

  private long[] naturals(int most) {
    long here = here();
    long[] values = new long[4];
    int n = 0;
    expect('[');
    for (boolean more = !accept(']'); more; more = more(']')) {
      if (n == most) {
        throw damaged(here, "expected at most " + most + " numbers, got more");
      }
      values = n < values.length ? values : Arrays.copyOf(values, most);
      values[n++] = natural();
    }
    return Arrays.copyOf(values, n);
  }

  private long natural() {
    int first = peek();
    if (first < '0' || first > '9') {
      throw unexpected("a natural number");
    }
    long here = here();
    long value = 0;
    int digits = 0;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      value = value * 10 + (json[at++] - '0');
      digits++;
    }
    if (digits > 18 || (digits > 1 && first == '0')) {
      throw damaged(here, "expected a number of at most 18 digits without a leading zero");
    }
    return value;
  }

  private String string() {
    expect('"');
    int begin = at;
    boolean escaped = false;
    boolean ascii = true;
    while (at < json.length && json[at] != '"') {
      if (json[at] >= 0 && json[at] < ' ') {
        throw unexpected("no control character in a string");
      }
      ascii &= json[at] > 0;
      escaped |= json[at] == '\\';
      at += json[at] == '\\' ? 2 : 1;
    }
    if (at >= json.length) {
      at = json.length;
      throw unexpected("the end of a string");
    }
    String raw = text(begin, ascii);
    at++;
    return escaped ? unescaped(raw, base + begin) : raw;
  }

  private String text(int begin, boolean ascii) {
    if (ascii) {
      return new String(json, begin, at - begin, StandardCharsets.US_ASCII);
    }
    try {
      ByteBuffer utf8 = ByteBuffer.wrap(json, begin, at - begin);
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw damaged(base + begin, "expected UTF-8, got something else");
    }
  }

  private String unescaped(String raw, long here) {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char kind = raw.charAt(++i);
      int simple = "\"\\/bfnrt".indexOf(kind);
      if (simple >= 0) {
        text.append("\"\\/\b\f\n\r\t".charAt(simple));
      } else if (kind == 'u' && isHex(raw, i + 1, i + 5)) {
        text.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        throw damaged(here, "expected an escape of JSON, got '\\" + kind + "'");
      }
    }
    return text.toString();
  }

  private static boolean isHex(String text, int from, int to) {
    return to <= text.length()
        && text.substring(from, to).chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
  }

  /** A name as a message shows it: a hostile one may be as long as the file. */
  static String shown(String name) {
    return name.length() <= MOST_SHOWN ? name : name.substring(0, MOST_SHOWN) + "…";
  }

  /** After a member: true at a comma, false at the closing bracket. */
  private boolean more(char closing) {
    if (accept(',')) {
      return true;
    }
    if (accept(closing)) {
      return false;
    }
    throw unexpected("',' or '" + closing + "'");
  }

  private boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw unexpected("'" + wanted + "'");
    }
  }

  private int peek() {
    while (at < json.length && isSpace(json[at])) {
      at++;
    }
    return at < json.length ? json[at] : -1;
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private long here() {
    peek();
    return base + at;
  }

  private DamagedFileException unexpected(String expected) {
    String got =
        at >= json.length
            ? "the end of the header"
            : String.format(Locale.ROOT, "byte 0x%02x", json[at] & 0xff);
    return damaged(base + at, "expected " + expected + ", got " + got);
  }

  private DamagedFileException damaged(long offset, String expectedAndGot) {
    return new DamagedFileException(path, SECTION, offset, expectedAndGot);
  }
}
