package dev.retort.report;

import dev.retort.figure.Ground;
import dev.retort.figure.Numbers;
import dev.retort.figure.Picture;
import dev.retort.figure.Pictures;
import dev.retort.figure.Raster;
import dev.retort.figure.Scatter;
import dev.retort.figure.Trace;
import dev.retort.figure.Tracks;
import java.util.Base64;
import java.util.List;
import java.util.stream.DoubleStream;

/** Points, tracks and small pictures for cards, in a gray that is read on light and dark. */
final class PlaneSvg {
  private static final int HEIGHT = 260;
  private static final int TOP = 26;
  private static final int PLACES = 2_000;
  private static final int TRACES = 12;
  private static final int PICTURES = 6;
  private static final int SIDE = 92;

  private PlaneSvg() {}

  private static List<Trace> few(List<Trace> traces) {
    int shown = Math.min(TRACES, traces.size());
    return traces.stream()
        .limit(TRACES)
        .map(trace -> trace.thinned(PLACES / Math.max(1, shown)))
        .toList();
  }

  static String scatter(Scatter figure) {
    List<Trace> groups = few(figure.groups());
    Extent across = PlaneCharts.extent(groups, true);
    Extent up = PlaneCharts.extent(groups, false);
    if (Double.isNaN(across.low())) {
      return "";
    }
    if (figure.hasDiagonal()) {
      across = Extent.of(DoubleStream.of(across.low(), across.high(), up.low(), up.high()));
      up = across;
    }
    Svg svg =
        new Svg(figure.title(), across.low(), across.high(), up.low(), up.high(), HEIGHT, TOP);
    svg.frame(figure.xLabel(), Numbers.of(across.low()), Numbers.of(across.high()));
    if (figure.hasDiagonal()) {
      List<Double> ends = List.of(across.low(), across.high());
      svg.path(ends, ends, Svg.GREY, "1", ".7");
    }
    for (int i = 0; i < groups.size(); i++) {
      Trace group = groups.get(i);
      for (int place = 0; place < group.x().size(); place++) {
        if (group.shows(place)) {
          svg.circle(
              svg.x(group.x().get(place)),
              svg.y(group.y().get(place)),
              "2.5",
              Palette.hex(Palette.series(i)));
        }
      }
    }
    svg.legend(groups.stream().map(Trace::name).toList());
    return svg.end();
  }

  /** Tracks in a square plane: as wide as it has to be for a unit to be as long across as up. */
  static String tracks(Tracks figure) {
    List<Trace> traces = few(figure.traces());
    Ground ground = figure.ground();
    boolean over = !ground.picture().isEmpty();
    Extent across = PlaneCharts.extent(traces, true);
    Extent up = PlaneCharts.extent(traces, false);
    if (over) {
      across =
          Extent.of(DoubleStream.of(across.low(), across.high(), ground.left(), ground.right()));
      up = Extent.of(DoubleStream.of(up.low(), up.high(), ground.bottom(), ground.top()));
    }
    if (Double.isNaN(across.low())) {
      return "";
    }
    Svg flat =
        new Svg(figure.title(), across.low(), across.high(), up.low(), up.high(), HEIGHT, TOP);
    double unit = Math.max(flat.unitAcross(), flat.unitUp());
    double wide = (across.high() - across.low()) * (unit / flat.unitAcross() - 1) / 2;
    double tall = (up.high() - up.low()) * (unit / flat.unitUp() - 1) / 2;
    Svg svg =
        new Svg(
            figure.title(),
            across.low() - wide,
            across.high() + wide,
            up.low() - tall,
            up.high() + tall,
            HEIGHT,
            TOP);
    if (over) {
      svg.image(
          svg.x(ground.left()),
          svg.y(ground.top()),
          svg.x(ground.right()) - svg.x(ground.left()),
          svg.y(ground.bottom()) - svg.y(ground.top()),
          data(ground.picture()));
    }
    svg.frame(figure.xLabel(), Numbers.of(across.low() - wide), Numbers.of(across.high() + wide));
    for (int i = 0; i < traces.size(); i++) {
      String color = Palette.hex(Palette.series(i));
      List<Trace> pieces = PlaneCharts.pieces(traces.get(i));
      pieces.forEach(piece -> svg.path(piece.x(), piece.y(), color, "1.8", "1"));
      if (!pieces.isEmpty()) {
        svg.circle(svg.x(pieces.get(0).x().get(0)), svg.y(pieces.get(0).y().get(0)), "3.5", color);
      }
    }
    svg.legend(traces.stream().map(Trace::name).toList());
    return svg.end();
  }

  static String pictures(Pictures figure) {
    List<Picture> shown = figure.pictures().stream().limit(PICTURES).toList();
    if (shown.isEmpty()) {
      return "";
    }
    Svg svg = new Svg(figure.title(), 0, 1, 0, 1, SIDE + 24, 0);
    for (int i = 0; i < shown.size(); i++) {
      Raster raster = shown.get(i).raster();
      double scale = SIDE / (double) Math.max(1, Math.max(raster.width(), raster.height()));
      double left = i * (SIDE + 8.0);
      if (!raster.isEmpty()) {
        svg.image(
            left + (SIDE - scale * raster.width()) / 2,
            (SIDE - scale * raster.height()) / 2,
            scale * raster.width(),
            scale * raster.height(),
            data(raster));
      }
      svg.text(left + SIDE / 2.0, SIDE + 15, "middle", shown.get(i).caption(), 14);
    }
    return svg.end();
  }

  private static String data(Raster raster) {
    return "data:image/png;base64,"
        + Base64.getEncoder().encodeToString(Png.of(PlaneCharts.image(raster)));
  }
}
