package dev.retort.paper;

import java.util.Locale;

/** How large an experiment is done. */
public enum Scale {
  /** Seconds: everything is done, but too small to be judged. */
  UNIT,
  /** For a machine without a GPU: minutes to hours. */
  CPU,
  /** The published size. */
  GPU;

  /** Whether outcomes of this size are held against criteria. */
  public boolean isJudged() {
    return this != UNIT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
