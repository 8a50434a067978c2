package dev.retort.nn;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Operations between tokens, and what they are made of, as loops over doubles. */
final class PlainSequences {
  private static final double NEVER = -1e9;

  private final Map<String, double[]> parameters;
  private final Map<Node, double[]> values;

  PlainSequences(Map<String, double[]> parameters, Map<Node, double[]> values) {
    this.parameters = parameters;
    this.values = values;
  }

  double[] value(Operation operation, double[] x) {
    if (operation instanceof Arrangement.Some some) {
      int width = some.x().width();
      return IntStream.range(0, x.length)
          .filter(i -> i % width >= some.from() && i % width < some.from() + some.count())
          .mapToDouble(i -> x[i])
          .toArray();
    }
    if (operation instanceof Arrangement.At at) {
      int from = at.token() * at.x().width();
      return Arrays.copyOfRange(x, from, from + at.x().width());
    }
    if (operation instanceof Pointwise.Multiply product) {
      double[] b = values.get(product.b());
      int each = x.length / b.length;
      return IntStream.range(0, x.length).mapToDouble(i -> x[i] * b[i / each]).toArray();
    }
    if (operation instanceof Pointwise.Softmax softmax) {
      return softmax(x, softmax.x().width());
    }
    if (operation instanceof Fixed.Detach) {
      return x;
    }
    if (operation instanceof Fixed.OneHot hot) {
      double[] all = new double[x.length * hot.choices()];
      for (int i = 0; i < x.length; i++) {
        all[i * hot.choices() + (int) Math.rint(x[i])] = 1;
      }
      return all;
    }
    if (operation instanceof Fixed.Absent) {
      return Arrays.stream(x).map(each -> each < 0.5 ? NEVER : 0).toArray();
    }
    if (operation instanceof Fixed.Unseen unseen) {
      return unseen(x, unseen.isCausal());
    }
    if (operation instanceof Angles angles) {
      return angles(x, angles.x().width());
    }
    if (operation instanceof Sequences.Positions positions) {
      double[] p = parameters.get(positions.weight().name());
      return IntStream.range(0, x.length).mapToDouble(i -> x[i] + p[i]).toArray();
    }
    if (operation instanceof Sequences.WeightedSum sum) {
      return weightedSum(x, values.get(sum.x()), sum.x().width());
    }
    if (operation instanceof Sequences.Attention attention) {
      return attention(attention, x);
    }
    if (operation instanceof Sequences.Weights weights) {
      return weights(weights.of(), x);
    }
    if (operation instanceof Sequences.Gates gates) {
      return gates(x, values.get(gates.sums()), values.get(gates.h()));
    }
    throw new AssertionError("no loops for " + operation);
  }

  private static double[] softmax(double[] x, int width) {
    double[] p = new double[x.length];
    for (int from = 0; from < x.length; from += width) {
      double most = Double.NEGATIVE_INFINITY;
      for (int k = from; k < from + width; k++) {
        most = Math.max(most, x[k]);
      }
      double sum = 0;
      for (int k = from; k < from + width; k++) {
        p[k] = Math.exp(x[k] - most);
        sum += p[k];
      }
      for (int k = from; k < from + width; k++) {
        p[k] /= sum;
      }
    }
    return p;
  }

  private static double[] unseen(double[] absent, boolean causal) {
    int t = absent.length;
    double[] all = new double[t * t];
    for (int i = 0; i < t; i++) {
      for (int j = 0; j < t; j++) {
        boolean hidden = absent[j] != 0 || (causal && j > i);
        all[i * t + j] = i != j && hidden ? NEVER : 0;
      }
    }
    return all;
  }

  private static double[] angles(double[] tokens, int width) {
    int t = tokens.length / width;
    double[] all = new double[t * t];
    for (int i = 0; i < t; i++) {
      for (int j = 0; j < t; j++) {
        double product = product(tokens, i, j, width);
        double lengths =
            Math.sqrt(product(tokens, i, i, width) + 1e-12)
                * Math.sqrt(product(tokens, j, j, width) + 1e-12);
        all[i * t + j] = Math.acos(Math.max(1e-4 - 1, Math.min(1 - 1e-4, product / lengths)));
      }
    }
    return all;
  }

  private static double product(double[] tokens, int i, int j, int width) {
    double sum = 0;
    for (int k = 0; k < width; k++) {
      sum += tokens[i * width + k] * tokens[j * width + k];
    }
    return sum;
  }

  private static double[] weightedSum(double[] weights, double[] tokens, int width) {
    double[] sum = new double[width];
    for (int i = 0; i < tokens.length; i++) {
      sum[i % width] += weights[i / width] * tokens[i];
    }
    return sum;
  }

  private double[] attention(Sequences.Attention attention, double[] x) {
    int t = attention.x().tokens();
    int d = attention.x().width() / 3;
    int each = d / attention.heads();
    double[] y = new double[t * d];
    for (int head = 0; head < attention.heads(); head++) {
      int from = head * each;
      for (int i = 0; i < t; i++) {
        double[] p = seen(attention, x, head, i);
        for (int j = 0; j < t; j++) {
          for (int k = 0; k < each; k++) {
            y[i * d + from + k] += p[j] * x[j * 3 * d + 2 * d + from + k];
          }
        }
      }
    }
    return y;
  }

  /** How much a token sees of each by one head. */
  private double[] seen(Sequences.Attention attention, double[] x, int head, int i) {
    int t = attention.x().tokens();
    int d = attention.x().width() / 3;
    int each = d / attention.heads();
    int from = head * each;
    double[] mask = attention.mask().map(values::get).orElse(new double[t * t]);
    double[] scores = new double[t];
    for (int j = 0; j < t; j++) {
      for (int k = 0; k < each; k++) {
        scores[j] += x[i * 3 * d + from + k] * x[j * 3 * d + d + from + k];
      }
      scores[j] = scores[j] / Math.sqrt(each) + mask[i * t + j];
    }
    return softmax(scores, t);
  }

  /** The same as a mean over heads, of all tokens. */
  private double[] weights(Sequences.Attention attention, double[] x) {
    int t = attention.x().tokens();
    double[] all = new double[t * t];
    for (int head = 0; head < attention.heads(); head++) {
      for (int i = 0; i < t; i++) {
        double[] p = seen(attention, x, head, i);
        for (int j = 0; j < t; j++) {
          all[i * t + j] += p[j] / attention.heads();
        }
      }
    }
    return all;
  }

  private static double[] gates(double[] x, double[] sums, double[] h) {
    int d = h.length;
    double[] next = new double[d];
    for (int k = 0; k < d; k++) {
      double r = sigmoid(x[k] + sums[k]);
      double z = sigmoid(x[d + k] + sums[d + k]);
      double n = Math.tanh(x[2 * d + k] + r * sums[2 * d + k]);
      next[k] = (1 - z) * n + z * h[k];
    }
    return next;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
