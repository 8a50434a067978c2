package dev.retort.exchange.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.retort.RetortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of ONNX that may be damaged or hostile, read before an engine sees it.
 *
 * <p>Whatever an array claims is measured against the bytes that there are, and numbers that stand
 * in other files have to stand in the folder of this one.
 */
final class OnnxFile {
  private static final int MOST_BYTES = Integer.MAX_VALUE - (1 << 16);
  private static final int DEEPEST = 50;
  private static final int MOST_SHOWN = 60;

  /** As a tensor says that its numbers stand elsewhere. */
  private static final int EXTERNAL = 1;

  private final Path path;
  private final byte[] bytes;
  private final CodedInputStream in;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private boolean hasGraph;
  private boolean isAlone = true;
  private String place = "model";

  private OnnxFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
    this.in = CodedInputStream.newInstance(bytes);
  }

  /** Reads one. */
  static OnnxFile read(Path path) {
    OnnxFile file = new OnnxFile(path, load(path));
    file.check();
    return file;
  }

  private static byte[] load(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new RetortException(
          "open policy '%s': expected a file, got %s. Check the path."
              .formatted(path, Files.exists(path) ? "something else" : "nothing"));
    }
    try {
      long size = Files.size(path);
      if (size > Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory())) {
        throw new RetortException(
            "open policy '%s': expected a file that fits into a memory of %s bytes, got %s bytes. Keep its numbers in a file beside it, or give Java more memory (-Xmx)."
                .formatted(path, Runtime.getRuntime().maxMemory(), size));
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new RetortException(
          "open policy '%s': expected a file that can be read, got %s. Check its disk."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** Where it lies. */
  Path path() {
    return path;
  }

  /** All of it; nobody changes them. */
  byte[] bytes() {
    return bytes;
  }

  /** What it says of itself. */
  Map<String, String> metadata() {
    return metadata;
  }

  /** Whether all its numbers stand in it. */
  boolean isAlone() {
    return isAlone;
  }

  private void check() {
    try {
      int whole = in.pushLimit(bytes.length);
      each(this::model);
      in.popLimit(whole);
    } catch (IOException e) {
      boolean isTruncated =
          e instanceof InvalidProtocolBufferException && e.getMessage().contains("ended");
      throw refused(
          "a file of ONNX", isTruncated ? "one that ends in its midst" : "other bytes", e);
    }
    if (!hasGraph) {
      throw refused("a file of ONNX with a graph", "one without", null);
    }
  }

  private RetortException refused(String expected, String got, Throwable cause) {
    return new RetortException(
        "open policy '%s': expected %s, got %s (%s, byte %s). Take another copy of the file."
            .formatted(path, expected, got, place, in.getTotalBytesRead()),
        cause);
  }

  /** Reads a field by its number, or says that it does not. */
  @FunctionalInterface
  private interface Field {
    boolean read(int number) throws IOException;
  }

  private void each(Field field) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      boolean isMessage = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      boolean isWhole = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT;
      if (!(isMessage || isWhole) || !field.read(WireFormat.getTagFieldNumber(tag))) {
        in.skipField(tag);
      }
    }
  }

  private boolean within(Field field) throws IOException {
    int before = in.pushLimit(in.readRawVarint32());
    each(field);
    in.checkLastTagWas(0);
    in.popLimit(before);
    return true;
  }

  private boolean model(int field) throws IOException {
    if (field == 7) {
      hasGraph = true;
      return within(each -> graph(each, 0));
    }
    return field == 14 && said(metadata);
  }

  /** A key and a value. */
  private boolean said(Map<String, String> all) throws IOException {
    String[] pair = {"", ""};
    within(
        field -> {
          if (field != 1 && field != 2) {
            return false;
          }
          pair[field - 1] = in.readString();
          return true;
        });
    all.put(pair[0], pair[1]);
    return true;
  }

  private boolean graph(int field, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw refused("graphs within graphs of at most " + DEEPEST, "deeper ones", null);
    }
    return switch (field) {
      case 1 -> within(each -> each == 5 && within(inner -> attribute(inner, depth)));
      case 5 -> tensor();
      default -> false;
    };
  }

  private boolean attribute(int field, int depth) throws IOException {
    return switch (field) {
      case 5, 10 -> tensor();
      case 6, 11 -> within(each -> graph(each, depth + 1));
      default -> false;
    };
  }

  /** What a tensor claims, and where its numbers are. */
  private static final class Claim {
    private String name = "";
    private long count = 1;
    private long bytes;
    private boolean isExternal;
    private final Map<String, String> external = new LinkedHashMap<>();
  }

  private boolean tensor() throws IOException {
    Claim claim = new Claim();
    String before = place;
    within(field -> tensor(field, claim));
    place = "tensor '%s'".formatted(shown(claim.name));
    if (claim.isExternal) {
      isAlone = false;
      claim.bytes = external(claim.external.getOrDefault("location", ""));
    }
    if (claim.count < 0 || claim.count / 2 > claim.bytes) { // two of the narrowest in a byte
      throw refused(
          "as many numbers as there are bytes for them, %s".formatted(claim.bytes),
          claim.count < 0 ? "sizes beyond all memory" : claim.count + " numbers",
          null);
    }
    place = before;
    return true;
  }

  private boolean tensor(int field, Claim claim) throws IOException {
    switch (field) {
      case 1 -> sizes(claim);
      case 4, 5, 6, 7, 9, 10, 11 -> {
        int length = in.readRawVarint32();
        claim.bytes += length;
        in.skipRawBytes(length);
      }
      case 8 -> claim.name = in.readString();
      case 13 -> said(claim.external);
      case 14 -> claim.isExternal = in.readRawVarint32() == EXTERNAL;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** One size, or several side by side. */
  private void sizes(Claim claim) throws IOException {
    if (WireFormat.getTagWireType(in.getLastTag()) == WireFormat.WIRETYPE_VARINT) {
      size(claim, in.readInt64());
      return;
    }
    int before = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      size(claim, in.readInt64());
    }
    in.popLimit(before);
  }

  private static void size(Claim claim, long size) {
    boolean fits = claim.count >= 0 && size >= 0 && (size == 0 || claim.count <= MOST_BYTES / size);
    claim.count = fits ? claim.count * size : -1;
  }

  private long external(String location) throws IOException {
    try {
      Path folder = path.toAbsolutePath().getParent().toRealPath();
      Path given = Path.of(location);
      Path other = folder.resolve(given).normalize();
      boolean isBeside = !location.isEmpty() && !given.isAbsolute() && other.startsWith(folder);
      if (isBeside && !Files.exists(other)) {
        throw refused("the file '%s' beside it".formatted(shown(location)), "none", null);
      }
      if (!isBeside || !other.toRealPath().startsWith(folder)) {
        throw refused(
            "numbers in a file of its own folder", "'%s'".formatted(shown(location)), null);
      }
      return Files.size(other);
    } catch (InvalidPathException e) {
      throw refused("the name of a file", "'%s'".formatted(shown(location)), e);
    }
  }

  /** A text as a message shows it. */
  static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }
}
