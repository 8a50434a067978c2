package dev.retort.run;

import dev.retort.RetortException;

/** A number of a computation that is no longer finite, caught before it reached the weights. */
public final class DivergedException extends RetortException {
  private static final long serialVersionUID = 1L;

  private final String quantity;
  private final int index;
  private final long step;

  private DivergedException(String message, String quantity, int index, long step) {
    super(message);
    this.quantity = quantity;
    this.index = index;
    this.step = step;
  }

  DivergedException(String quantity, int index, long step, double value) {
    this(
        "step %s: expected finite numbers in '%s', got %s at index %s. Lower the learning rate or look at the data; the last checkpoint is from before."
            .formatted(step, quantity, value, index),
        quantity,
        index,
        step);
  }

  /**
   * A number that came from, or went to, an environment, and so has not been learned.
   *
   * @param env the environment's name
   * @param quantity what it is: {@code observation}, {@code reward} or {@code action}
   * @param index where in the array
   * @param value the number
   * @param place where in an episode, such as {@code episode 3, step 6}
   * @param step the step of the episode
   * @param advice what to do
   */
  public static DivergedException met(
      String env,
      String quantity,
      int index,
      double value,
      String place,
      long step,
      String advice) {
    return new DivergedException(
        "%s: expected finite numbers in '%s', got %s%s at index %s (%s). %s"
            .formatted(
                env,
                quantity,
                value,
                Double.isFinite(value) ? ", which no float holds," : "",
                index,
                place,
                advice),
        quantity,
        index,
        step);
  }

  /** The same mistake, met at a step of a training. */
  public DivergedException during(long trainingStep) {
    DivergedException told =
        new DivergedException(
            "step %s: %s".formatted(trainingStep, getMessage()), quantity, index, trainingStep);
    told.initCause(this);
    return told;
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
