package dev.retort.run;

import java.util.function.Supplier;

/**
 * Whether front ends see the runs that start: not while a session is quiet, nor on a thread that
 * does something quietly. No number depends on it.
 */
public final class Quiet {
  private static final ThreadLocal<Boolean> HERE = ThreadLocal.withInitial(() -> false);
  private static volatile boolean everywhere;

  private Quiet() {}

  /** Lets no front end of this JVM see a run that starts from now on, or lets them again. */
  public static void everywhere(boolean quiet) {
    everywhere = quiet;
  }

  /** Does something whose runs no front end sees. */
  public static <T> T during(Supplier<T> deed) {
    boolean before = HERE.get();
    HERE.set(true);
    try {
      return deed.get();
    } finally {
      HERE.set(before);
    }
  }

  /** Whether a run that this thread starts now goes unseen. */
  static boolean isHere() {
    return everywhere || HERE.get();
  }
}
