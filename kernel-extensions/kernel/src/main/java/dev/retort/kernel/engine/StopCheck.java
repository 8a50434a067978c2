package dev.retort.kernel.engine;

/**
 * What the woven code of cells calls: may this thread go on, and may this JVM exit?
 *
 * <p>The check is one volatile read as long as nobody has ever been to stop.
 */
public final class StopCheck {
  private static volatile boolean armed;

  private StopCheck() {}

  /** Returns if the current thread may go on, and throws if it is to stop. */
  public static void check() {
    if (armed && Crew.isDoomed(Thread.currentThread())) {
      throw new CellStopped();
    }
  }

  /**
   * Takes the place of {@code System.exit} in cells: the kernel says goodbye first. A thread that a
   * cell left running has no cell to end; it ends the JVM.
   */
  @SuppressWarnings("DoNotCallSuggester") // called by woven code only
  public static void exit(int status) {
    if (Crew.isOfCell(Thread.currentThread())) {
      throw new CellExit(status);
    }
    System.exit(status);
  }

  static void arm() {
    armed = true;
  }
}
