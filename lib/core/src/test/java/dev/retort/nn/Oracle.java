package dev.retort.nn;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Networks and derivatives written a second time, as loops over doubles, for comparison. */
public final class Oracle {
  private Oracle() {}

  /** The outputs of a perceptron for one row. */
  static double[] perceptron(Mlp mlp, int in, int[] heads, double[] parameters, float[] x, int at) {
    double[] h = new double[in];
    for (int i = 0; i < in; i++) {
      h[i] = x[at + i];
    }
    return perceptron(mlp, heads, parameters, h);
  }

  /** The same of double-precision inputs, scaled already. */
  static double[] perceptron(Mlp mlp, int[] heads, double[] parameters, double[] x) {
    double[] h = x;
    int[] next = {0};
    for (int width : mlp.hidden()) {
      h = linear(parameters, next, h, width);
      for (int i = 0; i < width; i++) {
        h[i] = activation(mlp.activation(), h[i]);
      }
    }
    return heads(parameters, next, h, heads);
  }

  static double activation(Activation activation, double x) {
    return switch (activation) {
      case TANH -> Math.tanh(x);
      case RELU -> Math.max(0, x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case GELU -> x / 2 * (1 + erf(x / Math.sqrt(2)));
    };
  }

  /** The error function by its series, for small numbers. */
  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  /** The outputs of the residual network for one image. */
  static double[] residualCnn(
      ResidualCnn cnn, List<Integer> shape, int[] heads, double[] parameters, float[] x, int at) {
    int height = shape.get(1);
    int width = shape.get(2);
    double[][][] image = new double[shape.get(0)][height][width];
    for (int c = 0; c < image.length; c++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          image[c][i][j] = x[at + (c * height + i) * width + j] / 10;
        }
      }
    }
    int[] next = {0};
    double[][][] h = pool(conv(parameters, next, image, cnn.channels()));
    for (int block = 0; block < 2; block++) {
      double[][][] inner = conv(parameters, next, relu(h), cnn.channels());
      double[][][] outer = conv(parameters, next, relu(inner), cnn.channels());
      for (int c = 0; c < h.length; c++) {
        for (int i = 0; i < h[0].length; i++) {
          for (int j = 0; j < h[0][0].length; j++) {
            outer[c][i][j] += h[c][i][j];
          }
        }
      }
      h = outer;
    }
    h = relu(h);
    double[] flat = new double[h.length * h[0].length * h[0][0].length];
    int k = 0;
    for (double[][] plane : h) {
      for (double[] row : plane) {
        for (double value : row) {
          flat[k++] = value;
        }
      }
    }
    for (int out : cnn.hidden()) {
      flat = linear(parameters, next, flat, out);
      for (int i = 0; i < out; i++) {
        flat[i] = Math.max(0, flat[i]);
      }
    }
    return heads(parameters, next, flat, heads);
  }

  private static double[] heads(double[] parameters, int[] next, double[] h, int[] heads) {
    double[] all = new double[java.util.Arrays.stream(heads).sum()];
    int at = 0;
    for (int size : heads) {
      double[] own = linear(parameters, next, h, size);
      System.arraycopy(own, 0, all, at, size);
      at += size;
    }
    return all;
  }

  private static double[] linear(double[] parameters, int[] next, double[] h, int out) {
    double[] z = new double[out];
    int bias = next[0] + h.length * out;
    for (int j = 0; j < out; j++) {
      z[j] = parameters[bias + j];
      for (int i = 0; i < h.length; i++) {
        z[j] += h[i] * parameters[next[0] + i * out + j];
      }
    }
    next[0] = bias + out;
    return z;
  }

  private static double[][][] conv(double[] parameters, int[] next, double[][][] x, int channels) {
    int height = x[0].length;
    int width = x[0][0].length;
    double[][][] z = new double[channels][height][width];
    int bias = next[0] + channels * x.length * 9;
    for (int o = 0; o < channels; o++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          double sum = parameters[bias + o];
          for (int c = 0; c < x.length; c++) {
            for (int di = -1; di <= 1; di++) {
              for (int dj = -1; dj <= 1; dj++) {
                if (i + di >= 0 && i + di < height && j + dj >= 0 && j + dj < width) {
                  int w = next[0] + ((o * x.length + c) * 3 + di + 1) * 3 + dj + 1;
                  sum += x[c][i + di][j + dj] * parameters[w];
                }
              }
            }
          }
          z[o][i][j] = sum;
        }
      }
    }
    next[0] = bias + channels;
    return z;
  }

  private static double[][][] pool(double[][][] x) {
    int height = (x[0].length - 1) / 2 + 1;
    int width = (x[0][0].length - 1) / 2 + 1;
    double[][][] z = new double[x.length][height][width];
    for (int c = 0; c < x.length; c++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          double max = Double.NEGATIVE_INFINITY;
          for (int a = Math.max(0, 2 * i - 1); a <= Math.min(x[0].length - 1, 2 * i + 1); a++) {
            for (int b = Math.max(0, 2 * j - 1);
                b <= Math.min(x[0][0].length - 1, 2 * j + 1);
                b++) {
              max = Math.max(max, x[c][a][b]);
            }
          }
          z[c][i][j] = max;
        }
      }
    }
    return z;
  }

  private static double[][][] relu(double[][][] x) {
    double[][][] y = new double[x.length][x[0].length][x[0][0].length];
    for (int c = 0; c < x.length; c++) {
      for (int i = 0; i < x[0].length; i++) {
        for (int j = 0; j < x[0][0].length; j++) {
          y[c][i][j] = Math.max(0, x[c][i][j]);
        }
      }
    }
    return y;
  }

  /** The gradient of a function by central differences. */
  public static double[] centralDifferences(double[] at, ToDoubleFunction<double[]> function) {
    double[] gradient = new double[at.length];
    double[] x = at.clone();
    double h = 1e-5;
    for (int i = 0; i < x.length; i++) {
      x[i] = at[i] + h;
      double above = function.applyAsDouble(x);
      x[i] = at[i] - h;
      double below = function.applyAsDouble(x);
      x[i] = at[i];
      gradient[i] = (above - below) / (2 * h);
    }
    return gradient;
  }
}
