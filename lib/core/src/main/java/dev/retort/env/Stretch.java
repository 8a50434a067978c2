package dev.retort.env;

/** Neighboring copies that are stepped by one thread, with the arrays that it works in. */
final class Stretch {
  /** The first copy. */
  final int from;

  /** The copy behind the last. */
  final int to;

  /** What one copy shows, {@code (obsSize)}. */
  final float[] observation;

  /** What one copy does, {@code (actionSize)}. */
  final float[] action;

  /** Whether it is known that all that its copies showed after the last step is finite. */
  boolean isFinite;

  /** How many of its copies are over and have to begin anew. */
  int over;

  /** How long its part of the last round took. */
  long nanos;

  Stretch(int from, int to, int obsSize, int actionSize) {
    this.from = from;
    this.to = to;
    this.observation = new float[obsSize];
    this.action = new float[actionSize];
  }
}
