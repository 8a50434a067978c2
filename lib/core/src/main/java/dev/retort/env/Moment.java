package dev.retort.env;

import dev.retort.random.RandomStream;
import dev.retort.run.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One step as it was, to be taken again when everything else has happened in between.
 *
 * @param step at which step of its episode
 * @param before the state before it
 * @param action what was done
 * @param stream where the stream of random numbers stood
 * @param after the state after it
 * @param reward what it gave
 * @param terminated whether the task was over then
 * @param observation what was seen then
 */
@SuppressWarnings("ArrayRecordComponent") // compared by isSame
record Moment(
    int step,
    double[] before,
    float[] action,
    long stream,
    double[] after,
    double reward,
    boolean terminated,
    float[] observation) {
  /** So many steps each thread takes, and at the least all that there are. */
  private static final int STEPS_AT_ONCE = 4_000;

  /** A step, and what became of it elsewhere. */
  record Pair(Moment expected, Moment got) {}

  /** The same step once more. */
  Moment again(Env env) {
    double[] state = before.clone();
    double gives = env.step(state, action.clone(), RandomStream.at(stream));
    boolean over = env.terminated(after);
    float[] seen = new float[observation.length];
    env.observe(after, seen);
    return new Moment(step, before, action, stream, state, gives, over, seen);
  }

  private boolean isSame(Moment other) {
    return Double.compare(reward, other.reward) == 0
        && Arrays.equals(after, other.after)
        && terminated == other.terminated
        && Arrays.equals(observation, other.observation);
  }

  /**
   * Takes all steps on all cores at once, few of them several times, each thread beginning
   * somewhere else.
   *
   * @return those that turned out otherwise, at most one a core
   */
  static List<Pair> atOnce(List<Moment> moments, Env env) {
    int cores = Parallel.cores();
    Pair[] others = new Pair[cores];
    Parallel.all(
        IntStream.range(0, cores).mapToObj(core -> piece(moments, env, core, others)).toList());
    return Arrays.stream(others).filter(Objects::nonNull).toList();
  }

  private static Runnable piece(List<Moment> moments, Env env, int core, Pair[] others) {
    int first = moments.size() * core / others.length;
    return () -> other(moments, env, first).ifPresent(pair -> others[core] = pair);
  }

  /** The first step that turns out otherwise. */
  private static Optional<Pair> other(List<Moment> moments, Env env, int first) {
    int count = moments.isEmpty() ? 0 : Math.max(STEPS_AT_ONCE, moments.size());
    for (int i = 0; i < count; i++) {
      Moment moment = moments.get((first + i) % moments.size());
      Moment again = moment.again(env);
      if (!moment.isSame(again)) {
        return Optional.of(new Pair(moment, again));
      }
    }
    return Optional.empty();
  }
}
