package dev.retort.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * The names of lines in rows below a plot, as a text is broken: for charts whose legend would take
 * more than a third of their width.
 */
final class NamesBelow {
  private static final FontRenderContext FINE = new FontRenderContext(null, true, true);
  private static final int SAMPLE = 18;
  private static final int GAP = 5;
  private static final int BETWEEN = 14;
  private static final int MARGIN = 10;

  private final List<List<XYSeries>> rows = new ArrayList<>();
  private final Font font;

  private NamesBelow(List<XYSeries> series, Font font, int width) {
    this.font = font;
    int left = width;
    for (XYSeries each : series) {
      int wide = wide(each, font) + BETWEEN;
      if (left + wide > width - MARGIN) {
        rows.add(new ArrayList<>());
        left = MARGIN;
      }
      rows.get(rows.size() - 1).add(each);
      left += wide;
    }
  }

  /** Paints a chart, and its names below it where there is no room beside it. */
  static void paint(Chart<?, ?> chart, Graphics2D canvas, int width, int height) {
    Font font = chart.getStyler().getLegendFont();
    List<XYSeries> named = named(chart);
    if (3 * named.stream().mapToInt(each -> wide(each, font)).max().orElse(0) <= width) {
      chart.paint(canvas, width, height);
      return;
    }
    NamesBelow names = new NamesBelow(named, font, width);
    int plot = height - names.height();
    chart.getStyler().setLegendVisible(false);
    chart.paint(canvas, width, plot);
    names.paint(canvas, plot);
  }

  /** What a legend at the right would name; nothing where it stands elsewhere. */
  private static List<XYSeries> named(Chart<?, ?> chart) {
    boolean beside =
        chart.getStyler().isLegendVisible()
            && chart.getStyler().getLegendPosition() == LegendPosition.OutsideE;
    return beside && chart instanceof XYChart plane
        ? plane.getSeriesMap().values().stream().filter(XYSeries::isShowInLegend).toList()
        : List.of();
  }

  private static int wide(XYSeries series, Font font) {
    return SAMPLE + GAP + (int) Math.ceil(text(series, font).getAdvance());
  }

  private static TextLayout text(XYSeries series, Font font) {
    return new TextLayout(series.getLabel() + " ", font, FINE);
  }

  private int step() {
    return (int) Math.ceil(1.4 * font.getSize());
  }

  private int height() {
    return rows.size() * step() + MARGIN;
  }

  private void paint(Graphics2D canvas, int top) {
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (int row = 0; row < rows.size(); row++) {
      double base = top + row * step() + font.getSize();
      double left = MARGIN;
      for (XYSeries series : rows.get(row)) {
        sample(series, canvas, left, base - 0.35 * font.getSize());
        AffineTransform place = AffineTransform.getTranslateInstance(left + SAMPLE + GAP, base);
        canvas.setColor(Palette.INK);
        canvas.fill(text(series, font).getOutline(place));
        left += wide(series, font) + BETWEEN;
      }
    }
  }

  /** A piece of the line, or the mark of a group of points. */
  private static void sample(XYSeries series, Graphics2D canvas, double left, double middle) {
    if (series.getLineStyle().getLineWidth() > 0) {
      canvas.setColor(series.getLineColor());
      canvas.setStroke(series.getLineStyle());
      canvas.draw(new Line2D.Double(left, middle, left + SAMPLE, middle));
    }
    canvas.setColor(series.getMarkerColor());
    series.getMarker().paint(canvas, left + SAMPLE / 2.0, middle, 8);
  }
}
