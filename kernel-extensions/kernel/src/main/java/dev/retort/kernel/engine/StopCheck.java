package dev.retort.kernel.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the woven code of cells calls: may this thread go on, and may this JVM exit?
 *
 * <p>The check is one volatile read as long as nobody is to be stopped.
 */
public final class StopCheck {
  private static final Set<Thread> DOOMED = ConcurrentHashMap.newKeySet();
  private static volatile boolean armed;

  private StopCheck() {}

  /** Returns if the current thread may go on, and throws if it is to stop. */
  public static void check() {
    if (armed && DOOMED.contains(Thread.currentThread())) {
      throw new CellStopped();
    }
  }

  /** Takes the place of {@code System.exit} in cells: the kernel says goodbye first. */
  @SuppressWarnings("DoNotCallSuggester") // called by woven code only
  public static void exit(int status) {
    throw new CellExit(status);
  }

  static void doom(Thread thread) {
    DOOMED.add(thread);
    armed = true;
  }

  static void spare(Thread thread) {
    if (DOOMED.remove(thread)) {
      DOOMED.removeIf(doomed -> !doomed.isAlive());
      armed = !DOOMED.isEmpty();
    }
  }
}
