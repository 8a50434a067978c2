package dev.retort.env.legs;

import dev.retort.env.Sign;
import dev.retort.env.world.Terrain;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;

/**
 * Draws a robot from the side, in the middle of the picture: the ground moves below it. Above it
 * the speed that is asked for and its own are arrows.
 */
final class UniLegsDrawing {
  private static final Color ASKED = new Color(0x009E73);
  private static final Color OWN = new Color(0xD55E00);
  private static final Color STANDING = new Color(0xCC79A7);

  static final List<Sign> SIGNS =
      List.of(
          new Sign(new Color(0x334155), "slate box", "trunk"),
          new Sign(new Color(0x0072B2), "blue", "thighs"),
          new Sign(new Color(0xE69F00), "orange", "shanks"),
          new Sign(ASKED, "green arrow", "speed asked for"),
          new Sign(OWN, "red arrow", "speed of the trunk"),
          new Sign(STANDING, "pink dots", "legs on the ground"));

  /** How much is seen, in m. */
  private static final double WIDE = 2.4;

  /** How many m of picture an arrow is long for each m/s. */
  private static final double SECOND = 0.9;

  private UniLegsDrawing() {}

  static void draw(
      LeggedRobot robot,
      Terrain terrain,
      double[] state,
      double asked,
      Graphics2D canvas,
      int width,
      int height) {
    robot.world.draw(state, terrain, canvas, width, height, state[robot.trunk], WIDE);
    double meter = width / WIDE;
    arrow(canvas, width / 2.0, 0.1 * height, SECOND * asked * meter, 0.04 * meter, ASKED);
    double own = state[robot.trunkSpeed];
    arrow(canvas, width / 2.0, 0.18 * height, SECOND * own * meter, 0.04 * meter, OWN);
    canvas.setColor(STANDING);
    double dot = 0.035 * meter;
    int legs = robot.morphology.legs();
    for (int leg = 0; leg < legs; leg++) {
      if (robot.stands(state, leg)) {
        double x = width / 2.0 + 3 * dot * (leg - (legs - 1) / 2.0);
        canvas.fill(new Ellipse2D.Double(x - dot, 0.93 * height - dot, 2 * dot, 2 * dot));
      }
    }
  }

  private static void arrow(
      Graphics2D canvas, double x, double y, double length, double thick, Color color) {
    canvas.setColor(color);
    canvas.setStroke(
        new BasicStroke((float) Math.max(1, thick), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    canvas.draw(new Line2D.Double(x, y, x + length, y));
    double head = Math.copySign(2 * thick, length);
    Path2D tip = new Path2D.Double();
    tip.moveTo(x + length, y - 1.5 * thick);
    tip.lineTo(x + length + head, y);
    tip.lineTo(x + length, y + 1.5 * thick);
    tip.closePath();
    canvas.fill(tip);
  }
}
