package dev.retort.film;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plays the greedy policy, and keeps what there is to draw. */
final class Roll {
  /**
   * What one frame shows.
   *
   * @param state the state to draw
   * @param caption what to say about it
   * @param last whether the episode ends here
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Shot(double[] state, String caption, boolean last) {}

  private Roll() {}

  static List<Shot> of(Env env, Policy policy, int steps, long seed) {
    if (policy.observations().size() != env.observations().size()
        || policy.actions().size() != env.actions().size()) {
      throw new RetortException(
          "film: expected a policy for %s (sees %s, does %s), got '%s' (sees %s, does %s). Film it in its own environment."
              .formatted(
                  env.name(),
                  env.observations().summary(),
                  env.actions().summary(),
                  policy.name(),
                  policy.observations().summary(),
                  policy.actions().summary()));
    }
    List<Shot> shots = new ArrayList<>();
    RandomStream random = RandomStream.of(seed, "film");
    double[] state = new double[env.stateSize()];
    float[] observation = new float[env.observations().size()];
    float[] action = new float[env.actions().size()];
    int taken = 0;
    try (Actor actor = policy.actor(1)) {
      for (int episode = 1; taken < steps; episode++) {
        env.reset(state, random);
        shots.add(new Shot(state.clone(), caption(episode, 0, 0, ""), false));
        double sum = 0;
        boolean over = false;
        for (int t = 1; !over && taken < steps; t++) {
          Film.check();
          env.observe(state, observation);
          actor.greedy(observation, action);
          sum += env.step(state, action, random);
          taken++;
          boolean terminated = env.terminated(state);
          over = terminated || t >= env.horizon();
          String end = terminated ? "terminated" : over ? "truncated" : "";
          boolean last = over || taken == steps;
          shots.add(new Shot(state.clone(), caption(episode, t, sum, end), last));
        }
      }
    }
    return shots;
  }

  private static String caption(int episode, int step, double sum, String end) {
    String format = sum == Math.rint(sum) ? "%.0f" : "%.2f";
    return "episode %s   step %s   return %s   %s"
        .formatted(episode, step, String.format(Locale.ROOT, format, sum), end)
        .strip();
  }
}
