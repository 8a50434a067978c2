package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Space;

/**
 * An environment each number of whose observations is a token of its own.
 *
 * @param types of tokens in turn, which each tells behind its number; 0 for none
 */
record AsTokens(Env inner, int types) implements Env {
  AsTokens(Env inner) {
    this(inner, 0);
  }

  @Override
  public String name() {
    return inner.name() + "AsTokens";
  }

  @Override
  public Space observations() {
    int width = types == 0 ? 1 : 2;
    int tokens = inner.observations().size();
    return Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, tokens, width);
  }

  @Override
  public Space actions() {
    return inner.actions();
  }

  @Override
  public int horizon() {
    return inner.horizon();
  }

  @Override
  public int stateSize() {
    return inner.stateSize();
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    inner.reset(state, random);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    return inner.step(state, action, random);
  }

  @Override
  public boolean terminated(double[] state) {
    return inner.terminated(state);
  }

  @Override
  public void observe(double[] state, float[] observation) {
    if (types == 0) {
      inner.observe(state, observation);
      return;
    }
    float[] numbers = new float[inner.observations().size()];
    inner.observe(state, numbers);
    for (int token = 0; token < numbers.length; token++) {
      observation[2 * token] = numbers[token];
      observation[2 * token + 1] = token % types;
    }
  }
}
