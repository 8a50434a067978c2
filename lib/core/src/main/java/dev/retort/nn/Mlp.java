package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.option.Given;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A multilayer perceptron: linear layers with a non-linearity behind each.
 *
 * @param hidden the widths of the hidden layers; none for a linear network
 * @param activation the non-linearity
 * @param scale what inputs are multiplied with first; grids of small integers want 0.1
 * @param initialization how parameters are drawn; empty where the algorithm decides
 */
public record Mlp(
    List<Integer> hidden,
    Activation activation,
    double scale,
    Optional<Initialization> initialization)
    implements Architecture {
  /** Refuses empty layers. */
  public Mlp {
    hidden = List.copyOf(hidden);
    Architecture.requireFew("mlp", hidden);
    if (hidden.stream().anyMatch(width -> width < 1)) {
      throw new RetortException("mlp: expected hidden widths of at least 1, got " + hidden + ".");
    }
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new RetortException("mlp: expected an input scale above 0, got " + scale + ".");
    }
  }

  /** One whose parameters are drawn as the algorithm decides. */
  public Mlp(List<Integer> hidden, Activation activation, double scale) {
    this(hidden, activation, scale, Optional.empty());
  }

  /** A perceptron with hyperbolic tangents. */
  public static Mlp of(int... hidden) {
    return new Mlp(Given.given("mlp", "widths such as mlp(64, 64)", hidden), Activation.TANH, 1);
  }

  /** The same with another non-linearity. */
  public Mlp activation(Activation other) {
    return new Mlp(hidden, other, scale, initialization);
  }

  /** The same with inputs that are multiplied with a number first. */
  public Mlp scaled(double other) {
    return new Mlp(hidden, activation, other, initialization);
  }

  /**
   * The same with parameters that are drawn in this way, whatever the algorithm usually takes: by
   * {@link Initialization#FAN_IN}, say, whose bounds follow the inputs of a layer, or by {@link
   * Initialization#FAN_OUT}, whose bounds follow its outputs.
   */
  public Mlp initialized(Initialization other) {
    Given.given("mlp", "an initialization such as FAN_OUT", other);
    return new Mlp(hidden, activation, scale, Optional.of(other));
  }

  @Override
  public Node write(Graph graph) {
    Node x = graph.flatten(graph.observation());
    Node h = scale == 1 ? x : graph.scale(x, scale);
    for (int layer = 0; layer < hidden.size(); layer++) {
      h = graph.apply(activation, graph.linear("hidden" + layer, h, hidden.get(layer)));
    }
    return h;
  }

  /** With an activation of which {@code learn.ts} knows. */
  @Override
  public Optional<Mlp> perceptron() {
    boolean known = activation == Activation.TANH || activation == Activation.RELU;
    return Optional.of(this).filter(any -> known);
  }

  private static String word(Initialization drawn) {
    return ":" + Initialization.type().writer().apply(drawn);
  }

  @Override
  public String toString() {
    String widths =
        hidden.isEmpty()
            ? "linear"
            : String.join(",", hidden.stream().map(String::valueOf).toList());
    return "mlp:"
        + widths
        + (activation == Activation.TANH ? "" : ":" + activation.name().toLowerCase(Locale.ROOT))
        + (scale == 1 ? "" : ":x" + scale)
        + initialization.map(Mlp::word).orElse("");
  }
}
