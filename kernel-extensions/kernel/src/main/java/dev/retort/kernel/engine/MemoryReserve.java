package dev.retort.kernel.engine;

/**
 * A piece of the heap that is given up when cells have taken all the rest, so that the kernel can
 * still say so and the next cell can let go of what it holds.
 */
public final class MemoryReserve {
  private static final int MOST_BYTES = 32 << 20;
  private static final int PART_OF_HEAP = 12;
  private static final int PLENTY = 4;

  private static volatile byte[] held;

  private MemoryReserve() {}

  private static int bytes() {
    return (int) Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /** What is free for certain: what is dead but not collected yet counts as taken. */
  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  /** Gives the reserve up. */
  public static void release() {
    held = null;
  }

  /** Gives the reserve up if there may be nothing else left. */
  static void releaseIfScarce() {
    if (free() < bytes()) {
      held = null;
    }
  }

  /** Takes the reserve again where there is plenty. */
  static void refill() {
    if (held == null && free() > (long) PLENTY * bytes()) {
      held = new byte[bytes()];
    }
  }
}
