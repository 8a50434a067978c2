package dev.retort.table;

import dev.retort.RetortException;
import dev.retort.store.Tensors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Tile coding: several layers of equal bins, each shifted a little against the others, so that
 * neighbors share some of their cells.
 *
 * <p>Layer {@code k} of {@code n} is shifted by {@code k (2i + 1) / n} of a bin along number {@code
 * i} of an observation, modulo one bin: odd displacements, which spread better than equal ones.
 *
 * <p>Richard S. Sutton, Andrew G. Barto, "Reinforcement learning: an introduction", 2nd edition,
 * 2018, section 9.5.4.
 *
 * @param bins the layer that is not shifted
 * @param tilings how many layers
 */
public record Tiles(Bins bins, int tilings) implements Discretization {
  private static final int MOST_LAYERS = 1024;

  /** Refuses no layers, and more than anybody could look up. */
  public Tiles {
    if (tilings < 1) {
      throw new RetortException("tiles: expected at least 1 layer, got " + tilings + ".");
    }
    if (tilings > MOST_LAYERS) {
      throw new RetortException(
          "tiles: expected at most %s layers, got %s.".formatted(MOST_LAYERS, tilings));
    }
  }

  @Override
  public int numbers() {
    return bins.numbers();
  }

  /** The number of the layer comes first. */
  @Override
  public int width() {
    return 1 + bins.width();
  }

  @Override
  public int layers() {
    return tilings;
  }

  /** Shifted layers have a bin more along every number. */
  @Override
  public long count() {
    long shifted = Discretization.product(bins.counts().stream().mapToLong(n -> n + 1L));
    long others = Discretization.product(LongStream.of(tilings - 1L, shifted));
    return others > Long.MAX_VALUE - bins.count() ? Long.MAX_VALUE : bins.count() + others;
  }

  @Override
  public boolean has(float[] cell) {
    return Discretization.isBelow(cell[0], tilings)
        && IntStream.range(0, numbers())
            .allMatch(i -> Discretization.isBelow(cell[1 + i], bins.counts().get(i) + 1L));
  }

  private double shift(int layer, int number) {
    return (double) layer * (2 * number + 1) / tilings % 1;
  }

  @Override
  public float[] cell(float[] observation, int at, int layer) {
    float[] cell = new float[width()];
    cell[0] = layer;
    for (int i = 0; i < numbers(); i++) {
      cell[1 + i] = bins.bin(i, observation[at + i], shift(layer, i));
    }
    return cell;
  }

  @Override
  public void middle(float[] cell, float[] observation) {
    for (int i = 0; i < numbers(); i++) {
      observation[i] = bins.middle(i, cell[1 + i] - shift((int) cell[0], i));
    }
  }

  @Override
  public String summary() {
    return "%s layers of %s".formatted(tilings, bins.summary());
  }

  @Override
  public Tensors save() {
    return bins.save().put("tilings", new int[] {tilings});
  }

  static Tiles of(Tensors saved) {
    int[] tilings = saved.ints("tilings");
    if (tilings.length != 1) {
      throw new RetortException(
          "tiles: expected one number of layers, got " + tilings.length + ".");
    }
    return new Tiles(Bins.of(saved), tilings[0]);
  }
}
