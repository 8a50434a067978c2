package dev.retort.film;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.Node;

/**
 * Writes and reads animated GIFs that loop for ever. Each frame after the first holds only the
 * rectangle that has changed.
 */
final class AnimatedGif {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";
  private static final String STREAM_FORMAT = "javax_imageio_gif_stream_1.0";

  private AnimatedGif() {}

  /**
   * Encodes frames.
   *
   * @param frames paints the i-th frame
   * @param hundredths how long each frame stays, in hundredths of a second, at least 2
   * @param palette the colors of them all
   */
  static byte[] encode(IntFunction<BufferedImage> frames, int[] hundredths, ColorTable palette) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      IndexColorModel model = palette.model();
      writer.prepareWriteSequence(stream(writer, model));
      byte[] shown = new byte[0];
      for (int i = 0; i < hundredths.length; i++) {
        BufferedImage frame = frames.apply(i);
        byte[] indices = palette.indices(frame);
        Rectangle part = changed(shown, indices, frame.getWidth(), frame.getHeight());
        BufferedImage image = part(indices, frame.getWidth(), part, model);
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        describe(metadata, part, hundredths[i], i == 0);
        writer.writeToSequence(new IIOImage(image, List.of(), metadata), null);
        shown = indices;
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * One table of colors for the whole film; without it the writer would put in a table of its own.
   */
  private static IIOMetadata stream(ImageWriter writer, IndexColorModel model)
      throws IIOInvalidTreeException {
    IIOMetadata metadata = writer.getDefaultStreamMetadata(null);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(STREAM_FORMAT);
    IIOMetadataNode table = child(root, "GlobalColorTable");
    while (table.getFirstChild() != null) {
      table.removeChild(table.getFirstChild());
    }
    table.setAttribute("sizeOfGlobalColorTable", Integer.toString(model.getMapSize()));
    table.setAttribute("backgroundColorIndex", "0");
    table.setAttribute("sortFlag", "FALSE");
    for (int i = 0; i < model.getMapSize(); i++) {
      IIOMetadataNode entry = new IIOMetadataNode("ColorTableEntry");
      entry.setAttribute("index", Integer.toString(i));
      entry.setAttribute("red", Integer.toString(model.getRed(i)));
      entry.setAttribute("green", Integer.toString(model.getGreen(i)));
      entry.setAttribute("blue", Integer.toString(model.getBlue(i)));
      table.appendChild(entry);
    }
    metadata.setFromTree(STREAM_FORMAT, root);
    return metadata;
  }

  private static Rectangle changed(byte[] before, byte[] after, int width, int height) {
    if (before.length == 0) {
      return new Rectangle(0, 0, width, height);
    }
    int left = width;
    int right = -1;
    int top = height;
    int bottom = -1;
    for (int i = 0; i < after.length; i++) {
      if (before[i] != after[i]) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width);
        top = Math.min(top, i / width);
        bottom = i / width;
      }
    }
    return right < 0
        ? new Rectangle(0, 0, 1, 1)
        : new Rectangle(left, top, right - left + 1, bottom - top + 1);
  }

  private static BufferedImage part(
      byte[] indices, int width, Rectangle part, IndexColorModel model) {
    BufferedImage image =
        new BufferedImage(part.width, part.height, BufferedImage.TYPE_BYTE_INDEXED, model);
    byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int row = 0; row < part.height; row++) {
      System.arraycopy(
          indices, (part.y + row) * width + part.x, target, row * part.width, part.width);
    }
    return image;
  }

  private static void describe(IIOMetadata metadata, Rectangle part, int hundredths, boolean first)
      throws IIOInvalidTreeException {
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    IIOMetadataNode place = child(root, "ImageDescriptor");
    place.setAttribute("imageLeftPosition", Integer.toString(part.x));
    place.setAttribute("imageTopPosition", Integer.toString(part.y));
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "doNotDispose");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(hundredths));
    control.setAttribute("transparentColorIndex", "0");
    if (first) {
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject(new byte[] {1, 0, 0});
      child(root, "ApplicationExtensions").appendChild(loop);
    }
    metadata.setFromTree(FORMAT, root);
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return (IIOMetadataNode) node;
      }
    }
    IIOMetadataNode made = new IIOMetadataNode(name);
    root.appendChild(made);
    return made;
  }

  /** The whole frames of a GIF, each as it is seen. */
  static List<BufferedImage> decode(byte[] gif) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    List<BufferedImage> frames = new ArrayList<>();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
      reader.setInput(in);
      int count = reader.getNumImages(true);
      for (int i = 0; i < count; i++) {
        BufferedImage part = reader.read(i);
        IIOMetadataNode root = (IIOMetadataNode) reader.getImageMetadata(i).getAsTree(FORMAT);
        IIOMetadataNode place = child(root, "ImageDescriptor");
        BufferedImage before = i == 0 ? part : frames.get(i - 1);
        BufferedImage whole =
            new BufferedImage(before.getWidth(), before.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = whole.createGraphics();
        canvas.drawImage(before, 0, 0, null);
        canvas.drawImage(
            part,
            Integer.parseInt(place.getAttribute("imageLeftPosition")),
            Integer.parseInt(place.getAttribute("imageTopPosition")),
            null);
        canvas.dispose();
        frames.add(whole);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      reader.dispose();
    }
    return frames;
  }
}
