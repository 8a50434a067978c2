package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.option.Given;
import java.util.List;

/**
 * A perceptron of all that is seen, padded to the largest of some robots, whose actions are 0 where
 * the part {@code present} says that there is none: no gradient comes of a joint that a robot
 * lacks.
 *
 * <pre>
 *   mean           (W h + b) · present
 *   log-deviation  (W′ h + b′) · present
 * </pre>
 *
 * <p>{@code h} is the last hidden layer, on which other outputs sit. The {@code mean}, which is
 * called {@code action} too, is what acts where there are as many continuous actions as {@code
 * present} has numbers, and outputs share their layers. Unlike {@link TokenTransformer} it knows
 * places: whoever shuffles joints gets other numbers.
 *
 * @param hidden widths of the hidden layers
 * @param activation the non-linearity
 */
public record MaskedMlp(List<Integer> hidden, Activation activation) implements Architecture {
  private static final String PRESENT = TokenTransformer.PRESENT;

  /** Refuses empty layers. */
  public MaskedMlp {
    hidden = List.copyOf(hidden);
    Architecture.requireFew("masked-mlp", hidden);
    if (hidden.isEmpty() || hidden.stream().anyMatch(width -> width < 1)) {
      throw new RetortException(
          "masked-mlp: expected hidden widths of at least 1, got " + hidden + ".");
    }
  }

  /** A perceptron with hyperbolic tangents. */
  public static MaskedMlp of(int... hidden) {
    List<Integer> widths = Given.given("masked-mlp", "widths such as maskedMlp(64, 64)", hidden);
    return new MaskedMlp(widths, Activation.TANH);
  }

  /** The same with another non-linearity. */
  public MaskedMlp activation(Activation other) {
    return new MaskedMlp(hidden, other);
  }

  @Override
  public Node write(Graph graph) {
    if (!graph.hasPart(PRESENT)) {
      throw new RetortException(
          "masked-mlp: expected a part 'present' of a number for each action, got %s. Say seeing(..) of it."
              .formatted(graph.parts()));
    }
    Node there = graph.part(PRESENT);
    Node h = graph.flatten(graph.observation());
    for (int layer = 0; layer < hidden.size(); layer++) {
      h = graph.apply(activation, graph.linear("hidden" + layer, h, hidden.get(layer)));
    }
    TokenTransformer.act(graph, graph.linear("head", h, there.width(), 1), there);
    TokenTransformer.deviate(graph, graph.linear("deviation", h, there.width(), 1), there);
    return h;
  }

  /** Such as {@code masked-mlp:64,64:tanh}. */
  @Override
  public String toString() {
    return Architectures.text("masked-mlp", this);
  }
}
