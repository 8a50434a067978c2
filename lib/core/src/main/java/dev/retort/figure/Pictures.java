package dev.retort.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Small pictures in a row, each with a caption: what an agent sees, how rooms look.
 *
 * @param title what they show together
 * @param pictures from left to right
 */
public record Pictures(String title, List<Picture> pictures) implements Figure {
  private static final String SHADES = " ·░▒▓█";
  private static final int SHOWN = 5;
  private static final int WIDE = 14;
  private static final int TALL = 7;

  /** Keeps a copy of the list. */
  public Pictures {
    pictures = List.copyOf(pictures);
  }

  /** The figure of the given pictures. */
  public static Pictures of(String title, Picture... pictures) {
    return new Pictures(title, List.of(pictures));
  }

  /** How many stand in a row. */
  private int across() {
    return Math.max(1, Math.min(pictures.size(), 6));
  }

  /** As wide as there are small ones. */
  @Override
  public int width() {
    return Math.max(240, 160 * across());
  }

  /** As high as there are rows of them. */
  @Override
  public int height() {
    int down = Math.max(1, (pictures.size() + across() - 1) / across());
    return (int) Math.min(10_000, 80 + 180L * down);
  }

  @Override
  public String text(Glyphs glyphs) {
    List<String> text = new ArrayList<>(List.of(Cells.shorten(Cells.line(title), 80)));
    List<Picture> shown = pictures.subList(0, Math.min(SHOWN, pictures.size()));
    if (shown.isEmpty()) {
      text.add("no pictures yet");
    } else {
      StringBuilder captions = new StringBuilder();
      for (int row = 0; row < TALL; row++) {
        StringBuilder line = new StringBuilder();
        for (Picture picture : shown) {
          line.append(shades(picture.raster(), row)).append("  ");
        }
        text.add(line.toString().stripTrailing());
      }
      shown.forEach(
          picture ->
              captions.append(
                  Cells.left(Cells.shorten(Cells.line(picture.caption()), WIDE), WIDE + 2)));
      text.add(captions.toString().stripTrailing());
    }
    if (pictures.size() > SHOWN) {
      text.add("… " + (pictures.size() - SHOWN) + " more");
    }
    return glyphs.draw(String.join("\n", text));
  }

  /** A row of a picture in shades, dark pixels as full blocks. */
  private static String shades(Raster raster, int row) {
    if (raster.isEmpty()) {
      return " ".repeat(WIDE);
    }
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < WIDE; column++) {
      double dark =
          1
              - raster.brightness(
                  (2 * column + 1) * raster.width() / (2 * WIDE),
                  (2 * row + 1) * raster.height() / (2 * TALL));
      line.append(SHADES.charAt((int) Math.min(SHADES.length() - 1, dark * SHADES.length())));
    }
    return line.toString();
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
