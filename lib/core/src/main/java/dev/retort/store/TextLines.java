package dev.retort.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a text file, one at a time, each with the byte that ends it: what is long takes no
 * more memory than its longest line, and a line that does not end is refused.
 */
public final class TextLines implements AutoCloseable {
  private static final int MOST = 1 << 16;

  private final InputStream in;
  private byte[] line = new byte[256];

  private TextLines(InputStream in) {
    this.in = in;
  }

  /**
   * Opens a file.
   *
   * @throws IOException whose message says what is there in place of a file that can be read
   */
  public static TextLines of(Path file) throws IOException {
    return new TextLines(new BufferedInputStream(TextFile.open(file), 1 << 16));
  }

  /**
   * The next line with its line feed; without one where the file ends in its midst; nothing at the
   * end.
   *
   * @throws IOException whose message says what is there in place of a line
   */
  public Optional<String> next() throws IOException {
    int length = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (length == MOST) {
        throw new IOException("a line of more than " + MOST + " bytes");
      }
      line = length < line.length ? line : Arrays.copyOf(line, 2 * line.length);
      line[length++] = (byte) next;
      if (next == '\n') {
        break;
      }
    }
    return length == 0 ? Optional.empty() : Optional.of(TextFile.text(Arrays.copyOf(line, length)));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
