package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Space;

/** An environment each number of whose observations is a token of its own. */
record AsTokens(Env inner) implements Env {
  @Override
  public String name() {
    return inner.name() + "AsTokens";
  }

  @Override
  public Space observations() {
    return Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, inner.observations().size(), 1);
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
    inner.observe(state, observation);
  }
}
