package dev.retort.distribution;

import dev.retort.nn.Output;
import dev.retort.space.Space;
import java.util.List;

/**
 * One action and no other: the numbers of a row are the action itself.
 *
 * @param actions the space of actions, of any kind
 */
public record Point(Space actions) implements Distribution {
  @Override
  public List<Output> outputs() {
    return List.of(Output.of("action", actions.size()));
  }

  @Override
  public String kind() {
    return "point";
  }

  @Override
  public void mode(float[] z, int at, float[] action, int to) {
    System.arraycopy(z, at, action, to, actions.size());
  }
}
