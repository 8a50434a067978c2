package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;

/**
 * Takes every action several times and adds the rewards up; see {@link Env#actionRepeat}.
 *
 * <p>A repeat ends where the task does, and at the inner horizon, whose steps the state counts: an
 * episode holds exactly the inner steps that it held before.
 *
 * @param inner what is wrapped
 * @param times how often an action is taken
 */
record ActionRepeat(Env inner, int times) implements Wrapper {
  ActionRepeat {
    if (times < 1) {
      throw new RetortException(
          "%s: expected an action to be repeated at least 1 time, got %s."
              .formatted(inner.name(), times));
    }
  }

  @Override
  public Env around(Env other) {
    return new ActionRepeat(other, times);
  }

  @Override
  public String segment() {
    return "actionRepeat-" + times;
  }

  @Override
  public int horizon() {
    return (int) (((long) inner.horizon() + times - 1) / times);
  }

  @Override
  public Env timeLimit(int steps) {
    long most = (long) steps * times;
    return around(inner.timeLimit((int) Math.min(most, Integer.MAX_VALUE)));
  }

  @Override
  public int stateSize() {
    return inner.stateSize() + 1;
  }

  /** Unknown: the shortest path of single actions may be none of repeated ones. */
  @Override
  public int shortestPath(double[] state) {
    return -1;
  }

  @Override
  public void begin(double[] state) {
    state[inner.stateSize()] = 0;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    int counter = inner.stateSize();
    double sum = 0;
    for (int i = 0; i < times; i++) {
      sum += inner.step(state, action, random);
      state[counter]++;
      if (inner.terminated(state) || state[counter] >= inner.horizon()) {
        break;
      }
    }
    return sum;
  }

  @Override
  public String toString() {
    return inner + "/" + segment();
  }
}
