package dev.retort.table;

import dev.retort.RetortException;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.Locale;

/**
 * Rows of numbers, each of them once, counted in the order in which they came.
 *
 * <p>A hash table with open addressing. As long as all numbers are whole and small, as those of
 * grids are, a number takes one byte.
 */
final class Keys {
  private static final int FEWEST_SLOTS = 16;

  private final int size;
  private boolean isNarrow = true;
  private byte[] narrow = {};
  private float[] wide = {};
  private int[] slots = new int[FEWEST_SLOTS];
  private int count;

  Keys(int size) {
    this.size = size;
  }

  /** How many rows there are. */
  int count() {
    return count;
  }

  /** How many numbers a row has. */
  int size() {
    return size;
  }

  /** What the rows take, in bytes. */
  long bytes() {
    return (long) count * size * (isNarrow ? 1 : 4);
  }

  /** Which row this is, or -1. */
  int find(float[] values, int at) {
    return slots[slot(values, at)] - 1;
  }

  /** Which row this is; a new one is added. */
  int add(float[] values, int at) {
    int slot = slot(values, at);
    if (slots[slot] > 0) {
      return slots[slot] - 1;
    }
    append(values, at);
    slots[slot] = count;
    if (2 * count > slots.length) {
      rehash();
    }
    return count - 1;
  }

  /** Writes a row. */
  void read(int row, float[] values) {
    for (int i = 0; i < size; i++) {
      values[i] = get(row * size + i);
    }
  }

  private float get(int place) {
    return isNarrow ? narrow[place] : wide[place];
  }

  /** The slot of a row, or the empty one where it would be. */
  private int slot(float[] values, int at) {
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Float.floatToIntBits(values[at + i] + 0f); // -0 is 0
    }
    hash *= 0x9E3779B9;
    int slot = (hash ^ (hash >>> 15)) & (slots.length - 1);
    while (slots[slot] > 0 && !equal(slots[slot] - 1, values, at)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private boolean equal(int row, float[] values, int at) {
    for (int i = 0; i < size; i++) {
      if (get(row * size + i) != values[at + i]) {
        return false;
      }
    }
    return true;
  }

  private void append(float[] values, int at) {
    for (int i = 0; i < size && isNarrow; i++) {
      if (values[at + i] != (byte) values[at + i]) {
        widen();
      }
    }
    int from = count * size;
    makeRoom();
    for (int i = 0; i < size; i++) {
      if (isNarrow) {
        narrow[from + i] = (byte) values[at + i];
      } else {
        wide[from + i] = values[at + i];
      }
    }
    count++;
  }

  private void makeRoom() {
    long needed = (count + 1L) * size;
    int has = isNarrow ? narrow.length : wide.length;
    if (needed <= has) {
      return;
    }
    if (needed > Integer.MAX_VALUE - 8) {
      throw new RetortException(
          String.format(
              Locale.ROOT,
              "table: expected at most %,d states of %,d numbers, got one more. Use bins, or a network.",
              count,
              size));
    }
    int room = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 3L * has / 2));
    if (isNarrow) {
      narrow = Arrays.copyOf(narrow, room);
    } else {
      wide = Arrays.copyOf(wide, room);
    }
  }

  private void widen() {
    wide = new float[narrow.length];
    for (int i = 0; i < count * size; i++) {
      wide[i] = narrow[i];
    }
    isNarrow = false;
    narrow = new byte[0];
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    float[] row = new float[size];
    for (int i = 0; i < count; i++) {
      read(i, row);
      slots[slot(row, 0)] = i + 1;
    }
  }

  Tensors save() {
    return isNarrow
        ? new Tensors().put("bytes", Arrays.copyOf(narrow, count * size), count, size)
        : new Tensors().put("floats", Arrays.copyOf(wide, count * size), count, size);
  }

  static Keys of(Tensors saved) {
    boolean narrow = saved.has("bytes");
    int[] shape = saved.shape(narrow ? "bytes" : "floats");
    if (shape.length != 2 || shape[1] < 1) {
      throw new RetortException(
          "table: expected keys of shape (states, numbers), got %s."
              .formatted(Arrays.toString(shape)));
    }
    Keys keys = new Keys(shape[1]);
    if (shape[0] == 0) {
      return keys; // a row may have any size then, and takes no memory
    }
    float[] row = new float[shape[1]];
    for (int i = 0; i < shape[0]; i++) {
      for (int j = 0; j < row.length; j++) {
        int place = i * row.length + j;
        row[j] = narrow ? saved.bytes("bytes")[place] : saved.floats("floats")[place];
        if (Float.isNaN(row[j])) {
          throw new RetortException(
              "table: expected keys that are numbers, got NaN (state %s, number %s)."
                  .formatted(i, j));
        }
      }
      if (keys.add(row, 0) != i) {
        throw new RetortException(
            "table: expected keys that differ, got state %s a second time (%s)."
                .formatted(i, Arrays.toString(row)));
      }
    }
    return keys;
  }
}
