package dev.retort.bench;

import java.util.function.LongSupplier;

/**
 * What is done before trainings are measured: one like those that follow, again and again, until a
 * fixed time has passed. Java compiles while it runs, and by then it has compiled what a training
 * needs; other programs compile beforehand, and leave that time out too.
 *
 * @param seconds how long
 */
record WarmUp(int seconds) {
  /** On one core, which the compiler shares, trainings no longer become faster after some 6 s. */
  static final WarmUp USUAL = new WarmUp(10);

  /**
   * Trains until the time has passed, at least once.
   *
   * @param training one like those that are measured
   * @param clock gives nanoseconds
   */
  void of(Runnable training, LongSupplier clock) {
    long from = clock.getAsLong();
    do {
      training.run();
    } while (clock.getAsLong() - from < seconds * 1_000_000_000L);
  }
}
