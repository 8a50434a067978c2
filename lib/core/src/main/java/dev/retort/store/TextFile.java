package dev.retort.store;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads small texts, of files that may be no files, and may never end. */
public final class TextFile {
  private TextFile() {}

  /**
   * The whole text of a file.
   *
   * @param mostBytes what is longer is refused before it is read
   * @throws IOException whose message says what is there in place of such a text, such as {@code
   *     nothing}
   */
  public static String read(Path file, int mostBytes) throws IOException {
    try (InputStream in = open(file)) {
      long size = Files.size(file);
      byte[] bytes = size > mostBytes ? new byte[0] : in.readNBytes(mostBytes);
      if (size > mostBytes || in.read() >= 0) {
        throw new IOException(
            "more than the %s bytes that it may have (%s)"
                .formatted(mostBytes, size > mostBytes ? size : "it does not end"));
      }
      return text(bytes);
    }
  }

  /** A text in UTF-8. */
  static String text(byte[] bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("bytes that are no text in UTF-8", e);
    }
  }

  /**
   * The bytes of a file, through a stream, not through a channel: a channel closes its file when
   * the thread is interrupted, and what was interrupted has to find its files whole.
   *
   * @throws IOException whose message says what is there in place of a file that can be read
   */
  static InputStream open(Path file) throws IOException {
    requireFile(file);
    try {
      return new FileInputStream(file.toFile());
    } catch (IOException e) {
      throw new IOException("a file that cannot be read", e);
    }
  }

  /**
   * Refuses what is no file: a pipe is never opened, since that would wait for its other end.
   *
   * @throws IOException whose message says what is there
   */
  static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          Files.isDirectory(file)
              ? "something else, a folder"
              : Files.exists(file)
                  ? "something else, no file"
                  : Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                      ? "a link that leads nowhere"
                      : "nothing");
    }
  }
}
