package dev.retort.exchange.safetensors;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.store.AtomicFile;
import dev.retort.store.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Safetensors files without checksums and digests: what tools expect that take each array for one
 * of a network. Read them by {@code TensorFile.readForeign}.
 */
public final class PlainTensors {
  private static final int ALIGNMENT = 8;

  private PlainTensors() {}

  /**
   * Writes arrays, complete or not at all, and all that was said of them.
   *
   * @param tensors of {@code float[]}, {@code double[]} or {@code long[]}
   */
  public static void write(Path file, Tensors tensors) {
    JsonObject header = new JsonObject();
    JsonObject said = new JsonObject();
    tensors.metadata().forEach(said::addProperty);
    header.add("__metadata__", said);
    List<byte[]> data = new ArrayList<>();
    long at = 0;
    for (Map.Entry<String, Tensors.Tensor> each : tensors.all().entrySet()) {
      byte[] bytes = bytes(each.getValue().array());
      JsonObject entry = new JsonObject();
      entry.addProperty("dtype", type(each.getValue().array()));
      JsonArray shape = new JsonArray();
      for (int size : each.getValue().shape()) {
        shape.add(size);
      }
      entry.add("shape", shape);
      JsonArray offsets = new JsonArray();
      offsets.add(at);
      at += bytes.length;
      offsets.add(at);
      entry.add("data_offsets", offsets);
      header.add(each.getKey(), entry);
      data.add(bytes);
    }
    byte[] json = padded(header.toString().getBytes(StandardCharsets.UTF_8));
    byte[] length = bytes(new long[] {json.length});
    AtomicFile.write(
        file,
        output -> {
          output.write(length, 0, length.length);
          output.write(json, 0, json.length);
          for (byte[] bytes : data) {
            output.write(bytes, 0, bytes.length);
          }
        });
  }

  /** With blanks behind it, so that the numbers begin where processors like them to. */
  private static byte[] padded(byte[] json) {
    int size = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] all = new byte[size];
    Arrays.fill(all, (byte) ' ');
    System.arraycopy(json, 0, all, 0, json.length);
    return all;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String type(Object array) {
    return array instanceof float[] ? "F32" : array instanceof double[] ? "F64" : "I64";
  }

  private static byte[] bytes(Object array) {
    if (array instanceof float[] floats) {
      byte[] bytes = new byte[Float.BYTES * floats.length];
      little(bytes).asFloatBuffer().put(floats);
      return bytes;
    }
    if (array instanceof double[] doubles) {
      byte[] bytes = new byte[Double.BYTES * doubles.length];
      little(bytes).asDoubleBuffer().put(doubles);
      return bytes;
    }
    long[] longs = (long[]) array;
    byte[] bytes = new byte[Long.BYTES * longs.length];
    little(bytes).asLongBuffer().put(longs);
    return bytes;
  }
}
