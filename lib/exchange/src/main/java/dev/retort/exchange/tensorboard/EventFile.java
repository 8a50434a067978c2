package dev.retort.exchange.tensorboard;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A file of records, as TensorFlow frames them, whose beginning may have been written before.
 *
 * <pre>
 * length    8 bytes, little-endian
 * masked CRC32C of the length, 4 bytes
 * data      length bytes
 * masked CRC32C of the data, 4 bytes
 * </pre>
 *
 * <p>Whoever writes says all records from the first one on. As long as they are those that stand in
 * the file already, nothing is written; from the first that differs, or is torn, the file is cut
 * off and written anew. The first nine bytes of an event, the time at which it was written, may
 * differ.
 */
final class EventFile {
  /** The tag of the field {@code wall_time} and its eight bytes. */
  static final int TIME = 9;

  private static final int HEADER = 12;
  private static final int FOOTER = 4;
  private static final int MASK = 0xa282ead8;
  private static final int LONGEST = 1 << 28;

  private final Path path;
  private final byte[] before;
  private int at;
  private long end;
  private boolean isReading;

  private EventFile(Path path, byte[] before) {
    this.path = path;
    this.before = before;
    this.end = before.length;
    this.isReading = true;
  }

  /** The file of that name, which need not exist yet. */
  static EventFile open(Path path) {
    try {
      return new EventFile(path, Files.exists(path) ? Files.readAllBytes(path) : new byte[0]);
    } catch (IOException e) {
      throw refused(path, e);
    }
  }

  /** The next record that stands in the file already; empty where no whole one follows. */
  byte[] next() {
    if (!isReading || before.length - at < HEADER + FOOTER) {
      return new byte[0];
    }
    ByteBuffer bytes = ByteBuffer.wrap(before).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.getLong(at);
    if (bytes.getInt(at + Long.BYTES) != masked(before, at, Long.BYTES)
        || length > before.length - at - HEADER - FOOTER) {
      return new byte[0];
    }
    int data = at + HEADER;
    int footer = data + (int) length;
    return bytes.getInt(footer) == masked(before, data, (int) length)
        ? Arrays.copyOfRange(before, data, footer)
        : new byte[0];
  }

  /** Goes behind a record that {@link #next} gave, which stays. */
  void keep(byte[] record) {
    at += HEADER + record.length + FOOTER;
  }

  /** Puts a record, unless it is the next one that stands there already. */
  void put(byte[] record) {
    byte[] next = next();
    if (next.length > TIME && Arrays.equals(next, TIME, next.length, record, TIME, record.length)) {
      keep(next);
      return;
    }
    cut();
    append(record);
  }

  /** Cuts off what stands behind the last record that was put or kept. */
  void cut() {
    if (!isReading) {
      return;
    }
    isReading = false;
    if (at < end) {
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        file.truncate(at);
      } catch (IOException e) {
        throw refused(path, e);
      }
    }
    end = at;
  }

  private void append(byte[] record) {
    if (record.length > LONGEST) {
      throw new RetortException(
          "write '%s': expected records of at most %s bytes, got one of %s."
              .formatted(path, LONGEST, record.length));
    }
    ByteBuffer framed =
        ByteBuffer.allocate(HEADER + record.length + FOOTER).order(ByteOrder.LITTLE_ENDIAN);
    framed.putLong(record.length);
    framed.putInt(masked(framed.array(), 0, Long.BYTES));
    framed.put(record);
    framed.putInt(masked(record, 0, record.length)).flip();
    try {
      Files.createDirectories(path.getParent());
    } catch (IOException e) {
      throw refused(path, e);
    }
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      for (long position = end; framed.hasRemaining(); ) {
        position += file.write(framed, position);
      }
      end += framed.limit();
    } catch (IOException e) {
      throw refused(path, e);
    }
  }

  /** CRC32C, rotated by 15 bits and shifted: data that holds its own CRC has no odd one. */
  private static int masked(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  private static RetortException refused(Path path, IOException e) {
    return new RetortException(
        "write '%s': expected a file of events that can be written, got %s. Check whose the folder is."
            .formatted(path, e),
        e);
  }
}
