package dev.retort.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Labeled estimates with their intervals, one below the other.
 *
 * @param title what the figure shows
 * @param label what the horizontal axis measures
 * @param dots the estimates, from top to bottom
 */
public record Dots(String title, String label, List<Dot> dots) implements Figure {
  private static final int BAR = 32;
  private static final int SHOWN = 9;
  private static final int NAME = 19;
  private static final int MOST = 2_400;

  /** Keeps a copy of the list. */
  public Dots {
    dots = List.copyOf(dots);
  }

  /** The smallest of all intervals' lower ends. */
  public double low() {
    return dots.stream().mapToDouble(Dot::least).min().orElse(0);
  }

  /** The largest of all intervals' upper ends. */
  public double high() {
    return dots.stream().mapToDouble(Dot::largest).max().orElse(0);
  }

  /** The left end of an axis for them all. */
  public double axisFrom() {
    return low() - room();
  }

  /** The right end of an axis for them all; never the left one, even where all dots are one. */
  public double axisTo() {
    return high() + room();
  }

  private double room() {
    double range = high() - low();
    double size = Math.max(Math.abs(low()), Math.abs(high()));
    return range > 1e-9 * size && range > 1e-100 ? 0.06 * range : Math.max(0.5, size * 0.05);
  }

  /** Room for every name below the others. */
  @Override
  public int height() {
    return roomFor(HEIGHT, 140);
  }

  @Override
  public int panelHeight() {
    return roomFor(PANEL_HEIGHT, 100);
  }

  private int roomFor(int least, int beside) {
    return (int) Math.max(least, Math.min(MOST, beside + (long) NAME * dots.size()));
  }

  @Override
  public String text(Glyphs glyphs) {
    List<String> text = new ArrayList<>();
    text.add(Cells.shorten(Cells.line(title), 80));
    List<Dot> shown = dots.subList(0, Math.min(SHOWN, dots.size()));
    int width = Math.min(20, shown.stream().mapToInt(d -> Cells.width(d.name())).max().orElse(0));
    List<String> names =
        Cells.shorten(shown.stream().map(dot -> Cells.line(dot.name())).toList(), width);
    for (int i = 0; i < shown.size(); i++) {
      Dot dot = shown.get(i);
      String name = Cells.left(names.get(i), width);
      String value =
          dot.hasInterval()
              ? Numbers.of(dot.value()) + " " + Numbers.interval(dot.low(), dot.high())
              : Numbers.of(dot.value());
      text.add(Cells.shorten(name + "  " + bar(dot) + "  " + value, 80));
    }
    if (dots.size() > SHOWN) {
      text.add("… " + (dots.size() - SHOWN) + " more");
    }
    String left = Numbers.of(low());
    String right = Numbers.of(high());
    int gap = BAR - left.length() - right.length();
    if (gap > 0 && !dots.isEmpty()) {
      String scale = " ".repeat(width + 2) + left + " ".repeat(gap) + right;
      text.add(Cells.shorten(scale + "  " + Cells.line(label), 80));
    }
    return glyphs.draw(String.join("\n", text));
  }

  private String bar(Dot dot) {
    char[] bar = " ".repeat(BAR).toCharArray();
    int from = place(dot.hasInterval() ? dot.low() : dot.value());
    int to = place(dot.hasInterval() ? dot.high() : dot.value());
    dot.runs().forEach(run -> bar[place(run)] = '·');
    for (int i = from; i <= to; i++) {
      bar[i] = i == from ? '├' : i == to ? '┤' : '─';
    }
    bar[place(dot.value())] = '●';
    return new String(bar);
  }

  private int place(double value) {
    double range = high() - low();
    return range > 0 ? (int) Math.round((value - low()) / range * (BAR - 1)) : BAR / 2;
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
