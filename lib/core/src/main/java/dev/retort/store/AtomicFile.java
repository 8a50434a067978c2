package dev.retort.store;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one writer of all files: what it writes is complete or absent.
 *
 * <p>The bytes go to a temporary name in the same folder, are forced to the disk, take the file's
 * name in one step, and the folder is forced too. If anything fails on the way, the temporary file
 * is removed and the file that was there before is untouched.
 *
 * <pre>{@code
 * AtomicFile.writeText(folder.resolve("status.json"), json);
 * }</pre>
 */
public final class AtomicFile {
  private static final String TEMPORARY = ".tmp";
  private static final AtomicLong NUMBER = new AtomicLong();

  private AtomicFile() {}

  /** What is to be written. */
  @FunctionalInterface
  public interface Writing {
    /** Writes all bytes, in order. */
    void to(Disk.Output output) throws IOException;
  }

  /** Writes a file on this machine's disk. */
  public static void write(Path file, Writing writing) {
    write(Disk.real(), file, writing);
  }

  /** Writes a text, in UTF-8, on this machine's disk. */
  public static void writeText(Path file, String text) {
    writeText(Disk.real(), file, text);
  }

  /** Writes a text in UTF-8. */
  public static void writeText(Disk disk, Path file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(disk, file, output -> output.write(bytes, 0, bytes.length));
  }

  /**
   * Writes a file.
   *
   * @throws DiskException if the disk refuses; the file is then as it was
   */
  public static void write(Disk disk, Path file, Writing writing) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new RetortException(
          "save '%s': expected the name of a file, got a folder. Give a file name."
              .formatted(file));
    }
    Counted counted = new Counted();
    List<Path> left = new ArrayList<>(1);
    boolean moved = false;
    try {
      Path temporary = writeTemporary(disk, target, writing, counted, left);
      disk.move(temporary, target);
      moved = true;
      disk.forceFolder(folder);
    } catch (IOException e) {
      throw refused(file, counted.bytes, e);
    } finally {
      if (!moved) {
        left.forEach(temporary -> removeQuietly(disk, temporary));
      }
    }
  }

  private static Path writeTemporary(
      Disk disk, Path target, Writing writing, Counted counted, List<Path> left)
      throws IOException {
    while (true) {
      Path temporary = temporary(target);
      Disk.Output output;
      try {
        output = disk.create(temporary);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      left.add(temporary);
      try (output) {
        counted.output = output;
        writing.to(counted);
        output.force();
      }
      return temporary;
    }
  }

  private static Path temporary(Path target) {
    return target.resolveSibling(
        ".%s.%s-%s%s"
            .formatted(
                target.getFileName(),
                ProcessHandle.current().pid(),
                NUMBER.incrementAndGet(),
                TEMPORARY));
  }

  private static void removeQuietly(Disk disk, Path temporary) {
    try {
      disk.delete(temporary);
    } catch (IOException e) {
      // The reason why the save failed is on its way already, and sweep() will find this file.
    }
  }

  /**
   * Removes the temporary files that killed processes left in a folder; only for a folder in which
   * nobody is writing.
   */
  public static void sweep(Disk disk, Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + TEMPORARY)) {
      for (Path file : files) {
        disk.delete(file);
      }
    } catch (IOException e) {
      throw new DiskException(
          "sweep '%s': expected a folder to remove temporary files from, got %s."
              .formatted(folder, reason(e)),
          e);
    }
  }

  private static DiskException refused(Path file, long bytes, IOException e) {
    if (isFull(e)) {
      return new DiskException(
          "save '%s': expected room on the disk, got '%s' after %s bytes. Free some space; what was there before is untouched."
              .formatted(file, reason(e), bytes),
          e);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      return new DiskException(
          "save '%s': expected a folder that exists, got none at '%s'. Make it, or save elsewhere."
              .formatted(file, folder),
          e);
    }
    return new DiskException(
        "save '%s': expected a folder that can be written, got %s after %s bytes. Check that the folder is yours."
            .formatted(file, reason(e), bytes),
        e);
  }

  private static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("not enough space")
        || message.contains("quota exceeded");
  }

  /** A cause in a few words: the system's own where there are any, and no temporary names. */
  private static String reason(IOException e) {
    String message = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (message == null) {
      return e.getClass().getSimpleName();
    }
    return isFull(e) ? message : e.getClass().getSimpleName() + ": " + message;
  }

  /** Counts what went through, so that an error can say how far it came. */
  private static final class Counted implements Disk.Output {
    private Disk.Output output;
    private long bytes;

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      output.write(source, from, length);
      bytes += length;
    }

    @Override
    public void force() throws IOException {
      output.force();
    }

    @Override
    public void close() throws IOException {
      output.close();
    }
  }
}
