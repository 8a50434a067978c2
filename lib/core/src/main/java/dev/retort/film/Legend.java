package dev.retort.film;

import dev.retort.env.Sign;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** What the colors of a film stand for, in lines below it. */
final class Legend {
  private static final int LINE = 18;
  private static final int BELOW = 6;

  /** What is left free beside words, in pixels. */
  static final int MARGIN = 10;

  private static final int SWATCH = 9;
  private static final int GAP = 14;

  /** More than a letter of 12 points is wide; machines without fonts cannot measure theirs. */
  static final double LETTER = 6.8;

  /** The same of a bold one. */
  static final double BOLD = 7.8;

  private final List<List<Sign>> lines = new ArrayList<>();

  Legend(List<Sign> signs, int width) {
    int at = width;
    for (Sign sign : signs) {
      if (lines.isEmpty() || at + wide(sign) > width - MARGIN) {
        lines.add(new ArrayList<>());
        at = MARGIN;
      }
      lines.get(lines.size() - 1).add(sign);
      at += wide(sign) + GAP;
    }
  }

  private static int wide(Sign sign) {
    return SWATCH + 5 + (int) Math.ceil(LETTER * sign.meaning().length());
  }

  /** Whether words fit into a width. */
  static boolean fits(String words, int width) {
    return LETTER * words.length() <= width - MARGIN;
  }

  /**
   * As much of words as fits into a width, with a margin on both sides.
   *
   * @param letter how wide each is
   */
  static String cut(String words, int width, double letter) {
    int room = (int) Math.max(2, (width - 2 * MARGIN) / letter);
    return words.length() <= room ? words : words.substring(0, room - 1) + "…";
  }

  /** How high it is in pixels; 0 where there is nothing to explain. */
  int height() {
    return lines.isEmpty() ? 0 : LINE * lines.size() + BELOW;
  }

  /** Paints it below a height. */
  void paint(Graphics2D canvas, int top, Color ink) {
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    for (int line = 0; line < lines.size(); line++) {
      int x = MARGIN;
      int base = top + LINE * line + 12;
      for (Sign sign : lines.get(line)) {
        canvas.setColor(sign.color());
        canvas.fill(new Rectangle2D.Double(x, base - SWATCH, SWATCH, SWATCH));
        canvas.setColor(ink);
        canvas.draw(new Rectangle2D.Double(x, base - SWATCH, SWATCH, SWATCH));
        canvas.drawString(sign.meaning(), x + SWATCH + 5, base);
        x += wide(sign) + GAP;
      }
    }
  }
}
