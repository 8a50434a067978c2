package dev.retort.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network without its parameters: what lies between an observation and its outputs.
 *
 * @param architecture layers below the outputs
 * @param inputShape what it sees of a row
 * @param outputs groups of outputs, side by side in one row
 * @param trunk whether the outputs share the layers below them
 */
public record Blueprint(
    Architecture architecture, InputShape inputShape, List<Output> outputs, Trunk trunk) {
  /** Takes from the architecture what it gives itself, where outputs share their layers. */
  public Blueprint {
    outputs =
        trunk == Trunk.SHARED && architecture.perceptron().isEmpty()
            ? Described.given(architecture, inputShape, outputs)
            : List.copyOf(outputs);
  }

  /** A network that sees one whole of a shape. */
  public Blueprint(
      Architecture architecture, List<Integer> inputShape, List<Output> outputs, Trunk trunk) {
    this(architecture, InputShape.of(inputShape), outputs, trunk);
  }

  /** Number of parameters, or {@code Long.MAX_VALUE} where it is beyond all memory. */
  public long parameters() {
    try {
      long all = 0;
      for (Slice slice : Layout.slices(this)) {
        all = Math.addExact(all, slice.count());
      }
      return all;
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Number of outputs that layers lie below: those that depend on what is seen. */
  public int trunks() {
    return Layout.trunks(outputs);
  }

  /**
   * Whether it takes numbers for choices, such as types of tokens, which tell nothing if scaled.
   */
  public boolean readsChoices() {
    return Described.of(architecture, inputShape).graph().nodes().stream()
        .anyMatch(node -> node.operation() instanceof Fixed.OneHot);
  }

  /** This network as a perceptron below plain outputs, if it is one. */
  Optional<Mlp> perceptron() {
    return architecture.perceptron().filter(mlp -> outputs.stream().noneMatch(Output::isInner));
  }

  /** Values within the network that its architecture names, and its features last. */
  public List<Output> inner() {
    return Described.of(architecture, inputShape).inner();
  }

  /** The layers of one trunk alone, up to some of the values within. */
  public Blueprint upTo(List<Output> inner) {
    List<Output> values =
        inner.stream().map(each -> Output.inner(each.name(), each.size())).toList();
    return new Blueprint(architecture, inputShape, values, Trunk.SHARED);
  }

  /** The same network with only some of its outputs. */
  public Blueprint of(List<Output> some) {
    return new Blueprint(architecture, inputShape, some, trunk);
  }

  /**
   * The network of one member in another language.
   *
   * @param parameters of the member
   * @param to the language
   * @return its outputs there, by their names
   */
  public <V> Map<String, V> translate(float[] parameters, Translation<V> to) {
    return Translated.of(this, parameters, to);
  }

  /**
   * The parameters of one member by their names, in the order in which its numbers stand.
   *
   * @param parameters of the member
   */
  public List<Parameter> named(float[] parameters) {
    Layout layout = new Layout(this, 1);
    List<Parameter> all = new ArrayList<>();
    for (int i = 0; i < layout.slices().size(); i++) {
      float[] own = Arrays.copyOfRange(parameters, layout.offset(i), layout.offset(i + 1));
      all.add(Parameter.of(layout.slices().get(i), own));
    }
    return all;
  }

  /**
   * Those parameters of one member that some of its outputs depend on.
   *
   * @param parameters of one member with all outputs
   */
  public float[] parametersOf(List<Output> some, float[] parameters) {
    return some.equals(outputs)
        ? parameters
        : new Layout(this, 1).gather(parameters, outputs.stream().filter(o -> !some.contains(o)));
  }
}
