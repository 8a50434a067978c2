package dev.retort.env.world;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.function.LongToDoubleFunction;

/**
 * The ground: a line through knots of equal spacing, from which bodies are held off above. It has
 * no end to either side.
 */
public interface Terrain {
  /** Meters between knots. */
  double spacing();

  /**
   * Height of a knot in meters.
   *
   * @param index which; knot 0 is at x = 0
   */
  double knot(long index);

  /** Coulomb coefficient; with a body, the root of their product counts. */
  default double friction() {
    return 1;
  }

  /** Height at a place, in meters. */
  default double height(double x) {
    double at = x / spacing();
    long left = (long) Math.floor(at);
    double share = at - left;
    return (1 - share) * knot(left) + share * knot(left + 1);
  }

  /** A plane at height 0. */
  static Terrain flat() {
    return slope(0);
  }

  /** A plane through the origin that rises to the right by an angle in rad. */
  static Terrain slope(double angle) {
    if (!(Math.abs(angle) < Math.PI / 2)) {
      throw new RetortException(
          "slope: expected an angle below a right one, got %s rad.".formatted(angle));
    }
    double rise = Math.tan(angle);
    return of(1, index -> rise * index);
  }

  /**
   * Bumps: knots of random height, and a flat strip about the origin to begin on.
   *
   * @param seed which bumps
   * @param spacing meters between knots
   * @param height of the highest, in meters
   * @param flat meters to either side of the origin that are at height 0
   */
  static Terrain bumps(long seed, double spacing, double height, double flat) {
    return of(
        spacing,
        index ->
            Math.abs(index * spacing) <= flat
                ? 0
                : height * RandomStream.of(seed, "terrain", index).nextDouble());
  }

  /** Knots by a function of their index. */
  static Terrain of(double spacing, LongToDoubleFunction knots) {
    if (!(Double.isFinite(spacing) && spacing > 0)) {
      throw new RetortException(
          "terrain: expected a finite positive spacing in meters, got %s.".formatted(spacing));
    }
    return new Knots(spacing, knots, 1);
  }

  /** The same with another coefficient of friction. */
  default Terrain friction(double coefficient) {
    if (!(Double.isFinite(coefficient) && coefficient >= 0)) {
      throw new RetortException(
          "terrain: expected a finite friction of at least 0, got %s.".formatted(coefficient));
    }
    return new Knots(spacing(), this::knot, coefficient);
  }
}
