package dev.retort.nn;

import java.util.List;
import java.util.function.UnaryOperator;

/** Operations with parameters, of each row or of each token. */
final class RowLayers {
  private RowLayers() {}

  /** Parameters that are their own value in every row. */
  record Free(Slice slice, Node rows) implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of();
    }

    @Override
    public List<Integer> shape() {
      return List.of(slice.size());
    }

    @Override
    public List<Slice> slices() {
      return List.of(slice);
    }

    @Override
    public boolean isPerMember() {
      return true;
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().free(by.parameter(slice));
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.expand(%s, [-1, torch.size(%s, 1), -1])"
          .formatted(y, w.apply(slice.name()), rows.variable());
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.gradient(slice, "torch.sum(%s, [1], True, out=%%s)".formatted(dy));
    }
  }

  /** {@code y = x W + b}. */
  record Linear(Node x, Slice weight, Slice bias) implements Operation.Layer {
    static Linear of(String name, Node x, int width, double gain) {
      return new Linear(
          x, Slice.linear(name, x.width(), width, gain), Slice.linearBias(name, x.width(), width));
    }

    @Override
    public Layer again(Node other) {
      return new Linear(other, weight, bias);
    }

    @Override
    public List<Integer> shape() {
      int width = weight.shape().get(1).intValue();
      return x.shape().size() == 1 ? List.of(width) : List.of(x.shape().get(0), width);
    }

    @Override
    public List<Slice> slices() {
      return List.of(weight, bias);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      return by.to().linear(by.value(x), by.parameter(weight), by.parameter(bias));
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s = torch.baddbmm(%s, %s, %s)"
          .formatted(y, w.apply(bias.name()), x.variable(), w.apply(weight.name()));
    }

    @Override
    public List<Kept> keeps(Node y) {
      return List.of(Kept.of(x));
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      way.gradient(weight, "torch.bmm(%s, %s, out=%%s)".formatted(way.turned(x), dy));
      way.gradient(bias, "torch.sum(%s, [1], True, out=%%s)".formatted(dy));
      if (way.needs(x)) {
        String room = way.room(x);
        way.line(
            "%s_x = torch.bmm(%s, %s, out=%s)"
                .formatted(y.variable(), dy, way.turned(weight), room));
        way.giveRoom(x, room);
      }
    }
  }

  /**
   * Numbers less their mean, over their deviation, times a scale and plus an offset of each. Jimmy
   * Lei Ba, Jamie Ryan Kiros, Geoffrey E. Hinton, "Layer normalization", 2016, arXiv 1607.06450.
   */
  record Norm(Node x, Slice scale, Slice offset) implements Operation.Layer {
    private static final String EPSILON = "1e-5";

    static Norm of(String name, Node x) {
      return new Norm(
          x,
          Slice.constant(name + ".scale", x.width(), 1),
          Slice.constant(name + ".offset", x.width(), 0));
    }

    @Override
    public Layer again(Node other) {
      return new Norm(other, scale, offset);
    }

    @Override
    public List<Slice> slices() {
      return List.of(scale, offset);
    }

    @Override
    public <V> V translate(Translated<V> by) {
      double epsilon = Double.parseDouble(EPSILON);
      return by.to().norm(by.value(x), by.parameter(scale), by.parameter(offset), epsilon);
    }

    @Override
    public String forward(String y, UnaryOperator<String> w) {
      return "%s_n, %s_m, %s_r, = torch.native_layer_norm(%s, [%s], None, None, %s)%n"
              .formatted(y, y, y, x.variable(), x.width(), EPSILON)
          + "%s = torch.addcmul(%s, %s_n, %s)"
              .formatted(y, w.apply(offset.name()), y, w.apply(scale.name()));
    }

    @Override
    public List<Kept> keeps(Node y) {
      String v = y.variable();
      return List.of(
          Kept.of(x), new Kept(v + "_n", y.size()), new Kept(v + "_m", 1), new Kept(v + "_r", 1));
    }

    @Override
    public void back(WayBack way, Node y, String dy) {
      String v = y.variable();
      way.gradient(scale, "torch.sum(torch.mul(%s, %s_n), [1], True, out=%%s)".formatted(dy, v));
      way.gradient(offset, "torch.sum(%s, [1], True, out=%%s)".formatted(dy));
      if (way.needs(x)) {
        way.line("%s_d = torch.mul(%s, %s)".formatted(v, dy, way.weight(scale)));
        way.line(
            "%s_x, %s_s, %s_o, = torch.native_layer_norm_backward(%s_d, %s, [%s], %s_m, %s_r, None, None, [True, False, False])"
                .formatted(v, v, v, v, x.variable(), x.width(), v, v));
        way.give(x, v + "_x");
      }
    }
  }
}
