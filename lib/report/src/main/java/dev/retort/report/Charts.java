package dev.retort.report;

import dev.retort.RetortException;
import dev.retort.figure.Bars;
import dev.retort.figure.Cells;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.FigureRenderer;
import dev.retort.figure.Heat;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.figure.Panels;
import dev.retort.figure.PictureFormat;
import dev.retort.figure.Pictures;
import dev.retort.figure.Scatter;
import dev.retort.figure.Tracks;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Figures as XChart charts, in the manner of a printed paper: white ground, light grid, thin axes,
 * the palette of Okabe and Ito, the legend outside.
 *
 * <p>A machine without any font still gives a picture: {@link Sketch} draws the data without a
 * word.
 */
public final class Charts implements FigureRenderer {
  private static final int MOST_NAMES = 24;
  private static final int MOST_DOTS = 100;
  private static final int SMALLEST_PANEL = 60;

  /** How far the dots of single runs lie below their interval, in rows. */
  private static final double BELOW = 0.2;

  private static final BasicStroke LINE =
      new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke DASHED =
      new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 4}, 0);
  private static final BasicStroke THIN =
      new BasicStroke(0.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke NONE = new BasicStroke(0.01f);

  /** Makes seen labels the longest, since XChart measures only the longest for its margin. */
  private static final String TAIL = "\u200C".repeat(24);

  /** The renderer; a service needs a public constructor. */
  public Charts() {}

  @Override
  public byte[] picture(Figure figure, PictureFormat format, int width, int height) {
    if (format != PictureFormat.PNG) {
      return VectorFile.of(
          format, figure.title(), width, height, canvas -> paint(figure, canvas, width, height));
    }
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    try {
      paint(figure, canvas, width, height);
    } finally {
      canvas.dispose();
    }
    return Png.of(picture);
  }

  private static void paint(Figure figure, Graphics2D canvas, int width, int height) {
    if (!Fonts.present()) {
      canvas.drawImage(Sketch.of(figure, width, height), 0, 0, null);
    } else if (figure instanceof Panels panels) {
      paint(panels, canvas, width, height);
    } else if (figure instanceof Pictures pictures) {
      PictureRow.paint(pictures, canvas, width, height);
    } else {
      titled(figure, canvas, width, height);
    }
  }

  private static void paint(Panels figure, Graphics2D canvas, int width, int height) {
    Heading heading = ChartStyle.heading(figure.title(), 17, width, height);
    ChartStyle.ground(canvas, width, height);
    heading.paint(canvas);
    int above = Math.max(ChartStyle.ABOVE_PANELS, heading.height() + 7);
    int across = width / figure.columns();
    int[] down = figure.heights(height - above);
    int least = IntStream.of(down).min().orElseThrow();
    if (across < SMALLEST_PANEL || least < SMALLEST_PANEL) {
      throw new RetortException(
          "chart of '%s': expected panels of at least %s×%s pixels, got %s×%s each. Show fewer, or take a larger picture."
              .formatted(figure.title(), SMALLEST_PANEL, SMALLEST_PANEL, across, least));
    }
    int y = above;
    for (int i = 0; i < figure.panels().size(); i++) {
      int row = i / figure.columns();
      int column = i % figure.columns();
      Graphics2D own = (Graphics2D) canvas.create(column * across, y, across, down[row]);
      try {
        paint(figure.panels().get(i), own, across, down[row]);
      } finally {
        own.dispose();
      }
      y += column == figure.columns() - 1 ? down[row] : 0;
    }
  }

  /** Paints a chart below its title. */
  private static void titled(Figure figure, Graphics2D canvas, int width, int height) {
    ChartStyle.ground(canvas, width, height);
    String title = untitled(figure, width, height).getTitle(); // with what the picture leaves out
    Heading heading = ChartStyle.heading(title, ChartStyle.size(width) + 2, width, height);
    heading.paint(canvas);
    int below = height - heading.height();
    Graphics2D own = (Graphics2D) canvas.create(0, heading.height(), width, below);
    try {
      if (figure instanceof Tracks tracks) {
        PlaneCharts.paint(tracks, own, width, below);
      } else {
        NamesBelow.paint(untitled(figure, width, below), own, width, below);
      }
    } finally {
      own.dispose();
    }
  }

  /**
   * The chart itself, for those who want to go on styling.
   *
   * @param figure what to draw
   * @param width in pixels
   * @param height in pixels
   * @throws RetortException for panels, which are several charts, and for pictures, which are none
   */
  public static Chart<?, ?> chart(Figure figure, int width, int height) {
    Chart<?, ?> chart = untitled(figure, width, height);
    ChartStyle.show(chart);
    if (chart instanceof XYChart plane && figure instanceof Tracks) {
      PlaneCharts.squared(plane, width, height);
    }
    return chart;
  }

  /** The chart, whose title is said and not shown. */
  private static Chart<?, ?> untitled(Figure figure, int width, int height) {
    if (figure instanceof Lines lines) {
      return lines(lines, width, height);
    }
    if (figure instanceof Dots dots) {
      return dots(dots, width, height);
    }
    if (figure instanceof Bars bars) {
      return bars(bars, width, height);
    }
    if (figure instanceof Heat heat) {
      return HeatChart.of(heat, width, height);
    }
    if (figure instanceof Scatter scatter) {
      return PlaneCharts.scatter(scatter, width, height);
    }
    if (figure instanceof Tracks tracks) {
      return PlaneCharts.tracks(tracks, width, height);
    }
    throw new RetortException(
        figure instanceof Panels
            ? "chart of '%s': expected a single figure, got panels. Take one of its panels()."
                .formatted(figure.title())
            : "chart of '%s': expected a figure with axes, got pictures. Take its png()."
                .formatted(figure.title()));
  }

  static XYChart lines(Lines figure, int width, int height) {
    XYChart chart =
        ChartStyle.of(new XYChart(width, height), figure.title(), figure.xLabel(), figure.yLabel());

    ChartStyle.numbersAcross(chart.getStyler());
    ChartStyle.numbersUp(chart.getStyler());
    Set<String> taken = new HashSet<>();
    List<Line> thinned = Legible.lines(figure.lines());
    for (int i = 0; i < thinned.size(); i++) {
      if (thinned.get(i).hasBand()) {
        band(chart, thinned.get(i), i);
      }
    }
    for (int i = 0; i < thinned.size(); i++) {
      int member = 0;
      for (List<Double> values : thinned.get(i).members()) {
        Color faint = Palette.translucent(Palette.series(i), 70);
        String name = "member " + i + "." + member++;
        plain(add(chart, name, thinned.get(i).x(), values), faint, THIN).setShowInLegend(false);
      }
    }
    int shown = 0;
    int names = Math.min(MOST_NAMES, Math.max(1, height / 22));
    for (int i = 0; i < thinned.size(); i++) {
      Line line = thinned.get(i);
      if (line.y().stream().anyMatch(Figure::shows)) {
        XYSeries series = add(chart, unique(line.name(), taken), line.x(), line.y());
        plain(series, Palette.series(i), i < Palette.count() ? LINE : DASHED)
            .setShowInLegend(shown < names);
        if (series.getXData().length == 1) {
          series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Palette.series(i));
          chart.getStyler().setMarkerSize(8);
        }
        shown++;
      }
    }
    ChartStyle.legend(chart.getStyler(), thinned.subList(0, Math.min(names, thinned.size())));
    ChartStyle.limits(chart.getStyler(), thinned);
    ChartStyle.remark(chart, Legible.leftOut(figure.lines()));
    if (shown == 0) {
      empty(chart);
    } else {
      roundTicks(chart, thinned);
    }
    return chart;
  }

  /**
   * XChart puts ticks on the data where these are equally spaced, at 7,000 and 14,000; one unseen
   * point between them makes it choose round numbers.
   */
  private static void roundTicks(XYChart chart, List<Line> lines) {
    for (Line line : lines) {
      for (int i = 1; i < line.x().size(); i++) {
        if (Figure.shows(line.y().get(i)) && line.x().get(i) > line.x().get(i - 1)) {
          double between = line.x().get(i - 1) + (line.x().get(i) - line.x().get(i - 1)) / Math.PI;
          XYSeries unseen = add(chart, "unseen", List.of(between), List.of(line.y().get(i)));
          plain(unseen, new Color(0, 0, 0, 0), NONE).setShowInLegend(false);
          return;
        }
      }
    }
  }

  /** An outline as a translucent area; only the stretch where both edges are known. */
  private static void band(XYChart chart, Line line, int index) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < line.x().size(); i++) {
      if (Figure.shows(line.low().get(i)) && Figure.shows(line.high().get(i))) {
        x.add(line.x().get(i));
        y.add(line.high().get(i));
      }
    }
    for (int i = line.x().size() - 1; i >= 0; i--) {
      if (Figure.shows(line.low().get(i)) && Figure.shows(line.high().get(i))) {
        x.add(line.x().get(i));
        y.add(line.low().get(i));
      }
    }
    if (x.size() > 3) {
      XYSeries area = add(chart, "band " + index, x, y);
      area.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
      plain(area, new Color(0, 0, 0, 0), NONE).setShowInLegend(false);
      area.setFillColor(Palette.translucent(Palette.series(index), 45));
    }
  }

  private static XYChart dots(Dots whole, int width, int height) {
    List<Dot> shown = whole.dots().subList(0, Math.min(MOST_DOTS, whole.dots().size()));
    Dots figure = new Dots(whole.title(), whole.label(), shown);
    XYChart chart = ChartStyle.of(new XYChart(width, height), figure.title(), figure.label(), "");
    AxesChartStyler styler = chart.getStyler();

    ChartStyle.numbersAcross(styler);
    int n = shown.size();
    if (n < whole.dots().size()) {
      String all = Numbers.count(whole.dots().size());
      ChartStyle.remark(chart, "the first %s of %s".formatted(n, all));
    }
    if (n == 0) {
      empty(chart);
      return chart;
    }
    for (int i = 0; i < n; i++) {
      Dot dot = figure.dots().get(i);
      Color color = Palette.series(i);
      double y = n - 1 - i;
      List<Double> both = List.of(y, y);
      if (dot.hasInterval()) {
        plain(add(chart, "interval " + i, List.of(dot.low(), dot.high()), both), color, LINE);
      }
      if (!dot.runs().isEmpty()) {
        List<Double> below = Collections.nCopies(dot.runs().size(), y - BELOW);
        XYSeries runs = add(chart, "runs " + i, dot.runs(), below);
        runs.setMarker(new FineMarker()).setMarkerColor(Palette.translucent(color, 110));
        runs.setLineStyle(NONE).setLineColor(color);
      }
      XYSeries point = add(chart, "dot " + i, List.of(dot.value()), List.of(y));
      point.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
      point.setLineStyle(NONE).setLineColor(color);
    }
    styler.setMarkerSize(11);
    styler.setLegendVisible(false);
    styler.setYAxisMin(-0.6);
    styler.setYAxisMax(n - 0.4);
    styler.setXAxisMin(figure.axisFrom());
    styler.setXAxisMax(figure.axisTo());
    styler.setPlotGridHorizontalLinesVisible(false);
    Set<String> taken = new HashSet<>();
    List<String> names =
        Cells.shorten(
                figure.dots().stream().limit(n).map(dot -> Cells.line(dot.name())).toList(), 36)
            .stream()
            .map(name -> unique(name, taken))
            .toList();
    styler.setYAxisTickMarkSpacingHint(Math.max(16, (int) (height * 0.62 / (n + 0.2))));
    styler.setyAxisTickLabelsFormattingFunction(
        place -> {
          long row = Math.round(place);
          boolean onRow = Math.abs(place - row) < 1e-6 && row >= 0 && row < n;
          return onRow ? names.get(n - 1 - (int) row) + TAIL : blank(place);
        });
    return chart;
  }

  /** The labels, all different, and only every so many of them where there are too many. */
  static List<String> spaced(List<String> labels, int most) {
    int every = (labels.size() + most - 1) / most;
    Set<String> taken = new HashSet<>();
    List<String> spaced = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      spaced.add(i % every == 0 ? unique(labels.get(i), taken) + TAIL : blank(i));
    }
    return spaced;
  }

  /** A label that is not seen: a number in digits of no width, as XChart drops labels alike. */
  private static String blank(double place) {
    long number = 1 + Math.round(Math.abs(place + 1) * 8);
    return Long.toBinaryString(number).replace('0', '\u200C').replace('1', '\u200D');
  }

  private static CategoryChart bars(Bars figure, int width, int height) {
    CategoryChart chart =
        ChartStyle.of(
            new CategoryChart(width, height), figure.title(), figure.xLabel(), figure.yLabel());

    ChartStyle.numbersUp(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setAvailableSpaceFill(0.9);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setYAxisMin(0.0);
    Bars drawn = Legible.bars(figure);
    List<String> labels = spaced(drawn.labels(), 10);
    double highest = figure.heights().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    if (highest <= 1 / Figure.FARTHEST) {
      chart.getStyler().setYAxisMax(1.0);
    }
    if (labels.isEmpty()) {
      chart.addSeries("none", List.of("no values yet"), List.of(0.0));
    } else {
      chart.addSeries("height", labels, drawn.heights()).setFillColor(Palette.series(0));
    }
    return chart;
  }

  /** Places without a value are left out, so that a line goes on over them. */
  static XYSeries add(XYChart chart, String name, List<Double> x, List<Double> y) {
    List<Integer> there =
        IntStream.range(0, y.size()).filter(i -> Figure.shows(y.get(i))).boxed().toList();
    return there.isEmpty()
        ? chart.addSeries(name, List.of(0.0), List.of(0.0))
        : chart.addSeries(
            name, there.stream().map(x::get).toList(), there.stream().map(y::get).toList());
  }

  static XYSeries plain(XYSeries series, Color color, BasicStroke stroke) {
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(stroke);
    return series;
  }

  static void empty(XYChart chart) {
    chart.setTitle(chart.getTitle() + ": no values yet");
    XYSeries nothing = add(chart, "nothing", List.of(0.0, 1.0), List.of(0.0, 1.0));
    plain(nothing, new Color(0, 0, 0, 0), NONE).setShowInLegend(false);
  }

  /** XChart wants names that are there and differ. */
  static String unique(String name, Set<String> taken) {
    String seen = shortened(name, 40);
    String wanted = seen.isBlank() ? "–" : seen;
    String free = wanted;
    for (int again = 2; !taken.add(free); again++) {
      free = wanted + " (" + again + ")";
    }
    return free;
  }

  private static String shortened(String name, int longest) {
    return Cells.shorten(Cells.line(name), longest);
  }
}
