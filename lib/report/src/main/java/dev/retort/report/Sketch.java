package dev.retort.report;

import dev.retort.figure.Bars;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Ground;
import dev.retort.figure.Heat;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import dev.retort.figure.Pictures;
import dev.retort.figure.Raster;
import dev.retort.figure.Scatter;
import dev.retort.figure.Trace;
import dev.retort.figure.Tracks;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.DoubleStream;

/** A figure without a word, for machines that have no font: frame, curves, bands, dots, cells. */
final class Sketch {
  private static final int MARGIN = 24;

  private final Graphics2D canvas;
  private final int width;
  private final int height;

  private Sketch(Graphics2D canvas, int width, int height) {
    this.canvas = canvas;
    this.width = width;
    this.height = height;
  }

  static BufferedImage of(Figure figure, int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    Sketch sketch = new Sketch(canvas, width, height);
    if (figure instanceof Panels panels) {
      sketch.panels(panels);
      canvas.dispose();
      return picture;
    }
    if (figure instanceof Lines lines) {
      sketch.lines(lines);
    } else if (figure instanceof Dots dots) {
      sketch.dots(dots);
    } else if (figure instanceof Bars bars) {
      sketch.bars(bars);
    } else if (figure instanceof Scatter scatter) {
      sketch.points(scatter);
    } else if (figure instanceof Tracks tracks) {
      sketch.tracks(tracks);
    } else if (figure instanceof Pictures pictures) {
      sketch.pictures(pictures);
    } else {
      sketch.heat((Heat) figure);
    }
    canvas.setColor(Palette.SOFT);
    canvas.setStroke(new BasicStroke(1));
    canvas.drawRect(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN);
    canvas.dispose();
    return picture;
  }

  private void panels(Panels figure) {
    int across = width / figure.columns();
    int[] down = figure.heights(height);
    int y = 0;
    for (int i = 0; i < figure.panels().size(); i++) {
      int row = i / figure.columns();
      int column = i % figure.columns();
      canvas.drawImage(of(figure.panels().get(i), across, down[row]), column * across, y, null);
      y += column == figure.columns() - 1 ? down[row] : 0;
    }
  }

  private void lines(Lines figure) {
    double[] x = range(figure.lines().stream().flatMap(l -> l.x().stream()).mapToDouble(v -> v));
    double[] y =
        range(
            figure.lines().stream()
                .flatMap(
                    l -> java.util.stream.Stream.of(l.y(), l.low(), l.high()).flatMap(List::stream))
                .mapToDouble(v -> v));
    for (int i = 0; i < figure.lines().size(); i++) {
      Line line = figure.lines().get(i);
      for (List<Double> member : line.members()) {
        path(line.x(), member, x, y, Palette.translucent(Palette.series(i), 70), 0.8f);
      }
      if (line.hasBand()) {
        path(line.x(), line.low(), x, y, Palette.translucent(Palette.series(i), 120), 1);
        path(line.x(), line.high(), x, y, Palette.translucent(Palette.series(i), 120), 1);
      }
      path(line.x(), line.y(), x, y, Palette.series(i), 2.2f);
    }
  }

  private void path(
      List<Double> x, List<Double> y, double[] xs, double[] ys, Color color, float wide) {
    Path2D path = new Path2D.Double();
    boolean begun = false;
    for (int i = 0; i < x.size(); i++) {
      if (Figure.shows(y.get(i))) {
        double px = across(share(x.get(i), xs));
        double py = up(share(y.get(i), ys));
        if (begun) {
          path.lineTo(px, py);
        } else {
          path.moveTo(px, py);
          begun = true;
        }
      }
    }
    canvas.setColor(color);
    canvas.setStroke(new BasicStroke(wide));
    canvas.draw(path);
  }

  private void dots(Dots figure) {
    double[] scale = {figure.low(), figure.high()};
    int n = figure.dots().size();
    canvas.setStroke(new BasicStroke(2.2f));
    for (int i = 0; i < n; i++) {
      Dot dot = figure.dots().get(i);
      canvas.setColor(Palette.series(i));
      double y = up(1 - (i + 0.5) / n);
      double left = across(share(dot.hasInterval() ? dot.low() : dot.value(), scale));
      double right = across(share(dot.hasInterval() ? dot.high() : dot.value(), scale));
      double middle = across(share(dot.value(), scale));
      canvas.draw(new Rectangle2D.Double(left, y, right - left, 0.1));
      for (double run : dot.runs()) {
        canvas.fill(new Ellipse2D.Double(across(share(run, scale)) - 2, y + 6, 4, 4));
      }
      canvas.fill(new Ellipse2D.Double(middle - 5, y - 5, 10, 10));
    }
  }

  private void bars(Bars figure) {
    int n = figure.heights().size();
    double highest = figure.heights().stream().mapToDouble(v -> v).max().orElse(1);
    canvas.setColor(Palette.series(0));
    for (int i = 0; i < n; i++) {
      double left = across((i + 0.1) / n);
      double top = up(highest > 0 ? figure.heights().get(i) / highest : 0);
      canvas.fill(new Rectangle2D.Double(left, top, across((i + 0.9) / n) - left, up(0) - top));
    }
  }

  private void heat(Heat figure) {
    double[] scale = {figure.low(), figure.high()};
    int rows = figure.rows().size();
    int columns = figure.columns().size();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double value = figure.values().get(i).get(j);
        if (Figure.shows(value)) {
          canvas.setColor(Palette.heat(share(value, scale)));
          double left = across((double) j / columns);
          double top = up(1 - (double) i / rows);
          canvas.fill(
              new Rectangle2D.Double(
                  left, top, across((j + 1.0) / columns) - left, up(1 - (i + 1.0) / rows) - top));
        }
      }
    }
  }

  private void points(Scatter figure) {
    List<Trace> groups = PlaneCharts.legible(figure.groups());
    double[] x = ends(PlaneCharts.extent(groups, true));
    double[] y = ends(PlaneCharts.extent(groups, false));
    for (int i = 0; i < groups.size(); i++) {
      Trace group = groups.get(i);
      canvas.setColor(Palette.series(i));
      for (int place = 0; place < group.x().size(); place++) {
        if (group.shows(place)) {
          double px = across(share(group.x().get(place), x));
          double py = up(share(group.y().get(place), y));
          canvas.fill(new Ellipse2D.Double(px - 3, py - 3, 6, 6));
        }
      }
    }
  }

  private void tracks(Tracks figure) {
    List<Trace> traces = PlaneCharts.legible(figure.traces());
    Ground ground = figure.ground();
    double[] x = ends(PlaneCharts.extent(traces, true));
    double[] y = ends(PlaneCharts.extent(traces, false));
    if (!ground.picture().isEmpty()) {
      x = range(DoubleStream.of(x[0], x[1], ground.left(), ground.right()));
      y = range(DoubleStream.of(y[0], y[1], ground.bottom(), ground.top()));
      int left = (int) across(share(ground.left(), x));
      int top = (int) up(share(ground.top(), y));
      int right = (int) across(share(ground.right(), x));
      int bottom = (int) up(share(ground.bottom(), y));
      PlaneCharts.draw(ground.picture(), canvas, left, top, right - left, bottom - top);
    }
    for (int i = 0; i < traces.size(); i++) {
      for (Trace piece : PlaneCharts.pieces(traces.get(i))) {
        path(piece.x(), piece.y(), x, y, Palette.series(i), 2);
      }
    }
  }

  private void pictures(Pictures figure) {
    int n = Math.min(100, figure.pictures().size());
    for (int i = 0; i < n; i++) {
      Raster raster = figure.pictures().get(i).raster();
      int left = (int) across((double) i / n);
      int wide = (int) across((i + 1.0) / n) - left;
      if (!raster.isEmpty()) {
        PlaneCharts.draw(raster, canvas, left, MARGIN, Math.min(wide, height), wide);
      }
    }
  }

  private static double[] ends(Extent extent) {
    return new double[] {extent.low(), extent.high()};
  }

  private static double[] range(DoubleStream values) {
    var summary = values.filter(Figure::shows).summaryStatistics();
    return new double[] {summary.getMin(), summary.getMax()};
  }

  private static double share(double value, double[] range) {
    return range[1] > range[0] ? (value - range[0]) / (range[1] - range[0]) : 0.5;
  }

  private double across(double share) {
    return MARGIN + share * (width - 2 * MARGIN);
  }

  private double up(double share) {
    return height - MARGIN - share * (height - 2 * MARGIN);
  }
}
