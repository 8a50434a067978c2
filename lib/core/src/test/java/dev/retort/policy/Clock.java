package dev.retort.policy;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;

/**
 * Shows nothing, and pays 1 for telling how many steps its episode has, modulo three. Episodes end
 * by chance, so that whoever takes over a memory from one to the next is wrong soon.
 */
public record Clock() implements Env {
  /** Counts, and is right at every step. */
  public static Scripted counter() {
    return Scripted.of(
        "counter",
        new Clock(),
        1,
        (seen, memory, action) -> {
          action[0] = memory[0] % 3;
          memory[0]++;
        });
  }

  @Override
  public Space observations() {
    return Box.of(0, 1, 1);
  }

  @Override
  public Discrete actions() {
    return new Discrete(3);
  }

  @Override
  public int horizon() {
    return 40;
  }

  @Override
  public int stateSize() {
    return 2;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    state[0] = 0;
    state[1] = 0;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double reward = action[0] == state[0] % 3 ? 1 : 0;
    state[0]++;
    state[1] = random.nextDouble() < 0.1 ? 1 : 0;
    return reward;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[1] == 1;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = 0;
  }
}
