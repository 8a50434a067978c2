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
 * <p>A column whose cells all begin like numbers stands at the right, and is whole or not there;
 * names that are too wide are cut with an ellipsis; columns that find no room are dropped from the
 * right, and counted.
 *
 * @param header the names of the columns
 * @param rows the cells, one list a row
 * @param more how many rows there are beyond these
 */
public record TextTable(List<String> header, List<List<String>> rows, int more) {
  private static final int COLUMNS = 80;

  /** No column of names is cut below this. */
  private static final int READABLE = 10;

  /** No column of numbers is cut, unless it is wider than this. */
  private static final int WHOLE = 40;

  private static final int READ = 100;
  private static final Pattern NUMBER = Pattern.compile("$|[-–+.<\\[\\d∞]");

  /** Checks that every row has a cell for each column. */
  public TextTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new RetortException(
            "text table: expected %s cells a row %s, got %s %s."
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
    boolean[] numeric = numeric();
    int room = Math.max(1, lines - 4);
    boolean cut = more > 0 || rows.size() > room;
    int[] widths = widths(rows.subList(0, Math.min(rows.size(), room)), numeric);
    int columns = header.size() - widths.length;
    int shown = Math.min(rows.size(), Math.max(0, cut || columns > 0 ? room - 1 : room));
    List<String> text = new ArrayList<>();
    text.add(rule('┌', '┬', '┐', widths));
    text.add(line(header, widths, numeric));
    text.add(rule('├', '┼', '┤', widths));
    fitted(rows.subList(0, shown), widths).forEach(row -> text.add(line(row, widths, numeric)));
    text.add(rule('└', '┴', '┘', widths));
    List<String> left = new ArrayList<>();
    count(left, more + rows.size() - shown, "row");
    count(left, columns, "column");
    if (!left.isEmpty()) {
      text.add("… " + String.join(", ", left));
    }
    return glyphs.draw(String.join("\n", text));
  }

  /** The cells that are shown, none wider than its column. */
  private static List<List<String>> fitted(List<List<String>> rows, int[] widths) {
    List<List<String>> columns =
        IntStream.range(0, widths.length)
            .mapToObj(
                at ->
                    Cells.shorten(
                        rows.stream().map(row -> Cells.line(row.get(at))).toList(), widths[at]))
            .toList();
    return IntStream.range(0, rows.size())
        .mapToObj(row -> columns.stream().map(column -> column.get(row)).toList())
        .toList();
  }

  private static void count(List<String> left, int n, String what) {
    if (n > 0) {
      left.add(Numbers.count(n) + " more " + what + (n == 1 ? "" : "s"));
    }
  }

  /**
   * A width for each column that finds room: numbers are whole or not there, names may be cut.
   *
   * @param shown the rows that count
   * @param numeric which columns hold numbers
   */
  private int[] widths(List<List<String>> shown, boolean[] numeric) {
    int[] widest = new int[header.size()];
    int[] least = new int[header.size()];
    for (int column = 0; column < widest.length; column++) {
      int at = column;
      int cells = shown.stream().mapToInt(row -> Cells.width(row.get(at))).max().orElse(0);
      widest[column] = Math.max(Cells.width(Cells.line(header.get(column))), cells);
      least[column] = Math.min(widest[column], numeric[column] ? WHOLE : READABLE);
    }
    int kept = widest.length;
    while (kept > 1 && width(least, kept) > COLUMNS) {
      kept--;
    }
    int[] widths = Arrays.copyOf(widest, kept);
    while (width(widths, kept) > COLUMNS) {
      int most = 0;
      for (int column = 1; column < kept; column++) {
        most = widths[column] - least[column] > widths[most] - least[most] ? column : most;
      }
      widths[most]--;
    }
    return widths;
  }

  private static int width(int[] widths, int columns) {
    return Arrays.stream(widths, 0, columns).sum() + 3 * columns + 1;
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

  /**
   * Header and rows as lines without a box, as wide as they have to be; columns of plain numbers
   * stand at the right.
   */
  public List<String> wide() {
    boolean[] numeric = numeric();
    for (int column = 0; column < numeric.length; column++) {
      int at = column;
      numeric[column] &= rows.stream().noneMatch(row -> row.get(at).contains(" "));
    }
    List<List<String>> all = new ArrayList<>(List.of(header));
    all.addAll(rows);
    int[] widths =
        IntStream.range(0, header.size())
            .map(at -> all.stream().mapToInt(row -> Cells.width(row.get(at))).max().orElse(0))
            .toArray();
    return all.stream()
        .map(
            row ->
                IntStream.range(0, widths.length)
                    .mapToObj(
                        at ->
                            numeric[at]
                                ? Cells.right(row.get(at), widths[at])
                                : Cells.left(row.get(at), widths[at]))
                    .collect(Collectors.joining("  ", "  ", ""))
                    .stripTrailing())
        .toList();
  }

  /** A line of text beside a table, cut to 80 columns. */
  public static String line(String text, Glyphs glyphs) {
    return line(text, 80, glyphs);
  }

  /** A text in lines of at most so many columns, broken between words. */
  public static List<String> lines(String text, int columns, Glyphs glyphs) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : Cells.line(text).split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (Cells.width(longer) > columns && !line.isEmpty()) {
        lines.add(line(line, columns, glyphs));
        longer = word;
      }
      line = longer;
    }
    lines.add(line(line, columns, glyphs));
    return lines;
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
