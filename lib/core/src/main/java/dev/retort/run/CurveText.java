package dev.retort.run;

import dev.retort.RetortException;
import dev.retort.store.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What {@code curve.csv} holds: a header and a line for each row.
 *
 * <p>Step and member are whole numbers; all others are written so that reading them gives the same
 * bits. The last column, {@code crc32c}, checks the file: in each row stands the CRC-32C of the
 * run's spec, the header and all rows up to this one, without their last column, and behind the
 * last of them {@code -end}. So any tool reads the file, what was changed is found in its line, and
 * a file that was cut lacks its end. Files of before have no such column.
 */
final class CurveText {
  private static final String CHECK = "crc32c";
  private static final String END = "-end";

  private final RunSpec spec;
  private final CRC32C check = new CRC32C();

  private CurveText(RunSpec spec) {
    this.spec = spec;
    add(spec.hash());
  }

  private void add(String text) {
    check.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private String checked(String row, boolean last) {
    add(row + ",");
    return row + "," + HexFormat.of().toHexDigits((int) check.getValue()) + (last ? END : "");
  }

  static String of(Curve curve, RunSpec spec) {
    return new CurveText(spec).write(curve);
  }

  private String write(Curve curve) {
    double[] values = curve.values();
    int columns = curve.columns().size();
    StringBuilder text = new StringBuilder(64 + values.length * 12);
    text.append(header(values.length == 0)).append('\n');
    for (int at = 0; at < values.length; at += columns) {
      StringBuilder row = new StringBuilder();
      row.append((long) values[at]).append(',').append((long) values[at + 1]);
      for (int column = 2; column < columns; column++) {
        row.append(',').append(values[at + column]);
      }
      text.append(checked(row.toString(), at + columns == values.length)).append('\n');
    }
    return text.toString();
  }

  /** The names; a curve without rows ends here. */
  private String header(boolean last) {
    String names = names() + "," + CHECK + (last ? END : "");
    add(names());
    return names;
  }

  private String names() {
    return String.join(",", new Curve(spec.columns().toArray(String[]::new)).columns());
  }

  static Curve read(Path file, RunSpec spec) {
    int line = 1;
    try (TextLines lines = TextLines.of(file)) {
      CurveText text = new CurveText(spec);
      Curve curve = new Curve(spec.columns().toArray(String[]::new));
      String header = text.line(lines.next());
      boolean ended = header.equals(text.header(true));
      boolean unchecked = spec.isUnchecked() && header.equals(text.names());
      require(ended || unchecked || header.equals(text.names() + "," + CHECK), "other columns");
      line++;
      for (Optional<String> next = lines.next(); next.isPresent(); next = lines.next()) {
        String row = text.line(next);
        require(!ended, "more behind the last row");
        if (!unchecked) {
          ended = row.endsWith(END);
          row = text.requireChecked(row, ended);
        }
        add(curve, row);
        line++;
      }
      require(ended || unchecked, "the end of a file whose last rows are missing");
      return curve;
    } catch (IOException | RuntimeException e) {
      throw new RetortException(
          "read '%s': expected the rows that were written, got %s (line %s). Take another copy of the file."
              .formatted(file, e.getMessage(), line),
          e);
    }
  }

  private static void require(boolean is, String otherwise) throws IOException {
    if (!is) {
      throw new IOException(otherwise);
    }
  }

  private String line(Optional<String> line) throws IOException {
    require(line.isPresent(), "an empty file");
    require(line.get().endsWith("\n"), "a file that was cut off within a line");
    return line.get().substring(0, line.get().length() - 1);
  }

  /** The numbers of a row that is as it was written. */
  private String requireChecked(String line, boolean last) throws IOException {
    String row = line.substring(0, Math.max(0, line.lastIndexOf(',')));
    require(line.equals(checked(row, last)), "a row that differs from its checksum");
    return row;
  }

  private static void add(Curve curve, String row) {
    String[] cells = row.split(",", -1);
    double[] numbers = Arrays.stream(cells).skip(2).mapToDouble(Double::parseDouble).toArray();
    curve.add(Long.parseLong(cells[0]), Integer.parseInt(cells[1]), numbers);
  }
}
