package dev.retort.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * A population of perceptrons that acts in plain Java, row by row: where there are few rows, a call
 * of the engine takes longer than all their arithmetic.
 *
 * <p>What a row gives depends on that row and its member alone, to the last bit, whatever is
 * computed beside them.
 */
final class RowPerceptron {
  /** Multiply-adds of all rows of a member up to which the engine is slower. */
  private static final long MOST_WORK = 100_000;

  private final Mlp mlp;
  private final Blueprint blueprint;
  private final Layout layout;
  private final float[] parameters;
  private final float[] seen;
  private final int width;
  private final long multiplyAdds;
  private final List<List<Layers>> members = new ArrayList<>();
  private boolean isCurrent;

  /** Hidden layers, and the outputs that lie upon them. */
  private record Layers(List<RowLinear> hidden, List<Placed> outputs) {}

  /** An output, and where it begins in a row of all. */
  private record Placed(int column, RowLinear layer) {}

  /**
   * A population whose weights are taken from its flat array when they are first asked for.
   *
   * @param parameters of all members, live
   */
  RowPerceptron(Mlp mlp, Blueprint blueprint, Layout layout, float[] parameters) {
    this.mlp = mlp;
    this.blueprint = blueprint;
    this.layout = layout;
    this.parameters = parameters;
    this.seen = new float[blueprint.inputShape().size()];
    this.width = Output.width(blueprint.outputs());
    this.multiplyAdds =
        layout.slices().stream()
            .filter(slice -> slice.kind() == Slice.Kind.LINEAR_WEIGHT)
            .mapToLong(Slice::count)
            .sum();
  }

  /**
   * Whether so many rows of each member are quicker here. The number of members does not matter, so
   * that each acts as it would alone.
   */
  boolean isQuicker(int batch) {
    return batch * multiplyAdds <= MOST_WORK;
  }

  /** Tells of parameters that were changed. */
  void parametersChanged() {
    isCurrent = false;
  }

  /** Computes outputs; the arguments are those of {@link Network#predict}. */
  void predict(float[] x, int batch, Rows rows, float[] out) {
    take();
    float scale = (float) mlp.scale();
    for (int at = 0; at < members.size() * batch; at++) {
      int from = (rows == Rows.SHARED ? at % batch : at) * seen.length;
      for (int i = 0; i < seen.length; i++) {
        seen[i] = scale * x[from + i];
      }
      for (Layers layers : members.get(at / batch)) {
        predict(layers, out, at * width);
      }
    }
  }

  private void predict(Layers layers, float[] out, int to) {
    float[] h = seen;
    for (RowLinear layer : layers.hidden()) {
      h = layer.apply(h);
      RowActivation.apply(mlp.activation(), h);
    }
    for (Placed output : layers.outputs()) {
      float[] y = output.layer().apply(h);
      System.arraycopy(y, 0, out, to + output.column(), y.length);
    }
  }

  private void take() {
    if (members.isEmpty()) {
      for (int member = 0; member < layout.members(); member++) {
        members.add(layers(member));
      }
    }
    if (!isCurrent) {
      members.forEach(own -> own.forEach(this::take));
      isCurrent = true;
    }
  }

  private void take(Layers layers) {
    layers.hidden().forEach(layer -> layer.take(parameters));
    layers.outputs().forEach(output -> output.layer().take(parameters));
  }

  /** A member's layers, trunk by trunk, and behind them what is free of the input. */
  private List<Layers> layers(int member) {
    int trunks = blueprint.trunk() == Trunk.SHARED ? 1 : blueprint.trunks();
    List<Layers> all = new ArrayList<>();
    for (int trunk = 0; trunk < trunks; trunk++) {
      List<RowLinear> hidden = new ArrayList<>();
      for (int layer = 0; layer < mlp.hidden().size(); layer++) {
        int weight = 2 * trunks * layer + trunk;
        hidden.add(RowLinear.of(layout, weight, weight + trunks, member));
      }
      all.add(new Layers(hidden, new ArrayList<>()));
    }
    Layers free = new Layers(List.of(), new ArrayList<>());
    int slice = 2 * trunks * mlp.hidden().size();
    int trunk = 0;
    int column = 0;
    for (Output output : blueprint.outputs()) {
      if (output.isFree()) {
        free.outputs().add(new Placed(column, RowLinear.free(layout, slice++, member)));
      } else {
        RowLinear layer = RowLinear.of(layout, slice, slice + 1, member);
        all.get(trunk++ % trunks).outputs().add(new Placed(column, layer));
        slice += 2;
      }
      column += output.size();
    }
    all.add(free);
    return all;
  }
}
