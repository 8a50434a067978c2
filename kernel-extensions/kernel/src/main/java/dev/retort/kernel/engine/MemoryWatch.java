package dev.retort.kernel.engine;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Tells when a cell has all but filled the memory: nothing fails yet, but nearly all time goes into
 * collecting garbage, and hardly anything into the cell.
 */
final class MemoryWatch {
  static final long LOOK_MILLIS = 1000;

  private static final int MOST_LOOKS = 5;
  private static final double MOST_COLLECTING = 0.85;

  private long looked = System.nanoTime();
  private long collecting = collectingMillis();
  private int looksInVain;

  /** Looks again, about a second after the last time; true if there is no hope. */
  boolean isHopeless() {
    long now = System.nanoTime();
    long collected = collectingMillis();
    double share = (collected - collecting) * 1e6 / Math.max(1, now - looked);
    looked = now;
    collecting = collected;
    looksInVain = share > MOST_COLLECTING && MemoryReserve.isScarce() ? looksInVain + 1 : 0;
    return looksInVain >= MOST_LOOKS;
  }

  private static long collectingMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
