package dev.retort.env;

/**
 * One way in which a step, or the beginning of an episode, may turn out.
 *
 * @param probability how likely it is, above 0
 * @param state where it leads, {@code (stateSize)}; not to be changed
 * @param reward what it earns; 0 at a beginning
 */
@SuppressWarnings("ArrayRecordComponent") // a view over a state, compared by nobody
public record Outcome(double probability, double[] state, double reward) {
  /** The only way. */
  public static Outcome sure(double[] state, double reward) {
    return new Outcome(1, state, reward);
  }
}
