package dev.retort.nn;

import dev.retort.RetortException;

/**
 * The angles between tokens behind a small perceptron of each: a head by which structures are
 * compared that need not be the same. Output {@code angles}, {@code (tokens, tokens)}.
 *
 * @param width of both layers; 0 for the angles of the tokens as they are
 */
public record Projection(int width) implements Architecture {
  /** Output that has the angles. */
  public static final String ANGLES = "angles";

  /** Refuses less than no layer. */
  public Projection {
    if (width < 0) {
      throw new RetortException("projection: expected a width of 0 or more, got " + width + ".");
    }
  }

  @Override
  public Node write(Graph graph) {
    Node x = graph.observation();
    if (width > 0) {
      x = graph.linear("out", graph.apply(Activation.GELU, graph.linear("in", x, width)), width, 1);
    }
    return graph.output(ANGLES, graph.angles(x));
  }
}
