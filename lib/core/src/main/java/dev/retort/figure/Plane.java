package dev.retort.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Places in a plane as letters on a grid of characters, for terminals. */
final class Plane {
  private static final int WIDE = 64;
  private static final int TALL = 8;
  private static final int LETTERS = 26;

  /** More places than characters tell nothing. */
  private static final int MOST_PLACES = 20_000;

  private final double[] across;
  private final double[] up;
  private final char[][] cells = new char[TALL][WIDE];

  private Plane(double[] across, double[] up) {
    this.across = across;
    this.up = up;
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
  }

  /** What stands for one of several traces; they repeat after 26. */
  private static char letter(int trace) {
    return (char) ('a' + trace % LETTERS);
  }

  /** Rows of characters, the names of their letters, and how far the axes reach. */
  static List<String> text(List<Trace> all, String xLabel, String yLabel, boolean diagonal) {
    int each = Math.max(2, MOST_PLACES / Math.max(1, all.size()));
    List<Trace> traces = all.stream().map(trace -> trace.thinned(each)).toList();
    double[] across = range(traces.stream().flatMap(trace -> numbers(trace, trace.x())));
    double[] up = range(traces.stream().flatMap(trace -> numbers(trace, trace.y())));
    if (Double.isNaN(across[0])) {
      return List.of("no values yet");
    }
    Plane plane = new Plane(across, up);
    if (diagonal) {
      for (int i = 0; i < WIDE; i++) {
        double value = across[0] + (across[1] - across[0]) * i / (WIDE - 1);
        if (value >= up[0] && value <= up[1]) {
          plane.put(value, value, '·');
        }
      }
    }
    for (int i = traces.size() - 1; i >= 0; i--) {
      Trace trace = traces.get(i);
      for (int place = 0; place < trace.x().size(); place++) {
        if (trace.shows(place)) {
          plane.put(trace.x().get(place), trace.y().get(place), letter(i));
        }
      }
    }
    List<String> text = new ArrayList<>();
    for (char[] row : plane.cells) {
      text.add(("│" + new String(row)).stripTrailing());
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      names.add(letter(i) + " " + Cells.line(traces.get(i).name()));
    }
    text.add(Cells.shorten(String.join("  ", names), 80));
    text.add(
        Cells.shorten(
            "%s %s to %s; %s %s to %s"
                .formatted(
                    Cells.line(xLabel),
                    Numbers.of(across[0]),
                    Numbers.of(across[1]),
                    Cells.line(yLabel),
                    Numbers.of(up[0]),
                    Numbers.of(up[1])),
            80));
    return text;
  }

  private static Stream<Double> numbers(Trace trace, List<Double> values) {
    return IntStream.range(0, values.size()).filter(trace::shows).mapToObj(values::get);
  }

  private static double[] range(Stream<Double> values) {
    var all = values.mapToDouble(Double::doubleValue).summaryStatistics();
    return all.getCount() == 0
        ? new double[] {Double.NaN, Double.NaN}
        : new double[] {all.getMin(), all.getMax()};
  }

  private void put(double x, double y, char sign) {
    cells[TALL - 1 - place(y, up, TALL)][place(x, across, WIDE)] = sign;
  }

  private static int place(double value, double[] range, int count) {
    double share = range[1] > range[0] ? (value - range[0]) / (range[1] - range[0]) : 0.5;
    return (int) Math.round(share * (count - 1));
  }
}
