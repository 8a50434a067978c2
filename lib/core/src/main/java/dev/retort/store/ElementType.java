package dev.retort.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The types of numbers that a file may hold, and how they become bytes: little-endian, without a
 * box.
 */
enum ElementType {
  F32(4),
  F64(8),
  I32(4),
  I64(8),
  U8(1);

  /** How many bytes go through at a time; a multiple of every element's size. */
  static final int BUFFER = 1 << 18;

  final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Takes or gives the bytes {@code buffer[0 .. length)}. */
  interface Pipe {
    void pass(byte[] buffer, int length) throws IOException;
  }

  /** The type of a {@link Tensors.Tensor}'s array. */
  static ElementType of(Object array) {
    if (array instanceof float[]) {
      return F32;
    } else if (array instanceof double[]) {
      return F64;
    } else if (array instanceof int[]) {
      return I32;
    } else if (array instanceof long[]) {
      return I64;
    }
    return U8;
  }

  /** A new array of zeros. */
  Object array(int length) {
    return switch (this) {
      case F32 -> new float[length];
      case F64 -> new double[length];
      case I32 -> new int[length];
      case I64 -> new long[length];
      case U8 -> new byte[length];
    };
  }

  /** How many elements an array of this type has. */
  int length(Object array) {
    return switch (this) {
      case F32 -> ((float[]) array).length;
      case F64 -> ((double[]) array).length;
      case I32 -> ((int[]) array).length;
      case I64 -> ((long[]) array).length;
      case U8 -> ((byte[]) array).length;
    };
  }

  /** Gives all bytes of an array to a pipe, a buffer at a time. */
  void encode(Object array, byte[] buffer, Pipe pipe) throws IOException {
    int length = length(array);
    int atOnce = buffer.length / bytes;
    for (int from = 0, n; from < length; from += n) {
      n = Math.min(atOnce, length - from);
      ByteBuffer little = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
      switch (this) {
        case F32 -> little.asFloatBuffer().put((float[]) array, from, n);
        case F64 -> little.asDoubleBuffer().put((double[]) array, from, n);
        case I32 -> little.asIntBuffer().put((int[]) array, from, n);
        case I64 -> little.asLongBuffer().put((long[]) array, from, n);
        case U8 -> little.put((byte[]) array, from, n);
      }
      pipe.pass(buffer, n * bytes);
    }
  }

  /** Fills an array with bytes from a pipe, a buffer at a time. */
  void decode(Object array, byte[] buffer, Pipe pipe) throws IOException {
    int length = length(array);
    int atOnce = buffer.length / bytes;
    for (int from = 0, n; from < length; from += n) {
      n = Math.min(atOnce, length - from);
      pipe.pass(buffer, n * bytes);
      ByteBuffer little = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
      switch (this) {
        case F32 -> little.asFloatBuffer().get((float[]) array, from, n);
        case F64 -> little.asDoubleBuffer().get((double[]) array, from, n);
        case I32 -> little.asIntBuffer().get((int[]) array, from, n);
        case I64 -> little.asLongBuffer().get((long[]) array, from, n);
        case U8 -> little.get((byte[]) array, from, n);
      }
    }
  }
}
