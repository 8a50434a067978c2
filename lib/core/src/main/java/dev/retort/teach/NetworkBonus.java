package dev.retort.teach;

import dev.retort.env.VectorEnv;
import dev.retort.env.normalize.ObservationNormalizer;
import dev.retort.env.normalize.RewardNormalizer;
import dev.retort.guidance.Companion;
import dev.retort.nn.Activation;
import dev.retort.nn.Descent;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.random.RandomStream;
import dev.retort.run.Resumable;
import java.util.Arrays;
import java.util.List;

/**
 * A reward for coming where it looks new: random network distillation.
 *
 * <pre>
 * x = clip((s' − μ) / σ, ±5)                  e(s') = ‖f̂(x) − f(x)‖²
 * bonus(s') = β e(s') / √Var R                R ← γ_e R + e
 * L = E[ ‖f̂(x) − f(x)‖² ]
 * </pre>
 *
 * <p>where {@code f} is a random network that never changes, and {@code f̂} another one that learns
 * to say the same of what has been seen: where it errs, little has been. Observations are
 * normalized by their running mean and deviation, errors by the running deviation of their
 * discounted sum. Each member has networks and statistics of its own.
 *
 * <p>Yuri Burda, Harrison Edwards, Amos Storkey, Oleg Klimov, "Exploration by random network
 * distillation", 2018, arXiv 1810.12894. Departures are listed in {@code docs/departures.md}.
 */
final class NetworkBonus implements Companion {
  /** Bound of normalized observations. */
  static final double SEEN_LIMIT = 5;

  /** γ_e, by which the sum of errors is discounted whose deviation is their unit. */
  static final double DISCOUNT = 0.99;

  /** Steps of a member between two updates, which are the minibatch. */
  static final int BATCH = 64;

  static final double LEARNING_RATE = 0.001;
  private static final int HIDDEN = 64;
  private static final int EMBEDDING = 32;

  private final Resumable state = new Resumable();
  private final double weight;
  private final int members;
  private final int copies;
  private final int obsSize;
  private final Network target;
  private final Network predictor;
  private final Descent descent;
  private final ObservationNormalizer observations;
  private final RewardNormalizer errors;
  private final float[] batch;
  private long taken;

  /**
   * Networks of their own streams, before anything is seen.
   *
   * @param weight β
   * @param seeds one a member
   * @param copies of the environment that each member acts in
   */
  NetworkBonus(double weight, List<Long> seeds, int copies, int obsSize) {
    this.weight = weight;
    this.members = seeds.size();
    this.copies = copies;
    this.obsSize = obsSize;
    this.target = network("random target", seeds, HIDDEN);
    this.predictor = network("predictor", seeds, HIDDEN, HIDDEN);
    this.descent = new Descent(predictor, 1e-8, Double.POSITIVE_INFINITY);
    this.observations = new ObservationNormalizer(members, obsSize, SEEN_LIMIT);
    this.errors = new RewardNormalizer(members, copies, DISCOUNT, Normalizers.LIMIT);
    this.batch = new float[members * BATCH * obsSize];
    descent.join(state, "predictor", "predictorAdam");
    state
        .part("observations", observations::save, observations::restore)
        .part("errors", errors::save, errors::restore)
        .floats("batch", () -> batch, saved -> System.arraycopy(saved, 0, batch, 0, batch.length))
        .longs("taken", () -> new long[] {taken}, saved -> taken = saved[0]);
  }

  private Network network(String purpose, List<Long> seeds, int... hidden) {
    return Network.of(
        Mlp.of(hidden).activation(Activation.RELU),
        List.of(obsSize),
        List.of(new Output("embedding", EMBEDDING, Math.sqrt(2))),
        Trunk.SHARED,
        Initialization.ORTHOGONAL,
        seeds.stream().mapToLong(seed -> RandomStream.of(seed, purpose).nextLong()).toArray());
  }

  @Override
  public Resumable state() {
    return state;
  }

  @Override
  public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
    float[] seen = new float[members * copies * obsSize];
    float[] bonus = new float[members * copies];
    // x = clip((s' − μ) / σ, ±5)
    observations.update(envs.nextObservations());
    observations.apply(envs.nextObservations(), seen);
    // β e(s') / √Var R
    errors(seen, copies, bonus);
    errors.apply(bonus, envs.terminated(), envs.truncated(), bonus);
    for (int row = 0; row < rewards.length; row++) {
      rewards[row] += (float) (weight * bonus[row]);
    }
    remember(seen);
  }

  /**
   * Errors {@code ‖f̂(x) − f(x)‖²} of the predictor.
   *
   * @param x normalized observations, {@code (members, rows, obsSize)}
   * @param rows of each member
   * @param squares receives them, {@code (members, rows)}
   */
  void errors(float[] x, int rows, float[] squares) {
    float[] said = said(predictor, x, rows);
    float[] goal = said(target, x, rows);
    Arrays.fill(squares, 0);
    for (int i = 0; i < said.length; i++) {
      float error = said[i] - goal[i];
      squares[i / EMBEDDING] += error * error;
    }
  }

  private float[] said(Network network, float[] x, int rows) {
    float[] said = new float[members * rows * EMBEDDING];
    network.predict(x, rows, Rows.PER_MEMBER, said);
    return said;
  }

  /** Puts what was seen into the minibatch, from which is learned when it is full. */
  private void remember(float[] seen) {
    for (int copy = 0; copy < copies; copy++) {
      int place = (int) (taken % BATCH);
      for (int member = 0; member < members; member++) {
        int from = (member * copies + copy) * obsSize;
        System.arraycopy(seen, from, batch, (member * BATCH + place) * obsSize, obsSize);
      }
      taken++;
      if (taken % BATCH == 0) {
        descent.step(slope(batch, BATCH), LEARNING_RATE, taken);
      }
    }
  }

  /**
   * The gradient {@code 2 (f̂(x) − f(x)) / rows} of {@code L = E[ ‖f̂(x) − f(x)‖² ]} with respect
   * to what the predictor says, to go back from.
   *
   * @param x normalized observations, {@code (members, rows, obsSize)}
   */
  float[] slope(float[] x, int rows) {
    float[] slope = new float[members * rows * EMBEDDING];
    predictor.forward(x, rows, Rows.PER_MEMBER, slope);
    float[] goal = said(target, x, rows);
    for (int i = 0; i < slope.length; i++) {
      slope[i] = 2 * (slope[i] - goal[i]) / rows;
    }
    return slope;
  }

  /** Network that never changes. */
  Network target() {
    return target;
  }

  /** Network that learns to say the same. */
  Network predictor() {
    return predictor;
  }

  @Override
  public void close() {
    target.close();
    predictor.close();
  }
}
