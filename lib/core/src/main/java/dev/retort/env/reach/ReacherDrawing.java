package dev.retort.env.reach;

import dev.retort.env.Sign;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;

/** Draws target, arm and the circle of shoulders from above, and how near the hand has been. */
final class ReacherDrawing {
  private static final Color CIRCLE = new Color(0xD5DCE4);
  private static final Color BEST = new Color(0xCFE9DF);
  private static final Color TARGET = new Color(0x009E73);
  private static final Color UPPER = new Color(0x0072B2);
  private static final Color LOWER = new Color(0xE69F00);
  private static final Color JOINT = new Color(0x334155);
  private static final Color HAND = new Color(0xD55E00);

  static final List<Sign> SIGNS =
      List.of(
          new Sign(UPPER, "blue rod", "upper arm"),
          new Sign(LOWER, "yellow rod", "forearm"),
          new Sign(HAND, "red disc", "hand, green once it was there"),
          new Sign(TARGET, "green disc", "target"),
          new Sign(BEST, "pale green disc", "how near the hand has been"),
          new Sign(CIRCLE, "thin circle", "where shoulders may be"));

  private ReacherDrawing() {}

  static void draw(double[] state, Graphics2D canvas, int width, int height) {
    double side = Math.min(width, height);
    double metre = side / 4.05;
    double x = width / 2.0;
    double y = height / 2.0;
    float unit = (float) Math.max(1, side / 160.0);
    float thick = (float) (side * 0.048);

    canvas.setColor(BEST);
    canvas.fill(disc(x, y, state[Reacher.BEST] * metre));
    canvas.setColor(CIRCLE);
    canvas.setStroke(new BasicStroke(unit));
    canvas.draw(disc(x, y, metre));
    canvas.setColor(TARGET);
    canvas.fill(disc(x, y, thick * 0.6));

    canvas.setStroke(new BasicStroke(thick, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.setColor(UPPER);
    canvas.draw(link(state, 0, Reacher.ELBOW, x, y, metre));
    canvas.setColor(LOWER);
    canvas.draw(link(state, Reacher.ELBOW, Reacher.HAND, x, y, metre));
    canvas.setColor(JOINT);
    canvas.fill(disc(x + state[0] * metre, y - state[1] * metre, thick * 0.75));
    canvas.fill(
        disc(x + state[Reacher.ELBOW] * metre, y - state[Reacher.ELBOW + 1] * metre, thick * 0.3));
    canvas.setColor(state[Reacher.REACHED] == 0 ? HAND : TARGET);
    canvas.fill(
        disc(x + state[Reacher.HAND] * metre, y - state[Reacher.HAND + 1] * metre, thick * 0.55));
  }

  private static Line2D link(double[] state, int from, int to, double x, double y, double metre) {
    return new Line2D.Double(
        x + state[from] * metre,
        y - state[from + 1] * metre,
        x + state[to] * metre,
        y - state[to + 1] * metre);
  }

  private static Ellipse2D disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
