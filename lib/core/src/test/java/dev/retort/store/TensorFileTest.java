package dev.retort.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
  @TempDir Path folder;

  private static Tensors all() {
    return new Tensors()
        .put("flags", new byte[] {1, 0, -1})
        .put("f", new float[] {1, Float.NaN, -0.0f, Float.MIN_VALUE, 3.5f, 6}, 2, 3)
        .put("d", new double[] {Math.PI, Double.NEGATIVE_INFINITY}, 1, 2, 1)
        .put("i", new int[] {Integer.MIN_VALUE, 7})
        .put("l", new long[] {Long.MIN_VALUE, Long.MAX_VALUE})
        .put("empty", new float[0], 0, 5)
        .put("näme \"with\" \\ all\n\u0001 \uD83D\uDE00", new float[] {1})
        .describe("spec", "{\"steps\": 5}")
        .describe("origin", "a test, with ünïcode");
  }

  @Test
  void whatIsWrittenIsReadBitForBit() {
    Path file = folder.resolve("all.safetensors");
    TensorFile.write(file, all());
    Tensors read = TensorFile.read(file);
    assertThat(read.all().keySet()).containsExactlyElementsOf(all().all().keySet());
    assertThat(read.metadata()).containsExactlyEntriesOf(all().metadata());
    assertThat(read.shape("f")).containsExactly(2, 3);
    assertThat(read.shape("d")).containsExactly(1, 2, 1);
    assertThat(read.shape("empty")).containsExactly(0, 5);
    assertThat(read.floats("f")).isEqualTo(all().floats("f"));
    assertThat(Float.floatToRawIntBits(read.floats("f")[2])).isEqualTo(0x80000000);
    assertThat(read.doubles("d")).isEqualTo(all().doubles("d"));
    assertThat(read.ints("i")).isEqualTo(all().ints("i"));
    assertThat(read.longs("l")).isEqualTo(all().longs("l"));
    assertThat(read.bytes("flags")).isEqualTo(all().bytes("flags"));
  }

  @Test
  void equalTensorsGiveEqualBytes() throws IOException {
    TensorFile.write(folder.resolve("a"), all());
    TensorFile.write(folder.resolve("b"), all());
    assertThat(Files.mismatch(folder.resolve("a"), folder.resolve("b"))).isEqualTo(-1);
  }

  @Test
  void theFileIsAValidSafetensorsFileWithAlignedData() throws IOException {
    Path file = folder.resolve("all.safetensors");
    TensorFile.write(file, all());
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(length % 8).isZero();
    JsonObject header =
        JsonParser.parseString(new String(bytes, 8, length, StandardCharsets.UTF_8))
            .getAsJsonObject();
    JsonObject f = header.getAsJsonObject("f");
    assertThat(f.get("dtype").getAsString()).isEqualTo("F32");
    assertThat(f.get("shape").toString()).isEqualTo("[2,3]");
    int begin = f.getAsJsonArray("data_offsets").get(0).getAsInt();
    assertThat(begin % 4).isZero();
    assertThat(
            ByteBuffer.wrap(bytes, 8 + length + begin, 4).order(ByteOrder.LITTLE_ENDIAN).getFloat())
        .isEqualTo(1);
    assertThat(header.getAsJsonObject("d").getAsJsonArray("data_offsets").get(0).getAsInt() % 8)
        .isZero();
    assertThat(header.getAsJsonObject("checksum").getAsJsonArray("data_offsets").get(1).getAsInt())
        .isEqualTo(bytes.length - 8 - length);
    assertThat(header.getAsJsonObject("__metadata__").get("retort.format").getAsString())
        .isEqualTo("1");
  }

  @Test
  void arraysLongerThanTheBufferGoThroughWhole() throws IOException {
    float[] floats = new float[ElementType.BUFFER + 12345];
    double[] doubles = new double[ElementType.BUFFER / 8 + 1];
    byte[] bytes = new byte[2 * ElementType.BUFFER];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = i * 0.37f;
      doubles[i % doubles.length] = i * 1e-3;
      bytes[i % bytes.length] = (byte) i;
    }
    Path file = folder.resolve("big");
    TensorFile.write(file, new Tensors().put("b", bytes).put("f", floats).put("d", doubles));
    Tensors read = TensorFile.read(file);
    assertThat(Arrays.equals(read.floats("f"), floats)).isTrue();
    assertThat(Arrays.equals(read.doubles("d"), doubles)).isTrue();
    assertThat(Arrays.equals(read.bytes("b"), bytes)).isTrue();
  }

  @Test
  void everyFlippedBitAndEveryLengthIsRefusedWithPathSectionAndByte() throws IOException {
    Path good = folder.resolve("good.safetensors");
    TensorFile.write(
        good,
        new Tensors().put("w", new float[] {1, 2}).put("n", new byte[] {3}).describe("spec", "x"));
    byte[] bytes = Files.readAllBytes(good);
    Path bad = folder.resolve("bad.safetensors");
    for (int i = 0; i < bytes.length; i++) {
      for (int mask : new int[] {1, 0x80, 0xff}) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= (byte) mask;
        Files.write(bad, flipped);
        assertDamaged(bad, bytes.length);
      }
      Files.write(bad, Arrays.copyOf(bytes, i));
      assertDamaged(bad, bytes.length);
    }
    Files.write(bad, Arrays.copyOf(bytes, bytes.length + 1));
    assertDamaged(bad, bytes.length);
    Files.write(bad, bytes);
    assertThat(TensorFile.read(bad).floats("w")).containsExactly(1, 2);
  }

  private static void assertDamaged(Path file, long size) {
    assertThatThrownBy(() -> TensorFile.read(file))
        .isInstanceOfSatisfying(
            DamagedFileException.class,
            e -> {
              assertThat(e.path()).isEqualTo(file);
              assertThat(e.section()).isNotEmpty();
              assertThat(e.offset()).isBetween(0L, size);
              assertThat(e.getMessage())
                  .startsWith("read '" + file + "': expected ")
                  .contains("(" + e.section() + ", byte " + e.offset() + ")");
            });
  }

  @Test
  void damageInATensorIsFoundWhereItIs() throws IOException {
    Path file = folder.resolve("a.safetensors");
    TensorFile.write(
        file, new Tensors().put("first", new float[] {1, 2}).put("second", new float[] {3, 4}));
    byte[] bytes = Files.readAllBytes(file);
    int second = bytes.length - 32 - 8;
    bytes[second + 5] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> TensorFile.read(file))
        .hasMessage(
            "read '%s': expected its SHA-256, got another (tensor 'second', byte %s). Take another copy of the file."
                .formatted(file, second));
  }

  @Test
  void filesOfOtherToolsAreReadOnlyOnRequest() throws IOException {
    Path file = folder.resolve("foreign.safetensors");
    String header =
        "{\"b\":{\"data_offsets\":[4,12],\"dtype\":\"F32\",\"shape\":[2]},"
            + "\"scalar\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[0,4]},"
            + "\"__metadata__\":{\"format\":\"pt\",\"\\u0041\":\"\\n\"}}   ";
    Files.write(file, HostileFileTest.file(header, 12));
    Tensors read = TensorFile.readForeign(file);
    assertThat(read.floats("b")).containsExactly(0, 0);
    assertThat(read.ints("scalar")).containsExactly(0);
    assertThat(read.metadata()).containsEntry("format", "pt").containsEntry("A", "\n");
    assertThatThrownBy(() -> TensorFile.read(file))
        .hasMessage(
            "read '%s': expected a file that save(..) wrote, got a safetensors file of another tool (header, byte 8). TensorFile.readForeign(file) gives its arrays, without checksums."
                .formatted(file));
  }

  @Test
  void whatIsNoSafetensorsFileIsSaidToBeNone() throws IOException {
    Path file = folder.resolve("film.gif");
    Files.writeString(file, "GIF89a and what follows");
    assertThatThrownBy(() -> TensorFile.read(file))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage(
            "read '%s': expected a safetensors file, got a file of another kind (header, byte 8). Name a file that save(..) wrote: a policy, a dataset or a prior."
                .formatted(file));
    Files.writeString(file, "GIF");
    assertThatThrownBy(() -> TensorFile.read(file))
        .hasMessageContaining("expected a safetensors file, got a file of 3 bytes");
  }

  @Test
  void theSizeOfAFileIsKnownBeforeItIsWritten() throws IOException {
    Tensors tensors =
        new Tensors().put("a", new float[3]).put("b", new double[2]).describe("what", "é");
    Path file = folder.resolve("sized");
    TensorFile.write(file, tensors);
    assertThat(TensorFile.size(tensors)).isEqualTo(Files.size(file));
  }

  @Test
  void wholeNumbersTakeAsFewBytesAsHoldThem() {
    for (long most : new long[] {3, 127, 128, Integer.MAX_VALUE, 1L << 40}) {
      long[] values = {0, most};
      Tensors tensors = new Tensors().putWholes("n", values, 1, 2);
      assertThat(tensors.wholes("n")).containsExactly(values);
      assertThat(tensors.all().get("n").array())
          .isInstanceOf(most <= 127 ? byte[].class : most == 1L << 40 ? long[].class : int[].class);
    }
    assertThat(new Tensors().put("n", new long[] {5}).wholes("n")).containsExactly(5);
  }

  @Test
  void readingOneOfOurOwnAsForeignStillChecksIt() throws IOException {
    Path file = folder.resolve("a.safetensors");
    TensorFile.write(file, all());
    assertThat(TensorFile.readForeign(file).has("checksum")).isFalse();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 40] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> TensorFile.readForeign(file)).isInstanceOf(DamagedFileException.class);
  }

  @Test
  void aNewerFormatSaysSo() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Files.write(file, HostileFileTest.file("{\"__metadata__\":{\"retort.format\":\"2\"}}", 0));
    assertThatThrownBy(() -> TensorFile.read(file))
        .hasMessageContaining("expected format 1, got '2', perhaps of a newer Retort");
  }

  @Test
  void namesThatTheFormatKeepsAreRefused() {
    Path file = folder.resolve("a.safetensors");
    assertThatThrownBy(() -> TensorFile.write(file, new Tensors().put("checksum", new float[1])))
        .hasMessageContaining("another name than 'checksum'");
    assertThatThrownBy(() -> TensorFile.write(file, new Tensors().describe("retort.x", "")))
        .hasMessageContaining("got 'retort.x'");
    assertThatThrownBy(() -> TensorFile.write(file, new Tensors().put("\uD83D", new float[1])))
        .hasMessageContaining("whole characters");
    assertThat(file).doesNotExist();
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> TensorFile.read(file))
        .hasMessage("read '%s': expected a file, got nothing. Check the path.".formatted(file));
    assertThatThrownBy(() -> TensorFile.read(folder)).hasMessageContaining("got something else");
  }
}
