package dev.retort.run;

import dev.retort.RetortException;

/** A number that is none, found before it could reach the weights. */
public final class DivergedException extends RetortException {
  private static final long serialVersionUID = 1L;

  /** Names what was not finite, and where. */
  public DivergedException(String quantity, int index, double value, long step) {
    super(
        "training: expected a finite %s, got %s (number %d, step %d). The last good checkpoint stays; try a smaller learning rate."
            .formatted(quantity, value, index, step));
  }
}
