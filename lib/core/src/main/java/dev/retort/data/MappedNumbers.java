package dev.retort.data;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Numbers that stay in their file, of any length: the system brings pages of it into memory when
 * they are read, and drops them when memory is wanted for something else. They take no heap.
 */
final class MappedNumbers {
  /** Bytes of a segment; no buffer of Java may have more than 2^31. */
  private static final long SEGMENT = 1 << 30;

  private final MappedFile source;
  private final int size;
  private final List<ByteBuffer> segments = new ArrayList<>();

  /** Maps the numbers of a file that is as long as it says. */
  MappedNumbers(MappedFile source) {
    this.source = source;
    this.size = source.isBytes() ? 1 : Float.BYTES;
    Path file = source.file();
    long bytes = source.length() * size;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < bytes) {
        throw new RetortException(
            "read '%s': expected %s bytes, got %s. Take another copy of its folder."
                .formatted(file, bytes, channel.size()));
      }
      for (long from = 0; from < bytes; from += SEGMENT) {
        long length = Math.min(SEGMENT, bytes - from);
        segments.add(
            channel
                .map(FileChannel.MapMode.READ_ONLY, from, length)
                .order(ByteOrder.LITTLE_ENDIAN));
      }
    } catch (IOException e) {
      throw new RetortException(
          "read '%s': expected the numbers of a dataset, got none (%s). Put its folder back where it was."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Where they lie. */
  MappedFile source() {
    return source;
  }

  /** Number {@code i} of all. */
  float at(long i) {
    long at = i * size;
    ByteBuffer segment = segments.get((int) (at / SEGMENT));
    int within = (int) (at % SEGMENT);
    return source.isBytes() ? segment.get(within) & 0xff : segment.getFloat(within);
  }

  /** Copies {@code count} numbers to {@code to[at .. at + count)}. */
  void read(long from, float[] to, int at, int count) {
    for (int k = 0; k < count; k++) {
      to[at + k] = at(from + k);
    }
  }

  /** Refuses a file whose bytes are not those that were written. */
  void verify() {
    byte[] buffer = new byte[1 << 16];
    long row = 0;
    for (MappedFile.Block block : source.blocks()) {
      CRC32C sum = new CRC32C();
      long at = row * source.width() * size;
      long end = (row + block.rows()) * source.width() * size;
      while (at < end) {
        int within = (int) (at % SEGMENT);
        int n = (int) Math.min(Math.min(buffer.length, end - at), SEGMENT - within);
        segments.get((int) (at / SEGMENT)).get(within, buffer, 0, n);
        sum.update(buffer, 0, n);
        at += n;
      }
      if (sum.getValue() != block.checksum()) {
        throw new RetortException(
            "read '%s': expected the checksum of steps %s to %s, got another. Take another copy of its folder."
                .formatted(source.file(), row, row + block.rows() - 1));
      }
      row += block.rows();
    }
  }
}
