package dev.retort.env.control;

import dev.retort.env.Sign;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** Draws track, cart and pole from the side, with the angle beyond which the pole is lost. */
final class CartPoleDrawing {
  private static final Color TRACK = new Color(0x9AA5B1);
  private static final Color END = new Color(0xD55E00);
  private static final Color LIMIT = new Color(0xE3E8EE);
  private static final Color CART = new Color(0x334155);
  private static final Color WHEEL = new Color(0x1F2937);
  private static final Color POLE = new Color(0xE69F00);
  private static final Color LOST = new Color(0xD55E00);
  private static final Color JOINT = new Color(0x0072B2);

  static final List<Sign> SIGNS =
      List.of(
          new Sign(POLE, "yellow rod", "pole"),
          new Sign(CART, "dark box", "cart"),
          new Sign(LIMIT, "pale sector", "where the pole may lean"),
          new Sign(END, "red posts", "ends of the track"));

  private CartPoleDrawing() {}

  static void draw(CartPole env, double[] state, Graphics2D canvas, int width, int height) {
    double metre = width / (2 * env.trackLimit() + 0.8);
    double ground = height * 0.82;
    double cartWidth = Math.min(0.5 * metre, width * 0.3);
    double cartHeight = cartWidth * 0.5;
    double wheel = cartHeight * 0.34;
    double x = width / 2.0 + state[0] * metre;
    double top = ground - wheel - cartHeight;
    double length = Math.min(2 * env.halfLength() * metre * 1.6, top * 0.86);
    float unit = (float) Math.max(1, height / 160.0);

    track(env, canvas, width, metre, ground, unit);
    canvas.setColor(LIMIT);
    canvas.fill(sector(x, top, length, env.angleLimit()));

    canvas.setColor(CART);
    canvas.fill(
        new RoundRectangle2D.Double(
            x - cartWidth / 2, top, cartWidth, cartHeight, cartHeight * 0.3, cartHeight * 0.3));
    canvas.setColor(WHEEL);
    canvas.fill(disc(x - cartWidth * 0.3, ground - wheel, wheel));
    canvas.fill(disc(x + cartWidth * 0.3, ground - wheel, wheel));

    canvas.setColor(Math.abs(state[2]) > env.angleLimit() ? LOST : POLE);
    canvas.setStroke(
        new BasicStroke(
            (float) Math.max(3, cartWidth * 0.15), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.draw(
        new Line2D.Double(
            x, top, x + length * Math.sin(state[2]), top - length * Math.cos(state[2])));
    canvas.setColor(JOINT);
    canvas.fill(disc(x, top, Math.max(2, cartWidth * 0.09)));
  }

  private static void track(
      CartPole env, Graphics2D canvas, int width, double metre, double ground, float unit) {
    canvas.setStroke(new BasicStroke(unit));
    canvas.setColor(TRACK);
    canvas.draw(new Line2D.Double(0, ground + unit, width, ground + unit));
    for (double mark = 0; mark <= env.trackLimit(); mark += env.trackLimit() / 4) {
      for (int side = -1; side <= 1; side += 2) {
        double x = width / 2.0 + side * mark * metre;
        canvas.draw(new Line2D.Double(x, ground + unit, x, ground + 4 * unit));
      }
    }
    canvas.setColor(END);
    for (int side = -1; side <= 1; side += 2) {
      double x = width / 2.0 + side * env.trackLimit() * metre;
      canvas.fill(new Rectangle2D.Double(x - unit, ground - 6 * unit, 2 * unit, 11 * unit));
    }
  }

  private static Shape sector(double x, double y, double length, double angle) {
    double shown = Math.min(angle, Math.PI / 2);
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    int pieces = 12;
    for (int i = 0; i <= pieces; i++) {
      double a = -shown + 2 * shown * i / pieces;
      path.lineTo(x + length * Math.sin(a), y - length * Math.cos(a));
    }
    path.closePath();
    return path;
  }

  private static Shape disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
