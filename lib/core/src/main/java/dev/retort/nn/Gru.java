package dev.retort.nn;

import dev.retort.RetortException;
import java.util.List;

/**
 * A gated recurrent unit along the steps of a window, or along observations that are tokens, of
 * which the first came first. It begins with zeros at the first step that there was, and its last
 * state is what outputs sit on. Kyunghyun Cho et al., "Learning phrase representations using RNN
 * encoder-decoder for statistical machine translation", 2014, arXiv 1406.1078.
 *
 * @param width numbers of its state
 */
public record Gru(int width) implements Architecture {
  /** Refuses an empty state. */
  public Gru {
    if (width < 1) {
      throw new RetortException("gru: expected a width of at least 1, got " + width + ".");
    }
  }

  @Override
  public Node write(Graph graph) {
    Steps steps = Steps.of("gru", graph);
    List<Node> states =
        steps
            .there()
            .map(there -> graph.gru("unit", steps.tokens(), width, there))
            .orElseGet(() -> graph.gru("unit", steps.tokens(), width));
    return states.get(steps.last());
  }

  @Override
  public String toString() {
    return Architectures.text("gru", this);
  }
}
