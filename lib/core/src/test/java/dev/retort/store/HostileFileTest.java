package dev.retort.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files that lie about themselves: each is refused, with little memory and nothing left behind. */
class HostileFileTest {
  @TempDir Path attacks;

  /** A file with a header and so many bytes of data. */
  static byte[] file(String header, int data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, data);
  }

  private static byte[] file(long length, byte[] json, int data) {
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(json)
        .array();
  }

  private static String tensor(String name, String type, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, type, shape, offsets);
  }

  private static String one(String type, String shape, String offsets) {
    return "{" + tensor("w", type, shape, offsets) + "}";
  }

  private static Map<String, byte[]> attacks() {
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("nothing", new byte[0]);
    files.put("header of -1 bytes", file(-1, empty, 0));
    files.put("header of 2^31 bytes", file(1L << 31, empty, 0));
    files.put("header of 2^63-1 bytes", file(Long.MAX_VALUE, empty, 0));
    files.put("header one byte too long", file(3, empty, 0));
    files.put("header of no bytes", file(0, new byte[0], 0));
    files.put("data that nobody owns", file("{}", 4));
    files.put("no JSON", file("\u0000\u0001\u0002", 0));
    files.put("a list", file("[]", 0));
    files.put("space before the header", file(" {}", 0));
    files.put("text after the header", file("{}x", 0));
    files.put("deep JSON", file("{\"w\":" + "[".repeat(100_000), 0));
    files.put("deep shape", file(one("F32", "[".repeat(50_000), "[0,4]"), 4));
    files.put("deep metadata", file("{\"__metadata__\":" + "{\"a\":".repeat(50_000), 0));
    files.put("offset -1", file(one("F32", "[1]", "[-1,3]"), 4));
    files.put("offset -0", file(one("F32", "[1]", "[-0,4]"), 4));
    files.put("offset of a fraction", file(one("F32", "[1]", "[0,4.0]"), 4));
    files.put("offset with an exponent", file(one("F32", "[1]", "[0,4e0]"), 4));
    files.put("offset with a leading zero", file(one("F32", "[1]", "[0,04]"), 4));
    files.put("offset 2^64", file(one("F32", "[1]", "[0,18446744073709551616]"), 4));
    files.put("offset that overflows to 4", file(one("F32", "[1]", "[0,18446744073709551620]"), 4));
    files.put("offset beyond the file", file(one("U8", "[2147483647]", "[0,2147483647]"), 4));
    files.put("offsets beyond 2^31 numbers", file(one("U8", "[65536,65536]", "[0,4294967296]"), 4));
    files.put("offsets backwards", file(one("F32", "[1]", "[4,0]"), 4));
    files.put("one offset", file(one("F32", "[1]", "[0]"), 4));
    files.put("three offsets", file(one("F32", "[1]", "[0,4,4]"), 4));
    files.put("gap before the data", file(one("F32", "[1]", "[4,8]"), 8));
    files.put(
        "overlap",
        file(
            "{"
                + tensor("a", "F32", "[2]", "[0,8]")
                + ","
                + tensor("b", "F32", "[2]", "[4,12]")
                + "}",
            12));
    files.put(
        "the same bytes a thousand times",
        file(
            IntStream.range(0, 1000)
                .mapToObj(i -> tensor("w" + i, "U8", "[1000]", "[0,1000]"))
                .collect(Collectors.joining(",", "{", "}")),
            1000));
    files.put("shape larger than the data", file(one("F32", "[1000]", "[0,4]"), 4));
    files.put("shape smaller than the data", file(one("F32", "[1]", "[0,8]"), 8));
    files.put(
        "shape that overflows to 1",
        file(one("F32", "[2147483647,2147483647,2147483647,2147483647]", "[0,4]"), 4));
    files.put("shape of 2^32 by 2^32", file(one("U8", "[4294967296,4294967296]", "[0,0]"), 0));
    files.put("negative shape", file(one("F32", "[-1,-1]", "[0,4]"), 4));
    files.put(
        "shape of a hundred dimensions",
        file(one("F32", "[1" + ",1".repeat(99) + "]", "[0,4]"), 4));
    files.put("nothing by 2^31-1", file(one("F32", "[0,2147483647]", "[0,0]"), 0));
    files.put("2^31-1 by nothing", file(one("F32", "[2147483647,0]", "[0,0]"), 0));
    files.put("2^25 by nothing", file(one("F32", "[33554432,0]", "[0,0]"), 0));
    files.put("half a number", file(one("F32", "[1]", "[0,6]"), 6));
    files.put("unknown type", file(one("F8_E4M3", "[4]", "[0,4]"), 4));
    files.put("no type", file("{\"w\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4));
    files.put(
        "two types",
        file(
            "{\"w\":{\"dtype\":\"F32\",\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            4));
    files.put("unknown key", file("{\"w\":{\"class\":\"java.lang.Runtime\"}}", 0));
    files.put(
        "the same name twice",
        file(
            "{"
                + tensor("w", "F32", "[1]", "[0,4]")
                + ","
                + tensor("w", "F32", "[1]", "[4,8]")
                + "}",
            8));
    files.put(
        "the same name twice, once escaped",
        file(
            "{"
                + tensor("w", "F32", "[1]", "[0,4]")
                + ","
                + tensor("\\u0077", "F32", "[1]", "[4,8]")
                + "}",
            8));
    files.put("metadata of numbers", file("{\"__metadata__\":{\"a\":1}}", 0));
    files.put("metadata of null", file("{\"__metadata__\":{\"a\":null}}", 0));
    files.put("metadata of objects", file("{\"__metadata__\":{\"a\":{}}}", 0));
    files.put("metadata twice", file("{\"__metadata__\":{},\"__metadata__\":{}}", 0));
    files.put("metadata key twice", file("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0));
    files.put("string without end", file("{\"w", 0));
    files.put("string that ends in a backslash", file("{\"w\\", 0));
    files.put("half an escape", file("{\"__metadata__\":{\"a\":\"\\u00\"}}", 0));
    files.put("an escape that is none", file("{\"__metadata__\":{\"a\":\"\\x\"}}", 0));
    files.put("a name with a line in it", file("{\"a\nb\":{}}", 0));
    byte[] latin = "{\"a\":1}".getBytes(StandardCharsets.ISO_8859_1);
    latin[2] = (byte) 0xe4;
    files.put("a name that is no UTF-8", file(latin.length, latin, 0));
    files.put(
        "our mark without our checksum", file("{\"__metadata__\":{\"retort.format\":\"1\"}}", 0));
    files.put(
        "our mark with a checksum of zeros",
        file(
            "{\"__metadata__\":{\"retort.format\":\"1\"},"
                + tensor("checksum", "U8", "[32]", "[0,32]")
                + "}",
            32));
    files.put(
        "our mark with a checksum of floats",
        file(
            "{\"__metadata__\":{\"retort.format\":\"1\"},"
                + tensor("checksum", "F32", "[8]", "[0,32]")
                + "}",
            32));
    return files;
  }

  @TestFactory
  Stream<DynamicTest> everyAttackIsRefusedWhereItStands() {
    return attacks().entrySet().stream()
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.getKey(), () -> assertRefused(attack.getKey(), attack.getValue())));
  }

  private void assertRefused(String name, byte[] bytes) throws IOException {
    Path file = attacks.resolve("attack.safetensors");
    Files.write(file, bytes);
    assertThatThrownBy(() -> TensorFile.readForeign(file))
        .as(name)
        .isInstanceOfSatisfying(
            DamagedFileException.class,
            e -> {
              assertThat(e.offset()).isBetween(0L, (long) bytes.length);
              assertThat(e.getMessage()).hasSizeLessThan(600 + file.toString().length());
            });
    assertThatThrownBy(() -> TensorFile.read(file)).isInstanceOf(DamagedFileException.class);
    assertThat(allocated(file)).as(name).isLessThan(600_000 + 20L * bytes.length);
    try (Stream<Path> left = Files.list(attacks)) {
      assertThat(left).containsExactly(file);
    }
  }

  private static long allocated(Path file) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    try {
      TensorFile.readForeign(file);
    } catch (DamagedFileException expected) {
      // it is refused; what counts is what that took
    }
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  @Test
  void aMillionEmptyTensorsAreRefusedBeforeTheyTakeMemory() throws IOException {
    Path file = attacks.resolve("million.safetensors");
    for (String entry : List.of("%s", "\"__metadata__\":{%s}")) {
      String many =
          IntStream.range(0, entry.length() > 2 ? 2_000_000 : 1_000_000)
              .mapToObj(i -> entry.length() > 2 ? "\"" + i + "\":\"\"" : empty(i))
              .collect(Collectors.joining(","));
      Files.write(file, file("{" + entry.formatted(many) + "}", 0));
      assertThatThrownBy(() -> TensorFile.readForeign(file))
          .isInstanceOf(DamagedFileException.class)
          .hasMessageMatching(
              ".*expected (a header of )?at most \\d+ (bytes|metadata keys), got .*");
      assertThat(allocated(file)).isLessThan(150_000_000);
    }
    String header =
        IntStream.rangeClosed(0, 100_000)
            .mapToObj(HostileFileTest::empty)
            .collect(Collectors.joining(",", "{", "}"));
    Files.write(file, file(header, 0));
    assertThatThrownBy(() -> TensorFile.readForeign(file))
        .hasMessageContaining("expected at most 100000 tensors, got more");
    Tensors many = new Tensors();
    IntStream.rangeClosed(1, 100_000).forEach(i -> many.put("" + i, new byte[0]));
    assertThatThrownBy(() -> TensorFile.write(file, many))
        .hasMessageContaining("expected at most 99999 arrays, got 100000.");
  }

  private static String empty(int i) {
    return tensor("" + i, "U8", "[0]", "[0,0]");
  }

  @Test
  void whatDoesNotFitIntoTheMemoryIsRefusedBeforeItIsTaken() throws IOException {
    Path file = attacks.resolve("sparse.safetensors");
    long half = 4L << 30;
    byte[] start =
        file(
            "{"
                + tensor("a", "F64", "[536870912]", "[0," + half + "]")
                + ","
                + tensor("b", "F64", "[536870912]", "[" + half + "," + 2 * half + "]")
                + "}",
            0);
    Files.write(file, start);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(start.length + 2 * half);
    }
    assertThatThrownBy(() -> TensorFile.readForeign(file))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("expected a file that fits into a memory of ")
        .hasMessageContaining(", got " + (start.length + 2 * half) + " bytes");
    assertThat(allocated(file)).isLessThan(600_000);
  }

  @Test
  void aHeaderOfNothingButTensorsTakesASmallMultipleOfTheFile() throws IOException {
    Path file = attacks.resolve("many.safetensors");
    String header =
        IntStream.range(0, 20_000)
            .mapToObj(i -> tensor("" + i, "U8", "[0]", "[0,0]"))
            .collect(Collectors.joining(",", "{", "}"));
    Files.write(file, file(header, 0));
    assertThat(TensorFile.readForeign(file).all()).hasSize(20_000);
    assertThat(allocated(file)).isLessThan(20L * header.length());
  }

  @Test
  void aNameOfAMillionEscapesTakesNoLongerThanItsLength() throws IOException {
    Path file = attacks.resolve("escapes.safetensors");
    String name = "\\u0041".repeat(1_000_000);
    Files.write(file, file("{\"__metadata__\":{\"" + name + "\":\"\"}}", 0));
    assertThat(TensorFile.readForeign(file).metadata().keySet().iterator().next())
        .hasSize(1_000_000);
    assertThat(allocated(file)).isLessThan(200L * name.length());
  }
}
