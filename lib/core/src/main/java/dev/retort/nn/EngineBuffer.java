package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory that Java writes and the engine's tensors look at, made once for all batches of one size.
 */
final class EngineBuffer {
  private final NDManager manager;
  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private final Map<Shape, NDArray> arrays = new HashMap<>();

  private EngineBuffer(NDManager manager, int size) {
    this.manager = manager;
    this.bytes = direct(size);
    this.floats = bytes.asFloatBuffer();
  }

  /** The buffer itself if it is large enough, else a larger one in its place. */
  static EngineBuffer ensure(EngineBuffer buffer, NDManager manager, int size) {
    if (buffer != null && buffer.floats.capacity() >= size) {
      return buffer;
    }
    if (buffer != null) {
      buffer.arrays.values().forEach(NDArray::close);
    }
    return new EngineBuffer(manager, size);
  }

  /** Memory outside the heap, in the machine's own byte order. */
  static ByteBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(4, floats)).order(ByteOrder.nativeOrder());
  }

  /** The floats {@code from .. to} of such memory. */
  static ByteBuffer part(ByteBuffer bytes, int from, int to) {
    return bytes.slice(4 * from, 4 * (to - from)).order(ByteOrder.nativeOrder());
  }

  /** What Java writes. */
  FloatBuffer floats() {
    return floats;
  }

  /** The first numbers as a tensor, which outlives every scope. */
  NDArray array(Shape shape) {
    return arrays.computeIfAbsent(
        shape,
        s -> {
          NDArray array = manager.create(part(bytes, 0, (int) s.size()), s, DataType.FLOAT32);
          NDScope.unregister(array);
          return array;
        });
  }
}
