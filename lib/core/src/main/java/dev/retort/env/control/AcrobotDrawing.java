package dev.retort.env.control;

import dev.retort.env.Sign;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;

/** Draws bar and links from the side, and the line that the free end is to reach. */
final class AcrobotDrawing {
  private static final Color BAR = new Color(0x9AA5B1);
  private static final Color LINE = new Color(0x009E73);
  private static final Color UPPER = new Color(0x0072B2);
  private static final Color LOWER = new Color(0xE69F00);
  private static final Color JOINT = new Color(0x334155);
  private static final Color END = new Color(0xD55E00);
  private static final Color REACHED = new Color(0x009E73);

  static final List<Sign> SIGNS =
      List.of(
          new Sign(UPPER, "blue rod", "upper link"),
          new Sign(LOWER, "yellow rod", "lower link, which is driven"),
          new Sign(END, "red disc", "its end, green where it has arrived"),
          new Sign(LINE, "dashed green line", "height to reach"));

  private AcrobotDrawing() {}

  static void draw(Acrobot env, double[] state, Graphics2D canvas, int width, int height) {
    double side = Math.min(width, height);
    double metre = side * 0.45 / (env.length1() + env.length2());
    double x = width / 2.0;
    double y = height / 2.0;
    float unit = (float) Math.max(1, side / 160.0);
    double elbowX = x + metre * env.length1() * Math.sin(state[0]);
    double elbowY = y + metre * env.length1() * Math.cos(state[0]);
    double endX = elbowX + metre * env.length2() * Math.sin(state[0] + state[1]);
    double endY = elbowY + metre * env.length2() * Math.cos(state[0] + state[1]);

    canvas.setColor(LINE);
    canvas.setStroke(
        new BasicStroke(
            1.5f * unit,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_MITER,
            1,
            new float[] {5 * unit, 4 * unit},
            0));
    double line = y - metre * env.height();
    canvas.draw(new Line2D.Double(x - side * 0.45, line, x + side * 0.45, line));
    canvas.setColor(BAR);
    canvas.setStroke(new BasicStroke(2 * unit, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.draw(new Line2D.Double(x - 10 * unit, y, x + 10 * unit, y));

    float thick = (float) (side * 0.05);
    canvas.setStroke(new BasicStroke(thick, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.setColor(UPPER);
    canvas.draw(new Line2D.Double(x, y, elbowX, elbowY));
    canvas.setColor(LOWER);
    canvas.draw(new Line2D.Double(elbowX, elbowY, endX, endY));
    canvas.setColor(JOINT);
    canvas.fill(disc(x, y, thick * 0.32));
    canvas.fill(disc(elbowX, elbowY, thick * 0.32));
    canvas.setColor(env.terminated(state) ? REACHED : END);
    canvas.fill(disc(endX, endY, thick * 0.5));
  }

  private static Ellipse2D disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
