package dev.retort.report;

import dev.retort.figure.Bars;
import dev.retort.figure.Cells;
import dev.retort.figure.Figure;
import dev.retort.figure.Heat;
import dev.retort.figure.Line;
import dev.retort.figure.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Figures of no more parts than can be distinguished in a picture, so that no figure takes longer
 * or more memory than a picture is worth.
 */
final class Legible {
  private static final int MOST_POINTS = 2_000;
  private static final int MOST_LINES = 200;
  private static final int MOST_MEMBERS = 400;
  private static final int MOST_IN_ALL = 200_000;
  private static final int MOST_BARS = 1_000;
  private static final int MOST_CELLS = 400;

  private Legible() {}

  /** As many lines, members and points as can be distinguished. */
  static List<Line> lines(List<Line> lines) {
    List<Line> first = lines.subList(0, Math.min(MOST_LINES, lines.size()));
    int each = MOST_MEMBERS / Math.max(1, first.size());
    long series = first.stream().mapToLong(line -> 1 + Math.min(each, line.members().size())).sum();
    int points = (int) Math.min(MOST_POINTS, MOST_IN_ALL / Math.max(1, series));
    return first.stream()
        .map(
            line ->
                new Line(
                    line.name(),
                    line.x(),
                    line.y(),
                    line.low(),
                    line.high(),
                    line.members().subList(0, Math.min(each, line.members().size()))))
        .map(line -> line.thinned(points))
        .toList();
  }

  /** What of the lines is not in the picture, in words; nothing where everything is. */
  static String leftOut(List<Line> lines) {
    if (lines.size() > MOST_LINES) {
      return "the first %s of %s lines".formatted(MOST_LINES, Numbers.count(lines.size()));
    }
    for (Line line : lines) {
      for (int i = 0; i < line.y().size(); i++) {
        double y = line.y().get(i);
        if (!Double.isNaN(y) && !Figure.shows(y)) {
          return "without %s of '%s' at %s"
              .formatted(
                  Numbers.of(y), Cells.shorten(line.name(), 20), Numbers.of(line.x().get(i)));
        }
      }
    }
    return "";
  }

  /** At most a thousand bars, each the highest of those it stands for. */
  static Bars bars(Bars figure) {
    int n = figure.heights().size();
    if (n <= MOST_BARS) {
      return figure;
    }
    List<String> labels = new ArrayList<>();
    List<Double> heights = new ArrayList<>();
    for (int i = 0; i < MOST_BARS; i++) {
      int from = (int) ((long) i * n / MOST_BARS);
      int to = (int) ((i + 1L) * n / MOST_BARS);
      labels.add(figure.labels().get(from));
      heights.add(Collections.max(figure.heights().subList(from, to)));
    }
    return new Bars(figure.title(), figure.xLabel(), figure.yLabel(), labels, heights);
  }

  /** At most as many rows and columns as can be distinguished, each the mean of those it is of. */
  static Heat heat(Heat figure) {
    int rows = Math.min(MOST_CELLS, figure.rows().size());
    int columns = Math.min(MOST_CELLS, figure.columns().size());
    if (rows == figure.rows().size() && columns == figure.columns().size()) {
      return figure;
    }
    double[] sums = new double[rows * columns];
    int[] counts = new int[rows * columns];
    for (int i = 0; i < figure.rows().size(); i++) {
      int row = (int) ((long) i * rows / figure.rows().size());
      List<Double> values = figure.values().get(i);
      for (int j = 0; j < values.size(); j++) {
        int cell = row * columns + (int) ((long) j * columns / values.size());
        if (Figure.shows(values.get(j))) {
          sums[cell] += values.get(j);
          counts[cell]++;
        }
      }
    }
    List<List<Double>> means = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int from = row * columns;
      means.add(
          IntStream.range(from, from + columns)
              .mapToObj(cell -> sums[cell] / counts[cell]) // NaN where there is none
              .toList());
    }
    return new Heat(
        figure.title(),
        figure.xLabel(),
        figure.yLabel(),
        picked(figure.rows(), rows),
        picked(figure.columns(), columns),
        means);
  }

  private static List<String> picked(List<String> labels, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> labels.get((int) ((long) i * labels.size() / count)))
        .toList();
  }
}
