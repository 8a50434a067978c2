package dev.retort.exchange;

import dev.retort.RetortException;
import dev.retort.store.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that libraries write to a path of their own: they write beside, and what they wrote takes
 * the file's name when it is whole.
 */
public final class Outgoing {
  private static final int BUFFER = 1 << 18;

  private Outgoing() {}

  /** What is to be written. */
  @FunctionalInterface
  public interface Writing {
    /** Writes a file that is not there yet; its folder is empty and goes when it is done. */
    void to(Path beside) throws IOException;
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @throws dev.retort.store.DiskException if the disk refuses
   */
  public static void write(Path file, Writing writing) {
    Path folder = folder(file);
    try {
      Path beside = folder.resolve("whole");
      writing.to(beside);
      AtomicFile.write(
          file,
          output -> {
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = Files.newInputStream(beside)) {
              for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                output.write(buffer, 0, n);
              }
            }
          });
    } catch (IOException e) {
      throw refused(file, e);
    } finally {
      remove(folder);
    }
  }

  private static Path folder(Path file) {
    try {
      return Files.createTempDirectory("retort");
    } catch (IOException e) {
      throw refused(file, e);
    }
  }

  private static RetortException refused(Path file, IOException e) {
    return new RetortException(
        "save '%s': expected a disk with room, got %s. Free some space, or say -Djava.io.tmpdir=FOLDER."
            .formatted(file, e.getMessage()),
        e);
  }

  /** Removes a folder and all that is in it; what cannot be removed stays. */
  static void remove(Path folder) {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      deepestFirst = List.of();
    }
    for (Path each : deepestFirst) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException e) {
        // A leftover in the folder of temporary files, which the system clears.
      }
    }
  }
}
