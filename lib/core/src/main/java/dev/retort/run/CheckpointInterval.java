package dev.retort.run;

import dev.retort.RetortException;
import java.time.Duration;

/** When a run saves itself; it changes no number of the run, only how much a death costs. */
public sealed interface CheckpointInterval {
  /**
   * At the first boundary after so much time, and where saving takes long, so much later that it
   * takes a twentieth of the time at most.
   */
  record Every(Duration duration) implements CheckpointInterval {
    /** Refuses a time that is not positive. */
    public Every {
      if (duration.isNegative() || duration.isZero()) {
        throw new RetortException(
            "checkpoints: expected a time above zero, got %s.".formatted(duration));
      }
    }
  }

  /** At every k-th boundary. */
  record EveryBoundaries(int count) implements CheckpointInterval {
    /** Refuses a count that is not positive. */
    public EveryBoundaries {
      if (count < 1) {
        throw new RetortException(
            "checkpoints: expected one every 1 boundary or more, got %s.".formatted(count));
      }
    }
  }
}
