package dev.retort.env.world;

import dev.retort.env.control.Angle;

/** What is seen of placed bodies and terrain: how far a ray goes, and which pixel shows what. */
final class Sightings {
  private final Mechanism of;

  Sightings(Mechanism of) {
    this.of = of;
  }

  /**
   * How far a ray goes until it meets something, at most {@code reach}.
   *
   * @param except a body that is looked through, {@link Mechanism#NONE} for none
   */
  double distance(
      Motion motion, Terrain terrain, double x, double y, double angle, double reach, int except) {
    double alongX = Angle.cos(angle);
    double alongY = Angle.sin(angle);
    double least = toTerrain(terrain, x, y, alongX, alongY, reach);
    for (int body = 0; body < of.bodies; body++) {
      if (body != except) {
        double toX = motion.x[body] - x;
        double toY = motion.y[body] - y;
        double along = toX * alongX + toY * alongY;
        double aside = toY * alongX - toX * alongY;
        double size = of.body[body].outline().reach();
        if (Math.abs(aside) < size && along > -size && along - size < least) {
          least = Math.min(least, toBody(motion, body, x, y, alongX, alongY));
        }
      }
    }
    return least;
  }

  private static double toTerrain(
      Terrain terrain, double x, double y, double alongX, double alongY, double reach) {
    double spacing = terrain.spacing();
    if (y <= terrain.height(x)) {
      return 0;
    }
    long first = (long) Math.floor(x / spacing);
    long last = (long) Math.floor((x + reach * alongX) / spacing);
    int onward = alongX < 0 ? -1 : 1;
    for (long i = first; onward * (last - i) >= 0; i += onward) {
      double left = terrain.knot(i);
      double rise = (terrain.knot(i + 1) - left) / spacing;
      double closing = rise * alongX - alongY;
      if (closing > 0) {
        double distance = (y - left - rise * (x - i * spacing)) / closing;
        double at = x + distance * alongX - i * spacing;
        if (distance >= 0 && at >= 0 && at <= spacing) {
          return Math.min(distance, reach);
        }
      }
    }
    return reach;
  }

  /** Distance to an outline; infinite where the ray misses it, 0 from within. */
  private double toBody(Motion motion, int body, double x, double y, double alongX, double alongY) {
    Outline outline = of.body[body].outline();
    double cos = motion.cos[body];
    double sin = motion.sin[body];
    double ownX = cos * (x - motion.x[body]) + sin * (y - motion.y[body]);
    double ownY = -sin * (x - motion.x[body]) + cos * (y - motion.y[body]);
    double goX = cos * alongX + sin * alongY;
    double goY = -sin * alongX + cos * alongY;
    if (outline.beyond(ownX, ownY) <= 0) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < outline.corners(); i++) {
      least = Math.min(least, toDisc(outline, i, ownX, ownY, goX, goY));
      if (outline.corners() > 1) {
        least = Math.min(least, toSide(outline, i, ownX, ownY, goX, goY));
      }
    }
    return least;
  }

  private static double toDisc(
      Outline outline, int corner, double x, double y, double goX, double goY) {
    double toX = outline.x[corner] - x;
    double toY = outline.y[corner] - y;
    double along = toX * goX + toY * goY;
    double square = outline.radius * outline.radius - (toX * toX + toY * toY - along * along);
    return along < 0 || square < 0 ? Double.POSITIVE_INFINITY : along - Math.sqrt(square);
  }

  private static double toSide(
      Outline outline, int corner, double x, double y, double goX, double goY) {
    int next = corner + 1 == outline.corners() ? 0 : corner + 1;
    double sideX = outline.x[next] - outline.x[corner];
    double sideY = outline.y[next] - outline.y[corner];
    double length = Math.sqrt(sideX * sideX + sideY * sideY);
    double outX = sideY / length;
    double outY = -sideX / length;
    double closing = -(goX * outX + goY * outY);
    double above = (x - outline.x[corner]) * outX + (y - outline.y[corner]) * outY - outline.radius;
    if (closing <= 0 || above < 0) {
      return Double.POSITIVE_INFINITY;
    }
    double distance = above / closing;
    double at =
        ((x + distance * goX - outline.x[corner]) * sideX
                + (y + distance * goY - outline.y[corner]) * sideY)
            / length;
    return at < 0 || at > length ? Double.POSITIVE_INFINITY : distance;
  }

  /**
   * Paints what is where, in shades from 0 to 1: nothing, terrain, and one for each body.
   *
   * @param left edge of the picture in meters
   * @param top edge of the picture in meters
   * @param pixel side of a pixel in meters
   * @param picture receives the shades, {@code (height, width)}, the upper row first
   */
  void paint(
      Motion motion,
      Terrain terrain,
      double left,
      double top,
      double pixel,
      int width,
      int height,
      float[] picture) {
    for (int column = 0; column < width; column++) {
      double ground = terrain.height(left + (column + 0.5) * pixel);
      for (int row = 0; row < height; row++) {
        picture[row * width + column] =
            top - (row + 0.5) * pixel < ground ? PlanarWorld.TERRAIN_SHADE : 0;
      }
    }
    for (int body = 0; body < of.bodies; body++) {
      Outline outline = of.body[body].outline();
      double size = outline.reach();
      float shade = shade(body);
      int from = clamped((motion.x[body] - size - left) / pixel, width);
      int to = clamped((motion.x[body] + size - left) / pixel + 1, width);
      int upper = clamped((top - motion.y[body] - size) / pixel, height);
      int lower = clamped((top - motion.y[body] + size) / pixel + 1, height);
      for (int row = upper; row < lower; row++) {
        double toY = top - (row + 0.5) * pixel - motion.y[body];
        for (int column = from; column < to; column++) {
          double toX = left + (column + 0.5) * pixel - motion.x[body];
          double ownX = motion.cos[body] * toX + motion.sin[body] * toY;
          double ownY = -motion.sin[body] * toX + motion.cos[body] * toY;
          if (outline.beyond(ownX, ownY) <= 0) {
            picture[row * width + column] = shade;
          }
        }
      }
    }
  }

  private float shade(int body) {
    return PlanarWorld.TERRAIN_SHADE + (1 - PlanarWorld.TERRAIN_SHADE) * (body + 1) / of.bodies;
  }

  private static int clamped(double at, int most) {
    return (int) Math.max(0, Math.min(most, Math.floor(at)));
  }
}
