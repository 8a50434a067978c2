package dev.retort.kernel.wire;

import java.util.Locale;

/**
 * How much one cell may print to one stream: what goes beyond is counted and not shown, from the
 * end of a line on. A line without end is cut within.
 */
final class Allowance {
  static final int MOST_BYTES = 2 << 20;
  private static final int LONGEST_LINE = 1 << 16;

  private long shown;
  private long left;
  private boolean full;

  /**
   * Takes printed bytes in.
   *
   * @return how many of them, from the first on, are to be shown
   */
  int take(byte[] bytes, int offset, int length) {
    int kept = full ? 0 : kept(bytes, offset, length);
    shown += kept;
    left += length - kept;
    return kept;
  }

  private int kept(byte[] bytes, int offset, int length) {
    if (shown + length <= MOST_BYTES) {
      return length;
    }
    full = true;
    int most = (int) Math.min(length, MOST_BYTES + LONGEST_LINE - shown);
    for (int i = (int) Math.max(0, MOST_BYTES - shown - 1); i < most; i++) {
      if (bytes[offset + i] == '\n') {
        return i + 1;
      }
    }
    full = shown + most == MOST_BYTES + LONGEST_LINE;
    return most;
  }

  /** What to say of what was left out since this was asked last; empty where nothing was. */
  String told(String stream) {
    if (left == 0) {
      return "";
    }
    String told =
        String.format(
            Locale.ROOT,
            "%n… %,d more bytes of %s are not shown: a cell shows %,d. Write much text to a file: Files.writeString(Path.of(\"out.txt\"), text).%n",
            left,
            stream,
            MOST_BYTES);
    left = 0;
    return told;
  }
}
