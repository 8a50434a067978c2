package dev.retort.report;

import dev.retort.figure.Ground;
import dev.retort.figure.Raster;
import dev.retort.figure.Scatter;
import dev.retort.figure.Trace;
import dev.retort.figure.Tracks;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Figures of a plane: points by groups, and tracks over what lies below them. */
final class PlaneCharts {
  private static final int MOST_TRACES = 200;
  private static final int MOST_PLACES = 100_000;
  private static final int SMALL = 6;
  private static final int CROWD = 300;
  private static final double ROOM = 0.04;

  /** The largest share of a picture that is left free beside the axes. */
  private static final double MOST_SPARE = 0.5;

  private static final Color UNSEEN = new Color(0, 0, 0, 0);
  private static final Marker[] SHAPES = {
    SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.SQUARE
  };
  private static final BasicStroke TRACK =
      new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke REPEATED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);
  private static final BasicStroke EQUAL =
      new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);

  private PlaneCharts() {}

  /** As many traces and places as can be distinguished. */
  static List<Trace> legible(List<Trace> traces) {
    List<Trace> first = traces.subList(0, Math.min(MOST_TRACES, traces.size()));
    int places = MOST_PLACES / Math.max(1, first.size());
    return first.stream().map(trace -> trace.thinned(places)).toList();
  }

  /** What of the places lies where, of those that can be shown. */
  static Extent extent(List<Trace> traces, boolean across) {
    return Extent.of(
        traces.stream()
            .flatMapToDouble(
                trace ->
                    IntStream.range(0, trace.x().size())
                        .filter(trace::shows)
                        .mapToDouble(i -> across ? trace.x().get(i) : trace.y().get(i))));
  }

  static XYChart scatter(Scatter figure, int width, int height) {
    List<Trace> groups = legible(figure.groups());
    XYChart chart = chart(figure.title(), figure.xLabel(), figure.yLabel(), groups, width, height);
    Extent across = extent(groups, true);
    Extent up = extent(groups, false);
    if (Double.isNaN(across.low())) {
      Charts.empty(chart);
      return chart;
    }
    if (figure.hasDiagonal()) {
      Extent both =
          new Extent(Math.min(across.low(), up.low()), Math.max(across.high(), up.high()));
      limits(chart, both, both, ROOM);
      List<Double> ends = List.of(both.roomy().low(), both.roomy().high());
      XYSeries equal = Charts.add(chart, "equal ", ends, ends);
      Charts.plain(equal, Palette.SOFT, EQUAL).setShowInLegend(false);
    } else {
      limits(chart, across, up, ROOM);
    }
    int points = groups.stream().mapToInt(Trace::shown).sum();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < groups.size(); i++) {
      Trace shown = shown(groups.get(i));
      if (!shown.x().isEmpty()) {
        XYSeries series =
            Charts.add(chart, Charts.unique(shown.name(), taken), shown.x(), shown.y());
        Color color = Palette.translucent(Palette.series(i), points > CROWD ? 110 : 210);
        series.setMarker(SHAPES[i % SHAPES.length]).setMarkerColor(color);
        series.setLineStyle(new BasicStroke(0.01f)).setLineColor(UNSEEN);
      }
    }
    chart.getStyler().setMarkerSize(points > CROWD ? 5 : 8);
    return chart;
  }

  /** A trace without the places that no picture can show. */
  private static Trace shown(Trace trace) {
    List<Integer> there =
        IntStream.range(0, trace.x().size()).filter(trace::shows).boxed().toList();
    return new Trace(
        trace.name(),
        there.stream().map(trace.x()::get).toList(),
        there.stream().map(trace.y()::get).toList());
  }

  private static XYChart chart(
      String title, String xLabel, String yLabel, List<Trace> traces, int width, int height) {
    XYChart chart = ChartStyle.of(new XYChart(width, height), title, xLabel, yLabel);
    ChartStyle.numbersAcross(chart.getStyler());
    ChartStyle.numbersUp(chart.getStyler());
    int letters = traces.stream().mapToInt(trace -> trace.name().length() + 8).sum();
    boolean below = letters <= Math.min(70, width / 8);
    chart.getStyler().setLegendVisible(traces.size() > 1 && traces.size() <= height / 22);
    chart
        .getStyler()
        .setLegendPosition(below ? LegendPosition.OutsideS : LegendPosition.OutsideE)
        .setLegendLayout(below ? LegendLayout.Horizontal : LegendLayout.Vertical);
    chart.getStyler().setLegendSeriesLineLength(18);
    return chart;
  }

  private static void limits(XYChart chart, Extent across, Extent up, double room) {
    double wide = room * (across.roomy().high() - across.roomy().low());
    double tall = room * (up.roomy().high() - up.roomy().low());
    chart.getStyler().setXAxisMin(across.roomy().low() - wide);
    chart.getStyler().setXAxisMax(across.roomy().high() + wide);
    chart.getStyler().setYAxisMin(up.roomy().low() - tall);
    chart.getStyler().setYAxisMax(up.roomy().high() + tall);
  }

  /** Tracks without what lies below them, whose units are not yet as long across as up. */
  static XYChart tracks(Tracks figure, int width, int height) {
    List<Trace> traces = legible(figure.traces());
    XYChart chart = chart(figure.title(), figure.xLabel(), figure.yLabel(), traces, width, height);
    Extent across = extent(traces, true);
    Extent up = extent(traces, false);
    Ground ground = figure.ground();
    if (!ground.picture().isEmpty()) {
      across = with(across, ground.left(), ground.right());
      up = with(up, ground.bottom(), ground.top());
    }
    if (Double.isNaN(across.low())) {
      Charts.empty(chart);
      return chart;
    }
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < traces.size(); i++) {
      String name = Charts.unique(traces.get(i).name(), taken);
      List<Trace> pieces = pieces(traces.get(i));
      for (int piece = 0; piece < pieces.size(); piece++) {
        Trace stretch = pieces.get(piece);
        String own = piece == 0 ? name : "piece " + i + "." + piece;
        XYSeries line = Charts.add(chart, own, stretch.x(), stretch.y());
        Charts.plain(line, Palette.series(i), i < Palette.count() ? TRACK : REPEATED)
            .setShowInLegend(piece == 0);
      }
      if (!pieces.isEmpty()) {
        Trace first = pieces.get(0);
        XYSeries start =
            Charts.add(chart, "start " + i, first.x().subList(0, 1), first.y().subList(0, 1));
        Charts.plain(start, Palette.series(i), TRACK).setShowInLegend(false);
        start.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Palette.series(i));
      }
    }
    if (chart.getSeriesMap().isEmpty()) {
      Charts.plain(
              Charts.add(chart, "nothing", List.of(across.low()), List.of(up.low())), UNSEEN, TRACK)
          .setShowInLegend(false);
    }
    chart.getStyler().setMarkerSize(SMALL + 1);
    limits(chart, across, up, ground.picture().isEmpty() ? ROOM : 0);
    return chart;
  }

  private static Extent with(Extent extent, double low, double high) {
    return Extent.of(DoubleStream.of(extent.low(), extent.high(), low, high));
  }

  /** The stretches of a track between places that no picture can show. */
  static List<Trace> pieces(Trace trace) {
    List<Trace> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= trace.x().size(); i++) {
      if (i == trace.x().size() || !trace.shows(i)) {
        if (i > from) {
          pieces.add(
              new Trace(trace.name(), trace.x().subList(from, i), trace.y().subList(from, i)));
        }
        from = i + 1;
      }
    }
    return pieces;
  }

  /** Widens one of the axes until a unit is as long across as up, where there is anything. */
  static void squared(XYChart chart, int width, int height) {
    if (chart.getStyler().getXAxisMin() == null) {
      return;
    }
    Spare spare = Spare.of(chart, width, height);
    double across = spare.unit * spare.wide / 2;
    double up = spare.unit * spare.tall / 2;
    chart.getStyler().setXAxisMin(chart.getStyler().getXAxisMin() - across);
    chart.getStyler().setXAxisMax(chart.getStyler().getXAxisMax() + across);
    chart.getStyler().setYAxisMin(chart.getStyler().getYAxisMin() - up);
    chart.getStyler().setYAxisMax(chart.getStyler().getYAxisMax() + up);
  }

  /**
   * What a plot has too much of in one direction where a unit is as long across as up.
   *
   * @param unit how much of an axis a pixel is
   * @param wide pixels across
   * @param tall pixels up
   */
  private record Spare(double unit, double wide, double tall) {
    static Spare of(XYChart chart, int width, int height) {
      layOut(chart, width, height);
      double left = chart.getStyler().getXAxisMin();
      double right = chart.getStyler().getXAxisMax();
      double bottom = chart.getStyler().getYAxisMin();
      double top = chart.getStyler().getYAxisMax();
      double wide = chart.getScreenXFromChart(right) - chart.getScreenXFromChart(left);
      double tall = chart.getScreenYFromChart(bottom) - chart.getScreenYFromChart(top);
      if (!(wide > 1 && tall > 1)) {
        return new Spare(0, 0, 0);
      }
      double unit = Math.max((right - left) / wide, (top - bottom) / tall);
      return new Spare(unit, wide - (right - left) / unit, tall - (top - bottom) / unit);
    }
  }

  /** A chart knows where its places are once it has been painted. */
  private static void layOut(XYChart chart, int width, int height) {
    BufferedImage scratch = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = scratch.createGraphics();
    chart.paint(canvas, width, height);
    canvas.dispose();
  }

  /** Paints tracks over what lies below them, the axes close around it. */
  static void paint(Tracks figure, Graphics2D canvas, int width, int height) {
    XYChart chart = tracks(figure, width, height);
    Ground ground = figure.ground();
    if (ground.picture().isEmpty()) {
      squared(chart, width, height);
      chart.paint(canvas, width, height);
      return;
    }
    Spare spare = Spare.of(chart, width, height);
    int wide = width - (int) Math.min(MOST_SPARE * width, spare.wide);
    int tall = height - (int) Math.min(MOST_SPARE * height, spare.tall);
    squared(chart, wide, tall);
    layOut(chart, wide, tall);
    int left = (int) Math.round(chart.getScreenXFromChart(ground.left()));
    int right = (int) Math.round(chart.getScreenXFromChart(ground.right()));
    int bottom = (int) Math.round(chart.getScreenYFromChart(ground.bottom()));
    int top = (int) Math.round(chart.getScreenYFromChart(ground.top()));
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    canvas.translate((width - wide) / 2, (height - tall) / 2);
    draw(ground.picture(), canvas, left, top, right - left, bottom - top);
    chart.getStyler().setPlotBackgroundColor(UNSEEN);
    chart.getStyler().setChartBackgroundColor(UNSEEN);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.paint(canvas, wide, tall);
    canvas.translate(-(width - wide) / 2, -(height - tall) / 2);
  }

  /**
   * Every pixel as a rectangle of its own, or the mean of several where there are more. Enlarged
   * before it is drawn, since programs that show vector files smooth what they enlarge.
   */
  static void draw(Raster raster, Graphics2D canvas, int x, int y, int width, int height) {
    boolean larger = width >= raster.width() && height >= raster.height();
    BufferedImage image = larger ? enlarged(raster, width, height) : image(raster);
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas.drawImage(image, x, y, Math.max(1, width), Math.max(1, height), null);
  }

  private static BufferedImage enlarged(Raster raster, int width, int height) {
    BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = large.createGraphics();
    canvas.drawImage(image(raster), 0, 0, width, height, null); // the nearest pixel
    canvas.dispose();
    return large;
  }

  /** A raster as Java draws it. */
  static BufferedImage image(Raster raster) {
    BufferedImage image =
        new BufferedImage(
            Math.max(1, raster.width()), Math.max(1, raster.height()), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < raster.pixels().size(); i++) {
      image.setRGB(i % raster.width(), i / raster.width(), raster.pixels().get(i));
    }
    return image;
  }
}
