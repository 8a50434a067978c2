package dev.retort.nn;

import dev.retort.RetortException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The angle of each token and each, {@code arccos(⟨u_i, u_j⟩)} with {@code u = x / √(|x|² + ε)}.
 *
 * <p>The slope of arccos is infinite at ±1: cosines are kept at 10⁻⁴ from there, and beyond it no
 * gradient goes back. A token and itself have the angle of that distance, 0.014.
 */
record Angles(Node x) implements Operation.Unary {
  /** How near to ±1 a cosine comes. */
  static final double NEAR = 1e-4;

  /** ε, for a token of zeros. */
  static final double EPSILON = 1e-12;

  @Override
  public List<Integer> shape() {
    return List.of(x.tokens(), x.tokens());
  }

  @Override
  public <V> V translate(Translated<V> by) {
    throw new RetortException(
        "network: expected operations that another language has, got angles of tokens. Save it in the library's own format.");
  }

  @Override
  public String forward(String y, UnaryOperator<String> w) {
    return """
    %1$s_x = torch.reshape(%2$s, [-1, %3$s, %4$s])
    %1$s_l = torch.sqrt(torch.add(torch.sum(torch.mul(%1$s_x, %1$s_x), [2], True), %5$s))
    %1$s_u = torch.div(%1$s_x, %1$s_l)
    %1$s_c = torch.bmm(%1$s_u, torch.transpose(%1$s_u, 1, 2))
    %1$s = torch.reshape(torch.acos(torch.clamp(%1$s_c, %6$s, %7$s)), [%8$s, -1, %3$s])
    """
        .formatted(y, x.variable(), x.tokens(), x.width(), EPSILON, NEAR - 1, 1 - NEAR, x.owners());
  }

  @Override
  public List<Kept> keeps(Node y) {
    String v = y.variable();
    return List.of(
        new Kept(v + "_l", x.tokens()), new Kept(v + "_u", x.size()), new Kept(v + "_c", y.size()));
  }

  /** {@code dc = −dθ / √(1 − c²)}, {@code du = (dc + dcᵀ) u}, {@code dx = (du − u ⟨u, du⟩) / l}. */
  @Override
  public void back(WayBack way, Node y, String dy) {
    String v = y.variable();
    way.line(
        "%s_i = torch.type_as(torch.lt(torch.abs(%s_c), %s), %s_c)".formatted(v, v, 1 - NEAR, v));
    way.line("%1$s_k = torch.clamp(%1$s_c, %2$s, %3$s)".formatted(v, NEAR - 1, 1 - NEAR));
    way.line("%1$s_r = torch.sqrt(torch.rsub(torch.mul(%1$s_k, %1$s_k), 1))".formatted(v));
    way.line(
        "%1$s_dc = torch.div(torch.mul(torch.neg(torch.reshape(%2$s, [-1, %3$s, %3$s])), %1$s_i), %1$s_r)"
            .formatted(v, dy, x.tokens()));
    way.line(
        "%1$s_du = torch.bmm(torch.add(%1$s_dc, torch.transpose(%1$s_dc, 1, 2)), %1$s_u)"
            .formatted(v));
    way.line(
        "%1$s_p = torch.mul(%1$s_u, torch.sum(torch.mul(%1$s_u, %1$s_du), [2], True))"
            .formatted(v));
    way.give(
        x,
        "torch.reshape(torch.div(torch.sub(%1$s_du, %1$s_p), %1$s_l), [%2$s, -1, %3$s])"
            .formatted(v, x.owners(), x.width()));
  }
}
