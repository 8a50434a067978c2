package dev.retort.exchange.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An input of a model: how many numbers it takes of a row, and how many rows at once.
 *
 * @param name by which the model knows it
 * @param type of its elements
 * @param shape of what is put in, the rows first where there is an axis of rows, of any count
 * @param size how many numbers of a row
 * @param rows how many at once; 0 for any number
 * @param hasRows whether the first axis is that of rows
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record OnnxInput(
    String name, OnnxJavaType type, long[] shape, int size, int rows, boolean hasRows) {
  private static final List<OnnxJavaType> TAKEN =
      List.of(
          OnnxJavaType.FLOAT,
          OnnxJavaType.DOUBLE,
          OnnxJavaType.INT64,
          OnnxJavaType.INT32,
          OnnxJavaType.UINT8);

  /** Whether numbers of a type can be put in. */
  static boolean isTaken(OnnxJavaType type) {
    return TAKEN.contains(type);
  }

  /**
   * An input that takes so many numbers of a row.
   *
   * @param shape the row's own, for sizes that the model leaves open
   * @return nothing where the model's sizes are others
   */
  static Optional<OnnxInput> of(String name, TensorInfo info, int size, List<Integer> shape) {
    long[] sizes = info.getShape();
    if (sizes.length > 0 && (sizes[0] > 0 || sizes[0] == -1)) {
      long[] each = Arrays.copyOfRange(sizes, 1, sizes.length);
      Optional<long[]> row = fitting(each, size, shape);
      if (row.isPresent()) {
        long[] all = sizes.clone();
        System.arraycopy(row.get(), 0, all, 1, each.length);
        int rows = (int) Math.max(0, sizes[0]);
        return Optional.of(new OnnxInput(name, info.type, all, size, rows, true));
      }
    }
    return fitting(sizes, size, shape)
        .map(all -> new OnnxInput(name, info.type, all, size, 1, false));
  }

  /** An input whose own sizes say how many numbers it takes: what is fed back to it. */
  static OnnxInput of(String name, TensorInfo info) {
    long[] sizes = info.getShape();
    long[] each = Arrays.copyOfRange(sizes, Math.min(1, sizes.length), sizes.length);
    boolean hasRows = sizes.length > 1 && Arrays.stream(each).allMatch(size -> size > 0);
    if (hasRows) {
      int rows = (int) Math.max(0, sizes[0]);
      return new OnnxInput(name, info.type, sizes, product(each), rows, true);
    }
    long[] one = Arrays.stream(sizes).map(size -> Math.max(1, size)).toArray();
    return new OnnxInput(name, info.type, one, product(one), 1, false);
  }

  private static int product(long[] sizes) {
    return Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
  }

  /** Sizes that hold so many numbers, with those filled in that are open. */
  private static Optional<long[]> fitting(long[] sizes, int size, List<Integer> shape) {
    long open = Arrays.stream(sizes).filter(each -> each == -1).count();
    long known = Arrays.stream(sizes).filter(each -> each > 0).reduce(1, (a, b) -> a * b);
    long[] all = sizes.clone();
    if (open == 1 && known > 0) {
      all = Arrays.stream(sizes).map(each -> each == -1 ? size / known : each).toArray();
    } else if (open > 1 && sizes.length == shape.size()) {
      all = shape.stream().mapToLong(each -> each).toArray();
    }
    long product = Arrays.stream(all).reduce(1, (a, b) -> a * b);
    boolean isKept = true;
    for (int i = 0; i < all.length; i++) {
      isKept &= sizes[i] == -1 || sizes[i] == all[i];
    }
    return product == size && isKept ? Optional.of(all) : Optional.empty();
  }

  /** Numbers of so many rows as the runtime takes them. */
  OnnxTensor tensor(OrtEnvironment runtime, float[] values, int count) throws OrtException {
    long[] all = shape.clone();
    if (hasRows) {
      all[0] = count;
    }
    int numbers = count * size;
    return switch (type) {
      case DOUBLE -> {
        DoubleBuffer buffer = DoubleBuffer.allocate(numbers);
        for (int i = 0; i < numbers; i++) {
          buffer.put(i, values[i]);
        }
        yield OnnxTensor.createTensor(runtime, buffer, all);
      }
      case INT64 -> {
        LongBuffer buffer = LongBuffer.allocate(numbers);
        for (int i = 0; i < numbers; i++) {
          buffer.put(i, (long) values[i]);
        }
        yield OnnxTensor.createTensor(runtime, buffer, all);
      }
      case INT32 -> {
        IntBuffer buffer = IntBuffer.allocate(numbers);
        for (int i = 0; i < numbers; i++) {
          buffer.put(i, (int) values[i]);
        }
        yield OnnxTensor.createTensor(runtime, buffer, all);
      }
      case UINT8 -> {
        ByteBuffer buffer = ByteBuffer.allocateDirect(numbers);
        for (int i = 0; i < numbers; i++) {
          buffer.put(i, (byte) (int) values[i]);
        }
        yield OnnxTensor.createTensor(runtime, buffer, all, OnnxJavaType.UINT8);
      }
      default -> OnnxTensor.createTensor(runtime, FloatBuffer.wrap(values, 0, numbers), all);
    };
  }
}
