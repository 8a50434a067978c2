package dev.retort.nn;

import dev.retort.option.Type;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How the parameters of a new network are drawn, from streams of our own. */
public enum Initialization {
  /**
   * Orthogonal weights times a gain, zero biases: the rows (or columns, whichever are fewer) of
   * each weight matrix are orthonormal before the gain. Andrew M. Saxe, James L. McClelland, Surya
   * Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
   * networks", 2013, arXiv 1312.6120.
   */
  ORTHOGONAL {
    @Override
    void draw(Slice slice, RandomStream random, float[] values, int at) {
      if (slice.kind() == Slice.Kind.BIAS) {
        Arrays.fill(values, at, at + slice.size(), 0);
        return;
      }
      boolean linear = slice.kind() == Slice.Kind.LINEAR_WEIGHT;
      int rows = linear ? slice.fanIn() : slice.shape().get(0).intValue();
      int columns = slice.size() / rows;
      boolean tall = rows >= columns;
      double[][] q = orthonormal(tall ? columns : rows, tall ? rows : columns, random);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          values[at + row * columns + column] =
              (float) (slice.gain() * (tall ? q[column][row] : q[row][column]));
        }
      }
    }
  },

  /**
   * Weights and biases uniform in {@code ±1/√fanIn}, as PyTorch's linear and convolutional layers
   * are by default.
   */
  FAN_IN {
    @Override
    void draw(Slice slice, RandomStream random, float[] values, int at) {
      uniform(slice.fanIn(), slice, random, values, at);
    }
  },

  /**
   * Weights and biases uniform in {@code ±1/√fanOut}: what PyTorch's default becomes where weights
   * of many networks are stored one behind the other, {@code (members, in, out)}, whose second axis
   * it takes for the inputs. First layers of few inputs begin smaller and last layers of few
   * outputs larger than with {@link #FAN_IN}. So are the students of Weltevrede and others, 2025,
   * arXiv 2505.16581, in the authors' code; a bias has the bound of its layer.
   */
  FAN_OUT {
    @Override
    void draw(Slice slice, RandomStream random, float[] values, int at) {
      uniform(slice.fanOut(), slice, random, values, at);
    }
  };

  /** What {@link #FAN_IN} was called in files of before. */
  private static final String FAN_IN_BEFORE = "pytorch";

  /** Initializations as text, also by words of before. */
  static Type<Initialization> type() {
    Type<Initialization> words = Type.choice(Initialization.class);
    return new Type<>(
        words.label(),
        text -> text.trim().equalsIgnoreCase(FAN_IN_BEFORE) ? FAN_IN : words.reader().apply(text),
        words.writer(),
        words.choices());
  }

  /** Whether a word of text is one. */
  static boolean isNamed(String word) {
    return type().choices().contains(word) || word.equals(FAN_IN_BEFORE);
  }

  private static void uniform(int fan, Slice slice, RandomStream random, float[] values, int at) {
    double bound = 1 / Math.sqrt(fan);
    for (int i = 0; i < slice.size(); i++) {
      values[at + i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }

  /** Draws one slice of one member to {@code values[at ..]}. */
  final void fill(Slice slice, RandomStream random, float[] values, int at) {
    if (slice.kind() == Slice.Kind.FREE) {
      Arrays.fill(values, at, at + slice.size(), (float) slice.gain());
    } else {
      draw(slice, random, values, at);
    }
  }

  abstract void draw(Slice slice, RandomStream random, float[] values, int at);

  /**
   * {@code count} orthonormal vectors of length {@code length >= count}: Gram-Schmidt, done twice
   * for accuracy.
   */
  private static double[][] orthonormal(int count, int length, RandomGenerator random) {
    double[][] q = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < length; k++) {
        q[i][k] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          double dot = 0;
          for (int k = 0; k < length; k++) {
            dot += q[i][k] * q[j][k];
          }
          for (int k = 0; k < length; k++) {
            q[i][k] -= dot * q[j][k];
          }
        }
      }
      double norm = 0;
      for (int k = 0; k < length; k++) {
        norm += q[i][k] * q[i][k];
      }
      norm = Math.sqrt(norm);
      for (int k = 0; k < length; k++) {
        q[i][k] /= norm;
      }
    }
    return q;
  }
}
