package dev.retort.exchange.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads event files by the words of their specification: wire format and CRC32C are written here
 * once more, bit by bit, and every checksum is held against what stands in the file.
 */
final class EventReader {
  /** What an event says. */
  record Read(
      double time,
      long step,
      String version,
      List<String> tags,
      Map<String, Float> scalars,
      Map<String, double[]> histograms,
      Map<String, Object> hyperParameters,
      String text) {}

  /** A field of a message: its number, and a number or bytes. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Field(int number, long value, byte[] bytes) {
    double real() {
      return Double.longBitsToDouble(value);
    }

    String words() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private EventReader() {}

  static List<Read> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Read> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] header = new byte[8];
      bytes.get(header);
      assertThat(bytes.getInt()).as("checksum of a length").isEqualTo(masked(header));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(data);
      assertThat(bytes.getInt()).as("checksum of a record").isEqualTo(masked(data));
      events.add(event(data));
    }
    return events;
  }

  /** CRC32C, Castagnoli's polynomial reflected, a bit at a time. */
  private static int masked(byte[] data) {
    int crc = -1;
    for (byte each : data) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static List<Field> fields(byte[] message) {
    List<Field> fields = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      long key = varint(bytes);
      int number = (int) (key >>> 3);
      switch ((int) (key & 7)) {
        case 0 -> fields.add(new Field(number, varint(bytes), new byte[0]));
        case 1 -> fields.add(new Field(number, bytes.getLong(), new byte[0]));
        case 5 -> fields.add(new Field(number, bytes.getInt(), new byte[0]));
        case 2 -> {
          byte[] inner = new byte[(int) varint(bytes)];
          bytes.get(inner);
          fields.add(new Field(number, 0, inner));
        }
        default -> throw new AssertionError("wire type " + (key & 7));
      }
    }
    return fields;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static Read event(byte[] data) {
    double time = 0;
    long step = 0;
    String version = "";
    List<String> tags = new ArrayList<>();
    Map<String, Float> scalars = new TreeMap<>();
    Map<String, double[]> histograms = new TreeMap<>();
    Map<String, Object> parameters = new TreeMap<>();
    StringBuilder text = new StringBuilder();
    for (Field field : fields(data)) {
      switch (field.number()) {
        case 1 -> time = field.real();
        case 2 -> step = field.value();
        case 3 -> version = field.words();
        case 5 -> {
          for (Field value : fields(field.bytes())) {
            String tag = "";
            for (Field part : fields(value.bytes())) {
              switch (part.number()) {
                case 1 -> {
                  tag = part.words();
                  tags.add(tag);
                }
                case 2 -> scalars.put(tag, Float.intBitsToFloat((int) part.value()));
                case 5 -> histograms.put(tag, histogram(part.bytes()));
                case 8 -> text.append(one(part.bytes(), 8).words());
                case 9 -> {
                  Field plugin = one(part.bytes(), 1);
                  if (tag.endsWith("session_start_info")) {
                    assertThat(one(plugin.bytes(), 1).words()).isEqualTo("hparams");
                    parameters.putAll(parameters(one(one(plugin.bytes(), 2).bytes(), 3).bytes()));
                  }
                }
                default -> throw new AssertionError("field " + part.number());
              }
            }
          }
        }
        default -> throw new AssertionError("field " + field.number());
      }
    }
    return new Read(time, step, version, tags, scalars, histograms, parameters, text.toString());
  }

  private static Field one(byte[] message, int number) {
    return fields(message).stream()
        .filter(field -> field.number() == number)
        .findFirst()
        .orElseThrow();
  }

  /** Least, greatest, number, sum, sum of squares, and how many lie in all buckets together. */
  private static double[] histogram(byte[] message) {
    double[] read = new double[6];
    int limits = 0;
    int counts = 0;
    for (Field field : fields(message)) {
      if (field.number() <= 5) {
        read[field.number() - 1] = field.real();
        continue;
      }
      ByteBuffer packed = ByteBuffer.wrap(field.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      double[] numbers = new double[packed.remaining() / Double.BYTES];
      packed.asDoubleBuffer().get(numbers);
      if (field.number() == 6) {
        limits = numbers.length;
        assertThat(numbers).isSorted();
      } else {
        counts = numbers.length;
        read[5] = Arrays.stream(numbers).sum();
      }
    }
    assertThat(counts).isEqualTo(limits).isPositive();
    return read;
  }

  private static Map<String, Object> parameters(byte[] session) {
    Map<String, Object> parameters = new TreeMap<>();
    for (Field field : fields(session)) {
      if (field.number() == 1) {
        Field value = fields(one(field.bytes(), 2).bytes()).get(0);
        parameters.put(
            one(field.bytes(), 1).words(),
            switch (value.number()) {
              case 2 -> value.real();
              case 3 -> value.words();
              default -> value.value() == 1;
            });
      }
    }
    return parameters;
  }
}
