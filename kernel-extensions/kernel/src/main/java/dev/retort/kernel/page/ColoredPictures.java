package dev.retort.kernel.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Tells pictures whose colors are numbers, heat maps and maps and frames of films, from drawings on
 * white, such as lines and bars with a few colors: the style turns light and shade of drawings
 * where a page is dark, and leaves the others alone.
 */
final class ColoredPictures {
  /** What the style knows them by. */
  static final String CLASS = "colors";

  /** From this share of colored pixels on it is more than a drawing. */
  private static final double SHARE = 0.15;

  /** By how much red, green and blue of a colored pixel differ, of 255. */
  private static final int COLORED = 40;

  private static final Pattern WITHIN =
      Pattern.compile(
          "<img (?=[^>]*?src=\"data:image/(?:png|gif|jpeg);base64,([A-Za-z0-9+/=]++)\")");

  private ColoredPictures() {}

  /** The same HTML, in which such pictures have the class. */
  static String marked(String html) {
    return WITHIN
        .matcher(html)
        .replaceAll(found -> isOne(found.group(1)) ? "<img class=\"" + CLASS + "\" " : "<img ");
  }

  private static boolean isOne(String base64) {
    try {
      BufferedImage picture =
          ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
      return picture != null && isOne(picture);
    } catch (IOException | IllegalArgumentException e) {
      return false; // what is no picture shows nothing
    }
  }

  private static boolean isOne(BufferedImage picture) {
    long colored = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int red = picture.getRGB(x, y) >> 16 & 0xFF;
        int green = picture.getRGB(x, y) >> 8 & 0xFF;
        int blue = picture.getRGB(x, y) & 0xFF;
        int most = Math.max(red, Math.max(green, blue));
        colored += most - Math.min(red, Math.min(green, blue)) > COLORED ? 1 : 0;
      }
    }
    return colored > SHARE * picture.getWidth() * picture.getHeight();
  }
}
