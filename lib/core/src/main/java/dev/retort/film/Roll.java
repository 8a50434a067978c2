package dev.retort.film;

import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.policy.Actor;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plays a policy, and keeps what there is to draw. */
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

  /** Stands between the parts of a caption. */
  static final String BETWEEN = "   ";

  private Roll() {}

  static List<Shot> of(Env env, Policy policy, Take take) {
    Fit.require("film", "a policy", policy, env, "Film it in its own environment.");
    int steps = take.steps();
    boolean draws = take.isStochastic() || policy.isAlwaysDrawn();
    List<Shot> shots = new ArrayList<>();
    VectorEnv envs = new VectorEnv(env, 1, copy -> RandomStream.of(take.seed(), "film"));
    RandomStream[] drawing = {RandomStream.of(take.seed(), "film actions")};
    float[] action = new float[env.actions().size()];
    int taken = 0;
    envs.reset();
    try (Actor actor = policy.actor(envs)) {
      for (int episode = 0; taken < steps; episode++) {
        shots.add(new Shot(envs.state(0).clone(), caption(episode, 0, 0, ""), false));
        for (int t = 1; taken < steps; t++) {
          Film.check();
          if (draws) {
            actor.sample(envs.observations(), drawing, action);
          } else {
            actor.greedy(envs.observations(), action);
          }
          envs.step(action);
          taken++;
          boolean over = envs.ended(0);
          String end = envs.terminated()[0] ? "terminated" : over ? "truncated" : "";
          double[] state = over ? envs.finalState(0) : envs.state(0);
          String caption =
              caption(episode, t, over ? envs.episodeReturn(0) : envs.returnSoFar(0), end);
          shots.add(new Shot(state.clone(), caption, over || taken == steps));
          if (over) {
            break;
          }
        }
      }
    }
    return shots;
  }

  private static String caption(int episode, int step, double sum, String end) {
    String format = sum == Math.rint(sum) ? "%.0f" : "%.2f";
    return String.join(
            BETWEEN,
            "episode " + episode,
            "step " + step,
            "return " + String.format(Locale.ROOT, format, sum),
            end)
        .strip();
  }
}
