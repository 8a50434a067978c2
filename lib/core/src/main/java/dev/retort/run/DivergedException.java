package dev.retort.run;

import dev.retort.RetortException;

/** A number of a computation that is no longer finite, caught before it reached the weights. */
public final class DivergedException extends RetortException {
  private static final long serialVersionUID = 1L;

  private final String quantity;
  private final int index;
  private final long step;

  DivergedException(String quantity, int index, long step, double value) {
    super(
        "step %s: expected finite numbers in '%s', got %s at index %s. %s"
            .formatted(step, quantity, value, index, advice(quantity)));
    this.quantity = quantity;
    this.index = index;
    this.step = step;
  }

  /** What an environment gives has not been learned. */
  private static String advice(String quantity) {
    return quantity.equals("observation") || quantity.equals("reward")
        ? "The environment gave it: EnvContract.check(env) finds out where."
        : "Lower the learning rate or look at the data; the last checkpoint is from before.";
  }

  /** What diverged: {@code observation}, {@code reward}, {@code loss}, {@code gradient} … */
  public String quantity() {
    return quantity;
  }

  /** Where in the array. */
  public int index() {
    return index;
  }

  /** At which step. */
  public long step() {
    return step;
  }
}
