package dev.retort.nn;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A linear layer and the non-linearity behind it, computed in one place of the memory.
 *
 * @param linear whose sums nothing else sees
 * @param activation one whose derivative is computed from what it gave
 */
record Dense(RowLayers.Linear linear, Activation activation) implements Placed {
  /**
   * The engine computes exponentials so many at a time, and the last ones otherwise, with other
   * last bits: behind the numbers of a layer there are some that nobody reads.
   */
  private static final int PADDING = 64;

  @Override
  public List<Node> inputs() {
    return linear.inputs();
  }

  @Override
  public List<Integer> shape() {
    return linear.shape();
  }

  @Override
  public List<Slice> slices() {
    return linear.slices();
  }

  @Override
  public <V> V translate(Translated<V> by) {
    return by.to().apply(activation, linear.translate(by));
  }

  @Override
  public String forward(String y, UnaryOperator<String> w) {
    String sums = y + "_x";
    return "%s%n%s = %s".formatted(linear.forward(sums, w), y, activation.text(sums));
  }

  @Override
  public String forward(Node y, UnaryOperator<String> w, Held held) {
    String v = y.variable();
    String room = held.hold(v + "_room", "torch.new_zeros(x, [%s])".formatted(numbers(y, PADDING)));
    String own = "torch.narrow(%s, 0, 0, %s)".formatted(room, numbers(y, 0));
    String place = held.hold(v, "torch.reshape(%s, %s)".formatted(own, y.sizes()));
    int steepness = activation.steepness();
    String sums =
        "%s = torch.baddbmm(%s, %s, %s, beta=%s, alpha=%s, out=%s)"
            .formatted(
                v,
                w.apply(linear.bias().name()),
                linear.x().variable(),
                w.apply(linear.weight().name()),
                steepness,
                steepness,
                place);
    String applied = "%n_%s = %s".formatted(v, activation.inPlace(room));
    return sums + applied + (activation == Activation.TANH ? tangent(v, held) : "");
  }

  /** From {@code σ(2x)} to {@code 2 σ(2x) − 1}. */
  private static String tangent(String v, Held held) {
    String minusOne = held.hold("minus_one", "torch.new_full(x, [], -1)");
    return "%n_%s = torch.add(%s, %s, alpha=2, out=%s)".formatted(v, minusOne, v, v);
  }

  private static String numbers(Node y, int more) {
    return "torch.add(torch.mul(torch.mul(members, torch.size(x, 1)), %s), %s)"
        .formatted(y.size(), more);
  }

  @Override
  public List<Kept> keeps(Node y) {
    return List.of(Kept.of(linear.x()), Kept.of(y));
  }

  @Override
  public void back(WayBack way, Node y, String dy) {
    String v = y.variable();
    String d = dy;
    if (way.isOwn(y)) {
      way.line("_%s = %s".formatted(v, activation.gradientTextInPlace(dy, v)));
    } else {
      d = v + "_d";
      way.line("%s = %s".formatted(d, activation.gradientText(dy, v)));
    }
    linear.back(way, y, d);
  }
}
