package dev.retort.report;

import dev.retort.RetortException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * Pictures as complete PNG files, from the signature to the end chunk, in memory.
 *
 * <p>Kernels that encode images themselves may cut them short: hand them these bytes.
 */
public final class Png {
  private Png() {}

  /** The file of a picture. */
  public static byte[] of(BufferedImage picture) {
    ImageIO.setUseCache(false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, "png", bytes)) {
        throw new RetortException(
            "png: expected a writer for PNG in this JDK, got none. Install the module java.desktop.");
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
