package dev.retort.nn;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Operations that move numbers and compute none. */
final class Arrangement {
  private Arrangement() {}

  /** The rows of a batch, variable {@code x}. */
  record Input(int size) implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of();
    }

    @Override
    public List<Integer> shape() {
      return List.of(size);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().input(size);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "own = torch.size(x, 0)";
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.line("_x = torch.copy_(dx, %s)".formatted(dy));
    }
  }

  /** What comes from rows that members share, once for each of them. */
  record Expand(Node x) implements Operation.Unary, Placed {
    @Override
    public boolean isPerMember() {
      return true;
    }

    /** Rows as they came always lie in one place. */
    @Override
    public String forward(Node y, UnaryOperator<String> w, Held held) {
      String v = y.variable();
      String all = forward("", w).substring(" = ".length());
      return x.operation() instanceof Input
          ? "%s = %s".formatted(v, held.hold(v, all))
          : forward(v, w);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.value(x);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.expand(%s, [members, -1, -1])".formatted(y, x.variable());
    }

    /** Gradients of inputs are asked for only where rows are the members' own. */
    @Override
    public void back(WayBack way, Node y, String dy) {
      way.give(x, dy);
    }
  }

  /** The same numbers in another shape. */
  record Reshape(Node x, List<Integer> shape) implements Operation.Unary {
    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().reshape(by.value(x), shape);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return y + " = " + turned(x.variable(), x.shape(), shape);
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.give(x, turned(dy, shape, x.shape()));
    }

    /** The text of numbers of one shape as those of another. */
    private String turned(String v, List<Integer> from, List<Integer> to) {
      String owners = x.owners();
      String rows =
          switch (from.size()) {
            case 1 -> v;
            case 2 -> "torch.reshape(%s, [%s, -1, %s])".formatted(v, owners, x.size());
            default ->
                "torch.transpose(torch.reshape(%s, [-1, %s, %s]), 0, 1)"
                    .formatted(v, owners, x.size());
          };
      return switch (to.size()) {
        case 1 -> rows;
        case 2 -> "torch.reshape(%s, [%s, -1, %s])".formatted(rows, owners, to.get(1));
        default ->
            "torch.reshape(torch.transpose(%s, 0, 1), [-1, torch.mul(%s, %s), %s, %s])"
                .formatted(rows, owners, to.get(0), to.get(1), to.get(2));
      };
    }
  }

  /** Some of the numbers that stand side by side, or of those of each token. */
  record Some(Node x, int from, int count) implements Operation.Unary {
    @Override
    public List<Integer> shape() {
      return x.shape().size() == 1 ? List.of(count) : List.of(x.tokens(), count);
    }

    private String place(String whole) {
      return "torch.narrow(%s, 2, %s, %s)".formatted(whole, from, count);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().slice(by.value(x), from, count);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return y + " = " + place(x.variable());
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.givePiece(x, place("%s"), dy);
    }
  }

  /** The numbers of one token. */
  record At(Node x, int token) implements Operation.Unary {
    @Override
    public List<Integer> shape() {
      return List.of(x.width());
    }

    private String place(String whole) {
      return "torch.select(torch.reshape(%s, [%s, -1, %s, %s]), 2, %s)"
          .formatted(whole, x.owners(), x.tokens(), x.width(), token);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().at(by.value(x), token);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return y + " = " + place(x.variable());
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.givePiece(x, place("%s"), dy);
    }
  }

  /** Numbers, or those of each token, side by side. */
  record Concat(List<Node> inputs) implements Operation {
    @Override
    public List<Integer> shape() {
      int all = inputs.stream().mapToInt(Node::width).reduce(0, Math::addExact);
      List<Integer> first = inputs.get(0).shape();
      return first.size() == 1 ? List.of(all) : List.of(first.get(0), all);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().concat(inputs.stream().map(by::value).toList());
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.cat([%s], 2)"
          .formatted(y, inputs.stream().map(Node::variable).collect(Collectors.joining(", ")));
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      int at = 0;
      for (Node input : inputs) {
        way.give(input, "torch.narrow(%s, 2, %s, %s)".formatted(dy, at, input.width()));
        at += input.width();
      }
    }
  }
}
