package dev.retort.figure;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A matrix as shades: a value function over a grid, a table of a sweep.
 *
 * @param title what the figure shows
 * @param xLabel what the columns are
 * @param yLabel what the rows are
 * @param rows labels of the rows, from top to bottom
 * @param columns labels of the columns, from left to right
 * @param values {@code (rows, columns)}; NaN where there is none, and infinite ones are not drawn
 */
public record Heat(
    String title,
    String xLabel,
    String yLabel,
    List<String> rows,
    List<String> columns,
    List<List<Double>> values)
    implements Figure {
  private static final String SHADES = "·░▒▓█";
  private static final int SHOWN = 10;
  private static final int WIDE = 56;

  /** Checks that the matrix fits its labels. */
  public Heat {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    values = values.stream().map(List::copyOf).toList();
    int wide = columns.size();
    if (rows.isEmpty() || wide == 0) {
      throw new RetortException(
          "heat map '%s': expected at least one row and one column, got %s×%s."
              .formatted(title, rows.size(), wide));
    }
    if (values.size() != rows.size() || values.stream().anyMatch(row -> row.size() != wide)) {
      throw new RetortException(
          "heat map '%s': expected %s rows of %s values, got %s rows of %s."
              .formatted(
                  title,
                  rows.size(),
                  wide,
                  values.size(),
                  values.stream().map(List::size).toList()));
    }
  }

  /** A matrix whose rows and columns are numbered from 0. */
  public static Heat of(String title, String xLabel, String yLabel, double[][] values) {
    int wide = values.length == 0 ? 0 : values[0].length;
    return new Heat(
        title,
        xLabel,
        yLabel,
        IntStream.range(0, values.length).mapToObj(String::valueOf).toList(),
        IntStream.range(0, wide).mapToObj(String::valueOf).toList(),
        Arrays.stream(values).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  /** The least value; NaN where there is none. */
  public double low() {
    return finite().min().orElse(Double.NaN);
  }

  /** The largest value; NaN where there is none. */
  public double high() {
    return finite().max().orElse(Double.NaN);
  }

  private DoubleStream finite() {
    return values.stream()
        .flatMap(List::stream)
        .mapToDouble(Double::doubleValue)
        .filter(Figure::shows);
  }

  @Override
  public String text(Glyphs glyphs) {
    List<String> text = new ArrayList<>();
    text.add(Cells.shorten(Cells.line(title), 80));
    double low = low();
    double high = high();
    int tall = Math.min(SHOWN, rows.size());
    int wide = Math.min(WIDE, columns.size());
    int each = Math.max(1, Math.min(4, WIDE / wide));
    int label =
        tall == rows.size()
            ? Math.min(20, rows.stream().mapToInt(Cells::width).max().orElse(0))
            : 0;
    for (int i = 0; i < tall; i++) {
      StringBuilder line = new StringBuilder();
      line.append(label > 0 ? Cells.left(Cells.line(rows.get(i)), label) + "  " : "");
      for (int j = 0; j < wide; j++) {
        line.append(String.valueOf(shade(pooled(i, tall, j, wide), low, high)).repeat(each));
      }
      text.add(line.toString());
    }
    text.add(
        Double.isNaN(low)
            ? "no values yet"
            : "%s %s to %s %s"
                .formatted(
                    SHADES.charAt(0),
                    Numbers.of(low),
                    SHADES.charAt(SHADES.length() - 1),
                    Numbers.of(high)));
    return glyphs.draw(String.join("\n", text));
  }

  private double pooled(int i, int tall, int j, int wide) {
    return IntStream.range(i * rows.size() / tall, (i + 1) * rows.size() / tall)
        .mapToObj(values::get)
        .flatMap(
            row -> row.subList(j * columns.size() / wide, (j + 1) * columns.size() / wide).stream())
        .mapToDouble(Double::doubleValue)
        .filter(Figure::shows)
        .average()
        .orElse(Double.NaN);
  }

  private static char shade(double value, double low, double high) {
    if (Double.isNaN(value)) {
      return ' ';
    }
    double share = high > low ? (value - low) / (high - low) : 0.5;
    return SHADES.charAt((int) Math.min(SHADES.length() - 1, share * SHADES.length()));
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
