package dev.retort.store;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads and writes {@link Tensors} as safetensors files that check themselves.
 *
 * <pre>
 * 8 bytes      the length of the header, little-endian
 * header       JSON: __metadata__ of strings; for each tensor dtype, shape and data_offsets
 * data         the tensors, widest elements first, without gaps
 * checksum     the last tensor, 32 bytes: SHA-256 of all that stands before it
 * </pre>
 *
 * <p>The metadata holds the version of the format and the SHA-256 of each tensor, so that damage
 * can be named. Whatever a file claims is measured against its real size before anything is
 * allocated.
 *
 * <p>The format: Hugging Face, "Safetensors", 2022, https://github.com/huggingface/safetensors.
 */
public final class TensorFile {
  /** What the names of files that people save end in. */
  public static final String ENDING = ".safetensors";

  static final String FORMAT = "1";
  static final String OURS = "retort.";
  static final String FORMAT_KEY = OURS + "format";
  static final String DIGEST_KEY = OURS + "sha256.";
  static final String CHECKSUM = "checksum";
  static final int CHECKSUM_BYTES = 32;
  static final int LENGTH_BYTES = 8;

  /** By which word things of a kind are opened. */
  private static final Map<String, String> WORDS =
      Map.of(
          "policy", "policy",
          "ensemble", "policy",
          "population", "curves",
          "dataset", "dataset",
          "evaluation", "evaluation",
          "predictor", "predictor",
          "prior", "qPrior");

  private TensorFile() {}

  /** Writes a file on this machine's disk, whole or not at all. */
  public static void write(Path file, Tensors tensors) {
    write(Disk.real(), file, tensors);
  }

  /** Writes a file, whole or not at all. */
  public static void write(Disk disk, Path file, Tensors tensors) {
    refuseKeptNames(file, tensors);
    byte[] buffer = new byte[ElementType.BUFFER];
    Header header = header(tensors, buffer);
    byte[] json = header.encode();
    byte[] length =
        ByteBuffer.allocate(LENGTH_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .array();
    AtomicFile.write(
        disk,
        file,
        output -> {
          MessageDigest all = sha256();
          ElementType.Pipe pipe =
              (bytes, n) -> {
                all.update(bytes, 0, n);
                output.write(bytes, 0, n);
              };
          pipe.pass(length, length.length);
          pipe.pass(json, json.length);
          for (Header.Entry entry : header.inFileOrder()) {
            if (!entry.name().equals(CHECKSUM)) {
              entry.type().encode(tensors.all().get(entry.name()).array(), buffer, pipe);
            }
          }
          output.write(all.digest(), 0, CHECKSUM_BYTES);
        });
  }

  /** How long the file is that {@link #write} writes, in bytes. */
  public static long size(Tensors tensors) {
    Header header = header(tensors, new byte[ElementType.BUFFER]);
    long data = header.entries().stream().mapToLong(Header.Entry::end).max().orElseThrow();
    return LENGTH_BYTES + header.encode().length + data;
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws DamagedFileException if a bit of it differs from what was written
   */
  public static Tensors read(Path file) {
    return new TensorReader(file, true).read();
  }

  /**
   * Reads a file that holds a thing of a kind, as its metadata {@code kind} says.
   *
   * @param word that opens such things, such as {@code policy}
   */
  public static Tensors read(Path file, String word) {
    return require(read(file), "'" + file + "'", word);
  }

  /**
   * Reads a file and makes of it what it holds; whatever is wrong with that is told with the file.
   *
   * @param word that opens such things, such as {@code policy}
   * @param reader makes it
   */
  public static <T> T open(Path file, String word, Function<Tensors, T> reader) {
    Tensors tensors = read(file, word);
    try {
      return reader.apply(tensors);
    } catch (RetortException e) {
      throw new RetortException("read '%s': %s".formatted(file, e.getMessage()), e);
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new RetortException(
          "read '%s': expected what save(..) writes, got something else (%s). Take another copy of the file."
              .formatted(file, e),
          e);
    }
  }

  /**
   * Refuses what another word opens.
   *
   * @param place where it is from, for the message
   * @param word that opens such things, such as {@code policy}
   */
  public static Tensors require(Tensors tensors, String place, String word) {
    String kind = tensors.metadata().getOrDefault("kind", "file without a kind");
    String own = WORDS.getOrDefault(kind, "");
    if (!own.equals(word)) {
      throw new RetortException(
          "open %s: expected what %s(..) opens, got a '%s'. %s"
              .formatted(
                  place,
                  word,
                  HeaderReader.shown(kind),
                  own.isEmpty()
                      ? "Results of runs are opened by their number."
                      : "Open it by %s(..).".formatted(own)));
    }
    return tensors;
  }

  /**
   * Reads a safetensors file of any origin. One of our own is checked in full; in another only the
   * structure can be checked.
   */
  public static Tensors readForeign(Path file) {
    return new TensorReader(file, false).read();
  }

  private static void refuseKeptNames(Path file, Tensors tensors) {
    int most = HeaderReader.MOST_TENSORS - 1; // and the checksum
    if (tensors.all().size() > most) {
      throw new RetortException(
          "save '%s': expected at most %s arrays, got %s. Save fewer things in one file."
              .formatted(file, most, tensors.all().size()));
    }
    for (String name : List.of(CHECKSUM, Header.METADATA)) {
      if (tensors.has(name)) {
        throw new RetortException(
            "save '%s': expected another name than '%s' for a tensor, which the format keeps for itself. Rename it."
                .formatted(file, name));
      }
    }
    for (String key : tensors.metadata().keySet()) {
      if (key.startsWith(OURS)) {
        throw new RetortException(
            "save '%s': expected metadata keys that do not begin with '%s', got '%s'. Rename it."
                .formatted(file, OURS, key));
      }
    }
  }

  private static Header header(Tensors tensors, byte[] buffer) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT_KEY, FORMAT);
    metadata.putAll(tensors.metadata());
    List<String> widestFirst = new ArrayList<>(tensors.all().keySet());
    widestFirst.sort(
        Comparator.comparingInt(name -> -ElementType.of(tensors.all().get(name).array()).bytes));
    Map<String, Long> begins = new HashMap<>();
    long end = 0;
    for (String name : widestFirst) {
      Object array = tensors.all().get(name).array();
      ElementType type = ElementType.of(array);
      begins.put(name, end);
      end += (long) type.length(array) * type.bytes;
    }
    List<Header.Entry> entries = new ArrayList<>();
    tensors
        .all()
        .forEach(
            (name, tensor) -> {
              ElementType type = ElementType.of(tensor.array());
              long begin = begins.get(name);
              long length = (long) type.length(tensor.array()) * type.bytes;
              entries.add(new Header.Entry(name, type, tensor.shape(), begin, begin + length, 0));
              metadata.put(DIGEST_KEY + name, digest(type, tensor.array(), buffer));
            });
    entries.add(
        new Header.Entry(
            CHECKSUM, ElementType.U8, new int[] {CHECKSUM_BYTES}, end, end + CHECKSUM_BYTES, 0));
    return new Header(entries, metadata);
  }

  /** The SHA-256 of an array's bytes, as the metadata holds it. */
  static String digest(ElementType type, Object array, byte[] buffer) {
    MessageDigest sha256 = sha256();
    try {
      type.encode(array, buffer, (bytes, n) -> sha256.update(bytes, 0, n));
    } catch (IOException e) {
      throw new IllegalStateException("a digest that reads nothing", e);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
