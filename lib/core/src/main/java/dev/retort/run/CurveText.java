package dev.retort.run;

import dev.retort.RetortException;
import dev.retort.store.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code curve.csv} holds: a header and a line for each row.
 *
 * <p>Step and member are whole numbers; all others are written so that reading them gives the same
 * bits.
 */
final class CurveText {
  private CurveText() {}

  static String of(Curve curve) {
    double[] values = curve.values();
    int columns = curve.columns().size();
    StringBuilder text = new StringBuilder(64 + values.length * 12);
    text.append(String.join(",", curve.columns())).append('\n');
    for (int at = 0; at < values.length; at += columns) {
      text.append((long) values[at]).append(',').append((long) values[at + 1]);
      for (int column = 2; column < columns; column++) {
        text.append(',').append(values[at + column]);
      }
      text.append('\n');
    }
    return text.toString();
  }

  static Curve read(Path file, List<String> names) {
    Curve curve = new Curve(names.toArray(String[]::new));
    int line = 0;
    try {
      List<String> lines = TextFile.read(file).lines().toList();
      for (String row : lines.subList(1, lines.size())) {
        line++;
        String[] cells = row.split(",", -1);
        double[] numbers = Arrays.stream(cells).skip(2).mapToDouble(Double::parseDouble).toArray();
        curve.add(Long.parseLong(cells[0]), Integer.parseInt(cells[1]), numbers);
      }
      return curve;
    } catch (IOException | RuntimeException e) {
      throw new RetortException(
          "read '%s': expected a row of numbers in line %s, got %s. Take another copy of the file."
              .formatted(file, line + 1, e.getMessage()),
          e);
    }
  }
}
