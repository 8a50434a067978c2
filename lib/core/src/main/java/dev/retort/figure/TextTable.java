package dev.retort.figure;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table of texts that prints as a box of at most 80 columns.
 *
 * <p>A column whose cells all begin like numbers stands at the right; a cell that is too wide is
 * cut with an ellipsis; columns that find no room are dropped from the right.
 *
 * @param header the names of the columns
 * @param rows the cells, one list a row
 * @param more how many rows there are beyond these
 */
public record TextTable(List<String> header, List<List<String>> rows, int more) {
  private static final int NARROWEST = 5;
  private static final int READ = 100;
  private static final Pattern NUMBER = Pattern.compile("$|[-–+.\\[\\d∞]");

  /** Checks that every row has a cell for each column. */
  public TextTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new RetortException(
            "text table: expected %d cells a row %s, got %d %s."
                .formatted(header.size(), header, row.size(), row));
      }
    }
  }

  /** A table that is all there is. */
  public static TextTable of(List<String> header, List<List<String>> rows) {
    return new TextTable(header, rows, 0);
  }

  /** The first hundred rows of a table. */
  public static TextTable of(Table table) {
    return of(table, READ);
  }

  /** The first rows of a table, its numbers written alike within a column. */
  public static TextTable of(Table table, int limit) {
    int shown = Math.min(limit, table.rowCount());
    List<List<String>> columns =
        table.columns().stream().map(column -> cells(column, shown)).toList();
    List<List<String>> rows =
        IntStream.range(0, shown)
            .mapToObj(row -> columns.stream().map(column -> column.get(row)).toList())
            .toList();
    return new TextTable(table.columnNames(), rows, table.rowCount() - shown);
  }

  private static List<String> cells(Column<?> column, int shown) {
    if (column instanceof NumericColumn<?> numbers) {
      double[] values =
          IntStream.range(0, shown)
              .mapToDouble(row -> numbers.isMissing(row) ? Double.NaN : numbers.getDouble(row))
              .toArray();
      return Numbers.column(values);
    }
    return IntStream.range(0, shown)
        .mapToObj(row -> column.isMissing(row) ? "" : Cells.line(column.getString(row)))
        .toList();
  }

  /** Which columns hold numbers, and so stand at the right; one a column. */
  public boolean[] numeric() {
    boolean[] numeric = new boolean[header.size()];
    for (int column = 0; column < numeric.length; column++) {
      int at = column;
      numeric[column] =
          !rows.isEmpty() && rows.stream().allMatch(row -> NUMBER.matcher(row.get(at)).lookingAt());
    }
    return numeric;
  }

  /**
   * The table as a box.
   *
   * @param lines at most how many lines, at least 5; what does not fit is counted in a last row
   */
  public String text(int lines, Glyphs glyphs) {
    int room = Math.max(1, lines - 4);
    boolean cut = more > 0 || rows.size() > room;
    int shown = Math.min(rows.size(), cut ? Math.max(0, room - 1) : room);
    int[] widths = widths(shown);
    boolean[] numeric = numeric();
    List<String> text = new ArrayList<>();
    text.add(rule('┌', '┬', '┐', widths));
    text.add(line(header, widths, numeric));
    text.add(rule('├', '┼', '┤', widths));
    rows.subList(0, shown).forEach(row -> text.add(line(row, widths, numeric)));
    text.add(rule('└', '┴', '┘', widths));
    if (cut) {
      int left = more + rows.size() - shown;
      text.add("… " + Numbers.count(left) + (left == 1 ? " more row" : " more rows"));
    }
    return glyphs.draw(String.join("\n", text));
  }

  private int[] widths(int shown) {
    int[] widths = new int[header.size()];
    Arrays.setAll(
        widths,
        column ->
            Math.max(
                Cells.width(Cells.line(header.get(column))),
                rows.subList(0, shown).stream()
                    .mapToInt(row -> Cells.width(row.get(column)))
                    .max()
                    .orElse(0)));
    while (Arrays.stream(widths).sum() + 3 * widths.length + 1 > 80) {
      int widest = 0;
      for (int column = 1; column < widths.length; column++) {
        widest = widths[column] > widths[widest] ? column : widest;
      }
      if (widths[widest] <= NARROWEST) {
        widths = Arrays.copyOf(widths, widths.length - 1);
      } else {
        widths[widest]--;
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths, boolean[] numeric) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            column -> {
              String cell = Cells.line(cells.get(column));
              return numeric[column]
                  ? Cells.right(cell, widths[column])
                  : Cells.left(cell, widths[column]);
            })
        .collect(Collectors.joining(" │ ", "│ ", " │"));
  }

  private static String rule(char left, char between, char right, int[] widths) {
    return Arrays.stream(widths)
        .mapToObj(width -> "─".repeat(width + 2))
        .collect(
            Collectors.joining(
                String.valueOf(between), String.valueOf(left), String.valueOf(right)));
  }

  /** A line of text beside a table, cut to 80 columns. */
  public static String line(String text, Glyphs glyphs) {
    return line(text, 80, glyphs);
  }

  /** A line of text, cut to a number of columns with an ellipsis. */
  public static String line(String text, int columns, Glyphs glyphs) {
    return glyphs.draw(Cells.shorten(Cells.line(text), columns));
  }

  /** The box of at most 12 lines. */
  @Override
  public String toString() {
    return text(12, Glyphs.current());
  }
}
