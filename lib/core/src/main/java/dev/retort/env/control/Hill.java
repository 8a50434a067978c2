package dev.retort.env.control;

import dev.retort.env.Sign;
import dev.retort.space.Box;
import dev.retort.space.Space;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** The valley of both mountain cars: what is seen of it, and its picture from the side. */
final class Hill {
  static final double ASPECT = 1.5;

  private static final Color GROUND = new Color(0xDCE5D3);
  private static final Color ROAD = new Color(0x7B8794);
  private static final Color WALL = new Color(0xD55E00);
  private static final Color CAR = new Color(0x0072B2);
  private static final Color WINDOW = new Color(0xD6E6F2);
  private static final Color WHEEL = new Color(0x1F2937);
  private static final Color POST = new Color(0x334155);
  private static final Color FLAG = new Color(0x009E73);
  private static final Color SPEED = new Color(0xE69F00);
  private static final double FASTEST = 0.07;
  private static final double LEFT = MountainCar.LEFT_END - 0.08;
  private static final double RIGHT = MountainCar.RIGHT_END + 0.08;
  private static final double MIDDLE = 0.58;
  private static final double RISE = 0.28;

  static final List<Sign> SIGNS =
      List.of(
          new Sign(CAR, "blue car", "car"),
          new Sign(SPEED, "yellow arrow", "how fast it is"),
          new Sign(FLAG, "green flag", "goal"),
          new Sign(WALL, "red wall", "left end"));

  private Hill() {}

  /** Position and speed, {@code (2)}. */
  static Space space(double maxSpeed) {
    float fastest = (float) maxSpeed;
    return new Box(
        List.of((float) MountainCar.LEFT_END, -fastest),
        List.of((float) MountainCar.RIGHT_END, fastest),
        List.of(2));
  }

  /** The road at a place, in pixels from above. */
  private static double level(double x, int height) {
    return height * (MIDDLE - RISE * Math.sin(3 * x));
  }

  static void draw(double[] state, double goal, Graphics2D canvas, int width, int height) {
    double scale = width / (RIGHT - LEFT);
    float unit = (float) Math.max(1, height / 160.0);
    Path2D road = new Path2D.Double();
    int pieces = Math.max(24, width / 6);
    for (int i = 0; i <= pieces; i++) {
      double x = LEFT + (RIGHT - LEFT) * i / pieces;
      if (i == 0) {
        road.moveTo(0, level(x, height));
      } else {
        road.lineTo((x - LEFT) * scale, level(x, height));
      }
    }
    Path2D ground = new Path2D.Double(road);
    ground.lineTo(width, height);
    ground.lineTo(0, height);
    ground.closePath();
    canvas.setColor(GROUND);
    canvas.fill(ground);
    canvas.setColor(ROAD);
    canvas.setStroke(new BasicStroke(1.5f * unit, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.draw(road);

    double end = MountainCar.LEFT_END;
    wall(canvas, (end - LEFT) * scale, level(end, height), unit);
    flag(canvas, (goal - LEFT) * scale, level(goal, height), unit);
    double x = state[0];
    double tilt = Math.atan2(-RISE * height * 3 * Math.cos(3 * x), scale);
    AffineTransform upright = canvas.getTransform();
    canvas.translate((x - LEFT) * scale, level(x, height));
    canvas.rotate(tilt);
    car(canvas, unit);
    speed(canvas, state[1], unit);
    canvas.setTransform(upright);
  }

  private static void wall(Graphics2D canvas, double x, double y, float unit) {
    canvas.setColor(WALL);
    canvas.setStroke(new BasicStroke(2 * unit, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    canvas.draw(new Line2D.Double(x - 6 * unit, y, x - 6 * unit, y - 18 * unit));
  }

  private static void flag(Graphics2D canvas, double x, double y, float unit) {
    canvas.setColor(POST);
    canvas.setStroke(new BasicStroke(1.4f * unit, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    canvas.draw(new Line2D.Double(x, y, x, y - 26 * unit));
    Path2D cloth = new Path2D.Double();
    cloth.moveTo(x, y - 26 * unit);
    cloth.lineTo(x - 13 * unit, y - 21 * unit);
    cloth.lineTo(x, y - 16 * unit);
    cloth.closePath();
    canvas.setColor(FLAG);
    canvas.fill(cloth);
  }

  /** A car on the origin, the road along the x axis. */
  private static void car(Graphics2D canvas, float unit) {
    double radius = 3.2 * unit;
    canvas.setColor(CAR);
    canvas.fill(body(-12, -10.5, 24, 7.5, 4, unit));
    canvas.fill(body(-7, -16, 13, 8, 5, unit));
    canvas.setColor(WINDOW);
    canvas.fill(body(-5, -14.3, 9, 4, 2.5, unit));
    canvas.setColor(WHEEL);
    for (double x : new double[] {-7 * unit, 7 * unit}) {
      canvas.fill(new Ellipse2D.Double(x - radius, -2 * radius, 2 * radius, 2 * radius));
    }
  }

  private static RoundRectangle2D body(
      double x, double y, double width, double height, double corner, float unit) {
    return new RoundRectangle2D.Double(
        x * unit, y * unit, width * unit, height * unit, corner * unit, corner * unit);
  }

  /** An arrow above the car, as long as it is fast. */
  private static void speed(Graphics2D canvas, double speed, float unit) {
    double length = speed / FASTEST * 26 * unit;
    if (Math.abs(length) < 2 * unit) {
      return;
    }
    double y = -22 * unit;
    double head = Math.copySign(4 * unit, length);
    canvas.setColor(SPEED);
    canvas.setStroke(new BasicStroke(2 * unit, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    canvas.draw(new Line2D.Double(0, y, length, y));
    Path2D tip = new Path2D.Double();
    tip.moveTo(length + head, y);
    tip.lineTo(length, y - 3.2 * unit);
    tip.lineTo(length, y + 3.2 * unit);
    tip.closePath();
    canvas.fill(tip);
  }
}
