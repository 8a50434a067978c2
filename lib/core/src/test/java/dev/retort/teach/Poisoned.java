package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Space;
import java.util.concurrent.atomic.AtomicInteger;

/** An environment that gives one bad number: in the n-th reward, or in the n-th observation. */
record Poisoned(Env env, Where where, float bad, int nth, AtomicInteger count) implements Env {
  enum Where {
    REWARD,
    OBSERVATION
  }

  Poisoned(Env env, Where where, float bad, int nth) {
    this(env, where, bad, nth, new AtomicInteger());
  }

  @Override
  public String name() {
    return env.name();
  }

  @Override
  public Space observations() {
    return env.observations();
  }

  @Override
  public Space actions() {
    return env.actions();
  }

  @Override
  public int horizon() {
    return env.horizon();
  }

  @Override
  public int stateSize() {
    return env.stateSize();
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    env.reset(state, random);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double reward = env.step(state, action, random);
    return where == Where.REWARD && count.incrementAndGet() == nth ? bad : reward;
  }

  @Override
  public boolean terminated(double[] state) {
    return env.terminated(state);
  }

  @Override
  public void observe(double[] state, float[] observation) {
    env.observe(state, observation);
    if (where == Where.OBSERVATION && count.incrementAndGet() == nth) {
      observation[1] = bad;
    }
  }
}
