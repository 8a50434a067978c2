package dev.retort.nn;

import java.util.List;
import java.util.function.UnaryOperator;

/** Operations that no gradient goes through. */
interface Fixed extends Operation {
  @Override
  default boolean isDifferentiable() {
    return false;
  }

  /** Nothing goes back. */
  @Override
  default void back(WayBack way, Node y, String dy) {}

  /** One number everywhere. */
  record Constant(double value, int size) implements Fixed {
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
      return by.to().constant(value, size);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.new_full(x, [own, torch.size(x, 1), %s], %s)".formatted(y, size, value);
    }
  }

  /** A value as if it were one that was given. */
  record Detach(Node x) implements Fixed, Operation.Unary {
    @Override
    public <V> V translate(Translated<V> by) {
      return by.value(x);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.detach(%s)".formatted(y, x.variable());
    }
  }

  /** Of each number, which is rounded, a token that is 1 at its place and 0 elsewhere. */
  record OneHot(Node x, int choices) implements Fixed, Operation.Unary {
    @Override
    public List<Integer> shape() {
      return List.of(x.width(), choices);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().oneHot(by.value(x), choices);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      String places = "torch.to(torch.round(%s), 4)".formatted(x.variable());
      String ones = "torch.type_as(torch.one_hot(%s, %s), x)".formatted(places, choices);
      return "%s = torch.reshape(%s, [%s, -1, %s])".formatted(y, ones, x.owners(), choices);
    }
  }

  /** What is added to scores of tokens: 0 of one that is there, −10⁹ of one that is not. */
  record Absent(Node there) implements Fixed, Operation.Unary {
    static final String NEVER = String.valueOf(Translation.NEVER);

    @Override
    public Node x() {
      return there;
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().absent(by.value(there));
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      String absent = "torch.type_as(torch.lt(%s, 0.5), x)".formatted(there.variable());
      return "%s = torch.mul(%s, %s)".formatted(y, absent, NEVER);
    }
  }

  /**
   * The same of each token i for each token j: 0 where i sees j. Each sees itself.
   *
   * @param absent −10⁹ for each token that nobody sees
   * @param isCausal whether a token sees none behind it
   */
  record Unseen(Node absent, boolean isCausal) implements Fixed, Operation.Unary {
    @Override
    public Node x() {
      return absent;
    }

    @Override
    public List<Integer> shape() {
      return List.of(absent.width(), absent.width());
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().unseen(by.value(absent), absent.width(), isCausal);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      int tokens = absent.width();
      String behind = isCausal ? "torch.full_like(%s_e, %s)".formatted(y, Absent.NEVER) : y + "_e";
      return "%s_e = torch.expand(torch.unsqueeze(%s, 2), [-1, -1, %s, -1])%n"
              .formatted(y, absent.variable(), tokens)
          + "%s = torch.reshape(torch.add(torch.tril(%s_e, -1), torch.triu(%s, 1)), [%s, -1, %s])"
              .formatted(y, y, behind, absent.owners(), tokens);
    }
  }
}
