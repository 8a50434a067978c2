package dev.retort.env.world;

import dev.retort.RetortException;
import java.util.Arrays;

/**
 * What a body looks like to others: a convex polygon of corners in its own frame, counter-clockwise
 * about its center of mass, rounded by a radius. A disc has one corner and a capsule two.
 */
public final class Outline {
  final double[] x;
  final double[] y;
  final double radius;
  private final double inertia;
  private final String text;

  private Outline(double[] x, double[] y, double radius, double inertia, String text) {
    this.x = x;
    this.y = y;
    this.radius = radius;
    this.inertia = inertia;
    this.text = text;
  }

  /** A box of these sides in meters. */
  public static Outline box(double width, double height) {
    positive("box", "width", width);
    positive("box", "height", height);
    double w = width / 2;
    double h = height / 2;
    return new Outline(
        new double[] {-w, w, w, -w},
        new double[] {-h, -h, h, h},
        0,
        (width * width + height * height) / 12,
        "box %s × %s m".formatted(width, height));
  }

  /** A disc of this radius in meters. */
  public static Outline disc(double radius) {
    positive("disc", "radius", radius);
    return new Outline(
        new double[1],
        new double[1],
        radius,
        radius * radius / 2,
        "disc of radius %s m".formatted(radius));
  }

  /**
   * A rod with round ends along the x axis.
   *
   * @param length between the centers of its ends, in meters
   * @param radius of its ends and half its thickness, in meters
   */
  public static Outline capsule(double length, double radius) {
    positive("capsule", "length", length);
    positive("capsule", "radius", radius);
    double half = length / 2;
    double bar = 2 * length * radius;
    double ends = Math.PI * radius * radius;
    double toEnd = half + 4 * radius / (3 * Math.PI); // center of mass of a half disc
    double ofEnds = radius * radius / 2 - square(4 * radius / (3 * Math.PI)) + toEnd * toEnd;
    double ofBar = (length * length + 4 * radius * radius) / 12;
    return new Outline(
        new double[] {-half, half},
        new double[2],
        radius,
        (bar * ofBar + ends * ofEnds) / (bar + ends),
        "capsule %s m long, of radius %s m".formatted(length, radius));
  }

  private static double square(double value) {
    return value * value;
  }

  private static void positive(String shape, String what, double value) {
    if (!(Double.isFinite(value) && value > 0)) {
      throw new RetortException(
          "%s: expected a finite positive %s in meters, got %s.".formatted(shape, what, value));
    }
  }

  /** Moment of inertia about the center of mass for each kilogram of evenly spread mass, in m². */
  public double inertia() {
    return inertia;
  }

  int corners() {
    return x.length;
  }

  /** How far the outline reaches from its center. */
  double reach() {
    double most = 0;
    for (int i = 0; i < x.length; i++) {
      most = Math.max(most, Math.hypot(x[i], y[i]));
    }
    return most + radius;
  }

  /** How far a point, as the body sees it, lies outside; below 0 inside. */
  double beyond(double pointX, double pointY) {
    double most = Double.NEGATIVE_INFINITY;
    double square = Double.POSITIVE_INFINITY;
    for (int i = 0; i < x.length; i++) {
      int next = i + 1 == x.length ? 0 : i + 1;
      double sideX = x[next] - x[i];
      double sideY = y[next] - y[i];
      double toX = pointX - x[i];
      double toY = pointY - y[i];
      double length = sideX * sideX + sideY * sideY;
      double share =
          length > 0 ? Math.max(0, Math.min(1, (toX * sideX + toY * sideY) / length)) : 0;
      square = Math.min(square, square(toX - share * sideX) + square(toY - share * sideY));
      if (length > 0) {
        most = Math.max(most, (toX * sideY - toY * sideX) / Math.sqrt(length));
      }
    }
    return (x.length > 2 && most <= 0 ? most : Math.sqrt(square)) - radius;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Outline same
        && Arrays.equals(x, same.x)
        && Arrays.equals(y, same.y)
        && radius == same.radius;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(x) + Arrays.hashCode(y)) + Double.hashCode(radius);
  }

  @Override
  public String toString() {
    return text;
  }
}
