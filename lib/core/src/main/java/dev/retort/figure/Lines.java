package dev.retort.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Curves over a common axis: learning curves, losses, profiles.
 *
 * @param title what the figure shows
 * @param xLabel what the horizontal axis counts, with its unit
 * @param yLabel what the vertical axis measures, with its unit
 * @param lines the curves, in the order of the legend
 */
public record Lines(String title, String xLabel, String yLabel, List<Line> lines)
    implements Figure {
  private static final int SPARK = 32;
  private static final int SHOWN = 9;

  /** Keeps a copy of the list. */
  public Lines {
    lines = List.copyOf(lines);
  }

  /** The figure of the given curves. */
  public static Lines of(String title, String xLabel, String yLabel, Line... lines) {
    return new Lines(title, xLabel, yLabel, List.of(lines));
  }

  @Override
  public String text(Glyphs glyphs) {
    double from = over(line -> line.x().isEmpty() ? Double.NaN : line.x().get(0), true);
    double to =
        over(line -> line.x().isEmpty() ? Double.NaN : line.x().get(line.x().size() - 1), false);
    double low = over(line -> finite(line).min().orElse(Double.NaN), true);
    double high = over(line -> finite(line).max().orElse(Double.NaN), false);
    List<String> text = new ArrayList<>();
    text.add(Cells.shorten(Cells.line(title), 80));
    int width =
        Math.min(20, lines.stream().mapToInt(line -> Cells.width(line.name())).max().orElse(0));
    for (Line line : lines.subList(0, Math.min(SHOWN, lines.size()))) {
      double[] x = line.x().stream().mapToDouble(Double::doubleValue).toArray();
      double[] y = line.y().stream().mapToDouble(Double::doubleValue).toArray();
      String spark = Sparkline.of(x, y, from, to, low, high, SPARK);
      String name = Cells.left(Cells.line(line.name()), width);
      text.add(Cells.shorten(name + "  " + spark + "  " + ends(line), 80));
    }
    if (lines.size() > SHOWN) {
      text.add("… " + (lines.size() - SHOWN) + " more");
    }
    if (Double.isNaN(low)) {
      text.add("no values yet");
    } else {
      List<String> ends = Numbers.ends(from, to);
      text.add(
          Cells.shorten(
              "%s %s to %s; %s %s to %s"
                  .formatted(
                      Cells.line(xLabel),
                      ends.get(0),
                      ends.get(1),
                      Cells.line(yLabel),
                      Numbers.of(low),
                      Numbers.of(high)),
              80));
    }
    return glyphs.draw(String.join("\n", text));
  }

  private static String ends(Line line) {
    double[] y = finite(line).toArray();
    if (y.length == 0) {
      return "–";
    }
    String ends = Numbers.of(y[0]) + " → " + Numbers.of(y[y.length - 1]);
    int last = line.x().size() - 1;
    return line.hasBand() && Double.isFinite(line.low().get(last))
        ? ends + " " + Numbers.interval(line.low().get(last), line.high().get(last))
        : ends;
  }

  private static java.util.stream.DoubleStream finite(Line line) {
    return line.y().stream().mapToDouble(Double::doubleValue).filter(Double::isFinite);
  }

  private double over(ToDoubleFunction<Line> measure, boolean least) {
    Stream<Double> found = lines.stream().map(measure::applyAsDouble).filter(v -> !v.isNaN());
    return (least ? found.min(Double::compare) : found.max(Double::compare)).orElse(Double.NaN);
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
