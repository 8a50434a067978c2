package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.option.Given;
import dev.retort.random.RandomStream;
import java.util.List;

/**
 * One task of a family; see {@link Env#task}.
 *
 * @param inner the family
 * @param context which of its contexts
 */
record SingleTask(Env inner, int context) implements Wrapper {
  SingleTask {
    if (context < 0 || context >= inner.contexts()) {
      throw new RetortException(
          "%s: expected a task from 0 to %s, got %s."
              .formatted(inner.name(), inner.contexts() - 1, context));
    }
  }

  @Override
  public Env around(Env other) {
    return new SingleTask(other, context);
  }

  @Override
  public String segment() {
    return "task-" + context;
  }

  @Override
  public int contexts() {
    return 1;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    inner.reset(context, state, random);
  }

  @Override
  public void reset(int only, double[] state, RandomStream random) {
    if (only != 0) {
      throw new RetortException(
          "%s: expected context 0 of a single task, got %s.".formatted(name(), only));
    }
    reset(state, random);
  }

  @Override
  public List<Outcome> beginnings(int only) {
    return inner.beginnings(context);
  }

  @Override
  public List<Outcome> outcomes(double[] state, int choice) {
    return inner.outcomes(state, choice);
  }

  @Override
  public Env split(Split split, int count) {
    throw Environments.single(
        this, Given.given(name(), "a part such as TRAIN", split).name(), count);
  }

  @Override
  public Env narrowed(String part, int count) {
    throw Environments.single(this, Given.given(name(), "a part", part), count);
  }

  @Override
  public String toString() {
    String drawn =
        inner instanceof Family family && !family.drawn(context).isEmpty()
            ? " with " + family.drawn(context).toString().replaceAll("[{}]", "").replace('=', ' ')
            : "";
    return inner + "/" + segment() + drawn;
  }
}
