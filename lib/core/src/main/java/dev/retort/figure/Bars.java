package dev.retort.figure;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Heights over labels: counts of actions, a histogram of returns.
 *
 * @param title what the figure shows
 * @param xLabel what the labels are
 * @param yLabel what the heights count
 * @param labels one a bar
 * @param heights one a bar, from 0 to 1e100
 */
public record Bars(
    String title, String xLabel, String yLabel, List<String> labels, List<Double> heights)
    implements Figure {
  private static final int BAR = 40;
  private static final int SHOWN = 10;
  private static final int MOST_BINS = 10_000;

  /** Checks that each label has its height. */
  public Bars {
    labels = List.copyOf(labels);
    heights = List.copyOf(heights);
    if (labels.size() != heights.size()) {
      throw new RetortException(
          "bars '%s': expected as many heights as labels, got %s heights for %s labels."
              .formatted(title, heights.size(), labels.size()));
    }
    for (int i = 0; i < heights.size(); i++) {
      if (!(heights.get(i) >= 0 && Figure.shows(heights.get(i)))) {
        throw new RetortException(
            "bars '%s': expected heights from 0 to %s, got %s (bar %s, '%s')."
                .formatted(title, Figure.FARTHEST, heights.get(i), i, labels.get(i)));
      }
    }
  }

  /**
   * The histogram of values over {@code bins} equal bins from the least to the largest; a bin is
   * named by its lower edge.
   */
  public static Bars histogram(String title, String xLabel, double[] values, int bins) {
    double[] kept = Arrays.stream(values).filter(Figure::shows).toArray();
    if (bins > MOST_BINS) {
      throw new RetortException(
          "histogram '%s': expected at most %s bins, got %s.".formatted(title, MOST_BINS, bins));
    }
    if (kept.length == 0 || bins < 1) {
      return new Bars(title, xLabel, "count", List.of(), List.of());
    }
    double low = Arrays.stream(kept).min().getAsDouble();
    double high = Arrays.stream(kept).max().getAsDouble();
    int n = high > low ? bins : 1;
    double[] counts = new double[n];
    for (double value : kept) {
      counts[high > low ? (int) Math.min(n - 1, (value - low) / (high - low) * n) : 0]++;
    }
    double[] edges = new double[n];
    Arrays.setAll(edges, i -> low + i * (high - low) / n);
    List<Double> heights = Arrays.stream(counts).boxed().toList();
    return new Bars(title, xLabel, "count", Numbers.column(edges), heights);
  }

  @Override
  public String text(Glyphs glyphs) {
    List<String> text = new ArrayList<>();
    text.add(Cells.shorten(Cells.line(title), 80));
    double highest = heights.isEmpty() ? 0 : Collections.max(heights);
    if (heights.isEmpty()) {
      text.add("no values yet");
    } else if (heights.size() > SHOWN) {
      double[] all = heights.stream().mapToDouble(Double::doubleValue).toArray();
      double[] x = new double[all.length];
      Arrays.setAll(x, i -> i);
      text.add(Sparkline.of(x, all, 0, all.length, 0, highest, Math.min(64, all.length)));
      text.add(
          Cells.shorten(
              "%s %s to %s; %s up to %s"
                  .formatted(
                      Cells.line(xLabel),
                      labels.get(0),
                      labels.get(labels.size() - 1),
                      Cells.line(yLabel),
                      Numbers.of(highest)),
              80));
    } else {
      int width = Math.min(20, labels.stream().mapToInt(Cells::width).max().orElse(0));
      for (int i = 0; i < heights.size(); i++) {
        int length = highest > 0 ? (int) Math.round(heights.get(i) / highest * BAR) : 0;
        String bar = "▇".repeat(heights.get(i) > 0 ? Math.max(1, length) : 0);
        String label = Cells.right(Cells.line(labels.get(i)), width);
        text.add(label + "  " + Cells.left(bar, BAR) + "  " + Numbers.of(heights.get(i)));
      }
    }
    return glyphs.draw(String.join("\n", text));
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
