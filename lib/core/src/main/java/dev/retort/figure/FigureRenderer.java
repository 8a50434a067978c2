package dev.retort.figure;

import dev.retort.RetortException;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Whoever turns figures into pictures; found as a service, so that this library needs no charts.
 */
public interface FigureRenderer {
  /**
   * A picture of a figure.
   *
   * @param figure what to draw
   * @param format how it is written
   * @param width in pixels, 96 to the inch
   * @param height in pixels, 96 to the inch
   * @return a complete file of that format
   */
  byte[] picture(Figure figure, PictureFormat format, int width, int height);

  /** The renderer on the class path. */
  static FigureRenderer installed() {
    return in(FigureRenderer.class.getClassLoader())
        .or(() -> in(Thread.currentThread().getContextClassLoader()))
        .orElseThrow(
            () ->
                new RetortException(
                    "figure: expected a renderer on the class path, got none."
                        + " Add dev.retort:retort-report, or print the figure as text."));
  }

  private static Optional<FigureRenderer> in(ClassLoader loader) {
    return ServiceLoader.load(FigureRenderer.class, loader).findFirst();
  }
}
