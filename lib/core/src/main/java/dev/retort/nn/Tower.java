package dev.retort.nn;

import java.util.List;

/**
 * One output of a population with separate trunks, and the layers below it, as a population of its
 * own: who asks for that output alone does not pay for the others.
 */
public final class Tower implements AutoCloseable {
  private final Network whole;
  private final Network own;
  private final int[] slices;

  /** The tower of one of a population's outputs. */
  public Tower(Network whole, Output output) {
    this.whole = whole;
    Blueprint below = whole.blueprint().of(List.of(output));
    this.own = Network.of(below, whole.members());
    List<String> names = whole.layout().slices().stream().map(Slice::name).toList();
    this.slices =
        own.layout().slices().stream().mapToInt(slice -> names.indexOf(slice.name())).toArray();
  }

  /** The tower with the parameters that the population has now. */
  public Network now() {
    for (int i = 0; i < slices.length; i++) {
      System.arraycopy(
          whole.parameters(),
          whole.layout().offset(slices[i]),
          own.parameters(),
          own.layout().offset(i),
          own.layout().length(i));
    }
    own.parametersChanged();
    return own;
  }

  @Override
  public void close() {
    own.close();
  }
}
