package dev.retort.store;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads small texts. */
public final class TextFile {
  private TextFile() {}

  /**
   * The whole text of a file.
   *
   * <p>It is read through a stream, not through a channel: a channel closes its file when the
   * thread is interrupted, and what was interrupted has to find its files whole.
   *
   * @throws CharacterCodingException if the file is not UTF-8
   */
  public static String read(Path file) throws IOException {
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.readAllBytes()))
          .toString();
    }
  }
}
