package dev.retort.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import dev.retort.figure.PictureFormat;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;

/**
 * Drawings as files of outlines, letters included, so that they look the same wherever they are
 * opened: SVG by Apache Batik, PDF by Apache PDFBox.
 */
final class VectorFile {
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** A reference to the network, which readers of XML may follow. */
  private static final Pattern DOCTYPE = Pattern.compile("<!DOCTYPE[^>]*>\\s*");

  /** A point of print is the 72nd part of an inch, a pixel the 96th. */
  private static final float POINT = 0.75f;

  private VectorFile() {}

  /** The file of a drawing; the same drawing gives the same bytes. */
  static byte[] of(
      PictureFormat format, String title, int width, int height, Consumer<Graphics2D> drawing) {
    try {
      return format == PictureFormat.SVG
          ? svg(width, height, drawing)
          : pdf(title, width, height, drawing);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  private static byte[] svg(int width, int height, Consumer<Graphics2D> drawing)
      throws IOException {
    SVGGraphics2D canvas = new SVGGraphics2D(SvgWriting.context(document()), true);
    canvas.setSVGCanvasSize(new Dimension(width, height));
    drawing.accept(canvas);
    var root = canvas.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
    StringWriter text = new StringWriter();
    canvas.stream(root, text, true, false);
    canvas.dispose();
    String alone = DOCTYPE.matcher(text.toString()).replaceFirst("");
    return alone.getBytes(StandardCharsets.UTF_8);
  }

  private static Document document() {
    try {
      DOMImplementation dom =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation();
      return dom.createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException("expected a builder of XML documents", impossible);
    }
  }

  private static byte[] pdf(String title, int width, int height, Consumer<Graphics2D> drawing)
      throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.setDocumentId(0L);
      document.getDocumentInformation().setTitle(title);
      PDPage page = new PDPage(new PDRectangle(POINT * width, POINT * height));
      document.addPage(page);
      PdfBoxGraphics2D canvas = new PdfBoxGraphics2D(document, width, height);
      try {
        drawing.accept(canvas);
      } finally {
        canvas.dispose();
      }
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.transform(Matrix.getScaleInstance(POINT, POINT));
        content.drawForm(canvas.getXFormObject());
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }
}
