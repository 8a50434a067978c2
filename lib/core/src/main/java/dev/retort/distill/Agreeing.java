package dev.retort.distill;

import dev.retort.loss.Distance;
import dev.retort.random.RandomStream;
import dev.retort.space.Selection;
import dev.retort.space.Symmetry;
import java.util.Arrays;

/** The arithmetic of a {@link Consistency} for the rows of one dataset. */
final class Agreeing {
  private final double factor;
  private final Symmetry group;
  private final Distance distance;
  private final Selection sees;
  private final int n;
  private final float[] whole;
  private final float[] expected;
  private final float[] given;
  private final float[] prepared;
  private final float[] gradient;

  /**
   * Prepares the arithmetic.
   *
   * @param n numbers of the first output
   */
  Agreeing(Consistency term, Distance distance, Selection sees, int n) {
    this.factor = term.factor();
    this.group = term.group();
    this.distance = distance;
    this.sees = sees;
    this.n = n;
    this.whole = new float[sees.whole().size()];
    this.expected = new float[n];
    this.given = new float[n];
    this.prepared = new float[distance.prepared(n)];
    this.gradient = new float[n];
  }

  /** Draws an element other than the identity. */
  int draw(RandomStream random) {
    return 1 + random.nextInt(group.order() - 1);
  }

  /** What is seen of a transformed observation, into {@code seen[at ..)}. */
  void look(int element, float[] observations, int from, float[] seen, int at) {
    group.transform(element, observations, from, whole, 0, whole.length);
    sees.take(whole, 0, seen, at);
  }

  /**
   * The term of one row, and its gradient times a weight.
   *
   * @param z all outputs: those of the row from {@code at}, of the transformed one from {@code
   *     turned}
   * @param own receives the gradient by the first output of the row, {@code (n)}
   * @param dz receives the other one, in {@code dz[turned .. turned + n)}
   */
  double at(int element, float[] z, int at, int turned, double weight, float[] own, float[] dz) {
    for (int k = 0; k < n; k++) {
      expected[k] = group.sign(element, k) * z[at + group.place(element, k)];
      given[k] = z[turned + k];
    }
    distance.prepareRow(expected, 0, n, prepared, 0);
    double loss = distance.at(given, 0, prepared, 0, n, gradient);
    for (int k = 0; k < n; k++) {
      dz[turned + k] = (float) (factor * weight * gradient[k]);
    }
    distance.prepareRow(given, 0, n, prepared, 0);
    distance.at(expected, 0, prepared, 0, n, gradient);
    Arrays.fill(own, 0);
    for (int k = 0; k < n; k++) {
      own[group.place(element, k)] +=
          (float) (factor * weight * group.sign(element, k) * gradient[k]);
    }
    return factor * loss;
  }
}
