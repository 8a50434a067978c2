package dev.retort.figure;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small picture as a value: colors row by row, from the top left.
 *
 * @param width in pixels
 * @param height in pixels
 * @param pixels {@code (height, width)}, each {@code 0xRRGGBB}
 */
public record Raster(int width, int height, List<Integer> pixels) {
  /** A picture of nothing. */
  public static final Raster NONE = new Raster(0, 0, List.of());

  private static final int MOST = 1 << 20;
  private static final int WHITE = 0xFFFFFF;

  /** The gray of the largest value of a matrix, on which lines can still be seen. */
  private static final int DARKEST = 0x88;

  /** Checks that the pixels fill the picture. */
  public Raster {
    if (width < 0 || height < 0 || (long) width * height > MOST) {
      throw new RetortException(
          "raster: expected at most %s pixels, got %s×%s. Take every second one."
              .formatted(MOST, width, height));
    }
    pixels = List.copyOf(pixels);
    if (pixels.size() != width * height) {
      throw new RetortException(
          "raster: expected %s pixels for %s×%s, got %s."
              .formatted(width * height, width, height, pixels.size()));
    }
    for (int pixel : pixels) {
      if (pixel < 0 || pixel > WHITE) {
        throw new RetortException(
            "raster: expected colors from 0 to 0xFFFFFF, got %s.".formatted(pixel));
      }
    }
  }

  /** A picture of colors, {@code (height, width)}, each {@code 0xRRGGBB}. */
  public static Raster of(int[][] colors) {
    int width = colors.length == 0 ? 0 : colors[0].length;
    return new Raster(
        width, colors.length, Arrays.stream(colors).flatMapToInt(Arrays::stream).boxed().toList());
  }

  /**
   * A matrix in grays, {@code (height, width)} from the top left: the least value is white, the
   * largest a gray that does not hide lines; what a picture cannot show is white.
   */
  public static Raster grey(double[][] values) {
    double[] shown =
        Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(Figure::shows).toArray();
    double low = Arrays.stream(shown).min().orElse(0);
    double range = Arrays.stream(shown).max().orElse(0) - low;
    List<Integer> pixels = new ArrayList<>();
    for (double[] row : values) {
      for (double value : row) {
        double share = Figure.shows(value) && range > 0 ? (value - low) / range : 0;
        int level = (int) Math.round(0xFF - share * (0xFF - DARKEST));
        pixels.add(level << 16 | level << 8 | level);
      }
    }
    return new Raster(values.length == 0 ? 0 : values[0].length, values.length, pixels);
  }

  /** Whether there is nothing to see. */
  public boolean isEmpty() {
    return pixels.isEmpty();
  }

  /** A color, {@code 0xRRGGBB}. */
  public int at(int x, int y) {
    return pixels.get(y * width + x);
  }

  /** How bright a pixel is, from 0 to 1, by the weights of ITU-R BT.709. */
  double brightness(int x, int y) {
    int color = at(x, y);
    return (0.2126 * (color >> 16) + 0.7152 * (color >> 8 & 0xFF) + 0.0722 * (color & 0xFF)) / 0xFF;
  }
}
