package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.guidance.Companion;

/**
 * A reward for every step towards the end of the task, which no circle can earn.
 *
 * <pre>
 * r ← r + w (γ Φ(s′) − Φ(s)),   Φ(s′) = 0 where the task has ended
 * </pre>
 *
 * <p>Over an episode that ends, what is added sums up, discounted, to {@code −w Φ(s₀)}, whatever
 * was done: the best policy stays the best. An episode that is only cut off keeps its potential.
 *
 * <p>Andrew Y. Ng, Daishi Harada, Stuart Russell, "Policy invariance under reward transformations:
 * theory and application to reward shaping", 1999.
 */
final class Shaping implements Companion {
  private final double weight;
  private final double gamma;
  private final Env env;
  private final int obsSize;

  /**
   * Shaping for a group.
   *
   * @param weight w
   * @param gamma the learner's γ
   * @param env whose potential it is
   */
  Shaping(double weight, double gamma, Env env) {
    this.weight = weight;
    this.gamma = gamma;
    this.env = env;
    this.obsSize = env.observations().size();
  }

  /** Whether an environment gives a potential of what is seen. */
  static boolean hasPotential(Env env) {
    return !Double.isNaN(env.potential(new float[env.observations().size()], 0));
  }

  @Override
  public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
    for (int row = 0; row < rewards.length; row++) {
      double from = env.potential(before, row * obsSize);
      double to =
          envs.terminated()[row] ? 0 : env.potential(envs.nextObservations(), row * obsSize);
      rewards[row] += (float) (weight * (gamma * to - from));
    }
  }
}
