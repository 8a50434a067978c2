package dev.retort.figure;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/**
 * The characters that texts are drawn with: lines and blocks where the terminal can show them,
 * plain ASCII where it cannot.
 *
 * <p>{@link #current()} looks at the encoding of the standard output; the system property {@code
 * retort.ascii}, {@code true} or {@code false}, decides where that is not the place that is read,
 * as in a notebook.
 */
public enum Glyphs {
  /** Box drawing and block elements. */
  UNICODE,
  /** Nothing beyond the 95 printable characters of ASCII. */
  ASCII;

  private static final String DRAWN = "▁▂▃▅▇░▒▓█─│┌┐└┘├┤┬┴┼…→×–−●·∞≥";
  private static final String PLAIN = "_.-=#.:*#-|+++++++++~>x--o.8>";

  /** What the standard output of this process can show. */
  public static Glyphs current() {
    String wish = System.getProperty("retort.ascii", "");
    if (!wish.isEmpty()) {
      return Boolean.parseBoolean(wish) ? ASCII : UNICODE;
    }
    for (String key : new String[] {"stdout.encoding", "sun.stdout.encoding", "native.encoding"}) {
      String name = System.getProperty(key, "");
      if (!name.isEmpty()) {
        return of(name);
      }
    }
    return of(Charset.defaultCharset().name());
  }

  /** What can be shown in an encoding; ASCII where the encoding is unknown. */
  public static Glyphs of(String encoding) {
    try {
      Charset charset = Charset.forName(encoding);
      return charset.canEncode() && charset.newEncoder().canEncode("▇│…") ? UNICODE : ASCII;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return ASCII;
    }
  }

  /** The text in these characters; every character is replaced by one, so columns stay in line. */
  public String draw(String text) {
    if (this == UNICODE) {
      return text;
    }
    StringBuilder drawn = new StringBuilder(text);
    for (int i = 0; i < drawn.length(); i++) {
      int known = DRAWN.indexOf(drawn.charAt(i));
      if (known >= 0) {
        drawn.setCharAt(i, PLAIN.charAt(known));
      }
    }
    return drawn.toString();
  }
}
