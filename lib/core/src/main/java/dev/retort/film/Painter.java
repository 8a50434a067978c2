package dev.retort.film;

import dev.retort.env.Env;
import dev.retort.env.EnvException;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;

/**
 * Paints shots at one size: the environment's own drawing over a line of caption and what its
 * colors mean.
 */
final class Painter {
  private static final Color PAPER = Color.WHITE;
  static final Color INK = new Color(0x52606D);
  private static final int CAPTION = 24;

  private final Env env;
  private final int width;
  private final int height;
  private final Legend legend;
  private boolean lettered;

  /**
   * A painter of one environment.
   *
   * @param explains whether it says what colors mean
   */
  Painter(Env env, int width, int height, boolean explains) {
    this.env = env;
    this.width = width;
    this.height = height;
    this.lettered = height >= 6 * CAPTION;
    Legend whole = new Legend(env.legend(), width);
    boolean fits = explains && height - whole.height() >= 6 * CAPTION;
    this.legend = fits ? whole : new Legend(List.of(), width);
  }

  BufferedImage paint(Roll.Shot shot) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    try {
      canvas.setColor(PAPER);
      canvas.fillRect(0, 0, width, height);
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      int picture = lettered ? height - CAPTION - legend.height() : height;
      Graphics2D drawing = (Graphics2D) canvas.create(0, 0, width, picture);
      try {
        env.draw(shot.state().clone(), drawing, width, picture);
      } catch (Throwable thrown) {
        throw EnvException.thrown(env.name(), "draw(..)", shot.caption(), thrown);
      } finally {
        drawing.dispose();
      }
      if (lettered) {
        lettered = letter(canvas, letters -> caption(letters, shot.caption(), picture));
      }
    } finally {
      canvas.dispose();
    }
    return image;
  }

  private void caption(Graphics2D canvas, String caption, int top) {
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    canvas.drawString(fitting(caption), Legend.MARGIN, top + CAPTION - 8);
    legend.paint(canvas, top + CAPTION, INK);
  }

  /** A caption without its first parts where it is too long. */
  private String fitting(String caption) {
    String rest = caption;
    while (!Legend.fits(rest, width) && rest.contains(Roll.BETWEEN)) {
      rest = rest.substring(rest.indexOf(Roll.BETWEEN) + Roll.BETWEEN.length());
    }
    return rest;
  }

  /**
   * Writes; a machine without fonts fails here in many ways, and goes without.
   *
   * @return whether there are letters
   */
  @SuppressWarnings("CatchAndPrintStackTrace")
  static boolean letter(Graphics2D canvas, Consumer<Graphics2D> writing) {
    try {
      canvas.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      canvas.setColor(INK);
      writing.accept(canvas);
      return true;
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw e;
    } catch (RuntimeException | Error noFonts) {
      return false;
    }
  }
}
