package dev.retort.kernel.zmtp;

/** Waits a while for memory that a cell has taken: it may give it back. */
final class Shortage {
  private static final int MOST_WAITS = 100;
  private static final int WAIT_MILLIS = 50;

  private int waits;

  /** Waits a little; throws the error once that has been done for five seconds. */
  void waitOrThrow(OutOfMemoryError error) {
    if (++waits > MOST_WAITS) {
      throw error;
    }
    try {
      Thread.sleep(WAIT_MILLIS);
    } catch (InterruptedException e) {
      waits = MOST_WAITS; // nobody interrupts the server on purpose: try once more
    }
  }
}
