package dev.retort.run;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to write in a run's folder, which one worker on one machine has at a time.
 *
 * <p>It is a lock on the file {@code .lock}, which the system takes back when a process dies. Where
 * the file system knows no locks, the pid in {@code status.json} has to do.
 */
final class Claim {
  private static final String FILE = ".lock";

  private final FileChannel channel;

  private Claim(FileChannel channel) {
    this.channel = channel;
  }

  static Claim take(Path folder, int run) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return attempt(folder, run);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted(); // the interrupt has to wait
        } catch (IOException e) {
          throw new RetortException(
              "run %s: expected a folder that can be written, got %s. Check whose '%s' is."
                  .formatted(RunFolder.name(run), e, folder),
              e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Claim attempt(Path folder, int run) throws IOException {
    Claim claim =
        new Claim(
            FileChannel.open(
                folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    if (!isFree(claim.channel)) {
      claim.release();
      throw new RetortException(
          "run %s: expected a run that nobody carries, got one at work. Stop it there first."
              .formatted(RunFolder.name(run)));
    }
    return claim;
  }

  private static boolean isFree(FileChannel channel) throws ClosedByInterruptException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      return true; // a file system without locks
    }
  }

  void release() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the process at the latest.
    }
  }
}
