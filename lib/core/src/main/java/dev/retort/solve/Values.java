package dev.retort.solve;

import dev.retort.figure.Numbers;
import java.util.Locale;

/** Optimal values of the states of a model. */
public final class Values {
  private final Model model;
  private final double discount;
  private final double[] values;
  private final long sweeps;
  private final double residual;
  private final String bounded;

  Values(Model model, double discount, double[] values, long sweeps, double residual) {
    this(model, discount, values, sweeps, residual, "");
  }

  private Values(
      Model model, double discount, double[] values, long sweeps, double residual, String bounded) {
    this.model = model;
    this.discount = discount;
    this.values = values;
    this.sweeps = sweeps;
    this.residual = residual;
    this.bounded = bounded;
  }

  /** The same values, whose error is bounded for the model, but not for the task that it is of. */
  Values ofModelOnly() {
    return new Values(
        model, discount, values, sweeps, residual, " for this model, not for the task");
  }

  /** Of what. */
  public Model model() {
    return model;
  }

  /** The discount γ. */
  public double discount() {
    return discount;
  }

  /** Value of a state. */
  public double value(int state) {
    return values[state];
  }

  /** Value of an action in a state; 0 in a terminal one. */
  public double value(int state, int action) {
    return model.actionValue(state, action, discount, values);
  }

  /** The best action of a state, the first of equals. */
  public int best(int state) {
    int best = 0;
    for (int action = 1; action < model.actions(); action++) {
      if (value(state, action) > value(state, best)) {
        best = action;
      }
    }
    return best;
  }

  /** Expected return of an episode when it begins. */
  public double fromStart() {
    double sum = 0;
    for (int state = 0; state < values.length; state++) {
      sum += model.start(state) * values[state];
    }
    return sum;
  }

  /** How many sweeps it took. */
  public long sweeps() {
    return sweeps;
  }

  /** The largest change of a value in the last sweep. */
  public double residual() {
    return residual;
  }

  /**
   * No value is further than this from the best of the model; infinite without discounting. How far
   * the model is from its task is another question where that was discretized.
   */
  public double errorBound() {
    return ValueIteration.bound(discount, residual);
  }

  /** Expected return of an episode, and the bound of its error. */
  String summary() {
    return "%s from the start at discount %s, %s%s"
        .formatted(
            Numbers.of(fromStart()),
            discount,
            discount < 1
                ? "error at most " + Numbers.of(errorBound())
                : "residual " + Numbers.of(residual),
            bounded);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s; %,d sweeps", summary(), sweeps);
  }
}
