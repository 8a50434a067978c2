package dev.retort.nn;

import java.util.List;
import java.util.function.UnaryOperator;

/** Operations of each number for itself. */
final class Pointwise {
  private Pointwise() {}

  /** A non-linearity. */
  record Apply(Activation activation, Node x) implements Operation.Unary {
    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().apply(activation, by.value(x));
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return y + " = " + activation.text(x.variable());
    }

    private Node kept(Node y) {
      return activation.goesBackFromOutput() ? y : x;
    }

    @Override
    public List<Kept> keeps(Node y) {
      return List.of(Kept.of(kept(y)));
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.give(x, activation.gradientText(dy, kept(y).variable()));
    }
  }

  /** {@code factor · x}. */
  record Scale(Node x, double factor) implements Operation.Unary {
    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().scale(by.value(x), factor);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.mul(%s, %s)".formatted(y, x.variable(), factor);
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.give(x, "torch.mul(%s, %s)".formatted(dy, factor));
    }
  }

  /** {@code a · b}; b may be one number for all of a, or for all of a token of it. */
  record Multiply(Node a, Node b) implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of(a, b);
    }

    @Override
    public List<Integer> shape() {
      return a.shape();
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().multiply(by.value(a), by.value(b));
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.mul(%s, %s)".formatted(y, a.variable(), b.variable());
    }

    @Override
    public List<Kept> keeps(Node y) {
      return List.of(Kept.of(a), Kept.of(b));
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.give(a, "torch.mul(%s, %s)".formatted(dy, b.variable()));
      String each = "torch.mul(%s, %s)".formatted(dy, a.variable());
      boolean isOne = !a.shape().equals(b.shape());
      way.give(b, isOne ? "torch.sum(%s, [2], True)".formatted(each) : each);
    }
  }

  /** Probabilities {@code exp(x) / Σ exp(x)} of the numbers, or of those of each token. */
  record Softmax(Node x) implements Operation.Unary {
    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().softmax(by.value(x));
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.softmax(%s, -1)".formatted(y, x.variable());
    }

    @Override
    public List<Kept> keeps(Node y) {
      return List.of(Kept.of(y));
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.give(x, gradient(dy, y.variable()));
    }

    /** The expression of the gradient, by that of the probabilities. */
    static String gradient(String dp, String p) {
      return "torch._softmax_backward_data(%s, %s, -1, ops.prim.dtype(%s))".formatted(dp, p, p);
    }
  }

  /** {@code a + b}. */
  record Add(Node a, Node b) implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of(a, b);
    }

    @Override
    public List<Integer> shape() {
      return a.shape();
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().add(by.value(a), by.value(b));
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.add(%s, %s)".formatted(y, a.variable(), b.variable());
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.give(a, dy);
      way.give(b, dy);
    }
  }
}
