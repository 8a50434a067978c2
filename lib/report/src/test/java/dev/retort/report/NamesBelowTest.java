package dev.retort.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class NamesBelowTest {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 320;

  /** Level lines, one above the other, of which the names begin alike. */
  private static BufferedImage picture(String name, int count) throws IOException {
    Line[] lines =
        IntStream.range(0, count)
            .mapToObj(i -> Line.of(name + " " + i, new double[] {0, 1}, new double[] {i, i}))
            .toArray(Line[]::new);
    byte[] png = Lines.of("Levels", "x", "y", lines).png(WIDTH, HEIGHT);
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** The longest stretch of one color in a row of pixels. */
  private static int longest(BufferedImage picture, int series, int row) {
    int longest = 0;
    int length = 0;
    for (int x = 0; x < WIDTH; x++) {
      length = picture.getRGB(x, row) == Palette.series(series).getRGB() ? length + 1 : 0;
      longest = Math.max(longest, length);
    }
    return longest;
  }

  private static int longest(BufferedImage picture, int series, int from, int to) {
    return IntStream.range(from, to).map(row -> longest(picture, series, row)).max().orElseThrow();
  }

  @Test
  void manyLongNamesLeaveTheWidthToThePlotAndStandInRowsBelowIt() throws IOException {
    BufferedImage picture = picture("a name that is long enough", 6);
    for (int i = 0; i < 6; i++) {
      int line = longest(picture, i, 0, 200);
      assertThat(line).as("line %s", i).isGreaterThan(WIDTH * 3 / 4);
      assertThat(longest(picture, i, 200, HEIGHT)).as("sample %s", i).isBetween(10, 20);
    }
  }

  @Test
  void shortNamesStandBesideThePlot() throws IOException {
    BufferedImage picture = picture("short name", 6);
    for (int i = 0; i < 6; i++) {
      assertThat(longest(picture, i, 0, HEIGHT)).isBetween(WIDTH / 3, WIDTH * 3 / 4);
      assertThat(longest(picture, i, 280, HEIGHT)).isZero();
    }
  }
}
