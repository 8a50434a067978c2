package dev.retort.distribution;

import dev.retort.nn.Output;
import dev.retort.space.Box;
import java.util.List;

/**
 * One action and no other, squashed into its bounds: {@code a = low + (tanh(z) + 1)/2 · (high −
 * low)}.
 *
 * @param actions the space of actions, bounded
 */
public record SquashedPoint(Box actions) implements Distribution {
  @Override
  public List<Output> outputs() {
    return List.of(Output.of("action", actions.size()));
  }

  @Override
  public String kind() {
    return "squashed-point";
  }

  @Override
  public void mode(float[] z, int at, float[] action, int to) {
    for (int i = 0; i < actions.size(); i++) {
      action[to + i] = Squash.stretch(Math.tanh(z[at + i]), actions, i);
    }
  }
}
