package dev.retort.teach;

/**
 * Generalized advantage estimation.
 *
 * <pre>
 * δ_t = r_t + γ (1 − terminated) V(s_{t+1}) − V(s_t)
 * Â_t = δ_t + γ λ (1 − ended) Â_{t+1}
 * </pre>
 *
 * <p>A truncated episode bootstraps from the value of its true final observation, a terminated one
 * from nothing, and neither lets the next episode's advantages in. The last step of a rollout
 * bootstraps like a truncated one.
 *
 * <p>John Schulman, Philipp Moritz, Sergey Levine, Michael Jordan, Pieter Abbeel, "High-dimensional
 * continuous control using generalized advantage estimation", 2015, arXiv 1506.02438.
 */
final class Advantages {
  private Advantages() {}

  /**
   * Estimates the advantages of rollouts of one length. Every array is {@code (rollouts, steps)}.
   *
   * @param value V of what was acted on
   * @param nextValue V of the true next observation; read only where an episode was truncated and
   *     at the last step
   * @param terminated whether the step ended its task
   * @param ended whether it ended its episode, by termination or truncation
   * @param advantage receives the estimates
   */
  static void estimate(
      int rollouts,
      int steps,
      float[] reward,
      float[] value,
      float[] nextValue,
      boolean[] terminated,
      boolean[] ended,
      double gamma,
      double lambda,
      float[] advantage) {
    for (int rollout = 0; rollout < rollouts; rollout++) {
      double next = 0;
      for (int t = steps - 1; t >= 0; t--) {
        int at = rollout * steps + t;
        double following =
            terminated[at] ? 0 : ended[at] || t == steps - 1 ? nextValue[at] : value[at + 1];
        double delta = reward[at] + gamma * following - value[at];
        next = delta + (ended[at] ? 0 : gamma * lambda * next);
        advantage[at] = (float) next;
      }
    }
  }
}
