package dev.retort.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The few things that saving asks of a disk, so that a test can stand in for one that fails.
 *
 * <p>Each method is one file operation: a process may die before, within or after any of them.
 */
public interface Disk {
  /** The disk of this machine. */
  static Disk real() {
    return RealDisk.INSTANCE;
  }

  /** Makes a folder; fails if there is already something of that name. */
  void createFolder(Path folder) throws IOException;

  /** Makes an empty file; fails if there is already something of that name. */
  Output create(Path file) throws IOException;

  /** Gives a file another name in one step, in place of what has that name. */
  void move(Path from, Path to) throws IOException;

  /** Removes a file, if it is there. */
  void delete(Path file) throws IOException;

  /** Returns when the names in a folder would survive a power cut. */
  void forceFolder(Path folder) throws IOException;

  /** A file that is being written. */
  interface Output extends Closeable {
    /** Appends bytes. */
    void write(byte[] bytes, int from, int length) throws IOException;

    /** Returns when all bytes written so far would survive a power cut. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }
}
