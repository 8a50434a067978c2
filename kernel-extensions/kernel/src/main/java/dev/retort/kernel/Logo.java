package dev.retort.kernel;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Draws the logo: a retort, its bulb half full, its neck bent down to a drop. */
final class Logo {
  private static final Color GLASS = new Color(0x2F4858);
  private static final Color LIQUID = new Color(0xE0793A);

  private Logo() {}

  /** The logo as a PNG file of the given width and height in pixels. */
  static byte[] png(int size) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.scale(size / 64.0, size / 64.0); // drawn on a board of 64 by 64
    Shape bulb = new Ellipse2D.Double(5, 24, 35, 35);
    Path2D neck = new Path2D.Double();
    neck.moveTo(10, 31);
    neck.curveTo(15, 13, 27, 9, 38, 15);
    neck.lineTo(59, 37);
    neck.lineTo(55.5, 40.5);
    neck.lineTo(36, 25);
    neck.curveTo(33, 23, 31, 26, 34, 31);
    neck.closePath();
    Area glass = new Area(bulb);
    glass.add(new Area(neck));
    Area liquid = new Area(bulb);
    liquid.intersect(new Area(new Rectangle2D.Double(0, 42, 64, 22)));
    g.setColor(new Color(0xFF, 0xFF, 0xFF, 230));
    g.fill(glass);
    g.setColor(LIQUID);
    g.fill(liquid);
    Path2D drop = new Path2D.Double();
    drop.moveTo(58, 43);
    drop.curveTo(62, 49, 62, 54, 58, 54);
    drop.curveTo(54, 54, 54, 49, 58, 43);
    g.fill(drop);
    g.setColor(GLASS);
    g.setStroke(new BasicStroke(3.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(glass);
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
