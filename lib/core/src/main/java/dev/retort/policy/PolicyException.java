package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.run.Finite;
import dev.retort.space.Box;
import java.util.Arrays;

/** A policy that did not say what to do, told at the observation where it was asked. */
public final class PolicyException extends RetortException {
  private static final long serialVersionUID = 1L;

  private final int row;

  private PolicyException(String message, int row, Throwable cause) {
    super(message, cause);
    this.row = row;
  }

  /**
   * An output or an action that is none.
   *
   * @param policy its name
   * @param row which observation of the batch
   */
  static PolicyException of(String policy, String expected, String got, int row) {
    return new PolicyException(
        "policy '%s': expected %s, got %s.".formatted(policy, expected, got), row, null);
  }

  /** An action that lies outside of the policy's own space. */
  static PolicyException outside(Policy policy, float[] action, int row) {
    String bounds = "";
    if (policy.actions() instanceof Box box) {
      int i = 0;
      while (action[i] >= box.low().get(i) && action[i] <= box.high().get(i)) {
        i++;
      }
      bounds = " with number %s %s".formatted(i, box.bounds(i));
    }
    return of(
        policy.name(),
        "an action of " + policy.actions().summary() + bounds,
        Arrays.toString(action),
        row);
  }

  /** What a policy's own code threw, with itself as the cause. */
  static PolicyException thrown(String policy, Throwable thrown, int row) {
    String said = thrown.getMessage() == null ? "" : ": " + thrown.getMessage().strip();
    String got = (thrown.getClass().getSimpleName() + said).lines().findFirst().orElse("");
    return new PolicyException(
        "policy '%s': expected an action, got %s.".formatted(policy, got.replaceAll("\\.$", "")),
        row,
        thrown);
  }

  /**
   * Refuses numbers that are not finite.
   *
   * @param policy its name
   * @param what the numbers are, such as {@code outputs}
   * @param one what one of them is, such as {@code output}
   * @param all rows of {@code each} numbers
   * @param count how many of the numbers are looked at
   */
  static void requireFinite(
      String policy, String what, String one, float[] all, int count, int each) {
    int odd = Finite.first(all, 0, count);
    if (odd >= 0) {
      String got = "%s as %s %s of %s".formatted(all[odd], one, odd % each, each);
      throw of(policy, "finite " + what, got, odd / each);
    }
  }

  /** The same, of another observation of the batch. */
  PolicyException ofRow(int other) {
    return new PolicyException(getMessage(), other, getCause());
  }

  /** Which observation of the batch. */
  int row() {
    return row;
  }

  /** The same, where the observation was met. */
  PolicyException at(String place) {
    String message = getMessage().substring(0, getMessage().length() - 1);
    return new PolicyException("%s (%s).".formatted(message, place), row, this);
  }
}
