package dev.retort.policy;

import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Uniform;
import dev.retort.env.Env;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.Arrays;

/**
 * A policy that draws every action uniformly, whatever it sees: what learning is held against.
 *
 * @param observations what it is shown
 * @param actions what it draws from
 */
public record RandomPolicy(Space observations, Space actions) implements Policy {
  /** The random policy of an environment. */
  public static RandomPolicy of(Env env) {
    return new RandomPolicy(env.observations(), env.actions());
  }

  @Override
  public String name() {
    return "random";
  }

  @Override
  public Distribution distribution() {
    return actions instanceof Discrete choices ? new Categorical(choices) : new Uniform(actions);
  }

  @Override
  public boolean isAlwaysDrawn() {
    return true;
  }

  @Override
  public Forward forward(int batch) {
    return (rows, count, outputs) -> Arrays.fill(outputs, 0);
  }
}
