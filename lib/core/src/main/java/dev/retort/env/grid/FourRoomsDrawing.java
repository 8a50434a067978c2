package dev.retort.env.grid;

import dev.retort.env.Sign;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** Draws the rooms from above, the goal as a green square, the agent as a triangle that points. */
final class FourRoomsDrawing {
  private static final Color FLOOR = new Color(0xF8F9FB);
  private static final Color LINE = new Color(0xE6EAEF);
  private static final Color WALL = new Color(0x7B8794);
  private static final Color DOOR = new Color(0xFDF3D7);
  private static final Color GOAL = new Color(0x009E73);
  private static final Color AGENT = new Color(0xD55E00);

  static final List<Sign> SIGNS =
      List.of(
          new Sign(AGENT, "red triangle", "agent, which points ahead"),
          new Sign(GOAL, "green square", "goal"),
          new Sign(WALL, "gray", "wall"),
          new Sign(DOOR, "pale yellow", "between rooms"));

  private FourRoomsDrawing() {}

  static void draw(FourRooms rooms, double[] state, Graphics2D canvas, int width, int height) {
    int side = rooms.side();
    int cell = Math.max(1, Math.min(width, height) / side);
    int left = (width - side * cell) / 2;
    int top = (height - side * cell) / 2;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        boolean wall = rooms.wall(state, x, y);
        boolean between = x == rooms.rooms() + 1 || y == rooms.rooms() + 1;
        canvas.setColor(wall ? WALL : between ? DOOR : FLOOR);
        canvas.fill(new Rectangle2D.Double(left + x * cell, top + y * cell, cell, cell));
      }
    }
    lines(rooms, state, canvas, left, top, cell);
    double inset = cell * 0.12;
    canvas.setColor(GOAL);
    canvas.fill(
        new RoundRectangle2D.Double(
            left + state[FourRooms.GOAL_X] * cell + inset,
            top + state[FourRooms.GOAL_Y] * cell + inset,
            cell - 2 * inset,
            cell - 2 * inset,
            cell * 0.3,
            cell * 0.3));
    canvas.setColor(AGENT);
    canvas.fill(
        triangle(
            left + (state[FourRooms.X] + 0.5) * cell,
            top + (state[FourRooms.Y] + 0.5) * cell,
            cell * 0.46,
            state[FourRooms.DIRECTION] * Math.PI / 2));
  }

  /** Thin lines between open cells, where cells are large enough to want them. */
  private static void lines(
      FourRooms rooms, double[] state, Graphics2D canvas, int left, int top, int cell) {
    if (cell < 8) {
      return;
    }
    canvas.setColor(LINE);
    canvas.setStroke(new BasicStroke(1));
    for (int y = 1; y < rooms.side() - 1; y++) {
      for (int x = 1; x < rooms.side() - 1; x++) {
        if (rooms.wall(state, x, y)) {
          continue;
        }
        int px = left + x * cell;
        int py = top + y * cell;
        if (!rooms.wall(state, x - 1, y)) {
          canvas.draw(new Line2D.Double(px, py, px, py + cell - 1));
        }
        if (!rooms.wall(state, x, y - 1)) {
          canvas.draw(new Line2D.Double(px, py, px + cell - 1, py));
        }
      }
    }
  }

  private static Path2D triangle(double x, double y, double radius, double angle) {
    Path2D path = new Path2D.Double();
    double[] corner = {angle, angle + 2.45, angle - 2.45};
    for (int i = 0; i < 3; i++) {
      double cx = x + radius * Math.cos(corner[i]);
      double cy = y + radius * Math.sin(corner[i]);
      if (i == 0) {
        path.moveTo(cx, cy);
      } else {
        path.lineTo(cx, cy);
      }
    }
    path.closePath();
    return path;
  }
}
