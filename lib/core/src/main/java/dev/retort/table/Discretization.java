package dev.retort.table;

import dev.retort.RetortException;
import dev.retort.store.Tensors;
import java.util.stream.LongStream;

/**
 * A way to tell observations apart coarsely: all that fall into one cell count as one state.
 *
 * <p>Most ways have a single layer, in which every observation lies in one cell. {@link Tiles} have
 * several that overlap.
 */
public sealed interface Discretization permits Bins, Quantiles, Tiles, Clusters {
  /** How many numbers an observation has. */
  int numbers();

  /** How many whole numbers name a cell. */
  int width();

  /** In how many layers an observation has a cell. */
  default int layers() {
    return 1;
  }

  /** How many cells there are, over all layers. */
  long count();

  /**
   * The cell of {@code observation[at ..]} in a layer.
   *
   * @param layer from 0 to {@code layers() - 1}
   * @return what names the cell, {@code (width)}; cells of different layers differ
   */
  float[] cell(float[] observation, int at, int layer);

  /**
   * Writes an observation from the middle of a cell.
   *
   * @param cell {@code (width)}
   * @param observation receives the middle, {@code (numbers)}
   */
  void middle(float[] cell, float[] observation);

  /** Whether these numbers name a cell, {@code (width)}. */
  boolean has(float[] cell);

  /** In words, such as {@code 40 × 40 bins}. */
  String summary();

  /** All that there is to know. */
  Tensors save();

  /** Whether a number is a whole one from 0 to below {@code count}. */
  static boolean isBelow(float number, long count) {
    return number >= 0 && number < count && number == Math.rint(number);
  }

  /** How many cells these counts make together; {@code Long.MAX_VALUE} where they are more. */
  static long product(LongStream counts) {
    return counts.reduce(
        1, (a, b) -> Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE);
  }

  /** Reads what {@link #save()} gave. */
  static Discretization of(Tensors saved) {
    if (saved.has("counts")) {
      return saved.has("tilings") ? Tiles.of(saved) : Bins.of(saved);
    }
    if (saved.has("edges")) {
      return Quantiles.of(saved);
    }
    if (saved.has("centres")) {
      return Clusters.of(saved);
    }
    throw new RetortException(
        "cells: expected bins, quantiles, tiles or clusters, got arrays named %s."
            .formatted(saved.all().keySet()));
  }
}
