package dev.retort.loss;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Every distance a second time, in doubles, straight from its formula and from raw targets. */
final class Formulas {
  private Formulas() {}

  /** The loss of outputs from targets as they came. */
  static double of(Distance distance, double[] z, double[] t) {
    if (distance instanceof Kl kl) {
      return divergence(logSoftmax(t, kl.temperature()), logSoftmax(z, 1));
    }
    if (distance instanceof CrossEntropy crossEntropy) {
      double[] log = logSoftmax(t, crossEntropy.temperature());
      return divergence(log, logSoftmax(z, 1)) + entropy(log);
    }
    if (distance instanceof ReverseKl reverse) {
      return divergence(logSoftmax(z, 1), logSoftmax(t, reverse.temperature()));
    }
    if (distance instanceof JensenShannon jensenShannon) {
      double[] a = logSoftmax(t, jensenShannon.temperature());
      double[] b = logSoftmax(z, 1);
      double[] middle = new double[a.length];
      Arrays.setAll(middle, k -> Math.log((Math.exp(a[k]) + Math.exp(b[k])) / 2));
      return (divergence(a, middle) + divergence(b, middle)) / 2;
    }
    if (distance instanceof Huber huber) {
      return sum(z, t, e -> huber(e, huber.threshold()));
    }
    return switch (distance.toString()) {
      case "nll" -> -logSoftmax(z, 1)[argmax(t)];
      case "behavior-cloning" -> -logSoftmax(z, 1)[(int) t[0]];
      case "mse" -> sum(z, t, e -> e * e);
      case "probability-mse" -> sum(softmax(z, 1), softmax(t, 1), e -> e * e);
      case "cosine" -> 1 - product(z, t) / Math.sqrt(product(z, z) * product(t, t));
      case "l1" -> sum(z, t, Math::abs);
      case "normal-kl" -> normals(t, z);
      case "reverse-normal-kl" -> normals(z, t);
      case "normal-nll" -> density(z, t);
      default -> throw new AssertionError("no formula for " + distance);
    };
  }

  static double[] softmax(double[] x, double temperature) {
    return Arrays.stream(logSoftmax(x, temperature)).map(Math::exp).toArray();
  }

  static double[] logSoftmax(double[] x, double temperature) {
    double max = Arrays.stream(x).max().orElseThrow();
    double sum = Arrays.stream(x).map(each -> Math.exp((each - max) / temperature)).sum();
    return Arrays.stream(x).map(each -> (each - max) / temperature - Math.log(sum)).toArray();
  }

  /** {@code KL(a ‖ b)} of distributions that are given by their logarithms. */
  private static double divergence(double[] logA, double[] logB) {
    double sum = 0;
    for (int k = 0; k < logA.length; k++) {
      double a = Math.exp(logA[k]);
      sum += a == 0 ? 0 : a * (logA[k] - logB[k]);
    }
    return sum;
  }

  /** The entropy of a distribution that is given by its logarithms. */
  static double entropy(double[] log) {
    return -Arrays.stream(log).map(each -> Math.exp(each) * each).sum();
  }

  private static double huber(double e, double threshold) {
    return Math.abs(e) <= threshold
        ? e * e / 2
        : threshold * Math.abs(e) - threshold * threshold / 2;
  }

  /** {@code KL(N_a ‖ N_b)} of means, then log-deviations. */
  private static double normals(double[] a, double[] b) {
    int size = a.length / 2;
    double sum = 0;
    for (int d = 0; d < size; d++) {
      double ofA = Math.exp(a[size + d]);
      double ofB = Math.exp(b[size + d]);
      sum +=
          Math.log(ofB / ofA) + (ofA * ofA + (a[d] - b[d]) * (a[d] - b[d])) / (2 * ofB * ofB) - 0.5;
    }
    return sum;
  }

  private static double density(double[] z, double[] action) {
    double sum = 0;
    for (int d = 0; d < action.length; d++) {
      double deviation = Math.exp(z[action.length + d]);
      double x = (action[d] - z[d]) / deviation;
      sum += x * x / 2 + Math.log(deviation * Math.sqrt(2 * Math.PI));
    }
    return sum;
  }

  private static int argmax(double[] t) {
    int best = 0;
    for (int k = 0; k < t.length; k++) {
      best = t[k] > t[best] ? k : best;
    }
    return best;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double sum(double[] a, double[] b, DoubleUnaryOperator each) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += each.applyAsDouble(a[k] - b[k]);
    }
    return sum;
  }
}
