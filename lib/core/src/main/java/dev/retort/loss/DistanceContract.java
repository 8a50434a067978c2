package dev.retort.loss;

import java.util.List;

/**
 * What came out when a distance was asked to keep its word: that it writes the gradient of each
 * output and nothing else, that it looks at its own row alone, that its numbers are finite, and
 * that the gradient is that of the loss, by differences on both sides.
 *
 * <pre>{@code
 * DistanceContract report = DistanceContract.check(new Huber(0.5));
 * report.ok();
 * }</pre>
 *
 * <p>Where a loss has a kink, the slope of either side, or one between them, will do.
 *
 * @param distance its text
 * @param draws rows of outputs and targets that were drawn
 * @param outputs a row
 * @param findings the breaches, each kind once, in the order in which they were met
 */
public record DistanceContract(String distance, int draws, int outputs, List<String> findings) {
  private static final int OUTPUTS = 4;

  /** Keeps the findings as they are. */
  public DistanceContract {
    findings = List.copyOf(findings);
  }

  /** Compares rows of four outputs. */
  public static DistanceContract check(Distance distance) {
    return check(distance, OUTPUTS);
  }

  /**
   * Compares rows of so many outputs. What is drawn are numbers around 0, of about 1; choices that
   * were taken where {@link Distance#compares} says so.
   */
  public static DistanceContract check(Distance distance, int outputs) {
    return new DistanceInspection(distance, outputs).inspect();
  }

  /** Whether there is no finding. */
  public boolean ok() {
    return findings.isEmpty();
  }

  @Override
  public String toString() {
    String compared = " (%s rows of %s outputs)".formatted(draws, outputs);
    return ok()
        ? "loss '%s' keeps the contract%s".formatted(distance, compared)
        : "loss '%s' breaks the contract%s%n  %s"
            .formatted(distance, compared, String.join("\n  ", findings));
  }
}
