package dev.retort.env;

import java.util.function.Supplier;

/**
 * Working memory of an environment whose steps need more of it than should be made anew each time:
 * one for each thread, so that none writes where another reads.
 *
 * <pre>{@code
 * private static final Scratch<double[]> FORCES = Scratch.of(() -> new double[64]);
 *
 * public double step(double[] state, float[] action, RandomStream random) {
 *   double[] forces = FORCES.here();
 *   ...
 * }
 * }</pre>
 *
 * <p>What stands in it when a call begins has no meaning: another copy may have been stepped with
 * it, or the same one elsewhere. An environment is told from others by what makes its scratch, not
 * by what it holds.
 *
 * @param <T> what is worked in
 */
public final class Scratch<T> {
  private final Supplier<T> maker;
  private final transient ThreadLocal<T> threads;

  private Scratch(Supplier<T> maker) {
    this.maker = maker;
    this.threads = ThreadLocal.withInitial(maker);
  }

  /** Scratch that is made for a thread as it first asks. */
  public static <T> Scratch<T> of(Supplier<T> maker) {
    return new Scratch<>(maker);
  }

  /** What the calling thread works in, and no other. */
  public T here() {
    return threads.get();
  }

  @Override
  public String toString() {
    return "Scratch of " + maker;
  }
}
