package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Space;
import java.util.Arrays;

/**
 * A task as before, but one number of what is seen, and the reward, are measured in other units.
 */
record Stretched(Env env, int number, float factor, double rewardFactor) implements Env {
  @Override
  public Space observations() {
    float[] bound = new float[env.observations().size()];
    Arrays.fill(bound, 1e9f);
    return Box.within(bound);
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
    return rewardFactor * env.step(state, action, random);
  }

  @Override
  public boolean terminated(double[] state) {
    return env.terminated(state);
  }

  @Override
  public void observe(double[] state, float[] observation) {
    env.observe(state, observation);
    observation[number] *= factor;
  }
}
