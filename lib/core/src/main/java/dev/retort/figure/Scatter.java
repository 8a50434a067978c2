package dev.retort.figure;

import java.util.List;

/**
 * Points in a plane by groups: one measure against another, the same runs by two methods.
 *
 * @param title what the figure shows
 * @param xLabel what the horizontal axis measures, with its unit
 * @param yLabel what the vertical axis measures, with its unit
 * @param groups the points, in the order of the legend
 * @param hasDiagonal whether a line shows where both measures are equal
 */
public record Scatter(
    String title, String xLabel, String yLabel, List<Trace> groups, boolean hasDiagonal)
    implements Figure {
  /** Keeps a copy of the list. */
  public Scatter {
    groups = List.copyOf(groups);
  }

  /** The figure of the given groups. */
  public static Scatter of(String title, String xLabel, String yLabel, Trace... groups) {
    return new Scatter(title, xLabel, yLabel, List.of(groups), false);
  }

  /** The same with a line where both measures are equal. */
  public Scatter diagonal() {
    return new Scatter(title, xLabel, yLabel, groups, true);
  }

  @Override
  public String text(Glyphs glyphs) {
    String plane = String.join("\n", Plane.text(groups, xLabel, yLabel, hasDiagonal));
    return glyphs.draw(Cells.shorten(Cells.line(title), 80) + "\n" + plane);
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
