package dev.retort.report;

import dev.retort.figure.Cells;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/**
 * A title above a picture, in as many lines as it needs and there is room for; only what is longer
 * still is cut.
 */
final class Heading {
  private static final FontRenderContext FINE = new FontRenderContext(null, true, true);
  private static final int MOST_LETTERS = 400;
  private static final int MARGIN = 8;
  private static final int ABOVE = 10;
  private static final int SMALLEST = 9;

  private final List<String> lines;
  private final Font font;
  private final int width;

  /**
   * A title for a picture.
   *
   * @param title what it says
   * @param font how it is written
   * @param width of the picture in pixels
   * @param height of the picture in pixels, a third of which it takes at most
   */
  Heading(String title, Font font, int width, int height) {
    String line = Cells.shorten(Cells.line(title), MOST_LETTERS);
    int most = Math.max(1, (height / 3 - ABOVE) / step(font));
    this.font = font;
    this.width = width;
    this.lines = line.isBlank() ? List.of() : wrapped(line, font, width - 2 * MARGIN, most);
  }

  /** How high it is, with what stays free around it. */
  int height() {
    return lines.isEmpty() ? 0 : ABOVE + lines.size() * step(font);
  }

  /** The lines, from above. */
  List<String> lines() {
    return lines;
  }

  void paint(Graphics2D canvas) {
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setColor(Palette.INK);
    for (int i = 0; i < lines.size(); i++) {
      TextLayout line = new TextLayout(lines.get(i), font, FINE);
      double left = Math.max(MARGIN, (width - line.getAdvance()) / 2);
      double base = ABOVE + i * step(font) + font.getSize();
      canvas.fill(line.getOutline(AffineTransform.getTranslateInstance(left, base)));
    }
  }

  private static int step(Font font) {
    return (int) Math.ceil(1.3 * font.getSize());
  }

  private static List<String> wrapped(String title, Font font, int room, int most) {
    List<String> lines = new ArrayList<>();
    String line = "";
    String[] words = title.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      String longer = line.isEmpty() ? words[i] : line + " " + words[i];
      if (line.isEmpty() || wide(longer, font) <= room) {
        line = longer;
      } else if (lines.size() + 1 < most) {
        lines.add(fitting(line, font, room));
        line = words[i];
      } else {
        line = longer; // the last line takes the rest, and is cut
      }
    }
    lines.add(fitting(line, font, room));
    return lines;
  }

  /** A text, cut where it is wider than there is room. */
  static String fitting(String text, Font font, int room) {
    int letters = text.codePointCount(0, text.length());
    String fits = text;
    for (int n = letters - 1; n > 1 && wide(fits, font) > room; n--) {
      fits = Cells.shorten(text, n);
    }
    return fits;
  }

  /** A font in which a title fits into one line, as long as it can be read. */
  static Font shrunk(String title, Font font, int room) {
    Font small = font;
    while (small.getSize() > SMALLEST && wide(title, small) > room) {
      small = small.deriveFont((float) small.getSize() - 1);
    }
    return small;
  }

  private static double wide(String text, Font font) {
    return text.isEmpty() ? 0 : new TextLayout(text, font, FINE).getAdvance();
  }
}
