package dev.retort.kernel.client;

import java.time.Duration;

/** Hears how a notebook gets on. Every method may be left out. */
public interface CellListener {
  /** Hears nothing. */
  CellListener SILENT = new CellListener() {};

  /** A cell starts; {@code index} counts code cells from 1 to {@code total}. */
  default void cellStarted(int index, int total, String source) {}

  /** The running cell printed text. */
  default void printed(int index, String text) {}

  /**
   * The running cell showed something, or put it in the place of what it showed before, as text.
   */
  default void shown(int index, String text) {}

  /** A cell has ended. */
  default void cellEnded(int index, int total, CellStatus status, Duration took) {}
}
