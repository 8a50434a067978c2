package dev.retort.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Operations between tokens {@code (tokens, d)}. */
final class Sequences {
  private Sequences() {}

  /** Adds numbers that are learned to each token, of its place. */
  record Positions(Node x, Slice weight) implements Operation.Layer {
    static Positions of(String name, Node x) {
      return new Positions(x, Slice.weight(name, x.tokens(), x.width(), 1));
    }

    @Override
    public Layer again(Node other) {
      return new Positions(other, weight);
    }

    @Override
    public List<Slice> slices() {
      return List.of(weight);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().positions(by.value(x), by.parameter(weight));
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.reshape(torch.add(%s, torch.reshape(%s, [members, 1, %s])), [members, -1, %s])"
          .formatted(y, together(x.variable()), w.apply(weight.name()), x.size(), x.width());
    }

    /** All tokens of a row as one row. */
    private String together(String v) {
      return "torch.reshape(%s, [members, -1, %s])".formatted(v, x.size());
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.gradient(
          weight,
          "torch.copy_(%%s, torch.reshape(torch.sum(%s, [1]), [members, %s, %s]))"
              .formatted(together(dy), x.tokens(), x.width()));
      way.give(x, dy);
    }
  }

  /** The sum of tokens, each times its weight. */
  record WeightedSum(Node weights, Node x) implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of(weights, x);
    }

    @Override
    public List<Integer> shape() {
      return List.of(x.width());
    }

    private String row() {
      return "torch.reshape(%s, [-1, 1, %s])".formatted(weights.variable(), x.tokens());
    }

    private String each() {
      return "torch.reshape(%s, [-1, %s, %s])".formatted(x.variable(), x.tokens(), x.width());
    }

    private String rows(String product, int width) {
      return "torch.reshape(%s, [%s, -1, %s])".formatted(product, x.owners(), width);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().weightedSum(by.value(weights), by.value(x));
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return y + " = " + rows("torch.bmm(%s, %s)".formatted(row(), each()), x.width());
    }

    @Override
    public List<Kept> keeps(Node y) {
      return List.of(Kept.of(weights), Kept.of(x));
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      String d = y.variable() + "_d";
      way.line("%s = torch.reshape(%s, [-1, 1, %s])".formatted(d, dy, x.width()));
      way.give(
          weights,
          rows("torch.bmm(%s, torch.transpose(%s, 1, 2))".formatted(d, each()), x.tokens()));
      way.give(x, rows("torch.bmm(torch.transpose(%s, 1, 2), %s)".formatted(row(), d), x.width()));
    }
  }

  /**
   * Each head of each token is the mean of what tokens offer, weighted by the softmax of how its
   * query suits their keys: {@code softmax(q kᵀ / √e + mask) v}. Ashish Vaswani et al., "Attention
   * is all you need", 2017, arXiv 1706.03762.
   *
   * @param x query, key and offer of each token, {@code (tokens, 3 d)}, each for all heads
   * @param heads how many, of e = d / heads numbers
   * @param mask what is added to the scores of each token i for each token j
   */
  record Attention(Node x, int heads, Optional<Node> mask) implements Operation {
    @Override
    public List<Node> inputs() {
      List<Node> inputs = new ArrayList<>(List.of(x));
      mask.ifPresent(inputs::add);
      return inputs;
    }

    @Override
    public List<Integer> shape() {
      return List.of(x.tokens(), x.width() / 3);
    }

    private int each() {
      return x.width() / 3 / heads;
    }

    private double scale() {
      return 1 / Math.sqrt(each());
    }

    /** Of each row and head one matrix, as of each row the heads are. */
    private String byHead(String v, int width) {
      return "torch.reshape(%s, [members, -1, %s, %s, %s])".formatted(v, heads, x.tokens(), width);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().attention(by.value(x), x.tokens(), x.width() / 3, heads, mask.map(by::value));
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return """
      %1$s%2$s_o = torch.bmm(%2$s_p, %2$s_v)
      %2$s = torch.reshape(torch.permute(%3$s, [0, 1, 3, 2, 4]), [members, -1, %4$s])
      """
          .formatted(weights(y), y, byHead(y + "_o", each()), x.width() / 3);
    }

    /** The lines of queries, keys and offers, and of the weights {@code y_p} by which it sums. */
    private String weights(String y) {
      int t = x.tokens();
      String scores = byHead(y + "_a", t);
      return """
      %1$s_s = torch.reshape(torch.permute(torch.reshape(%2$s, [members, -1, %3$s, 3, %4$s, %5$s]), [3, 0, 1, 4, 2, 5]), [3, -1, %3$s, %5$s])
      %1$s_q = torch.select(%1$s_s, 0, 0)
      %1$s_k = torch.select(%1$s_s, 0, 1)
      %1$s_v = torch.select(%1$s_s, 0, 2)
      %1$s_a = torch.mul(torch.bmm(%1$s_q, torch.transpose(%1$s_k, 1, 2)), %6$s)
      %1$s_p = torch.softmax(%7$s, -1)
      """
          .formatted(
              y,
              x.variable(),
              t,
              heads,
              each(),
              scale(),
              mask.map(each -> masked(scores, each)).orElse(y + "_a"));
    }

    private String masked(String scores, Node each) {
      int t = x.tokens();
      return "torch.reshape(torch.add(%s, torch.reshape(%s, [%s, -1, 1, %s, %s])), [-1, %s, %s])"
          .formatted(scores, each.variable(), each.owners(), t, t, t, t);
    }

    @Override
    public List<Kept> keeps(Node y) {
      String v = y.variable();
      return List.of(
          new Kept(v + "_q", y.size()),
          new Kept(v + "_k", y.size()),
          new Kept(v + "_v", y.size()),
          new Kept(v + "_p", (long) heads * x.tokens() * x.tokens()));
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      String v = y.variable();
      int t = x.tokens();
      way.line(
          "%s_do = torch.reshape(torch.permute(torch.reshape(%s, [members, -1, %s, %s, %s]), [0, 1, 3, 2, 4]), [-1, %s, %s])"
              .formatted(v, dy, t, heads, each(), t, each()));
      way.line("%1$s_dv = torch.bmm(torch.transpose(%1$s_p, 1, 2), %1$s_do)".formatted(v));
      way.line("%1$s_dp = torch.bmm(%1$s_do, torch.transpose(%1$s_v, 1, 2))".formatted(v));
      way.line("%s_ds = %s".formatted(v, Pointwise.Softmax.gradient(v + "_dp", v + "_p")));
      mask.ifPresent(
          each ->
              way.give(
                  each,
                  "torch.reshape(torch.sum(%s, [2]), [members, -1, %s])"
                      .formatted(byHead(v + "_ds", t), t)));
      way.line("%1$s_da = torch.mul(%1$s_ds, %2$s)".formatted(v, scale()));
      way.line("%1$s_dq = torch.bmm(%1$s_da, %1$s_k)".formatted(v));
      way.line("%1$s_dk = torch.bmm(torch.transpose(%1$s_da, 1, 2), %1$s_q)".formatted(v));
      way.give(
          x,
          "torch.reshape(torch.permute(torch.reshape(torch.stack([%1$s_dq, %1$s_dk, %1$s_dv], 0), [3, members, -1, %2$s, %3$s, %4$s]), [1, 2, 4, 0, 3, 5]), [members, -1, %5$s])"
              .formatted(v, heads, t, each(), x.width()));
    }
  }

  /**
   * The weights by which attention sums, {@code softmax(q kᵀ / √e + mask)}, a mean over its heads:
   * how much each token sees of each. They are there to be looked at, and no gradient goes through
   * them.
   */
  record Weights(Attention of) implements Fixed {
    @Override
    public List<Node> inputs() {
      return of.inputs();
    }

    @Override
    public List<Integer> shape() {
      return List.of(of.x().tokens(), of.x().tokens());
    }

    /** Refused: of a network that acts nobody asks for them in another language. */
    @Override
    public <V> V translate(Translated<V> by) {
      throw new IllegalStateException("Weights of attention are no operation of other languages.");
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      int t = of.x().tokens();
      return "%s%s = torch.detach(torch.reshape(torch.mean(%s, [2]), [members, -1, %s]))"
          .formatted(of.weights(y), y, of.byHead(y + "_p", t), t);
    }
  }

  /**
   * One step of a gated recurrent unit, from the sums of its three gates: {@code h' = n + z (h −
   * n)} with {@code r, z = σ(x + h)} and {@code n = tanh(x + r h)} of their thirds. Kyunghyun Cho
   * et al., 2014, arXiv 1406.1078, in the form of PyTorch's.
   *
   * @param x sums of what is seen, {@code (3 d)}
   * @param sums of the state before, {@code (3 d)}
   * @param h the state before, {@code (d)}
   */
  record Gates(Node x, Node sums, Node h) implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of(x, sums, h);
    }

    @Override
    public List<Integer> shape() {
      return h.shape();
    }

    private String first(String v, int thirds) {
      return "torch.narrow(%s, 2, 0, %s)".formatted(v, thirds * h.width());
    }

    private String third(String v, int which) {
      return "torch.narrow(%s, 2, %s, %s)".formatted(v, which * h.width(), h.width());
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().gates(by.value(x), by.value(sums), by.value(h), h.width());
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return """
      %1$s_g = torch.sigmoid(torch.add(%2$s, %3$s))
      %1$s_n = %4$s
      %1$s = torch.lerp(%1$s_n, %5$s, %6$s)
      """
          .formatted(
              y,
              first(x.variable(), 2),
              first(sums.variable(), 2),
              Activation.TANH.text(
                  "torch.addcmul(%s, %s, %s)"
                      .formatted(
                          third(x.variable(), 2), first(y + "_g", 1), third(sums.variable(), 2))),
              h.variable(),
              third(y + "_g", 1));
    }

    @Override
    public List<Kept> keeps(Node y) {
      String v = y.variable();
      return List.of(
          new Kept(v + "_g", 2L * y.size()),
          new Kept(v + "_n", y.size()),
          Kept.of(sums),
          Kept.of(h));
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      String v = y.variable();
      way.line("%s_r = %s".formatted(v, first(v + "_g", 1)));
      way.line("%s_z = %s".formatted(v, third(v + "_g", 1)));
      way.line(
          "%1$s_dn = torch.tanh_backward(torch.mul(%2$s, torch.rsub(%1$s_z, 1)), %1$s_n)"
              .formatted(v, dy));
      way.line("%1$s_dr = torch.mul(%1$s_dn, %2$s)".formatted(v, third(sums.variable(), 2)));
      way.line("%1$s_dz = torch.mul(%2$s, torch.sub(%3$s, %1$s_n))".formatted(v, dy, h.variable()));
      way.line(
          "%1$s_dg = torch.sigmoid_backward(torch.cat([%1$s_dr, %1$s_dz], 2), %1$s_g)"
              .formatted(v));
      way.give(x, "torch.cat([%1$s_dg, %1$s_dn], 2)".formatted(v));
      way.give(sums, "torch.cat([%1$s_dg, torch.mul(%1$s_dn, %1$s_r)], 2)".formatted(v));
      way.give(h, "torch.mul(%s, %s_z)".formatted(dy, v));
    }
  }
}
