package dev.retort.distribution;

import dev.retort.loss.Softmax;
import dev.retort.nn.Output;
import dev.retort.space.Discrete;
import java.util.List;

/**
 * The choice of highest value. Values are the numbers of a row as they are, or dueling, {@code Q(s,
 * a) = V(s) + A(s, a) − 1/n Σ_b A(s, b)}, from a row of {@code n} advantages and a state value.
 *
 * <p>Dueling: Ziyu Wang and others, "Dueling network architectures for deep reinforcement
 * learning", 2015, arXiv 1511.06581. Here the streams part behind the last hidden layer.
 *
 * @param actions the choices
 * @param isDueling whether advantages and state value are apart
 */
public record ActionValues(Discrete actions, boolean isDueling) implements Distribution {
  /** Values as they are. */
  public ActionValues(Discrete actions) {
    this(actions, false);
  }

  /** Values of advantages and a state value. */
  public static ActionValues dueling(Discrete actions) {
    return new ActionValues(actions, true);
  }

  @Override
  public List<Output> outputs() {
    return isDueling
        ? List.of(Output.of("advantages", actions.n()), Output.of("state-value", 1))
        : List.of(Output.of("values", actions.n()));
  }

  @Override
  public String kind() {
    return isDueling ? "dueling-values" : "values";
  }

  @Override
  public int size() {
    return isDueling ? actions.n() + 1 : actions.n();
  }

  @Override
  public void mode(float[] z, int at, float[] action, int to) {
    action[to] = Softmax.argmax(z, at, actions.n()); // a state value moves all alike
  }

  /** Turns rows of numbers, {@code (rows, size)}, into values in place, {@code (rows, n)}. */
  public void combine(float[] z, int rows) {
    int n = actions.n();
    for (int row = 0; isDueling && row < rows; row++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += (double) z[row * size() + i] / n;
      }
      double shift = z[row * size() + n] - mean;
      for (int i = 0; i < n; i++) {
        z[row * n + i] = (float) (z[row * size() + i] + shift);
      }
    }
  }

  /** Turns gradients by values into gradients by numbers, in place: the backward pass. */
  public void spread(float[] d, int rows) {
    int n = actions.n();
    for (int row = rows - 1; isDueling && row >= 0; row--) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += d[row * n + i];
      }
      for (int i = n - 1; i >= 0; i--) {
        d[row * size() + i] = (float) (d[row * n + i] - sum / n);
      }
      d[row * size() + n] = (float) sum;
    }
  }
}
