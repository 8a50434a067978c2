package dev.retort.report;

import dev.retort.figure.Bars;
import dev.retort.figure.Cells;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Heat;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.figure.Panels;
import dev.retort.figure.Pictures;
import dev.retort.figure.Scatter;
import dev.retort.figure.Tracks;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Small figures for cards, as inline SVG.
 *
 * <p>Axes and labels are of one gray that stands out on light and on dark ground: browsers that
 * darken pages by force leave the colors of drawings as they are, and the page's own text color
 * would vanish there.
 */
final class Svg {
  private static final int WIDTH = 600;
  private static final int HEIGHT = 150;
  private static final int LEFT = 56;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 32;
  private static final int POINTS = 160;
  private static final int MEMBERS = 12;
  private static final int SERIES = 6;
  static final String GREY = Palette.hex(Palette.MIDDLE);

  private final StringBuilder svg = new StringBuilder();
  private final double from;
  private final double to;
  private final double low;
  private final double high;
  private final int height;
  private final int top;

  Svg(String title, double from, double to, double low, double high, int height, int top) {
    Extent across = new Extent(from, to);
    Extent up = new Extent(low, high).roomy();
    this.from = from;
    this.to = across.isNarrow() ? from + Math.max(1, Math.abs(from) * 0.05) : to;
    this.low = up.low();
    this.high = up.high();
    this.height = height;
    this.top = top;
    svg.append(
            "<svg viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\" role=\"img\" aria-label=\"%s\""
                .formatted(WIDTH, height, WIDTH, height, Html.escape(title, 120)))
        .append(" style=\"max-width:100%;height:auto;display:block\" fill=\"none\">");
  }

  /** The figure as one element. */
  static String of(Figure figure) {
    if (figure instanceof Lines lines) {
      return lines(lines);
    }
    if (figure instanceof Bars bars) {
      return bars(bars);
    }
    if (figure instanceof Dots dots) {
      return dots(dots);
    }
    if (figure instanceof Panels panels) {
      return panels.panels().stream().map(Svg::of).collect(Collectors.joining());
    }
    if (figure instanceof Scatter scatter) {
      return PlaneSvg.scatter(scatter);
    }
    if (figure instanceof Tracks tracks) {
      return PlaneSvg.tracks(tracks);
    }
    if (figure instanceof Pictures pictures) {
      return PlaneSvg.pictures(pictures);
    }
    return heat((Heat) figure);
  }

  private static String lines(Lines figure) {
    List<Line> lines =
        figure.lines().stream().limit(SERIES).map(line -> line.thinned(POINTS)).toList();
    double from = least(lines, line -> least(line.x()), true);
    double to = least(lines, line -> -least(line.x().stream().map(x -> -x).toList()), false);
    double low = least(lines, line -> least(all(line).toList()), true);
    double high = least(lines, line -> -least(all(line).map(y -> -y).toList()), false);
    if (Double.isNaN(low)) {
      return "";
    }
    Svg svg =
        new Svg(figure.title(), from, to, low, high, HEIGHT, lines.size() > 1 ? TOP + 14 : TOP);
    List<String> ends = Numbers.ends(from, to);
    svg.frame(figure.xLabel(), ends.get(0), ends.get(1));
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      String color = Palette.hex(Palette.series(i));
      if (line.hasBand()) {
        svg.band(line, color);
      }
      line.members().stream()
          .limit(MEMBERS)
          .forEach(member -> svg.path(line.x(), member, color, "0.8", ".45"));
      svg.path(line.x(), line.y(), color, "1.8", "1");
      svg.alone(line.x(), line.y(), color);
    }
    svg.legend(lines.stream().map(Line::name).toList());
    return svg.end();
  }

  private static Stream<Double> all(Line line) {
    return Stream.of(
            line.y().stream(),
            line.low().stream(),
            line.high().stream(),
            line.members().stream().limit(MEMBERS).flatMap(List::stream))
        .flatMap(values -> values);
  }

  private static double least(List<Double> values) {
    return values.stream()
        .mapToDouble(Double::doubleValue)
        .filter(Figure::shows)
        .min()
        .orElse(Double.NaN);
  }

  private static double least(List<Line> lines, ToDoubleFunction<Line> measure, boolean least) {
    var found = lines.stream().mapToDouble(measure).filter(Figure::shows);
    return (least ? found.min() : found.max()).orElse(Double.NaN);
  }

  private static String bars(Bars figure) {
    List<Double> heights = figure.heights().stream().limit(POINTS).toList();
    if (heights.isEmpty()) {
      return "";
    }
    int n = heights.size();
    double highest =
        Math.max(
            1 / Figure.FARTHEST, heights.stream().mapToDouble(Double::doubleValue).max().orElse(1));
    Svg svg = new Svg(figure.title(), 0, n, 0, highest, HEIGHT, TOP);
    boolean few = n <= 8;
    svg.frame(
        figure.xLabel(), few ? "" : figure.labels().get(0), few ? "" : figure.labels().get(n - 1));
    for (int i = 0; i < n; i++) {
      double left = svg.x(i + 0.1);
      double top = svg.y(heights.get(i));
      svg.svg.append(
          "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>"
              .formatted(
                  number(left),
                  number(top),
                  number(svg.x(i + 0.9) - left),
                  number(svg.y(0) - top),
                  Palette.hex(Palette.series(0))));
      if (few) {
        svg.text(svg.x(i + 0.5), svg.height - 18, "middle", figure.labels().get(i), 60 / n);
      }
    }
    return svg.end();
  }

  private static String dots(Dots figure) {
    List<Dot> dots = figure.dots().stream().limit(12).toList();
    if (dots.isEmpty()) {
      return "";
    }
    int height = TOP + BOTTOM + 20 * dots.size();
    double low = figure.axisFrom();
    double high = figure.axisTo();
    int longest = dots.stream().mapToInt(dot -> dot.name().length()).max().orElse(0);
    int letters = Math.max(12, Math.min(40, longest));
    double left = 20 + 6.2 * letters;
    double span = WIDTH - RIGHT - left;
    ToDoubleFunction<Double> place = value -> left + (value - low) / (high - low) * span;
    Svg svg = new Svg(figure.title(), low, high, 0, 1, height, TOP);
    String color = Palette.hex(Palette.series(0));
    double base = height - BOTTOM + 4;
    double step = step(high - low);
    for (double tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
      double x = place.applyAsDouble(tick);
      svg.rule(x, TOP, x, base, GREY, ".35");
      svg.text(x, base + 13, "middle", Numbers.of(Math.rint(tick / step) * step), 12);
    }
    List<String> names =
        Cells.shorten(dots.stream().map(dot -> Cells.line(dot.name())).toList(), letters);
    for (int i = 0; i < dots.size(); i++) {
      Dot dot = dots.get(i);
      double y = TOP + 20 * i + 10;
      svg.text(left - 12, y + 4, "end", names.get(i), letters);
      if (dot.hasInterval()) {
        svg.rule(place.applyAsDouble(dot.low()), y, place.applyAsDouble(dot.high()), y, color, "1");
      }
      for (double run : dot.runs()) {
        svg.circle(place.applyAsDouble(run), y + 6, "1.6", GREY);
      }
      svg.circle(place.applyAsDouble(dot.value()), y, "4", color);
    }
    svg.rule(left, base, WIDTH - RIGHT, base, GREY, "1");
    svg.text(left + span / 2, height - 3, "middle", figure.label(), 40);
    return svg.end();
  }

  private static String heat(Heat figure) {
    int rows = Math.min(40, figure.rows().size());
    int columns = Math.min(40, figure.columns().size());
    int size = Math.max(4, Math.min(24, 240 / Math.max(rows, columns)));
    Svg svg = new Svg(figure.title(), 0, 1, 0, 1, rows * size + 24, 0);
    double least = figure.low();
    double range = Math.max(1 / Figure.FARTHEST, figure.high() - least);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double value = figure.values().get(i).get(j);
        if (Figure.shows(value)) {
          svg.svg.append(
              "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>"
                  .formatted(
                      j * size,
                      i * size,
                      size,
                      size,
                      Palette.hex(Palette.heat((value - least) / range))));
        }
      }
    }
    String scale =
        Double.isNaN(figure.low())
            ? "no values yet"
            : "dark %s, bright %s".formatted(Numbers.of(figure.low()), Numbers.of(figure.high()));
    svg.text(0, rows * size + 16, "start", scale, 60);
    return svg.end();
  }

  void frame(String xLabel, String first, String last) {
    rule(LEFT, height - BOTTOM, WIDTH - RIGHT, height - BOTTOM, GREY, "1");
    double step = step(high - low);
    for (double value = Math.ceil(low / step) * step; value <= high; value += step) {
      rule(LEFT, y(value), WIDTH - RIGHT, y(value), GREY, ".35");
      text(LEFT - 6, y(value) + 4, "end", Numbers.of(Math.rint(value / step) * step), 9);
    }
    text(LEFT, height - 18, "start", first, 16);
    text(WIDTH - RIGHT, height - 18, "end", last, 16);
    text((LEFT + WIDTH - RIGHT) / 2.0, height - 4, "middle", xLabel, 48);
  }

  /** The distance of two to five ticks: 1, 2 or 5 times a power of ten. */
  private static double step(double range) {
    double power = Math.pow(10, Math.floor(Math.log10(range / 2)));
    double times = range / 2 / power;
    return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
  }

  /** The names of several series above them; nothing for a single one. */
  void legend(List<String> names) {
    double step = (WIDTH - LEFT - RIGHT) / (double) Math.max(1, names.size());
    for (int i = 0; names.size() > 1 && i < names.size(); i++) {
      double at = LEFT + i * step;
      rule(at, 5, at + 14, 5, Palette.hex(Palette.series(i)), "1");
      text(at + 18, 9, "start", names.get(i), (int) (step / 7) - 3);
    }
  }

  /** A picture whose pixels are seen, with a thin frame, at a corner and of a size in pixels. */
  void image(double left, double top, double wide, double tall, String data) {
    svg.append(
        "<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"%s\"/>"
            .formatted(number(left), number(top), number(wide), number(tall), data));
    svg.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" stroke=\"%s\" stroke-opacity=\".35\"/>"
            .formatted(number(left), number(top), number(wide), number(tall), GREY));
  }

  /** How much a pixel is across. */
  double unitAcross() {
    return (to - from) / (WIDTH - LEFT - RIGHT);
  }

  /** How much a pixel is upwards. */
  double unitUp() {
    return (high - low) / (height - top - BOTTOM);
  }

  private void band(Line line, String color) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < line.x().size(); i++) {
      point(points, line.x().get(i), line.high().get(i));
    }
    for (int i = line.x().size() - 1; i >= 0; i--) {
      point(points, line.x().get(i), line.low().get(i));
    }
    svg.append("<polygon points=\"").append(points).append("\" fill=\"").append(color);
    svg.append("\" fill-opacity=\".18\"/>");
  }

  private void point(StringBuilder points, double x, double y) {
    if (Figure.shows(y)) {
      points.append(number(x(x))).append(',').append(number(y(y))).append(' ');
    }
  }

  void path(List<Double> x, List<Double> y, String color, String wide, String opacity) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < x.size(); i++) {
      point(points, x.get(i), y.get(i));
    }
    svg.append(
        "<polyline points=\"%s\" stroke=\"%s\" stroke-width=\"%s\" stroke-opacity=\"%s\" stroke-linejoin=\"round\"/>"
            .formatted(points, color, wide, opacity));
  }

  /** A single place, of which no line can be drawn. */
  private void alone(List<Double> x, List<Double> y, String color) {
    List<Integer> shown =
        IntStream.range(0, y.size()).filter(i -> Figure.shows(y.get(i))).boxed().toList();
    if (shown.size() == 1) {
      circle(x(x.get(shown.get(0))), y(y.get(shown.get(0))), "3.5", color);
    }
  }

  void circle(double x, double y, String radius, String color) {
    svg.append(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>"
            .formatted(number(x), number(y), radius, color));
  }

  private void rule(double x1, double y1, double x2, double y2, String color, String opacity) {
    svg.append(
        "<path d=\"M%s %sL%s %s\" stroke=\"%s\" stroke-opacity=\"%s\"/>"
            .formatted(number(x1), number(y1), number(x2), number(y2), color, opacity));
  }

  void text(double x, double y, String anchor, String text, int longest) {
    if (!text.isEmpty()) {
      svg.append(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"11\" fill=\"%s\">%s</text>"
              .formatted(
                  number(x), number(y), anchor, GREY, Html.escape(text, Math.max(3, longest))));
    }
  }

  String end() {
    return svg.append("</svg>").toString();
  }

  double x(double value) {
    return LEFT + (value - from) / (to - from) * (WIDTH - LEFT - RIGHT);
  }

  double y(double value) {
    return height - BOTTOM - (value - low) / (high - low) * (height - top - BOTTOM);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
