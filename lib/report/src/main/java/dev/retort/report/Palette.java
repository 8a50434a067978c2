package dev.retort.report;

import java.awt.Color;
import java.util.List;

/**
 * The colors of the house, distinguished by color-blind eyes and in print.
 *
 * <p>The first six are those of Masataka Okabe, Kei Ito, "Color universal design", 2008; yellow and
 * black are left out, since one vanishes on white and the other on a dark page. The other six are
 * as far from these and from each other, to normal eyes and to those that lack one kind of cones,
 * as the six are among themselves. The scale of heat maps is a short form of viridis (Stéfan van
 * der Walt, Nathaniel Smith, 2015), which is even to the eye.
 */
final class Palette {
  private static final List<Color> SERIES =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x6900FF),
          new Color(0x873C3C),
          new Color(0xB4B496),
          new Color(0x2D5A78),
          new Color(0x9678FF),
          new Color(0xA54B00));

  /** A gray that is as far from white as from a dark page. */
  static final Color MIDDLE = new Color(0x7A7A7A);

  static final Color INK = new Color(0x222222);
  static final Color SOFT = new Color(0x666666);
  static final Color GRID = new Color(0xE6E6E6);

  private static final Color[] HEAT = {
    new Color(0x440154),
    new Color(0x3B528B),
    new Color(0x21918C),
    new Color(0x5EC962),
    new Color(0xFDE725)
  };

  private Palette() {}

  /** The color of one of several series; they repeat after twelve. */
  static Color series(int index) {
    return SERIES.get(index % SERIES.size());
  }

  /** How many colors there are before they repeat. */
  static int count() {
    return SERIES.size();
  }

  /** The same color, letting through what lies behind. */
  static Color translucent(Color color, int alpha) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
  }

  /** {@code #0072b2}. */
  static String hex(Color color) {
    return String.format(java.util.Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF);
  }

  /** The stops of the heat scale, from low to high. */
  static Color[] heat() {
    return HEAT.clone();
  }

  /** The color of a share between 0 and 1 on the heat scale. */
  static Color heat(double share) {
    double place = Math.min(1, Math.max(0, share)) * (HEAT.length - 1);
    int below = Math.min(HEAT.length - 2, (int) place);
    double rest = place - below;
    Color a = HEAT[below];
    Color b = HEAT[below + 1];
    return new Color(
        mix(a.getRed(), b.getRed(), rest),
        mix(a.getGreen(), b.getGreen(), rest),
        mix(a.getBlue(), b.getBlue(), rest));
  }

  private static int mix(int a, int b, double share) {
    return (int) Math.round(a + share * (b - a));
  }
}
