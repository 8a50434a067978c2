package dev.retort.env.grid;

import dev.retort.env.Sign;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Draws cells from above in flat colors, the goal as a green square, the agent as a disc ringed
 * with white, so that it stands out on whatever it is.
 */
public final class CellDrawing {
  static final Color ICE = new Color(0xE8F3FA);
  static final Color WATER = new Color(0x2B6A99);
  static final Color GRASS = new Color(0xF1F5EA);
  static final Color ROCK = new Color(0x6B5B53);

  private static final Color LINE = new Color(0xC9D3DC);
  private static final Color GOAL = new Color(0x009E73);
  private static final Color AGENT = new Color(0xD55E00);

  private final Graphics2D canvas;
  private final int rows;
  private final int columns;
  private final double side;
  private final double left;
  private final double top;

  /** Fits so many rows and columns of square cells into a canvas. */
  public CellDrawing(Graphics2D canvas, int rows, int columns, int width, int height) {
    this.canvas = canvas;
    this.rows = rows;
    this.columns = columns;
    this.side = Math.max(1, Math.floor(Math.min((double) width / columns, (double) height / rows)));
    this.left = Math.floor((width - columns * side) / 2);
    this.top = Math.floor((height - rows * side) / 2);
  }

  /** What agent and goal look like, and what kind of floor stands for what. */
  static List<Sign> signs(Sign... floor) {
    List<Sign> signs = new ArrayList<>();
    signs.add(new Sign(AGENT, "red disc", "agent"));
    signs.add(new Sign(GOAL, "green square", "goal"));
    signs.addAll(List.of(floor));
    return signs;
  }

  /** Paints every cell in its color, with a thin line between neighbors. */
  public CellDrawing floor(IntFunction<Color> color) {
    canvas.setColor(LINE);
    canvas.fill(new Rectangle2D.Double(left, top, columns * side, rows * side));
    double line = side >= 8 ? 1 : 0;
    for (int cell = 0; cell < rows * columns; cell++) {
      canvas.setColor(color.apply(cell));
      canvas.fill(new Rectangle2D.Double(x(cell), y(cell), side - line, side - line));
    }
    return this;
  }

  CellDrawing goal(int cell) {
    double inset = side * 0.14;
    double size = side - 2 * inset;
    canvas.setColor(GOAL);
    canvas.fill(
        new RoundRectangle2D.Double(
            x(cell) + inset, y(cell) + inset, size, size, side * 0.3, side * 0.3));
    return this;
  }

  CellDrawing agent(int cell) {
    disc(cell, 0.34, Color.WHITE);
    disc(cell, 0.3, AGENT);
    return this;
  }

  private void disc(int cell, double radius, Color color) {
    double size = 2 * radius * side;
    double inset = (side - size) / 2;
    canvas.setColor(color);
    canvas.fill(new Ellipse2D.Double(x(cell) + inset, y(cell) + inset, size, size));
  }

  /** The side of a cell in pixels. */
  public double side() {
    return side;
  }

  /** The left side of a cell in pixels. */
  public double x(int cell) {
    return left + cell % columns * side;
  }

  /** The upper side of a cell in pixels. */
  public double y(int cell) {
    int row = cell / columns;
    return top + row * side;
  }
}
