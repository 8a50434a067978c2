package dev.retort.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * The disk of this machine.
 *
 * <p>Bytes go through a {@link FileOutputStream}, not through a channel: a channel closes its file
 * when the thread is interrupted, and a save must survive that.
 */
final class RealDisk implements Disk {
  static final RealDisk INSTANCE = new RealDisk();

  private static final boolean FOLDERS_CAN_BE_FORCED =
      !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  private RealDisk() {}

  @Override
  public void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder);
  }

  @Override
  public Output create(Path file) throws IOException {
    Files.createFile(file);
    FileOutputStream stream = new FileOutputStream(file.toFile());
    return new Output() {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        stream.write(bytes, from, length);
      }

      @Override
      public void force() throws IOException {
        stream.getFD().sync();
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    if (!FOLDERS_CAN_BE_FORCED) {
      return;
    }
    // Only a channel can open a folder; an interrupt closes it, so the interrupt has to wait.
    boolean interrupted = Thread.interrupted();
    while (true) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
        break;
      } catch (ClosedByInterruptException e) {
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
