package dev.retort.store;

import dev.retort.RetortException;
import java.nio.file.Path;

/** A file that is not what it says it is: where, and from which byte on. */
public final class DamagedFileException extends RetortException {
  private static final long serialVersionUID = 1L;

  private final transient Path path;
  private final String section;
  private final long offset;

  DamagedFileException(Path path, String section, long offset, String expectedAndGot) {
    this(path, section, offset, expectedAndGot, "Take another copy of the file.");
  }

  DamagedFileException(
      Path path, String section, long offset, String expectedAndGot, String advice) {
    super(
        "read '%s': %s (%s, byte %s). %s".formatted(path, expectedAndGot, section, offset, advice));
    this.path = path;
    this.section = section;
    this.offset = offset;
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Whether not even its beginning is that of such a file. */
  public boolean isOfAnotherKind() {
    return section.equals("header") && offset <= TensorFile.LENGTH_BYTES;
  }

  /** The part of it: {@code header}, {@code tensor 'weights'}, {@code checksum} … */
  public String section() {
    return section;
  }

  /** Where in the file the fault was found, in bytes from its beginning. */
  public long offset() {
    return offset;
  }
}
