package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.figure.Numbers;
import dev.retort.option.Given;
import dev.retort.option.Labels;
import dev.retort.random.RandomStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
  public Map<String, Double> drawn(int only) {
    return inner.drawn(context);
  }

  /** What was drawn says more than the ranges that it was drawn from. */
  @Override
  public String title() {
    return Labels.with(brief(inner) + "/" + segment(), words(inner.drawn(context)));
  }

  private static String brief(Env env) {
    if (env instanceof Family family) {
      return family.brief();
    }
    return env instanceof Wrapper wrapper
        ? brief(wrapper.inner()) + "/" + wrapper.segment()
        : env.title();
  }

  /** Rounded to two digits: the number of the task tells tasks apart. */
  private static String words(Map<String, Double> drawn) {
    return drawn.entrySet().stream()
        .map(
            parameter ->
                parameter.getKey()
                    + " "
                    + Numbers.of(
                        BigDecimal.valueOf(parameter.getValue())
                            .round(new MathContext(2))
                            .doubleValue()))
        .collect(Collectors.joining(", "));
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
    return Labels.with(inner + "/" + segment(), words(inner.drawn(context)));
  }
}
