package dev.retort.policy;

import java.util.List;

/** Computes every row by one of several policies whose outputs mean the same. */
abstract class Choosing implements Policy.Recurrent {
  private final List<Subpolicy> all;
  private final int size;
  private final int[] chosen;

  Choosing(Composite whole, int batch) {
    this.all = Subpolicy.of(whole, batch);
    this.size = whole.distribution().size();
    this.chosen = new int[batch];
  }

  /** The number of the policy that computes a row. */
  abstract int choose(float[] observations, float[] memory, int row);

  @Override
  public void apply(float[] observations, float[] memory, int count, float[] outputs) {
    for (int row = 0; row < count; row++) {
      chosen[row] = choose(observations, memory, row);
    }
    for (int i = 0; i < all.size(); i++) {
      int number = i;
      Subpolicy each = all.get(i);
      int own = each.apply(observations, memory, count, row -> chosen[row] == number);
      for (int k = 0; k < own; k++) {
        System.arraycopy(each.outputs(), k * size, outputs, each.row(k) * size, size);
      }
    }
  }

  @Override
  public void close() {
    Subpolicy.close(all);
  }
}
