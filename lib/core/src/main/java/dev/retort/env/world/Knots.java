package dev.retort.env.world;

import java.util.function.LongToDoubleFunction;

/** Terrain by a function of the index. */
record Knots(double spacing, LongToDoubleFunction heights, double friction) implements Terrain {
  @Override
  public double knot(long index) {
    return heights.applyAsDouble(index);
  }
}
