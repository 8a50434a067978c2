package dev.retort.figure;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A chart as a value: what is to be seen, and nothing of how it is drawn.
 *
 * <p>It prints as text of at most 12 lines of 80 columns; {@link #png(int, int)} and {@link
 * #save(Path)}, which writes PNG, SVG or PDF, need the module {@code retort-report} on the class
 * path.
 */
public sealed interface Figure permits Lines, Dots, Bars, Heat, Scatter, Tracks, Pictures, Panels {
  /** The width of a picture in pixels where none is given. */
  int WIDTH = 720;

  /** The height of a picture in pixels where none is given. */
  int HEIGHT = 420;

  /** The height in pixels of one of several panels. */
  int PANEL_HEIGHT = 320;

  /** No picture shows a number that is farther from zero. */
  double FARTHEST = 1e100;

  /**
   * Whether a picture can show a number: no NaN, not infinite, and not beyond {@link #FARTHEST}.
   */
  static boolean shows(double value) {
    return Math.abs(value) <= FARTHEST;
  }

  /** What the figure shows, in one line. */
  String title();

  /** The figure as text, at most 12 lines of 80 columns without a final newline. */
  String text(Glyphs glyphs);

  /** The width in pixels that suits it. */
  default int width() {
    return WIDTH;
  }

  /** The height in pixels that suits it. */
  default int height() {
    return HEIGHT;
  }

  /** The height in pixels that suits it where it is one of several {@link Panels}. */
  default int panelHeight() {
    return PANEL_HEIGHT;
  }

  /** A picture of the size that suits it, as a complete PNG file. */
  default byte[] png() {
    return picture(PictureFormat.PNG, width(), height());
  }

  /** A picture of the given size in pixels, as a complete PNG file. */
  default byte[] png(int width, int height) {
    return picture(PictureFormat.PNG, width, height);
  }

  /** A picture of the given size in pixels, 96 to the inch, as a complete file of a format. */
  default byte[] picture(PictureFormat format, int width, int height) {
    if (width < 100 || height < 80 || width > 10_000 || height > 10_000) {
      throw new RetortException(
          "figure '%s': expected a picture of 100×80 to 10000×10000 pixels, got %s×%s."
              .formatted(title(), width, height));
    }
    long room = Runtime.getRuntime().maxMemory() / 2;
    if (8L * width * height > room) {
      throw new RetortException(
          "figure '%s': expected a picture that fits into %s MB, got %s×%s pixels. Take a smaller one."
              .formatted(title(), room >> 20, width, height));
    }
    return FigureRenderer.installed().picture(this, format, width, height);
  }

  /**
   * Writes a picture of the size that suits it in the format that the file's name ends in: .png,
   * .svg or .pdf. A file that was there before is replaced whole or not at all.
   *
   * @throws RetortException if the name ends otherwise, or the file cannot be written
   */
  default Path save(Path file) {
    if (file == null) {
      throw new RetortException(
          "save figure '%s': expected a file, got null. Did its cell fail?".formatted(title()));
    }
    byte[] picture =
        picture(PictureFormat.of("save figure '" + title() + "'", file), width(), height());
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.createDirectories(target.getParent());
      Files.write(part, picture);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException broken) {
      throw new RetortException(
          "save figure '%s': cannot write '%s' (%s). Choose a folder that you may write to."
              .formatted(title(), file, broken.getMessage()),
          broken);
    }
    return file;
  }
}
