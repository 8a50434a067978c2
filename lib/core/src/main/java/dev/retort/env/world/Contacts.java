package dev.retort.env.world;

import static dev.retort.env.world.Mechanism.NONE;

import java.util.ArrayList;
import java.util.List;

/**
 * Who may touch whom in a world, and where they do. Every possible contact has a slot of three
 * numbers in the state: which features touched, the impulse that held them apart, and that of
 * friction, with which the next step begins.
 *
 * <p>A body meets the terrain with its corners, each a disc of its radius, and with the one knot
 * between two corners that it lies deepest on. Two bodies meet with at most two points, see {@link
 * Meeting}.
 */
final class Contacts {
  static final int SLOT = 3;

  /** Receives what touches, or is about to. */
  interface Sink {
    /**
     * Takes a contact.
     *
     * @param slot which of the possible ones
     * @param key which features; an impulse of others is not begun with
     * @param from the body that is held off, {@link Mechanism#NONE} of the terrain
     * @param body the other one
     * @param normalX unit vector from {@code from} to {@code body}
     * @param gap meters between them, below 0 where they overlap
     * @param friction of the two
     */
    void contact(
        int slot,
        double key,
        int from,
        int body,
        double x,
        double y,
        double normalX,
        double normalY,
        double gap,
        double friction);
  }

  /** Two bodies that may touch. */
  private record Pair(int one, int other, int slot) {}

  private final Mechanism of;
  private final List<Pair> pairs = new ArrayList<>();
  private final int[] firstSlot;
  private final int slots;

  Contacts(Mechanism of) {
    this.of = of;
    firstSlot = new int[of.bodies + 1];
    int next = 0;
    for (int i = 0; i < of.bodies; i++) {
      firstSlot[i] = next;
      if (of.body[i].touch() != RigidBody.Touch.NOTHING) {
        int corners = of.body[i].outline().corners();
        next += corners + (corners > 1 ? 1 : 0);
      }
    }
    firstSlot[of.bodies] = next;
    for (int i = 0; i < of.bodies; i++) {
      for (int j = i + 1; j < of.bodies; j++) {
        if (of.body[i].touch() == RigidBody.Touch.EVERYTHING
            && of.body[j].touch() == RigidBody.Touch.EVERYTHING
            && !of.coupled(i, j)) {
          pairs.add(new Pair(i, j, next));
          next += 2;
        }
      }
    }
    slots = next;
  }

  int slots() {
    return slots;
  }

  /** The first slot between a body and the terrain; the last is before that of the next body. */
  int first(int body) {
    return firstSlot[body];
  }

  /** How near things must be to count, beside how far they come in a step. */
  private static final double NEAR = 0.005;

  /**
   * Finds all contacts of placed bodies.
   *
   * @param step length of the step in s
   */
  void find(Motion motion, Terrain terrain, Meeting meeting, double step, Sink sink) {
    for (int i = 0; i < of.bodies; i++) {
      if (of.body[i].touch() != RigidBody.Touch.NOTHING) {
        double near = NEAR + step * fastest(motion, i);
        ground(motion, terrain, i, near, sink);
      }
    }
    for (Pair pair : pairs) {
      double near = NEAR + step * (fastest(motion, pair.one) + fastest(motion, pair.other));
      double x = motion.x[pair.other] - motion.x[pair.one];
      double y = motion.y[pair.other] - motion.y[pair.one];
      double reach =
          of.body[pair.one].outline().reach() + of.body[pair.other].outline().reach() + near;
      if (x * x + y * y < reach * reach) {
        meeting.of(motion, of, pair.one, pair.other, near, pair.slot, sink);
      }
    }
  }

  /** The speed of a body's fastest point. */
  private double fastest(Motion motion, int body) {
    return Math.abs(motion.speedX[body])
        + Math.abs(motion.speedY[body])
        + Math.abs(motion.spin[body]) * of.body[body].outline().reach();
  }

  private void ground(Motion motion, Terrain terrain, int body, double near, Sink sink) {
    Outline outline = of.body[body].outline();
    double friction = Math.sqrt(of.body[body].friction() * terrain.friction());
    double sin = motion.sin[body];
    double cos = motion.cos[body];
    double leftmost = Double.POSITIVE_INFINITY;
    double rightmost = Double.NEGATIVE_INFINITY;
    for (int corner = 0; corner < outline.corners(); corner++) {
      double x = motion.x[body] + cos * outline.x[corner] - sin * outline.y[corner];
      double y = motion.y[body] + sin * outline.x[corner] + cos * outline.y[corner];
      leftmost = Math.min(leftmost, x);
      rightmost = Math.max(rightmost, x);
      corner(terrain, body, firstSlot[body] + corner, x, y, outline.radius, near, friction, sink);
    }
    if (outline.corners() > 1) {
      knot(motion, terrain, body, leftmost, rightmost, near, friction, sink);
    }
  }

  /** A disc about a corner against the line of the terrain. */
  private static void corner(
      Terrain terrain,
      int body,
      int slot,
      double x,
      double y,
      double radius,
      double near,
      double friction,
      Sink sink) {
    double spacing = terrain.spacing();
    double reach = radius + near;
    long from = (long) Math.floor((x - reach) / spacing);
    long to = (long) Math.floor((x + reach) / spacing);
    double best = Double.POSITIVE_INFINITY;
    double normalX = 0;
    double normalY = 1;
    for (long i = from; i <= to; i++) {
      double left = terrain.knot(i);
      double rise = terrain.knot(i + 1) - left;
      double length = Math.sqrt(spacing * spacing + rise * rise);
      double alongX = spacing / length;
      double alongY = rise / length;
      double toX = x - i * spacing;
      double toY = y - left;
      double along = toX * alongX + toY * alongY;
      double above = toY * alongX - toX * alongY;
      double beyond = along < 0 ? along : Math.max(0, along - length);
      if (above <= 0 && beyond != 0) {
        continue;
      }
      double distance = above <= 0 ? above : Math.sqrt(above * above + beyond * beyond);
      if (distance < best) {
        best = distance;
        double share = distance > 0 ? beyond / distance : 0;
        double up = distance > 0 ? above / distance : 1;
        normalX = share * alongX - up * alongY;
        normalY = share * alongY + up * alongX;
      }
    }
    double gap = best - radius;
    if (gap < near) {
      sink.contact(
          slot,
          1,
          NONE,
          body,
          x - radius * normalX,
          y - radius * normalY,
          normalX,
          normalY,
          gap,
          friction);
    }
  }

  /** The knot between its corners that a body lies deepest on, against its lower side. */
  private void knot(
      Motion motion,
      Terrain terrain,
      int body,
      double leftmost,
      double rightmost,
      double near,
      double friction,
      Sink sink) {
    double spacing = terrain.spacing();
    Outline outline = of.body[body].outline();
    long from = (long) Math.ceil(leftmost / spacing);
    long to = (long) Math.floor(rightmost / spacing);
    double deepest = near;
    long which = 0;
    double atX = 0;
    double atY = 0;
    double normalX = 0;
    double normalY = 0;
    for (long i = from; i <= to; i++) {
      double y = terrain.knot(i);
      if (2 * y <= terrain.knot(i - 1) + terrain.knot(i + 1)) {
        continue;
      }
      double x = i * spacing;
      double toX = x - motion.x[body];
      double toY = y - motion.y[body];
      double ownX = motion.cos[body] * toX + motion.sin[body] * toY;
      double ownY = -motion.sin[body] * toX + motion.cos[body] * toY;
      for (int corner = 0; corner < outline.corners(); corner++) {
        int next = corner + 1 == outline.corners() ? 0 : corner + 1;
        double sideX = outline.x[next] - outline.x[corner];
        double sideY = outline.y[next] - outline.y[corner];
        double length = Math.sqrt(sideX * sideX + sideY * sideY);
        double outX = sideY / length;
        double outY = -sideX / length;
        double downward = motion.sin[body] * outX + motion.cos[body] * outY;
        double along =
            ((ownX - outline.x[corner]) * sideX + (ownY - outline.y[corner]) * sideY) / length;
        if (downward > -0.3 || along <= 0 || along >= length) {
          continue;
        }
        double gap =
            (ownX - outline.x[corner]) * outX + (ownY - outline.y[corner]) * outY - outline.radius;
        if (gap < deepest && gap > -2 * outline.reach()) {
          deepest = gap;
          which = i;
          atX = x;
          atY = y;
          normalX = -(motion.cos[body] * outX - motion.sin[body] * outY);
          normalY = -downward;
        }
      }
    }
    if (deepest < near) {
      sink.contact(
          firstSlot[body] + outline.corners(),
          (double) (1 + which),
          NONE,
          body,
          atX,
          atY,
          normalX,
          normalY,
          deepest,
          friction);
    }
  }
}
