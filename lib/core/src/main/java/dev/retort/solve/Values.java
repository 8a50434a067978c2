package dev.retort.solve;

import dev.retort.figure.Numbers;

/** What the states of a model are worth if one always does the best. */
public final class Values {
  private final Model model;
  private final double discount;
  private final double[] values;
  private final long sweeps;
  private final double residual;

  Values(Model model, double discount, double[] values, long sweeps, double residual) {
    this.model = model;
    this.discount = discount;
    this.values = values;
    this.sweeps = sweeps;
    this.residual = residual;
  }

  /** Of what. */
  public Model model() {
    return model;
  }

  /** The discount γ. */
  public double discount() {
    return discount;
  }

  /** What a state is worth. */
  public double value(int state) {
    return values[state];
  }

  /** What an action is worth in a state; 0 in a terminal one. */
  public double value(int state, int action) {
    return model.worth(state, action, discount, values);
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

  /** What an episode is worth when it begins. */
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

  /** No value is further than this from the best; infinite without discounting. */
  public double errorBound() {
    return ValueIteration.bound(discount, residual);
  }

  /** What an episode is worth, and how sure that is. */
  String summary() {
    return "%s from the start at discount %s, %s"
        .formatted(
            Numbers.of(fromStart()),
            discount,
            discount < 1
                ? "error at most " + Numbers.of(errorBound())
                : "residual " + Numbers.of(residual));
  }

  @Override
  public String toString() {
    return "%s; %,d sweeps".formatted(summary(), sweeps);
  }
}
