package dev.retort.teach;

import dev.retort.random.RandomStream;
import dev.retort.store.Tensors;
import java.util.Arrays;

/**
 * How often each transition of a memory is drawn, {@code P(i) = p_i^α / Σ_k p_k^α}, with {@code
 * p_i} the last absolute error of its value; a new one has the largest so far, so that it is seen
 * soon. A sum tree for each member finds a place in logarithmic time.
 *
 * <p>Tom Schaul, John Quan, Ioannis Antonoglou, David Silver, "Prioritized experience replay",
 * 2015, arXiv 1511.05952, the proportional variant.
 */
final class Priorities {
  static final double LEAST = 1e-6;

  private final int leaves;
  private final double alpha;
  private final double[][] tree;
  private final double[] largest;

  Priorities(int members, int capacity, double alpha) {
    this.leaves = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
    this.alpha = alpha;
    this.tree = new double[members][2 * leaves];
    this.largest = new double[members];
    Arrays.fill(largest, 1);
  }

  /** A new transition at a place. */
  void welcome(int member, int place) {
    put(member, place, largest[member]);
  }

  /** The absolute error of the value at a place. */
  void set(int member, int place, double error) {
    double priority = Math.pow(error + LEAST, alpha);
    largest[member] = Math.max(largest[member], priority);
    put(member, place, priority);
  }

  private void put(int member, int place, double priority) {
    double[] sums = tree[member];
    int at = leaves + place;
    sums[at] = priority;
    for (at /= 2; at > 0; at /= 2) {
      sums[at] = sums[2 * at] + sums[2 * at + 1];
    }
  }

  /**
   * Draws places, one from each of {@code batch} equal parts of the sum, and their weights {@code
   * (size · P(i))^−β}, divided by the largest of the minibatch.
   */
  void sample(
      RandomStream random, int member, int size, int batch, double beta, Replay.Sample into) {
    double[] sums = tree[member];
    double most = 0;
    for (int i = 0; i < batch; i++) {
      int row = member * batch + i;
      int at = find(sums, sums[1] * (i + random.nextDouble()) / batch);
      into.places[row] = Math.min(at, size - 1);
      double probability = sums[leaves + into.places[row]] / sums[1];
      into.weights[row] = (float) Math.pow(size * probability, -beta);
      most = Math.max(most, into.weights[row]);
    }
    for (int i = 0; i < batch; i++) {
      into.weights[member * batch + i] /= (float) most;
    }
  }

  private int find(double[] sums, double part) {
    double left = part;
    int at = 1;
    while (at < leaves) {
      at *= 2;
      if (left >= sums[at] && sums[at + 1] > 0) {
        left -= sums[at];
        at++;
      }
    }
    return at - leaves;
  }

  Tensors save() {
    double[] all = new double[tree.length * leaves];
    for (int member = 0; member < tree.length; member++) {
      System.arraycopy(tree[member], leaves, all, member * leaves, leaves);
    }
    return new Tensors().put("leaves", all).put("largest", largest.clone());
  }

  void restore(Tensors saved) {
    double[] all = saved.doubles("leaves");
    for (int member = 0; member < tree.length; member++) {
      double[] sums = tree[member];
      System.arraycopy(all, member * leaves, sums, leaves, leaves);
      for (int at = leaves - 1; at > 0; at--) {
        sums[at] = sums[2 * at] + sums[2 * at + 1];
      }
    }
    System.arraycopy(saved.doubles("largest"), 0, largest, 0, largest.length);
  }
}
