package dev.retort.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Colors of series as different eyes see them: by the matrices of Gustavo M. Machado, Manuel M.
 * Oliveira, Leandro A. F. Fernandes, "A physiologically-based model for simulation of color vision
 * deficiency", 2009, and by distances in Oklab (Björn Ottosson, 2020).
 */
class PaletteTest {
  private static final double[][] NORMAL = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  private static final double[][] PROTANOPIA = {
    {0.152286, 1.052583, -0.204868},
    {0.114503, 0.786281, 0.099216},
    {-0.003882, -0.048116, 1.051998}
  };
  private static final double[][] DEUTERANOPIA = {
    {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
  };
  private static final double[][] TRITANOPIA = {
    {1.255528, -0.076749, -0.178779},
    {-0.078411, 0.930809, 0.147602},
    {0.004733, 0.691367, 0.303900}
  };
  private static final int OKABE_ITO = 6;

  private static double linear(int level) {
    double share = level / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static double[] linear(Color color) {
    return new double[] {linear(color.getRed()), linear(color.getGreen()), linear(color.getBlue())};
  }

  private static double[] times(double[][] matrix, double[] vector) {
    return IntStream.range(0, matrix.length)
        .mapToDouble(
            row ->
                IntStream.range(0, vector.length)
                    .mapToDouble(k -> matrix[row][k] * vector[k])
                    .sum())
        .toArray();
  }

  /** Lightness and two axes of color as an eye sees them. */
  private static double[] seen(Color color, double[][] eye) {
    double[] light = times(eye, linear(color));
    for (int i = 0; i < light.length; i++) {
      light[i] = Math.max(0, Math.min(1, light[i]));
    }
    double[] cones =
        times(
            new double[][] {
              {0.4122214708, 0.5363325363, 0.0514459929},
              {0.2119034982, 0.6806995451, 0.1073969566},
              {0.0883024619, 0.2817188376, 0.6299787005}
            },
            light);
    return times(
        new double[][] {
          {0.2104542553, 0.7936177850, -0.0040720468},
          {1.9779984951, -2.4285922050, 0.4505937099},
          {0.0259040371, 0.7827717662, -0.8086757660}
        },
        new double[] {Math.cbrt(cones[0]), Math.cbrt(cones[1]), Math.cbrt(cones[2])});
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).sum());
  }

  /** The least distance of two among the first, to eyes of three kinds. */
  private static double least(int count) {
    List<Double> all = new ArrayList<>();
    for (double[][] eye : List.of(NORMAL, PROTANOPIA, DEUTERANOPIA)) {
      for (int a = 0; a < count; a++) {
        for (int b = 0; b < a; b++) {
          all.add(distance(seen(Palette.series(a), eye), seen(Palette.series(b), eye)));
        }
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  private static double luminance(Color color) {
    double[] light = linear(color);
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
  }

  private static double contrast(Color a, Color b) {
    double high = Math.max(luminance(a), luminance(b)) + 0.05;
    return high / (Math.min(luminance(a), luminance(b)) + 0.05);
  }

  @Test
  void asManyColorsAreToldApartAsTheSixOfOkabeAndIto() {
    assertThat(Palette.count()).isGreaterThanOrEqualTo(10);
    assertThat(least(Palette.count())).isGreaterThanOrEqualTo(least(OKABE_ITO)).isGreaterThan(0.07);
    assertThat(Palette.series(Palette.count())).isEqualTo(Palette.series(0));
  }

  /** To those who lack the third kind of cones, who are few, two may come nearer. */
  @Test
  void noTwoAreTheSameToAnybody() {
    for (int a = 0; a < Palette.count(); a++) {
      for (int b = 0; b < a; b++) {
        assertThat(
                distance(seen(Palette.series(a), TRITANOPIA), seen(Palette.series(b), TRITANOPIA)))
            .as(a + " and " + b)
            .isGreaterThan(0.05);
      }
    }
  }

  @Test
  void allStandOutOnWhiteAndOnADarkPage() {
    for (int i = 0; i < Palette.count(); i++) {
      assertThat(contrast(Palette.series(i), Color.WHITE)).as(i + " on white").isGreaterThan(2);
      assertThat(contrast(Palette.series(i), new Color(0x16181C)))
          .as(i + " on dark")
          .isGreaterThan(2);
    }
  }
}
