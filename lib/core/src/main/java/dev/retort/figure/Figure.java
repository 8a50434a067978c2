package dev.retort.figure;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * A chart as a value: what is to be seen, and nothing of how it is drawn.
 *
 * <p>It prints as text of at most 12 lines of 80 columns; {@link #png(int, int)} and {@link
 * #save(Path)} need the module {@code retort-report} on the class path.
 */
public sealed interface Figure permits Lines, Dots, Bars, Heat, Scatter, Tracks, Pictures, Panels {
  /** The width of a picture in pixels where none is given. */
  int WIDTH = 720;

  /** The height of a picture in pixels where none is given. */
  int HEIGHT = 420;

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

  /** A picture of the usual size, as a complete PNG file. */
  default byte[] png() {
    return png(WIDTH, HEIGHT);
  }

  /** A picture of the given size in pixels, as a complete PNG file. */
  default byte[] png(int width, int height) {
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
    return FigureRenderer.installed().png(this, width, height);
  }

  /** Writes a PNG file; a file that was there before is replaced whole or not at all. */
  default Path save(Path file) {
    if (file == null) {
      throw new RetortException(
          "save figure '%s': expected a file, got null. Did its cell fail?".formatted(title()));
    }
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new RetortException(
          "save figure '%s': expected a file that ends in .png, got '%s'."
              .formatted(title(), file));
    }
    byte[] picture = png();
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
