package dev.retort.run;

import dev.retort.RetortException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A growing table of numbers, one row a record; the first two columns are {@code step} and {@code
 * member}.
 *
 * <p>It is written by the run's worker and may be read by other threads at any time: they see a
 * prefix of whole rows.
 */
public final class Curve {
  private final List<String> columns;
  private double[] values;
  private volatile int rows;

  /** An empty table; {@code step} and {@code member} stand before the given columns. */
  public Curve(String... columns) {
    String[] all = new String[columns.length + 2];
    all[0] = "step";
    all[1] = "member";
    System.arraycopy(columns, 0, all, 2, columns.length);
    this.columns = List.of(all);
    this.values = new double[all.length * 64];
  }

  /** Adds a row: step, member, and a number for each further column; NaN where there is none. */
  public synchronized void add(long step, int member, double... row) {
    if (row.length != columns.size() - 2) {
      throw new RetortException(
          "curve: expected %s numbers for %s, got %s."
              .formatted(columns.size() - 2, columns.subList(2, columns.size()), row.length));
    }
    int at = rows * columns.size();
    if (at + columns.size() > values.length) {
      values = Arrays.copyOf(values, values.length * 2);
    }
    values[at] = step;
    values[at + 1] = member;
    System.arraycopy(row, 0, values, at + 2, row.length);
    rows++;
  }

  /** Replaces all rows, as a resumed run does. */
  public synchronized void restore(double[] saved) {
    if (saved.length % columns.size() != 0) {
      throw new RetortException(
          "curve: expected rows of %s numbers, got %s numbers in all."
              .formatted(columns.size(), saved.length));
    }
    values = Arrays.copyOf(saved, Math.max(columns.size() * 64, saved.length));
    rows = saved.length / columns.size();
  }

  /** A curve of its own with the rows that there are now. */
  public Curve copy() {
    Curve copy = new Curve(columns.subList(2, columns.size()).toArray(String[]::new));
    copy.restore(values());
    return copy;
  }

  /** The names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** A copy of all rows, {@code (rows, columns)}. */
  public synchronized double[] values() {
    return Arrays.copyOf(values, rows * columns.size());
  }

  /** The numbers of one column. */
  public synchronized double[] column(String name) {
    int column = columns.indexOf(name);
    if (column < 0) {
      throw new dev.retort.UnknownNameException("curve column", name, columns);
    }
    double[] result = new double[rows];
    for (int row = 0; row < rows; row++) {
      result[row] = values[row * columns.size() + column];
    }
    return result;
  }

  /**
   * The column that is shown of it where there is room for one: the return where somebody has one,
   * or else the first that has a number; none where no column has.
   */
  public Optional<String> shown() {
    Curve now = copy();
    return Stream.concat(Stream.of("return"), now.columns.stream().skip(2))
        .filter(now.columns::contains)
        .filter(name -> Arrays.stream(now.column(name)).anyMatch(Double::isFinite))
        .findFirst();
  }

  @Override
  public String toString() {
    return "curve of %s".formatted(String.join(", ", columns));
  }
}
