package dev.retort.nn;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An operation of a described network: its line in the engine's language, what it keeps for the way
 * back, and its lines there. There is none without a way back.
 *
 * <p>In the engine numbers and tokens of all members are {@code (members, batch × tokens, d)}.
 * Pictures are {@code (batch, members × planes, height, width)}: members are the groups of one
 * convolution. What comes from the rows alone is there once where members share their rows.
 */
interface Operation {
  /** What it is computed from. */
  List<Node> inputs();

  /** The shape of what it gives. */
  List<Integer> shape();

  /** Whether gradients go through it to what it is computed from. */
  default boolean isDifferentiable() {
    return true;
  }

  /** Its parameters. */
  default List<Slice> slices() {
    return List.of();
  }

  /** Whether each member has a value of its own, even where members share their rows. */
  default boolean isPerMember() {
    return inputs().stream().anyMatch(Node::isPerMember);
  }

  /**
   * The expression that computes it.
   *
   * @param y its variable, for what has several results
   * @param w how a parameter is called, by its name
   * @return a line of the text
   */
  String forward(String y, UnaryOperator<String> w);

  /** The same in another language. */
  <V> V translate(Translated<V> by);

  /** What the way back reads of the way there. */
  default List<Kept> keeps(Node y) {
    return List.of();
  }

  /** Writes the gradients of parameters and inputs, from the gradient {@code dy} of its value. */
  void back(WayBack way, Node y, String dy);

  /**
   * A variable that is kept.
   *
   * @param variable in the engine's text
   * @param floats its size for each member and row, in single-precision numbers; none of what comes
   *     from the rows alone
   */
  record Kept(String variable, long floats) {
    static Kept of(Node node) {
      return new Kept(node.variable(), node.isLearned() ? node.size() : 0);
    }
  }

  /** One with parameters, of one value. */
  interface Layer extends Unary {
    /** With the same parameters, of another value. */
    Layer again(Node x);
  }

  /** An operation of one value; of the same shape, where it says no other. */
  interface Unary extends Operation {
    Node x();

    @Override
    default List<Node> inputs() {
      return List.of(x());
    }

    @Override
    default List<Integer> shape() {
      return x().shape();
    }
  }
}
