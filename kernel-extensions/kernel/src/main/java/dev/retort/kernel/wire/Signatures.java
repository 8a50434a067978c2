package dev.retort.kernel.wire;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/** The last signatures that came, of all channels: a message that comes again is not run again. */
final class Signatures {
  private static final int MOST = 1 << 16;

  /** The first 128 bits of a signature, by their 32 digits. */
  private record Mark(long first, long second, long third, long fourth) {}

  private final Set<Mark> seen = new LinkedHashSet<>();

  /** Remembers a right signature; false if it was there before. */
  boolean add(byte[] signature) {
    Mark mark = mark(signature);
    try {
      boolean isNew = seen.add(mark);
      if (seen.size() > MOST) {
        seen.remove(seen.iterator().next());
      }
      return isNew;
    } catch (OutOfMemoryError e) {
      seen.remove(mark); // the same message will be taken again when there is memory
      throw e;
    }
  }

  /** Forgets a signature whose message could not be kept. */
  void remove(byte[] signature) {
    seen.remove(mark(signature));
  }

  private static Mark mark(byte[] signature) {
    ByteBuffer digits = ByteBuffer.wrap(signature);
    return new Mark(digits.getLong(), digits.getLong(), digits.getLong(), digits.getLong());
  }
}
