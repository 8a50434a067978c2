package dev.retort.figure;

import dev.retort.RetortException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** How a picture is written to a file: as pixels, or as outlines that stay sharp in print. */
public enum PictureFormat {
  /** Pixels, for screens. */
  PNG,
  /** Outlines, for web pages and for editing. */
  SVG,
  /** Outlines, for papers. */
  PDF;

  /** What a file's name ends in, with the dot. */
  public String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format that a file's name ends in.
   *
   * @param what is being done, for the answer to another ending
   * @param file where it goes
   * @throws RetortException if the name ends in none of them
   */
  public static PictureFormat of(String what, Path file) {
    String name = String.valueOf(file.getFileName());
    return Arrays.stream(values())
        .filter(format -> name.toLowerCase(Locale.ROOT).endsWith(format.ending()))
        .findFirst()
        .orElseThrow(
            () ->
                new RetortException(
                    "%s: expected a file that ends in .png, .svg or .pdf, got '%s'. Name it '%s.pdf' for a paper, or '%s.png' for a screen."
                        .formatted(what, file, stem(name), stem(name))));
  }

  /** A name without its ending. */
  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
