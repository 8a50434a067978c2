package dev.retort.env;

import dev.retort.RetortException;
import java.util.List;

/**
 * Truncates episodes after another number of steps, fewer or more; see {@link Env#timeLimit}.
 *
 * @param inner what is wrapped
 * @param steps the horizon
 */
record TimeLimit(Env inner, int steps) implements Wrapper {
  TimeLimit {
    if (steps < 1) {
      throw new RetortException(
          "%s: expected a time limit of at least 1 step, got %s.".formatted(inner.name(), steps));
    }
  }

  @Override
  public Env around(Env other) {
    return new TimeLimit(other, steps);
  }

  @Override
  public String segment() {
    return "timeLimit-" + steps;
  }

  @Override
  public int horizon() {
    return steps;
  }

  @Override
  public List<Outcome> beginnings(int context) {
    return inner.beginnings(context);
  }

  @Override
  public List<Outcome> outcomes(double[] state, int choice) {
    return inner.outcomes(state, choice);
  }

  @Override
  public Env timeLimit(int other) {
    return new TimeLimit(inner, other);
  }

  @Override
  public String toString() {
    return inner + "/" + segment();
  }
}
