package dev.retort.figure;

import java.util.List;

/**
 * Ways through a plane over what lies below them: what a policy does in a room, tracks on a map.
 * One unit is as long across as up.
 *
 * @param title what the figure shows
 * @param xLabel what the horizontal axis measures, with its unit
 * @param yLabel what the vertical axis measures, with its unit
 * @param ground what lies below
 * @param traces the lines, in the order of the legend; each begins at a dot
 */
public record Tracks(String title, String xLabel, String yLabel, Ground ground, List<Trace> traces)
    implements Figure {
  /** Keeps a copy of the list. */
  public Tracks {
    traces = List.copyOf(traces);
  }

  /** The figure of the given traces over nothing. */
  public static Tracks of(String title, String xLabel, String yLabel, Trace... traces) {
    return new Tracks(title, xLabel, yLabel, Ground.NONE, List.of(traces));
  }

  /** The same over something. */
  public Tracks over(Ground other) {
    return new Tracks(title, xLabel, yLabel, other, traces);
  }

  @Override
  public String text(Glyphs glyphs) {
    String plane = String.join("\n", Plane.text(traces, xLabel, yLabel, false));
    return glyphs.draw(Cells.shorten(Cells.line(title), 80) + "\n" + plane);
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
