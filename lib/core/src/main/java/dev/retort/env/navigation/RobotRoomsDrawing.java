package dev.retort.env.navigation;

import dev.retort.env.Sign;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the part of a room in which a mission takes place, from above: what stands in it, what the
 * robot sees of it, the way it came and the one it is shown.
 */
final class RobotRoomsDrawing {
  private static final Color OUTSIDE = new Color(0x1E293B);
  private static final Color FLOOR = new Color(0xF4F1EA);
  private static final Color SIGHT = new Color(0xDCE9F5);
  private static final Color WALL = new Color(0x475569);
  private static final Color RACK = new Color(0x7C93AD);
  private static final Color SHELF = new Color(0xA9BACC);
  private static final Color BOX = new Color(0xA47148);
  private static final Color TAPE = new Color(0xC79A73);
  private static final Color LOW = new Color(0xF0C75E);
  private static final Color LOW_EDGE = new Color(0xB8860B);
  private static final Color HIT = new Color(0x0072B2);
  private static final Color GOAL = new Color(0x009E73);
  private static final Color GOAL_GROUND = new Color(0xC4E8DB);
  private static final Color BUMP = new Color(0xDC2626);

  /** How much of the room is shown, in m. */
  private static final double SHOWN = 12;

  /** How near the robot may come to the edge of the picture, in m. */
  private static final double MARGIN = 1.5;

  private static final List<Sign> SIGNS =
      List.of(
          new Sign(RobotDrawing.BODY, "orange body", "robot, its way behind it"),
          new Sign(GOAL, "green ring", "goal and the straight way to it"),
          new Sign(SIGHT, "pale blue ground", "what it sees"),
          new Sign(WALL, "slate", "wall"),
          new Sign(RACK, "steel blue", "rack"),
          new Sign(BOX, "brown", "crate"),
          new Sign(LOW, "yellow", "low box"),
          new Sign(BUMP, "red star", "bump or fall"));

  private final RobotRooms world;
  private final double[] state;
  private final Graphics2D canvas;
  private final float[] seen;

  RobotRoomsDrawing(RobotRooms world, double[] state, Graphics2D canvas, int width, int height) {
    this.world = world;
    this.state = state;
    this.canvas = canvas;
    this.seen = new float[Scan.RAYS * (1 + Matter.COUNT)];
    canvas.setColor(OUTSIDE);
    canvas.fill(new Rectangle2D.Double(0, 0, width, height));
    double metre = Math.min(width, height) / SHOWN;
    canvas.translate(width / 2.0, height / 2.0);
    canvas.scale(metre, -metre);
    canvas.translate(-middle(0, width / metre), -middle(1, height / metre));
  }

  /** What is drawn of a robot's mission. */
  static List<Sign> signs(Robot robot) {
    List<Sign> signs = new ArrayList<>(SIGNS);
    if (robot == Robot.HUMANOID) {
      signs.add(1, new Sign(RobotDrawing.FALLEN, "violet rim", "closed where it falls"));
    }
    return List.copyOf(signs);
  }

  /** The middle of the picture: between start and goal, in the room, and where the robot is too. */
  private double middle(int axis, double shown) {
    double between = (state[RobotState.TRAIL + axis] + state[RobotState.GOAL + axis]) / 2;
    double edge = shown / 2 - 0.3;
    double inRoom =
        shown > RoomType.SIDE
            ? RoomType.SIDE / 2
            : Math.max(edge, Math.min(RoomType.SIDE - edge, between));
    double robot = state[RobotState.X + axis];
    double reach = shown / 2 - MARGIN;
    return Math.max(robot - reach, Math.min(robot + reach, inRoom));
  }

  void draw() {
    canvas.setColor(FLOOR);
    canvas.fill(new Rectangle2D.Double(0, 0, RoomType.SIDE, RoomType.SIDE));
    Scan.write(state, world.height(), seen, 0);
    sight();
    goal();
    for (int i = 0; i < Obstacles.count(state); i++) {
      obstacle(Obstacles.at(i));
    }
    hits();
    route();
    trail();
    if (state[RobotState.STATUS] == RobotState.FALLEN) {
      star(state[RobotState.X], state[RobotState.Y], 0.85);
    }
    new RobotDrawing(world.robot(), canvas).draw(state, world.fallsAbove());
    if (state[RobotState.STATUS] == RobotState.BUMPED) {
      bump();
    }
  }

  private void stroke(double width, float... dashes) {
    canvas.setStroke(
        new BasicStroke(
            (float) width,
            BasicStroke.CAP_ROUND,
            BasicStroke.JOIN_ROUND,
            1,
            dashes.length == 0 ? null : dashes,
            0));
  }

  private double rayEnd(int ray, int axis) {
    double angle = state[RobotState.HEADING] + Scan.angle(ray);
    double range = Scan.range(seen[ray]);
    return state[RobotState.X + axis] + range * (axis == 0 ? Math.cos(angle) : Math.sin(angle));
  }

  private void sight() {
    Path2D fan = new Path2D.Double();
    fan.moveTo(state[RobotState.X], state[RobotState.Y]);
    for (int ray = 0; ray < Scan.RAYS; ray++) {
      fan.lineTo(rayEnd(ray, 0), rayEnd(ray, 1));
    }
    fan.closePath();
    canvas.setColor(SIGHT);
    canvas.fill(fan);
  }

  private void hits() {
    canvas.setColor(HIT);
    for (int ray = 0; ray < Scan.RAYS; ray++) {
      if (seen[ray] < 1) {
        canvas.fill(disc(rayEnd(ray, 0), rayEnd(ray, 1), 0.055));
      }
    }
  }

  private void goal() {
    double x = state[RobotState.GOAL];
    double y = state[RobotState.GOAL + 1];
    boolean reached = state[RobotState.STATUS] == RobotState.REACHED;
    canvas.setColor(reached ? GOAL : GOAL_GROUND);
    canvas.fill(disc(x, y, RobotRooms.ARRIVAL));
    canvas.setColor(GOAL);
    stroke(0.08);
    canvas.draw(disc(x, y, RobotRooms.ARRIVAL));
    if (world.headingGate() == 1) {
      double heading = state[RobotState.GOAL + 2];
      double endX = x + 0.8 * Math.cos(heading);
      double endY = y + 0.8 * Math.sin(heading);
      canvas.draw(new Line2D.Double(x, y, endX, endY));
      canvas.fill(disc(endX, endY, 0.13));
    } else {
      canvas.fill(disc(x, y, 0.12));
    }
  }

  private void obstacle(int at) {
    double halfWidth = Obstacles.halfWidth(state, at);
    double halfDepth = Obstacles.halfDepth(state, at);
    double west = state[at] - halfWidth;
    double south = state[at + 1] - halfDepth;
    Rectangle2D box = new Rectangle2D.Double(west, south, 2 * halfWidth, 2 * halfDepth);
    switch (Obstacles.matter(state, at)) {
      case WALL -> {
        canvas.setColor(WALL);
        canvas.fill(Obstacles.isDisc(state, at) ? disc(state[at], state[at + 1], halfWidth) : box);
      }
      case RACK -> rack(box);
      case BOX -> crate(box, BOX, TAPE);
      case LOW -> {
        canvas.setColor(LOW);
        canvas.fill(box);
        canvas.setColor(LOW_EDGE);
        stroke(0.05);
        canvas.draw(box);
      }
    }
  }

  /** A rack with a line every meter or so along its longer side. */
  private void rack(Rectangle2D box) {
    canvas.setColor(RACK);
    canvas.fill(box);
    canvas.setColor(SHELF);
    stroke(0.05);
    boolean wide = box.getWidth() > box.getHeight();
    double length = Math.max(box.getWidth(), box.getHeight());
    long bays = Math.max(1, Math.round(length));
    for (int bay = 1; bay < bays; bay++) {
      double along = bay * length / bays;
      double x = box.getX() + along;
      double y = box.getY() + along;
      canvas.draw(
          wide
              ? new Line2D.Double(x, box.getMinY() + 0.1, x, box.getMaxY() - 0.1)
              : new Line2D.Double(box.getMinX() + 0.1, y, box.getMaxX() - 0.1, y));
    }
  }

  private void crate(Rectangle2D box, Color wood, Color edge) {
    canvas.setColor(wood);
    canvas.fill(box);
    canvas.setColor(edge);
    stroke(0.05);
    double in = 0.08;
    canvas.draw(
        new Rectangle2D.Double(
            box.getX() + in, box.getY() + in, box.getWidth() - 2 * in, box.getHeight() - 2 * in));
    canvas.draw(
        new Line2D.Double(
            box.getMinX() + in, box.getMinY() + in, box.getMaxX() - in, box.getMaxY() - in));
  }

  /** The straight way, with a joint every meter. */
  private void route() {
    double x = state[RobotState.X];
    double y = state[RobotState.Y];
    double length = RobotState.distance(state);
    canvas.setColor(GOAL);
    stroke(0.05, 0.15f, 0.15f);
    canvas.draw(new Line2D.Double(x, y, state[RobotState.GOAL], state[RobotState.GOAL + 1]));
    for (int joint = 1; joint < Math.min(length, Route.SEGMENTS); joint++) {
      double share = joint / length;
      canvas.fill(
          disc(
              x + share * (state[RobotState.GOAL] - x),
              y + share * (state[RobotState.GOAL + 1] - y),
              0.07));
    }
  }

  private void trail() {
    Path2D way = new Path2D.Double();
    way.moveTo(state[RobotState.TRAIL], state[RobotState.TRAIL + 1]);
    for (int mark = 1; mark < RobotState.marks(state, world.horizon()); mark++) {
      way.lineTo(state[RobotState.TRAIL + 2 * mark], state[RobotState.TRAIL + 2 * mark + 1]);
    }
    way.lineTo(state[RobotState.X], state[RobotState.Y]);
    canvas.setColor(RobotDrawing.BODY);
    stroke(0.09);
    canvas.draw(way);
    canvas.setColor(FLOOR);
    canvas.fill(disc(state[RobotState.TRAIL], state[RobotState.TRAIL + 1], 0.14));
    canvas.setColor(RobotDrawing.BODY);
    canvas.draw(disc(state[RobotState.TRAIL], state[RobotState.TRAIL + 1], 0.14));
  }

  /** A star where the robot touches what is nearest. */
  private void bump() {
    double nearest = Double.POSITIVE_INFINITY;
    double x = 0;
    double y = 0;
    for (int i = 0; i < world.robot().discs(); i++) {
      double ahead = world.robot().disc(i);
      double discX = state[RobotState.X] + ahead * Math.cos(state[RobotState.HEADING]);
      double discY = state[RobotState.Y] + ahead * Math.sin(state[RobotState.HEADING]);
      for (int j = 0; j < Obstacles.count(state); j++) {
        int at = Obstacles.at(j);
        double distance = Obstacles.distance(state, at, discX, discY);
        if (distance < nearest) {
          nearest = distance;
          x = clamped(discX, state[at], Obstacles.halfWidth(state, at));
          y = clamped(discY, state[at + 1], Obstacles.halfDepth(state, at));
        }
      }
    }
    star(x, y, 0.45);
  }

  private static double clamped(double value, double middle, double half) {
    return Math.max(middle - half, Math.min(middle + half, value));
  }

  /** A star of eight rays. */
  private void star(double x, double y, double size) {
    Path2D star = new Path2D.Double();
    star.moveTo(x + size, y);
    for (int i = 1; i < 16; i++) {
      double radius = i % 2 == 0 ? size : 0.55 * size;
      star.lineTo(x + radius * Math.cos(i * Math.PI / 8), y + radius * Math.sin(i * Math.PI / 8));
    }
    star.closePath();
    canvas.setColor(BUMP);
    canvas.fill(star);
    canvas.setColor(Color.WHITE);
    stroke(0.04);
    canvas.draw(star);
  }

  static Ellipse2D disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
