package dev.retort.run;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to write in a run's folder, which one worker on one machine has at a time.
 *
 * <p>It is a lock on the file {@code .lock}, which the system takes back when a process dies,
 * whether or not anybody buries it. So the lock says who is alive. Where the file system knows no
 * locks, the pid in {@code status.json} has to do.
 */
final class RunLock {
  private static final String FILE = ".lock";

  /** Whoever looks whether a run is carried holds its lock for a moment. */
  private static final int ATTEMPTS = 20;

  private static final long BETWEEN_NANOS = Duration.ofMillis(10).toNanos();

  /**
   * What this process holds. It never opens those files again: on most systems the lock of a
   * process on a file ends with any of its channels.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final FileChannel channel;
  private final Path folder;

  private RunLock(FileChannel channel, Path folder) {
    this.channel = channel;
    this.folder = folder;
  }

  /** Something that an interrupt would break. */
  @FunctionalInterface
  private interface Deed<T> {
    T done() throws IOException;
  }

  /** Lets an interrupt wait until something is done. */
  private static <T> T uninterrupted(Deed<T> deed) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return deed.done();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static RunLock take(Path folder, int run) {
    try {
      for (int attempt = 1; ; attempt++) {
        Optional<RunLock> lock = uninterrupted(() -> attempt(folder));
        if (lock.isPresent()) {
          return lock.get();
        }
        if (attempt == ATTEMPTS || isHeldHere(folder)) {
          throw new RetortException(
              "run %s: expected a run that nobody carries, got one at work. Stop it there first."
                  .formatted(RunFolder.name(run)));
        }
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    } catch (IOException e) {
      throw new RetortException(
          "run %s: expected a folder that can be written, got %s. Check whose '%s' is."
              .formatted(RunFolder.name(run), e, folder),
          e);
    }
  }

  private static Optional<RunLock> attempt(Path folder) throws IOException {
    synchronized (HELD) {
      Path real = folder.toRealPath();
      if (HELD.contains(real)) {
        return Optional.empty();
      }
      Path file = folder.resolve(FILE);
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new IOException("'" + FILE + "' that is no file");
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isFree(channel, false).orElse(true)) {
        HELD.add(real);
        return Optional.of(new RunLock(channel, real));
      }
      channel.close();
      return Optional.empty();
    }
  }

  private static boolean isHeldHere(Path folder) throws IOException {
    synchronized (HELD) {
      return HELD.contains(folder.toRealPath());
    }
  }

  /** Whether somebody carries the run of a folder; nothing where locks do not tell. */
  static Optional<Boolean> isHeld(Path folder) {
    try {
      return uninterrupted(() -> look(folder));
    } catch (IOException e) {
      return Optional.empty(); // no such file, or none that may be read
    }
  }

  private static Optional<Boolean> look(Path folder) throws IOException {
    synchronized (HELD) {
      if (HELD.contains(folder.toRealPath())) {
        return Optional.of(true);
      }
      Path file = folder.resolve(FILE);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return isFree(channel, true).map(free -> !free);
      }
    }
  }

  /** Whether a lock can be had; nothing where the file system has none. */
  private static Optional<Boolean> isFree(FileChannel channel, boolean shared)
      throws ClosedByInterruptException {
    try {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
      return Optional.of(lock != null);
    } catch (OverlappingFileLockException e) {
      return Optional.of(false);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void release() {
    synchronized (HELD) {
      HELD.remove(folder);
      try {
        channel.close();
      } catch (IOException e) {
        // The lock goes with the process at the latest.
      }
    }
  }
}
