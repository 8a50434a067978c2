package dev.retort.kernel;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * Shows images as complete PNG files.
 *
 * <p>The base library encodes through a stream that it does not close, which loses the last bytes.
 */
final class PictureOutput {
  private PictureOutput() {}

  static void register(Renderer renderer) {
    // On both types: the class is looked up first, and there we are alone.
    renderer
        .createRegistration(BufferedImage.class)
        .preferring(MIMEType.IMAGE_PNG)
        .register((image, context) -> show(image, context.getOutputContainer()));
    renderer
        .createRegistration(RenderedImage.class)
        .preferring(MIMEType.IMAGE_PNG)
        .register((image, context) -> show(image, context.getOutputContainer()));
  }

  private static void show(RenderedImage image, DisplayData data) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("encoding an image as PNG", e);
    }
    data.putData(MIMEType.IMAGE_PNG, Base64.getEncoder().encodeToString(png.toByteArray()));
    data.putText("image, " + image.getWidth() + " x " + image.getHeight() + " pixels");
  }
}
