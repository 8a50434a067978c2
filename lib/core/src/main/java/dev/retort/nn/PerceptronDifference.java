package dev.retort.nn;

import java.util.List;

/**
 * Two perceptrons of one description as a single one, which gives the outputs of the first less
 * those of the second.
 *
 * <p>Layers stand side by side, and only the outputs bring them together:
 *
 * <pre>
 *   h = (h_a, h_b)      f = W_a h_a − W_b h_b + (c_a − c_b)
 * </pre>
 *
 * <p>so that what is left of the two is an ordinary perceptron, twice as wide, which acts, is saved
 * and is drawn like any other.
 */
public final class PerceptronDifference {
  private PerceptronDifference() {}

  /**
   * The perceptron twice as wide.
   *
   * @param each one perceptron, all of whose outputs share one trunk
   */
  public static Blueprint of(Blueprint each) {
    Mlp mlp = each.architecture().perceptron().orElseThrow();
    List<Integer> wide = mlp.hidden().stream().map(width -> 2 * width).toList();
    return new Blueprint(
        new Mlp(wide, mlp.activation(), mlp.scale()),
        each.inputShape(),
        each.outputs(),
        each.trunk());
  }

  /**
   * Its parameters.
   *
   * @param each one perceptron
   * @param first parameters of the one whose outputs count as they are
   * @param second parameters of the one whose outputs are subtracted
   */
  public static float[] parameters(Blueprint each, float[] first, float[] second) {
    Layout narrow = new Layout(each, 1);
    Layout wide = new Layout(of(each), 1);
    List<float[]> both = List.of(first, second);
    float[] parameters = new float[wide.size()];
    int below = 2 * each.architecture().perceptron().orElseThrow().hidden().size();
    for (int slice = 0; slice < narrow.slices().size(); slice++) {
      boolean isOutput = slice >= below;
      boolean seesInputs = slice < 2 || below == 0;
      for (int i = 0; i < both.size(); i++) {
        int rows = rows(narrow.slices().get(slice));
        boolean isWeight = narrow.slices().get(slice).kind() == Slice.Kind.LINEAR_WEIGHT;
        int row = isWeight && !seesInputs ? i * rows : 0;
        int columns = narrow.slices().get(slice).size() / rows;
        int column = isOutput ? 0 : i * columns;
        int width = wide.slices().get(slice).size() / rows(wide.slices().get(slice));
        int sign = isOutput && i == 1 ? -1 : 1;
        for (int k = 0; k < rows * columns; k++) {
          int to = (row + k / columns) * width + column + k % columns;
          parameters[wide.offset(slice) + to] += sign * both.get(i)[narrow.offset(slice) + k];
        }
      }
    }
    return parameters;
  }

  private static int rows(Slice slice) {
    return slice.kind() == Slice.Kind.LINEAR_WEIGHT ? slice.fanIn() : 1;
  }
}
