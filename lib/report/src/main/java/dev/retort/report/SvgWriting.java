package dev.retort.report;

import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.batik.svggen.DefaultExtensionHandler;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SVGPaintDescriptor;
import org.apache.batik.svggen.SimpleImageHandler;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What the writer of SVG is taught: images within the file, and the scale of a heat map. */
final class SvgWriting {
  private static final int DIGITS = 2;

  private SvgWriting() {}

  /** How a document is written: places to a hundredth of a pixel, nothing outside the file. */
  static SVGGeneratorContext context(Document document) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment("Written by Retort");
    context.setPrecision(DIGITS);
    context.setGenericImageHandler(new SimpleImageHandler(new Images()));
    context.setExtensionHandler(new Gradients());
    return context;
  }

  /** Images as PNG files within the text. */
  private static final class Images extends ImageHandlerBase64Encoder {
    @Override
    public void encodeImage(RenderedImage image, OutputStream out) throws SVGGraphics2DIOException {
      try {
        out.write(Png.of((BufferedImage) image));
      } catch (IOException broken) {
        throw new SVGGraphics2DIOException(broken.getMessage(), broken);
      }
    }
  }

  /** Colors that change along a line. */
  private static final class Gradients extends DefaultExtensionHandler {
    @Override
    public SVGPaintDescriptor handlePaint(Paint paint, SVGGeneratorContext context) {
      if (!(paint instanceof LinearGradientPaint gradient)) {
        return super.handlePaint(paint, context);
      }
      Document document = context.getDOMFactory();
      Element line = document.createElementNS("http://www.w3.org/2000/svg", "linearGradient");
      String id = context.getIDGenerator().generateID("gradient");
      line.setAttributeNS(null, "id", id);
      line.setAttributeNS(null, "gradientUnits", "userSpaceOnUse");
      place(line, "1", gradient.getStartPoint(), gradient.getTransform());
      place(line, "2", gradient.getEndPoint(), gradient.getTransform());
      for (int i = 0; i < gradient.getColors().length; i++) {
        Color color = gradient.getColors()[i];
        Element stop = document.createElementNS("http://www.w3.org/2000/svg", "stop");
        stop.setAttributeNS(null, "offset", number(gradient.getFractions()[i]));
        stop.setAttributeNS(null, "stop-color", Palette.hex(color));
        stop.setAttributeNS(null, "stop-opacity", number(color.getAlpha() / 255.0));
        line.appendChild(stop);
      }
      return new SVGPaintDescriptor("url(#" + id + ")", "1", line);
    }

    private static void place(Element line, String end, Point2D at, AffineTransform transform) {
      Point2D placed = transform.transform(at, null);
      line.setAttributeNS(null, "x" + end, number(placed.getX()));
      line.setAttributeNS(null, "y" + end, number(placed.getY()));
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.4f", value);
    }
  }
}
