package dev.retort.report;

import dev.retort.figure.Cells;
import dev.retort.figure.Line;
import dev.retort.figure.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What all charts have in common: titles, fonts, colors, grid, legend. */
final class ChartStyle {
  /** Least height in pixels of what stands above panels. */
  static final int ABOVE_PANELS = 40;

  private static final int MOST_LETTERS = 400;

  private ChartStyle() {}

  /** White ground, and letters without steps. */
  static void ground(Graphics2D canvas, int width, int height) {
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
  }

  /** A title in bold letters of a size. */
  static Heading heading(String title, int size, int width, int height) {
    return new Heading(title, new Font(Font.SANS_SERIF, Font.BOLD, size), width, height);
  }

  /** The size of letters in a picture of a width. */
  static int size(int width) {
    return width < 480 ? 11 : 13;
  }

  /** A new chart with its titles, in the style of the house. */
  static <C extends Chart<? extends AxesChartStyler, ?>> C of(
      C chart, String title, String xLabel, String yLabel) {
    chart.setTitle(Cells.shorten(Cells.line(title), MOST_LETTERS));
    chart.getStyler().setChartTitleVisible(false);
    chart.setXAxisTitle(Cells.shorten(Cells.line(xLabel), chart.getWidth() / 10));
    chart.setYAxisTitle(Cells.shorten(Cells.line(yLabel), chart.getHeight() / 10));
    style(chart.getStyler(), chart.getWidth());
    return chart;
  }

  private static void style(AxesChartStyler styler, int width) {
    int size = size(width);
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, size);
    styler.setBaseFont(plain);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, size + 2));
    styler.setAxisTitleFont(plain);
    styler.setAxisTickLabelsFont(plain);
    styler.setLegendFont(plain);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(Palette.INK);
    styler.setChartTitleBoxVisible(false);
    styler.setXAxisTitleColor(Palette.INK);
    styler.setYAxisTitleColor(Palette.INK);
    styler.setAxisTickLabelsColor(Palette.SOFT);
    styler.setAxisTickMarksColor(Palette.SOFT);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(Palette.GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotContentSize(0.97);
    styler.setPlotMargin(0);
    styler.setChartPadding(14);
    styler.setAxisTickMarkLength(4);
    styler.setMarkerSize(0);
    styler.setLocale(Locale.ROOT);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setXAxisTickMarkSpacingHint(90);
    styler.setYAxisLabelAlignment(TextAlignment.Right);
    styler.setChartTitlePadding(10);
    styler.setYAxisTickMarkSpacingHint(48);
    styler.setAntiAlias(true);
  }

  /** Below the plot where names are few and short, else at its right; never on it. */
  static void legend(AxesChartStyler styler, List<Line> lines) {
    int letters = lines.stream().mapToInt(line -> line.name().length() + 8).sum();
    styler.setLegendVisible(lines.size() > 1);
    boolean below = letters <= 70;
    styler.setLegendPosition(below ? LegendPosition.OutsideS : LegendPosition.OutsideE);
    styler.setLegendLayout(below ? LegendLayout.Horizontal : LegendLayout.Vertical);
    styler.setLegendSeriesLineLength(18);
  }

  /** Shows the title of a chart within it, in letters as small as its width demands. */
  static void show(Chart<?, ?> chart) {
    int room = chart.getWidth() - 40;
    Font font = Heading.shrunk(chart.getTitle(), chart.getStyler().getChartTitleFont(), room);
    chart.getStyler().setChartTitleFont(font);
    chart.setTitle(Heading.fitting(chart.getTitle(), font, room));
    chart.getStyler().setChartTitleVisible(true);
  }

  /** Says beside the title what the picture leaves out. */
  static void remark(Chart<?, ?> chart, String remark) {
    if (!remark.isEmpty()) {
      chart.setTitle(chart.getTitle() + " (" + remark + ")");
    }
  }

  /** Limits of axes that XChart could not divide: those of numbers that hardly differ. */
  static void limits(AxesChartStyler styler, List<Line> lines) {
    Extent across = Extent.of(numbers(lines.stream().map(Line::x)));
    Extent up =
        Extent.of(
            numbers(
                lines.stream()
                    .flatMap(
                        line ->
                            Stream.concat(
                                Stream.of(line.y(), line.low(), line.high()),
                                line.members().stream()))));
    if (across.isNarrow() && across.high() > across.low()) {
      styler.setXAxisMin(across.roomy().low());
      styler.setXAxisMax(across.roomy().high());
    }
    if (up.isNarrow() && up.high() > up.low()) {
      styler.setYAxisMin(up.roomy().low());
      styler.setYAxisMax(up.roomy().high());
    }
  }

  private static DoubleStream numbers(Stream<List<Double>> all) {
    return all.flatMap(List::stream).mapToDouble(Double::doubleValue);
  }

  /** Numbers on an axis are written as everywhere in the house; an axis of labels keeps them. */
  static void numbersAcross(AxesChartStyler styler) {
    styler.setxAxisTickLabelsFormattingFunction(Numbers::of);
  }

  static void numbersUp(AxesChartStyler styler) {
    styler.setyAxisTickLabelsFormattingFunction(Numbers::of);
  }
}
