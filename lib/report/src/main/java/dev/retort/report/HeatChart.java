package dev.retort.report;

import dev.retort.figure.Figure;
import dev.retort.figure.Heat;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A matrix as shades, with their scale beside it. */
final class HeatChart {
  private static final int MOST_LABELS = 12;

  /** Width of the plot and of the names of its rows, as a share of the picture's. */
  private static final double PLOT = 0.75;

  /** Width of a letter, in pixels. */
  private static final double LETTER = 8;

  private HeatChart() {}

  static Chart<?, ?> of(Heat whole, int width, int height) {
    Heat figure = Legible.heat(whole);
    if (Double.isNaN(figure.low())) {
      Lines nothing = new Lines(figure.title(), figure.xLabel(), figure.yLabel(), List.of());
      return Charts.lines(nothing, width, height);
    }
    // Without a theme of its own a heat map shows no text at all.
    HeatMapChart chart =
        ChartStyle.of(
            new HeatMapChart(width, height, ChartTheme.XChart),
            figure.title(),
            figure.xLabel(),
            figure.yLabel());

    List<Number[]> cells = new ArrayList<>();
    int rows = figure.rows().size();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < figure.columns().size(); column++) {
        double value = figure.values().get(row).get(column);
        if (Figure.shows(value)) {
          cells.add(new Number[] {column, rows - 1 - row, value});
        }
      }
    }
    List<String> upwards = Charts.spaced(figure.rows(), 20);
    Collections.reverse(upwards);
    chart.addSeries(
        "values", Charts.spaced(figure.columns(), labels(figure, width)), upwards, cells);
    Extent extent = new Extent(figure.low(), figure.high());
    double room = Math.max(0.5, Math.abs(figure.low()) * 0.05);
    int places = 2 - (int) Math.floor(Math.log10(figure.high() - figure.low()));
    boolean flat = extent.isNarrow();
    chart
        .getStyler()
        .setMin(flat ? figure.low() - room : cut(figure.low(), places, RoundingMode.FLOOR));
    chart
        .getStyler()
        .setMax(flat ? figure.high() + room : cut(figure.high(), places, RoundingMode.CEILING));
    chart.getStyler().setRangeColors(Palette.heat());
    chart.getStyler().setHeatMapDecimalValueFormatter(Numbers::of);
    chart.getStyler().setGradientColorColumnHeight(height / 2);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }

  /** A number with so many places behind the point, and not with what arithmetic leaves there. */
  private static double cut(double value, int places, RoundingMode mode) {
    return new BigDecimal(value).setScale(places, mode).doubleValue();
  }

  /** How many names stand below, of many columns so few that they do not touch. */
  static int labels(Heat figure, int width) {
    if (figure.columns().size() <= MOST_LABELS) {
      return MOST_LABELS;
    }
    double plot = width * PLOT - LETTER * longest(figure.rows());
    double each = LETTER * (longest(figure.columns()) + 2);
    return (int) Math.max(2, Math.min(MOST_LABELS, plot / each));
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(1);
  }
}
