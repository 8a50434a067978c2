package dev.retort.nn;

import dev.retort.RetortException;
import java.util.Optional;

/**
 * What a network over tokens sees: a window of steps with a mask of those that there were, or an
 * observation of the shape of tokens.
 *
 * @param tokens {@code (tokens, width)}
 * @param there one number a token, 1 where there was a step; empty where all are there
 */
record Steps(Node tokens, Optional<Node> there) {
  private static final String STEPS = "steps";
  private static final String MASK = "mask";

  static Steps of(String network, Graph graph) {
    if (graph.hasPart(STEPS) && graph.hasPart(MASK)) {
      return new Steps(graph.part(STEPS), Optional.of(graph.part(MASK)));
    }
    Node tokens = graph.observation();
    if (tokens.shape().size() != 2) {
      throw new RetortException(
          "%s: expected a window of steps, as seeing(View.window(8)) shows it to students and to learners from rollouts, or observations of shape (tokens, width), got %s. Or use mlp(..)."
              .formatted(network, tokens.shape()));
    }
    return new Steps(tokens, Optional.empty());
  }

  /** The last token: the present step of a window. */
  int last() {
    return tokens.tokens() - 1;
  }
}
