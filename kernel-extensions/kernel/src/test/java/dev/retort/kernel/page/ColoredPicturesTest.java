package dev.retort.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ColoredPicturesTest {
  private static String picture(Consumer<Graphics2D> draw) throws IOException {
    BufferedImage image = new BufferedImage(200, 120, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, 200, 120);
    draw.accept(canvas);
    canvas.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return "<img alt=\"a &gt; b\" src=\"data:image/png;base64,"
        + Base64.getEncoder().encodeToString(bytes.toByteArray())
        + "\">";
  }

  private static String map() throws IOException {
    return picture(
        canvas -> {
          for (int x = 20; x < 180; x++) {
            canvas.setColor(new Color(68 + x / 2, 200 - x, 84 + x / 3));
            canvas.drawLine(x, 20, x, 100);
          }
        });
  }

  private static String lines() throws IOException {
    return picture(
        canvas -> {
          canvas.setColor(Color.BLUE);
          canvas.drawLine(0, 0, 199, 119);
          canvas.setColor(Color.DARK_GRAY);
          canvas.fillRect(0, 100, 200, 20);
        });
  }

  @Test
  void aMapKeepsItsColorsAndADrawingDoesNot() throws IOException {
    String map = map();
    String lines = lines();
    assertThat(ColoredPictures.marked(map))
        .isEqualTo(map.replace("<img ", "<img class=\"colors\" "));
    assertThat(ColoredPictures.marked(lines)).isEqualTo(lines);
    assertThat(ColoredPictures.marked("<p>1</p>" + lines + "<b>2</b>" + map))
        .isEqualTo("<p>1</p>" + lines + "<b>2</b>" + ColoredPictures.marked(map));
  }

  @Test
  void whatIsNoPictureStaysAsItIs() {
    String html = "<img src=\"data:image/png;base64,AAAA\"><img src=\"data:image/png;base64,A\">";
    assertThat(ColoredPictures.marked(html)).isEqualTo(html);
  }
}
