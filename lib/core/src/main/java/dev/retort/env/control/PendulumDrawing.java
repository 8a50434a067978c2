package dev.retort.env.control;

import dev.retort.env.Sign;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;

/** Draws the rod about its pivot, the place where it is to stand, and how fast it turns. */
final class PendulumDrawing {
  private static final Color CIRCLE = new Color(0xE3E8EE);
  private static final Color TARGET = new Color(0x009E73);
  private static final Color ROD = new Color(0xE69F00);
  private static final Color UP = new Color(0x009E73);
  private static final Color PIVOT = new Color(0x334155);
  private static final Color SPIN = new Color(0x0072B2);
  private static final double NEAR = 0.2;

  static final List<Sign> SIGNS =
      List.of(
          new Sign(ROD, "yellow rod", "pendulum, green where it stands upright"),
          new Sign(TARGET, "green mark", "upright"),
          new Sign(SPIN, "blue arc", "how fast it turns"));

  private PendulumDrawing() {}

  static void draw(Pendulum env, double[] state, Graphics2D canvas, int width, int height) {
    double side = Math.min(width, height);
    double x = width / 2.0;
    double y = height / 2.0;
    double radius = side * 0.4;
    float unit = (float) Math.max(1, side / 160.0);

    canvas.setColor(CIRCLE);
    canvas.setStroke(new BasicStroke(unit));
    canvas.draw(disc(x, y, radius));
    canvas.setColor(TARGET);
    canvas.setStroke(new BasicStroke(3 * unit, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.draw(new Line2D.Double(x, y - radius - 3 * unit, x, y - radius + 3 * unit));

    double angle = state[0];
    boolean up = Math.abs(Angle.wrapped(angle)) < NEAR;
    canvas.setColor(up ? UP : ROD);
    canvas.setStroke(
        new BasicStroke((float) (side * 0.06), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.draw(
        new Line2D.Double(
            x, y, x - radius * 0.9 * Math.sin(angle), y - radius * 0.9 * Math.cos(angle)));
    spin(canvas, x, y, radius * 0.3, state[1] / env.maxSpeed(), unit);
    canvas.setColor(PIVOT);
    canvas.fill(disc(x, y, side * 0.022));
  }

  /**
   * An arc with a tip about the pivot, as long as the rod is fast, to the side to which it goes.
   */
  private static void spin(
      Graphics2D canvas, double x, double y, double radius, double share, float unit) {
    double sweep = share * 300;
    if (Math.abs(sweep) < 6) {
      return;
    }
    canvas.setColor(SPIN);
    canvas.setStroke(new BasicStroke(2 * unit, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    canvas.draw(
        new Arc2D.Double(x - radius, y - radius, 2 * radius, 2 * radius, 90, sweep, Arc2D.OPEN));
    double end = Math.toRadians(90 + sweep);
    double side = Math.signum(sweep);
    double tipX = x + radius * Math.cos(end);
    double tipY = y - radius * Math.sin(end);
    Path2D tip = new Path2D.Double();
    tip.moveTo(tipX - side * 5 * unit * Math.sin(end), tipY - side * 5 * unit * Math.cos(end));
    tip.lineTo(tipX + 3.2 * unit * Math.cos(end), tipY - 3.2 * unit * Math.sin(end));
    tip.lineTo(tipX - 3.2 * unit * Math.cos(end), tipY + 3.2 * unit * Math.sin(end));
    tip.closePath();
    canvas.fill(tip);
  }

  private static Ellipse2D disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
