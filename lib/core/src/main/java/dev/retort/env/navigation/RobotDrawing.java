package dev.retort.env.navigation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** Draws a robot as what collides, with the parts by which it is known and an arrow ahead. */
final class RobotDrawing {
  static final Color BODY = new Color(0xD55E00);
  private static final Color LIMB = new Color(0x3B2A20);
  private static final Color EDGE = new Color(0x7A3500);
  private static final Color AHEAD = new Color(0xFFFFFF);
  static final Color FALLEN = new Color(0x8B5CF6);

  private final Robot robot;
  private final Graphics2D canvas;

  RobotDrawing(Robot robot, Graphics2D canvas) {
    this.robot = robot;
    this.canvas = (Graphics2D) canvas.create();
  }

  /** Draws the robot of a state on a canvas that measures in meters. */
  void draw(double[] state, double fallsAbove) {
    canvas.translate(state[RobotState.X], state[RobotState.Y]);
    canvas.rotate(state[RobotState.HEADING]);
    Area body = new Area();
    for (int i = 0; i < robot.discs(); i++) {
      body.add(new Area(RobotRoomsDrawing.disc(robot.disc(i), 0, robot.radius())));
    }
    double back = robot.disc(robot.discs() - 1);
    double front = robot.disc(0);
    double length = Math.abs(front - back);
    body.add(
        new Area(
            new Rectangle2D.Double(
                Math.min(front, back), -robot.radius(), length, 2 * robot.radius())));
    canvas.setColor(state[RobotState.STATUS] == RobotState.FALLEN ? FALLEN : BODY);
    canvas.fill(body);
    canvas.setColor(EDGE);
    stroke(0.05);
    canvas.draw(body);
    limbs();
    if (robot == Robot.HUMANOID) {
      balance(state, fallsAbove);
    }
    arrow(front);
    canvas.dispose();
  }

  private void stroke(double width) {
    canvas.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /** Wheels, legs or shoulders, on the body and within what collides. */
  private void limbs() {
    canvas.setColor(LIMB);
    switch (robot) {
      case DIFFERENTIAL -> pair(0, 0.25, 0.34, 0.11);
      case QUADRUPED -> {
        pair(-0.05, 0.2, 0.22, 0.13);
        pair(-0.75, 0.2, 0.22, 0.13);
      }
      case HUMANOID -> pair(0, 0.19, 0.2, 0.14);
      case CAR -> {
        pair(0.3, 0.21, 0.26, 0.1);
        pair(-0.3, 0.21, 0.26, 0.1);
      }
    }
  }

  private void pair(double x, double y, double length, double width) {
    for (double side : new double[] {y, -y}) {
      canvas.fill(
          new RoundRectangle2D.Double(x - length / 2, side - width / 2, length, width, 0.06, 0.06));
    }
  }

  /** An arrow head in the front, white. */
  private void arrow(double front) {
    Path2D arrow = new Path2D.Double();
    arrow.moveTo(front + 0.22, 0);
    arrow.lineTo(front - 0.1, 0.17);
    arrow.lineTo(front - 0.03, 0);
    arrow.lineTo(front - 0.1, -0.17);
    arrow.closePath();
    canvas.setColor(AHEAD);
    canvas.fill(arrow);
  }

  /** How near a humanoid is to falling, as a sector of its rim that fills up. */
  private void balance(double[] state, double fallsAbove) {
    double share = Math.min(1, RobotState.felt(state) / fallsAbove);
    double rim = robot.radius() + 0.12;
    canvas.setColor(FALLEN);
    stroke(0.09);
    canvas.draw(
        new Arc2D.Double(-rim, -rim, 2 * rim, 2 * rim, 180 - 180 * share, 360 * share, Arc2D.OPEN));
  }
}
