package dev.retort.nn;

import java.util.List;

/**
 * A value of a network that is being described: the numbers of one row, in a shape. What a {@link
 * Graph} gives, and takes again.
 *
 * <p>A shape is that of numbers {@code (d)}, of tokens {@code (tokens, d)}, or of a picture {@code
 * (planes, height, width)}.
 */
public final class Node {
  private final Graph graph;
  private final int number;
  private final Operation operation;
  private final List<Integer> shape;
  private final boolean perMember;
  private final boolean learned;
  private final boolean fromRows;

  Node(Graph graph, int number, Operation operation) {
    this.graph = graph;
    this.number = number;
    this.operation = operation;
    this.shape = operation.shape();
    List<Node> inputs = operation.inputs();
    this.perMember = operation.isPerMember();
    List<Node> through = operation.isDifferentiable() ? inputs : List.of();
    this.learned = !operation.slices().isEmpty() || through.stream().anyMatch(Node::isLearned);
    this.fromRows =
        operation instanceof Arrangement.Input || through.stream().anyMatch(Node::comesFromRows);
  }

  /** Its shape, without members and rows. */
  public List<Integer> shape() {
    return shape;
  }

  /** How many numbers a row has. */
  public int size() {
    return shape().stream().reduce(1, Math::multiplyExact);
  }

  /** The numbers of a row, or of a token. */
  int width() {
    return shape().get(shape().size() - 1);
  }

  Graph graph() {
    return graph;
  }

  Operation operation() {
    return operation;
  }

  /** Its variable in the engine's text. */
  String variable() {
    return operation instanceof Arrangement.Input ? "x" : "v" + number;
  }

  /** Whether each member has one; else there is one of rows, which members may share. */
  boolean isPerMember() {
    return perMember;
  }

  /** How many there are, in the engine's text. */
  String owners() {
    return isPerMember() ? "members" : "own";
  }

  /** How many tokens it has; one of numbers. */
  int tokens() {
    return shape.size() == 1 ? 1 : shape.get(0);
  }

  /** The engine's text of its sizes, where it is of numbers or tokens. */
  String sizes() {
    String rows =
        tokens() == 1 ? "torch.size(x, 1)" : "torch.mul(torch.size(x, 1), %s)".formatted(tokens());
    return "[%s, %s, %s]".formatted(owners(), rows, width());
  }

  /** Whether it depends on a parameter, and its gradient is that one's too. */
  boolean isLearned() {
    return learned;
  }

  /** Whether it depends on the rows of a batch, and its gradient is theirs too. */
  boolean comesFromRows() {
    return fromRows;
  }

  @Override
  public String toString() {
    return operation.getClass().getSimpleName() + shape;
  }
}
