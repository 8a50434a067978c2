package dev.retort.nn;

/**
 * A linear layer of one member in plain Java, {@code y = x W + b}.
 *
 * <p>The compiler makes vector instructions of a loop where each array is read and written at the
 * loop's own index. So the matrix is an array of rows, one for each input, and a loop adds four of
 * them.
 */
final class RowLinear {
  private final int weight;
  private final int bias;
  private final float[][] rows;
  private final float[] b;
  private final float[] y;

  private RowLinear(int weight, int bias, int in, int out) {
    this.weight = weight;
    this.bias = bias;
    this.rows = new float[in][out];
    this.b = new float[out];
    this.y = new float[out];
  }

  /**
   * A member's layer.
   *
   * @param weight slice of the layout that holds the weights
   * @param bias slice that holds the biases
   */
  static RowLinear of(Layout layout, int weight, int bias, int member) {
    int out = layout.slices().get(bias).size();
    int in = layout.slices().get(weight).size() / out;
    return new RowLinear(layout.offset(weight, member), layout.offset(bias, member), in, out);
  }

  /** Free numbers: a layer that nothing goes into. */
  static RowLinear free(Layout layout, int slice, int member) {
    int at = layout.offset(slice, member);
    return new RowLinear(at, at, 0, layout.slices().get(slice).size());
  }

  /** Takes its numbers from the flat array of the population. */
  void take(float[] parameters) {
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(parameters, weight + i * b.length, rows[i], 0, b.length);
    }
    System.arraycopy(parameters, bias, b, 0, b.length);
  }

  /** What it makes of a row, live until the next; of inputs beyond its own it sees none. */
  float[] apply(float[] x) {
    System.arraycopy(b, 0, y, 0, y.length);
    int i = 0;
    for (; i + 4 <= rows.length; i += 4) {
      add(x[i], x[i + 1], x[i + 2], x[i + 3], rows[i], rows[i + 1], rows[i + 2], rows[i + 3], y);
    }
    for (; i < rows.length; i++) {
      add(x[i], rows[i], y);
    }
    return y;
  }

  private static void add(
      float a, float b, float c, float d, float[] p, float[] q, float[] r, float[] s, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] += a * p[j] + b * q[j] + c * r[j] + d * s[j];
    }
  }

  private static void add(float a, float[] p, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] += a * p[j];
    }
  }
}
