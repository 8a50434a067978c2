package dev.retort.film;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * At most 256 colors that stand for all colors of a film: one palette for every frame and no
 * dithering, so that what does not move does not flicker.
 *
 * <p>Where there are more, they are parted by median cut: the box of colors that is widest, weighed
 * by how often its colors occur, is cut at the median of its widest channel, until there are 256.
 *
 * <p>Paul Heckbert, "Color image quantization for frame buffer display", 1982 (SIGGRAPH).
 */
final class ColorTable {
  private static final int MOST = 256;
  private static final int FINE = 4096;
  private static final int EXACT = 0xFFFFFF;
  private static final int COARSE = 0xF8F8F8;

  private final int[] colors;
  private final int mask;
  private final Map<Integer, Byte> nearest = new HashMap<>();

  private record Counted(int color, int count) {
    int channel(int shift) {
      return color >> shift & 0xFF;
    }
  }

  /**
   * Colors that will be one.
   *
   * @param shift where its widest channel is in a color
   * @param need how much it needs to be cut
   */
  private record Box(List<Counted> colors, int shift, double need) {
    static Box of(List<Counted> colors) {
      int widest = 0;
      int shift = 16;
      for (int channel = 16; channel >= 0; channel -= 8) {
        int range = range(colors, channel);
        if (range > widest) {
          widest = range;
          shift = channel;
        }
      }
      double count = colors.stream().mapToInt(Counted::count).sum();
      return new Box(colors, shift, widest * Math.sqrt(count));
    }

    private static int range(List<Counted> colors, int shift) {
      int low = 255;
      int high = 0;
      for (Counted color : colors) {
        low = Math.min(low, color.channel(shift));
        high = Math.max(high, color.channel(shift));
      }
      return high - low;
    }

    /** The colors along the widest channel. */
    List<Counted> sorted() {
      return colors.stream()
          .sorted(
              Comparator.<Counted>comparingInt(color -> color.channel(shift))
                  .thenComparing(Counted::color))
          .toList();
    }

    /** Where half of all that occurs has passed, at least one color on either side. */
    static int half(List<Counted> sorted) {
      long half = sorted.stream().mapToLong(Counted::count).sum() / 2;
      int at = 0;
      long sum = 0;
      while (at < sorted.size() - 1 && (at == 0 || sum < half)) {
        sum += sorted.get(at++).count();
      }
      return at;
    }

    /** Large flat areas keep their exact color. */
    int commonest() {
      return colors.stream().max(Comparator.comparingInt(Counted::count)).orElseThrow().color();
    }
  }

  private ColorTable(int[] colors, int mask) {
    this.colors = colors;
    this.mask = mask;
  }

  static ColorTable of(List<BufferedImage> samples) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (BufferedImage sample : samples) {
      for (int pixel : pixels(sample)) {
        counts.merge(pixel, 1, Integer::sum);
      }
    }
    // Beyond some thousand colors the last bits cannot be kept anyway, and only cost time.
    int mask = counts.size() > FINE ? COARSE : EXACT;
    Map<Integer, Integer> kept = new HashMap<>();
    counts.forEach((color, count) -> kept.merge(color & mask, count, Integer::sum));
    List<Counted> all =
        kept.entrySet().stream()
            .map(entry -> new Counted(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingInt(Counted::color))
            .toList();
    if (all.size() <= MOST) {
      return new ColorTable(all.stream().mapToInt(Counted::color).toArray(), mask);
    }
    List<Box> boxes = new ArrayList<>(List.of(Box.of(all)));
    while (boxes.size() < MOST) {
      int widest = 0;
      for (int i = 1; i < boxes.size(); i++) {
        if (boxes.get(i).need > boxes.get(widest).need) {
          widest = i;
        }
      }
      List<Counted> sorted = boxes.get(widest).sorted();
      int half = Box.half(sorted);
      boxes.set(widest, Box.of(sorted.subList(0, half)));
      boxes.add(Box.of(sorted.subList(half, sorted.size())));
    }
    return new ColorTable(boxes.stream().mapToInt(Box::commonest).toArray(), mask);
  }

  private static int[] pixels(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= 0xFFFFFF;
    }
    return pixels;
  }

  int size() {
    return colors.length;
  }

  /** The colors as an image knows them. */
  IndexColorModel model() {
    byte[][] channels = new byte[3][MOST];
    for (int i = 0; i < colors.length; i++) {
      for (int channel = 0; channel < 3; channel++) {
        channels[channel][i] = (byte) (colors[i] >> (16 - 8 * channel));
      }
    }
    return new IndexColorModel(8, MOST, channels[0], channels[1], channels[2]);
  }

  /** The index of each pixel's nearest color, row by row. */
  byte[] indices(BufferedImage image) {
    int[] pixels = pixels(image);
    byte[] indices = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      indices[i] =
          i > 0 && pixels[i] == pixels[i - 1]
              ? indices[i - 1]
              : nearest.computeIfAbsent(pixels[i] & mask, this::search);
    }
    return indices;
  }

  private byte search(int color) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < colors.length; i++) {
      int red = (colors[i] >> 16) - (color >> 16);
      int green = (colors[i] >> 8 & 0xFF) - (color >> 8 & 0xFF);
      int blue = (colors[i] & 0xFF) - (color & 0xFF);
      int distance = red * red + green * green + blue * blue;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return (byte) best;
  }
}
