package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A dataset larger than memory: a folder in which observations are plain numbers in a file of their
 * own, which stay there, and all else is a file of ours.
 *
 * <pre>
 * poles.columns/observations            (rows, width), little-endian floats or bytes
 * poles.columns/dataset.safetensors     the rest, and how long and with which checksums they are
 * </pre>
 *
 * <p>Rows are added at its end. The second file is written last and whole, so that a folder whose
 * writer was killed is as it was before, with rows behind its end that nobody reads.
 */
final class ColumnFolder implements DataFormat {
  /** Key under which a dataset says where its observations lie. */
  static final String MAPPED = "mapped";

  private static final String NUMBERS = "observations";
  private static final String REST = "dataset.safetensors";
  private static final String STARTS = "starts";
  private static final int BUFFER = 1 << 18;

  @Override
  public List<String> endings() {
    return List.of(".columns");
  }

  /** Writes a folder anew. */
  @Override
  public void save(Path path, Dataset data) {
    if (Files.exists(path.resolve(REST))) {
      throw new RetortException(
          "save '%s': expected a folder that is not there yet, got one with a dataset. Say data.appendTo(..) to add to it, or remove it first."
              .formatted(path));
    }
    append(path, data);
  }

  @Override
  public Dataset open(Path path) {
    return TensorFile.open(
        path.resolve(REST),
        "dataset",
        tensors -> {
          MappedFile mapped = MappedFile.read(tensors.described(MAPPED));
          Path file = path.toAbsolutePath().resolve(NUMBERS);
          return Dataset.of(tensors.describe(MAPPED, mapped.at(file).write()));
        });
  }

  /** Adds episodes to a folder, or begins it. */
  static void append(Path folder, Dataset data) {
    Tensors more = data.tensors();
    Column seen = data.column(Dataset.OBSERVATION);
    Path rest = folder.resolve(REST);
    boolean isThere = Files.exists(rest);
    Tensors before = isThere ? TensorFile.read(rest, "dataset") : new Tensors();
    MappedFile mapped =
        isThere
            ? MappedFile.read(before.described(MAPPED))
            : new MappedFile(Path.of(NUMBERS), seen.width(), seen.isBytes(), List.of());
    if (isThere) {
      requireLike(folder, before, more);
    }
    if ((long) mapped.rows() + data.size() > Integer.MAX_VALUE - 8) {
      throw new RetortException(
          "append to '%s': expected at most 2147483639 steps in all, got %s and %s more. Begin another folder."
              .formatted(folder, mapped.rows(), data.size()));
    }
    MappedFile grown;
    try {
      Files.createDirectories(folder);
      grown = mapped.and(write(folder.resolve(NUMBERS), mapped.length(), seen));
    } catch (IOException e) {
      throw new RetortException(
          "append to '%s': expected a folder with room, got %s. Free some space; what was there before is untouched."
              .formatted(folder, e.getMessage()),
          e);
    }
    Tensors all = new Tensors();
    more.metadata().forEach(all::describe);
    before.metadata().forEach(all::describe);
    more.all()
        .forEach(
            (name, tensor) -> {
              if (!name.equals(NUMBERS)) {
                put(all, name, joined(name, before, tensor, mapped.rows()), tensor.shape());
              }
            });
    TensorFile.write(rest, all.describe(MAPPED, grown.write()));
  }

  private static void requireLike(Path folder, Tensors before, Tensors more) {
    for (String key : List.of("observations", "actions", "teachers")) {
      if (!before.described(key).equals(more.described(key))) {
        throw new RetortException(
            "append to '%s': expected data whose %s are %s, got %s. Begin another folder."
                .formatted(folder, key, before.shown(key), more.shown(key)));
      }
    }
    for (String name : before.all().keySet()) {
      if (!more.has(name)) {
        throw new RetortException(
            "append to '%s': expected data with '%s', got none. Begin another folder."
                .formatted(folder, name));
      }
    }
  }

  /** Writes rows behind so many numbers, and gives their checksum. */
  private static MappedFile.Block write(Path file, long after, Column seen) throws IOException {
    int size = seen.isBytes() ? 1 : Float.BYTES;
    CRC32C sum = new CRC32C();
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(after * size);
      out.seek(after * size);
      float[] row = new float[seen.width()];
      int atOnce = Math.max(1, BUFFER / (row.length * size));
      ByteBuffer buffer =
          ByteBuffer.allocate(atOnce * row.length * size).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < seen.rows(); i++) {
        seen.read(i, row, 0);
        for (float number : row) {
          if (seen.isBytes()) {
            buffer.put((byte) number);
          } else {
            buffer.putFloat(number);
          }
        }
        if (!buffer.hasRemaining() || i == seen.rows() - 1) {
          sum.update(buffer.array(), 0, buffer.position());
          out.write(buffer.array(), 0, buffer.position());
          buffer.clear();
        }
      }
      out.getFD().sync();
    }
    return new MappedFile.Block(seen.rows(), sum.getValue());
  }

  /** An array of before and one of the same name behind it; first rows count on. */
  private static Object joined(String name, Tensors before, Tensors.Tensor more, int rows) {
    Map<String, Tensors.Tensor> all = before.all();
    Object first = all.containsKey(name) ? all.get(name).array() : Array.newInstance(type(more), 0);
    int kept = Array.getLength(first);
    int length = Array.getLength(more.array());
    Object joined = Array.newInstance(type(more), kept + length);
    System.arraycopy(first, 0, joined, 0, kept);
    System.arraycopy(more.array(), 0, joined, kept, length);
    if (name.equals(STARTS)) {
      int[] starts = (int[]) joined;
      for (int i = kept; i < starts.length; i++) {
        starts[i] += rows;
      }
    }
    return joined;
  }

  private static Class<?> type(Tensors.Tensor tensor) {
    return tensor.array().getClass().getComponentType();
  }

  /** Puts an array whose first side has grown. */
  private static void put(Tensors all, String name, Object array, int[] like) {
    int[] shape = like.clone();
    int each = 1;
    for (int side = 1; side < shape.length; side++) {
      each *= shape[side];
    }
    shape[0] = Array.getLength(array) / each;
    if (array instanceof float[] floats) {
      all.put(name, floats, shape);
    } else if (array instanceof int[] ints) {
      all.put(name, ints, shape);
    } else {
      all.put(name, (byte[]) array, shape);
    }
  }
}
