package dev.retort.env.world;

/**
 * Where two outlines touch: the axis along which they are farthest apart, or overlap least, and at
 * most two points on it. Working memory of one search.
 *
 * <p>Axes are the normals of all sides of both, and the line between their nearest corners where
 * both are rounded there. On a side's axis the other's side that faces it is cut to its length.
 */
final class Meeting {
  private static final int MOST = 4;
  private static final double PREFER = 1e-4;

  private final double[][] x = new double[2][MOST];
  private final double[][] y = new double[2][MOST];

  /** Finds what two bodies touch with and hands it on. */
  void of(
      Motion motion, Mechanism all, int one, int other, double near, int slot, Contacts.Sink sink) {
    Outline[] outline = {all.body[one].outline(), all.body[other].outline()};
    int[] body = {one, other};
    for (int k = 0; k < 2; k++) {
      place(motion, body[k], outline[k], k);
    }
    double friction = Math.sqrt(all.body[one].friction() * all.body[other].friction());
    double radius = outline[0].radius + outline[1].radius;
    double best = Double.NEGATIVE_INFINITY;
    int owner = 0;
    int side = -1;
    for (int k = 0; k < 2; k++) {
      int sides = outline[k].corners() == 1 ? 0 : outline[k].corners();
      for (int i = 0; i < sides; i++) {
        double gap = apart(k, i, outline[k].corners(), outline[1 - k].corners());
        if (gap > best + PREFER) {
          best = gap;
          owner = k;
          side = i;
        }
      }
    }
    if (best - radius >= near) {
      return;
    }
    if (best > 0 || side < 0) {
      if (corners(outline, body, best, radius, near, slot, friction, sink)) {
        return;
      }
    }
    sides(outline, body, owner, side, radius, near, slot, friction, sink);
  }

  private void place(Motion motion, int body, Outline outline, int k) {
    for (int i = 0; i < outline.corners(); i++) {
      x[k][i] = motion.x[body] + motion.cos[body] * outline.x[i] - motion.sin[body] * outline.y[i];
      y[k][i] = motion.y[body] + motion.sin[body] * outline.x[i] + motion.cos[body] * outline.y[i];
    }
  }

  private int next(int i, int corners) {
    return i + 1 == corners ? 0 : i + 1;
  }

  /** How far the other is beyond a side. */
  private double apart(int k, int i, int corners, int others) {
    int end = next(i, corners);
    double sideX = x[k][end] - x[k][i];
    double sideY = y[k][end] - y[k][i];
    double length = Math.sqrt(sideX * sideX + sideY * sideY);
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < others; j++) {
      double out = ((x[1 - k][j] - x[k][i]) * sideY - (y[1 - k][j] - y[k][i]) * sideX) / length;
      least = Math.min(least, out);
    }
    return least;
  }

  /** A contact of two corners, where these are nearer than any side is. */
  private boolean corners(
      Outline[] outline,
      int[] body,
      double best,
      double radius,
      double near,
      int slot,
      double friction,
      Contacts.Sink sink) {
    double least = Double.POSITIVE_INFINITY;
    int own = 0;
    int others = 0;
    for (int i = 0; i < outline[0].corners(); i++) {
      for (int j = 0; j < outline[1].corners(); j++) {
        double square =
            (x[1][j] - x[0][i]) * (x[1][j] - x[0][i]) + (y[1][j] - y[0][i]) * (y[1][j] - y[0][i]);
        if (square < least) {
          least = square;
          own = i;
          others = j;
        }
      }
    }
    double distance = Math.sqrt(least);
    boolean single = outline[0].corners() == 1 && outline[1].corners() == 1;
    if (!single
        && (distance <= best + PREFER
            || insideOfSide(0, outline[0], others)
            || insideOfSide(1, outline[1], own))) {
      return false;
    }
    if (distance - radius >= near) {
      return true;
    }
    double normalX = distance > 0 ? (x[1][others] - x[0][own]) / distance : 0;
    double normalY = distance > 0 ? (y[1][others] - y[0][own]) / distance : 1;
    double middle = outline[0].radius + (distance - radius) / 2;
    sink.contact(
        slot,
        1 + own * MOST + others,
        body[0],
        body[1],
        x[0][own] + middle * normalX,
        y[0][own] + middle * normalY,
        normalX,
        normalY,
        distance - radius,
        friction);
    return true;
  }

  /** Whether a corner of the other outline lies above one of the sides, between its ends. */
  private boolean insideOfSide(int k, Outline outline, int corner) {
    if (outline.corners() == 1) {
      return false;
    }
    for (int i = 0; i < outline.corners(); i++) {
      int end = next(i, outline.corners());
      double sideX = x[k][end] - x[k][i];
      double sideY = y[k][end] - y[k][i];
      double toX = x[1 - k][corner] - x[k][i];
      double toY = y[1 - k][corner] - y[k][i];
      double along = toX * sideX + toY * sideY;
      boolean outside = toX * sideY - toY * sideX >= 0;
      if (outside && along > 0 && along < sideX * sideX + sideY * sideY) {
        return true;
      }
    }
    return false;
  }

  /** Contacts of a side with what faces it, cut to its length. */
  private void sides(
      Outline[] outline,
      int[] body,
      int k,
      int side,
      double radius,
      double near,
      int slot,
      double friction,
      Contacts.Sink sink) {
    int corners = outline[k].corners();
    int end = next(side, corners);
    double length = Math.hypot(x[k][end] - x[k][side], y[k][end] - y[k][side]);
    double alongX = (x[k][end] - x[k][side]) / length;
    double alongY = (y[k][end] - y[k][side]) / length;
    double outX = alongY;
    double outY = -alongX;
    int others = outline[1 - k].corners();
    int facing = facing(1 - k, others, outX, outY);
    int until = others == 1 ? facing : next(facing, others);
    double fromAlong = along(k, side, alongX, alongY, facing);
    double toAlong = along(k, side, alongX, alongY, until);
    double fromOut = along(k, side, outX, outY, facing);
    double toOut = along(k, side, outX, outY, until);
    double sign = k == 0 ? 1 : -1;
    for (int point = 0; point < (others == 1 ? 1 : 2); point++) {
      double a = point == 0 ? fromAlong : toAlong;
      double out = point == 0 ? fromOut : toOut;
      double cut = others == 1 ? a : Math.max(0, Math.min(length, a));
      if (cut != a) {
        double share = (cut - fromAlong) / (toAlong - fromAlong);
        if (share < 0 || share > 1) {
          continue;
        }
        out = fromOut + share * (toOut - fromOut);
      }
      double gap = out - radius;
      if (gap < near) {
        double middle = outline[k].radius + gap / 2;
        sink.contact(
            slot + point,
            64 + k * 512 + side * 64 + facing * 8 + point,
            body[0],
            body[1],
            x[k][side] + cut * alongX + middle * outX,
            y[k][side] + cut * alongY + middle * outY,
            sign * outX,
            sign * outY,
            gap,
            friction);
      }
    }
  }

  private double along(int k, int side, double directionX, double directionY, int corner) {
    return (x[1 - k][corner] - x[k][side]) * directionX
        + (y[1 - k][corner] - y[k][side]) * directionY;
  }

  /** Where the side begins that faces a direction most. */
  private int facing(int k, int corners, double outX, double outY) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < corners && corners > 1; i++) {
      int end = next(i, corners);
      double sideX = x[k][end] - x[k][i];
      double sideY = y[k][end] - y[k][i];
      double against = (sideY * outX - sideX * outY) / Math.sqrt(sideX * sideX + sideY * sideY);
      if (against < least) {
        least = against;
        best = i;
      }
    }
    return best;
  }
}
