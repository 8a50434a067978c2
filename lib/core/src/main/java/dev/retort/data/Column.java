package dev.retort.data;

import dev.retort.RetortException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One named quantity of every step of a dataset, {@code (rows, width)}: numbers, or bytes from 0 to
 * 255 where a picture would take four times the memory. Not changed once made.
 */
public final class Column {
  private final String name;
  private final int width;
  private final Optional<float[]> floats;
  private final byte[] bytes;
  private final Optional<MappedNumbers> mapped;

  private Column(
      String name,
      int width,
      Optional<float[]> floats,
      byte[] bytes,
      Optional<MappedNumbers> mapped) {
    this.name = name;
    this.width = width;
    this.floats = floats;
    this.bytes = bytes;
    this.mapped = mapped;
  }

  private static Column ofFloats(String name, int width, float[] values) {
    return new Column(name, width, Optional.of(values), new byte[0], Optional.empty());
  }

  private static Column ofBytes(String name, int width, byte[] values) {
    return new Column(name, width, Optional.empty(), values, Optional.empty());
  }

  /**
   * A column of numbers.
   *
   * @param values {@code (rows, width)}; kept, not copied
   */
  public static Column of(String name, int width, float[] values) {
    require(name, width, values.length);
    return ofFloats(name, width, values);
  }

  /**
   * A column of bytes, read as numbers from 0 to 255.
   *
   * @param values {@code (rows, width)}; kept, not copied
   */
  public static Column of(String name, int width, byte[] values) {
    require(name, width, values.length);
    return ofBytes(name, width, values);
  }

  private static void require(String name, int width, int length) {
    if (name.isBlank() || width < 1 || length % width != 0) {
      throw new RetortException(
          "column '%s': expected a name and whole rows of at least 1 number, got %s numbers in rows of %s."
              .formatted(name, length, width));
    }
  }

  /** A column of a file, which whoever checks the dataset looks at. */
  static Column read(String name, int width, Object values) {
    return values instanceof byte[] bytes
        ? ofBytes(name, width, bytes)
        : ofFloats(name, width, (float[]) values);
  }

  /** A column that stays in its file, whose checksums are verified. */
  static Column mapped(String name, MappedFile file) {
    MappedNumbers numbers = new MappedNumbers(file);
    numbers.verify();
    return new Column(name, file.width(), Optional.empty(), new byte[0], Optional.of(numbers));
  }

  /** Name by which losses and views ask for it. */
  public String name() {
    return name;
  }

  /** Numbers of each row. */
  public int width() {
    return width;
  }

  /** Number of rows. */
  public int rows() {
    return Math.toIntExact(length() / width);
  }

  /** Number of numbers. */
  long length() {
    if (mapped.isPresent()) {
      return mapped.get().source().length();
    }
    return floats.map(values -> values.length).orElse(bytes.length);
  }

  /** Where the numbers lie that stay in their file; empty where they are in memory. */
  Optional<MappedFile> source() {
    return mapped.map(MappedNumbers::source);
  }

  /** Whether it is kept as bytes. */
  public boolean isBytes() {
    return mapped.map(numbers -> numbers.source().isBytes()).orElse(floats.isEmpty());
  }

  /** Number {@code k} of a row. */
  public float at(int row, int k) {
    if (mapped.isPresent()) {
      return mapped.get().at((long) row * width + k);
    }
    int i = row * width + k;
    return floats.isPresent() ? floats.get()[i] : bytes[i] & 0xff;
  }

  /** Copies a row to {@code to[at .. at + width)}. */
  public void read(int row, float[] to, int at) {
    if (mapped.isPresent()) {
      mapped.get().read((long) row * width, to, at, width);
      return;
    }
    if (floats.isPresent()) {
      System.arraycopy(floats.get(), row * width, to, at, width);
      return;
    }
    for (int k = 0; k < width; k++) {
      to[at + k] = bytes[row * width + k] & 0xff;
    }
  }

  /**
   * All numbers, {@code (rows, width)}: the column's own where they are numbers; not to be changed.
   *
   * @throws RetortException where they stay in their file
   */
  public float[] floats() {
    requireMemory();
    return floats.orElseGet(
        () -> {
          float[] all = new float[bytes.length];
          for (int row = 0; row < rows(); row++) {
            read(row, all, row * width);
          }
          return all;
        });
  }

  /** The bytes of a column of bytes, {@code (rows, width)}; not to be changed. */
  byte[] bytes() {
    requireMemory();
    return bytes;
  }

  private void requireMemory() {
    if (mapped.isPresent()) {
      throw new RetortException(
          "column '%s': expected numbers in memory, got %s that stay in '%s'. Read them row by row, data.column(\"%s\").read(row, to, 0), or take some episodes, data.where(..)."
              .formatted(name, length(), mapped.get().source().file(), name));
    }
  }

  /** The same numbers under another name. */
  public Column named(String other) {
    return new Column(other, width, floats, bytes, mapped);
  }

  /** Some of its rows, in that order. */
  Column of(int[] rows) {
    if ((long) rows.length * width > Integer.MAX_VALUE - 8) {
      throw new RetortException(
          "column '%s': expected at most 2147483639 numbers in memory, got %s rows of %s. Take fewer episodes."
              .formatted(name, rows.length, width));
    }
    if (isBytes()) {
      byte[] some = new byte[rows.length * width];
      for (int i = 0; i < some.length; i++) {
        some[i] = (byte) at(rows[i / width], i % width);
      }
      return of(name, width, some);
    }
    float[] some = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      read(rows[i], some, i * width);
    }
    return of(name, width, some);
  }

  /** These rows and then those of another column of the same name, width and kind. */
  Column and(Column more) {
    if (isBytes() && more.isBytes()) {
      byte[] second = more.bytes();
      byte[] all = Arrays.copyOf(bytes(), bytes.length + second.length);
      System.arraycopy(second, 0, all, bytes.length, second.length);
      return of(name, width, all);
    }
    float[] first = floats();
    float[] second = more.floats();
    float[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return of(name, width, all);
  }

  /**
   * The first number that is not finite; empty where all are. Those that stay in their file were
   * looked at before they were written.
   */
  OptionalInt odd() {
    float[] values = floats.orElse(new float[0]);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public String toString() {
    return "%s: %s %s".formatted(name, width, isBytes() ? "bytes" : "numbers");
  }
}
