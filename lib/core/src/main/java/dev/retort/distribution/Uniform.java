package dev.retort.distribution;

import dev.retort.nn.Output;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.List;

/**
 * Every action alike, whatever is seen: a distribution without numbers.
 *
 * @param actions the space of actions; numbers without bounds are drawn from a unit normal
 */
public record Uniform(Space actions) implements Distribution {
  @Override
  public List<Output> outputs() {
    return List.of();
  }

  @Override
  public String kind() {
    return "uniform";
  }

  /** Always the same action, since none is preferred. */
  @Override
  public void mode(float[] z, int at, float[] action, int to) {
    actions.sample(RandomStream.of(0, "random policy"), action, to);
  }

  @Override
  public void probabilities(float[] z, int at, float[] p, int to) {
    if (!(actions instanceof Discrete discrete)) {
      Distribution.super.probabilities(z, at, p, to);
      return;
    }
    Arrays.fill(p, to, to + discrete.n(), 1f / discrete.n());
  }

  @Override
  public void sample(float[] z, int at, RandomStream random, float[] action, int to) {
    actions.sample(random, action, to);
  }
}
