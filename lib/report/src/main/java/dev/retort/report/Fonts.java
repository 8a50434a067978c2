package dev.retort.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Whether this machine can write at all: a bare container may hold no font, and then every attempt
 * to measure a text throws.
 */
public final class Fonts {
  private static final boolean PRESENT = probe();

  private Fonts() {}

  /** Whether a text can be drawn. */
  public static boolean present() {
    return PRESENT;
  }

  private static boolean probe() {
    Graphics2D canvas = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return canvas.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("m") > 0;
    } catch (RuntimeException | LinkageError | InternalError none) {
      return false;
    } finally {
      canvas.dispose();
    }
  }
}
