package dev.retort.store;

import static dev.retort.store.TensorFile.CHECKSUM;
import static dev.retort.store.TensorFile.CHECKSUM_BYTES;
import static dev.retort.store.TensorFile.DIGEST_KEY;
import static dev.retort.store.TensorFile.FORMAT;
import static dev.retort.store.TensorFile.FORMAT_KEY;
import static dev.retort.store.TensorFile.LENGTH_BYTES;
import static dev.retort.store.TensorFile.OURS;

import dev.retort.RetortException;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads a safetensors file that may be hostile.
 *
 * <p>Whatever it claims is measured against its real size before anything is allocated, so the
 * memory is that of its header and its arrays. Bytes come through a {@link RandomAccessFile}, which
 * an interrupt does not close.
 */
final class TensorReader {
  private static final long MOST_HEADER = 1 << 25;

  /** What the other sizes of an empty tensor may multiply to: they have no bytes to show. */
  private static final long MOST_BESIDE_NOTHING = 1 << 24;

  private final Path file;
  private final boolean onlyOurs;

  TensorReader(Path file, boolean onlyOurs) {
    this.file = file;
    this.onlyOurs = onlyOurs;
  }

  Tensors read() {
    try {
      TextFile.requireFile(file);
    } catch (IOException e) {
      throw new RetortException(
          "read '%s': expected a file, got %s. Check the path.".formatted(file, e.getMessage()), e);
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      return read(in);
    } catch (OutOfMemoryError e) {
      throw tooLarge(file.toFile().length());
    } catch (EOFException e) {
      throw damaged(
          "data", file.toFile().length(), "expected a file that stays as it is, got a shorter one");
    } catch (IOException e) {
      throw new DiskException(
          "read '%s': expected a file that can be read, got %s. Check its disk."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private Tensors read(RandomAccessFile in) throws IOException {
    long size = in.length();
    byte[] length = new byte[LENGTH_BYTES];
    if (size <= length.length) {
      throw other("a file of %s bytes".formatted(size), size);
    }
    in.readFully(length);
    if (in.read() != '{') {
      throw other("a file of another kind", LENGTH_BYTES);
    }
    in.seek(LENGTH_BYTES);
    long headerLength = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long room = Math.min(size - LENGTH_BYTES, MOST_HEADER);
    if (headerLength < 0 || headerLength > room) {
      throw damaged(
          "length of the header",
          0,
          "expected a header of at most %s bytes, got %s"
              .formatted(room, Long.toUnsignedString(headerLength)));
    }
    byte[] json = new byte[(int) headerLength];
    in.readFully(json);
    Header header = new HeaderReader(file, json, LENGTH_BYTES).read();
    long data = LENGTH_BYTES + headerLength;
    List<Header.Entry> entries = header.inFileOrder();
    checkLayout(entries, data, size);
    if (size - data > Runtime.getRuntime().maxMemory()) {
      throw tooLarge(size);
    }
    boolean ours = header.metadata().containsKey(FORMAT_KEY);
    if (!ours && onlyOurs) {
      throw new DamagedFileException(
          file,
          "header",
          LENGTH_BYTES,
          "expected a file that save(..) wrote, got a safetensors file of another tool",
          "TensorFile.readForeign(file) gives its arrays, without checksums.");
    }
    if (ours) {
      checkOurs(header, entries);
    }
    MessageDigest all = TensorFile.sha256();
    all.update(length);
    all.update(json);
    Map<String, Object> arrays = load(in, entries, ours ? all : null);
    if (ours && !MessageDigest.isEqual(all.digest(), (byte[]) arrays.get(CHECKSUM))) {
      throw damage(header, entries, arrays, data);
    }
    return tensors(header, arrays, ours);
  }

  private DamagedFileException tooLarge(long size) {
    return new DamagedFileException(
        file,
        "data",
        LENGTH_BYTES,
        "expected a file that fits into a memory of %s bytes, got %s bytes"
            .formatted(Runtime.getRuntime().maxMemory(), size),
        "Is it the right file? If so, give Java more memory (-Xmx).");
  }

  private DamagedFileException other(String got, long offset) {
    return new DamagedFileException(
        file,
        "header",
        offset,
        "expected a safetensors file, got " + got,
        "Name a file that save(..) wrote: a policy, a dataset or a prior.");
  }

  /** The tensors lie one after the other, without gap or overlap, to the end of the file. */
  private void checkLayout(List<Header.Entry> entries, long data, long size) {
    long at = 0;
    for (Header.Entry entry : entries) {
      if (entry.begin() != at || entry.end() < at) {
        throw damaged(
            entry.section(),
            entry.at(),
            "expected data_offsets that begin at %s, got [%s, %s]"
                .formatted(at, entry.begin(), entry.end()));
      }
      if (entry.end() > size - data) {
        throw damaged(
            entry.section(),
            size,
            "expected %s bytes in the file, got %s".formatted(data + entry.end(), size));
      }
      long room = entry.length() / entry.type().bytes;
      if (elements(entry.shape(), room) != room || entry.length() % entry.type().bytes != 0) {
        throw damaged(
            entry.section(),
            entry.at(),
            "expected as many %s as its shape says, got %s bytes"
                .formatted(entry.type(), entry.length()));
      }
      if (room > Integer.MAX_VALUE - 8) {
        throw damaged(
            entry.section(), entry.at(), "expected at most 2147483639 numbers, got " + room);
      }
      at = entry.end();
    }
    if (at != size - data) {
      throw damaged("data", data + at, "expected %s bytes, got %s".formatted(data + at, size));
    }
  }

  /** The product of a shape, or -1 where it is more than {@code most}. */
  private static long elements(int[] shape, long most) {
    boolean empty = IntStream.of(shape).anyMatch(n -> n == 0);
    long room = empty ? MOST_BESIDE_NOTHING : most;
    long product = 1;
    for (int n : shape) {
      if (n > 0 && product > room / n) {
        return -1;
      }
      product *= Math.max(1, n);
    }
    return empty ? 0 : product;
  }

  private void checkOurs(Header header, List<Header.Entry> entries) {
    String format = header.metadata().get(FORMAT_KEY);
    if (!format.equals(FORMAT)) {
      throw damaged(
          "header",
          LENGTH_BYTES,
          "expected format %s, got '%s', perhaps of a newer Retort"
              .formatted(FORMAT, HeaderReader.shown(format)));
    }
    Header.Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
    if (last == null
        || !last.name().equals(CHECKSUM)
        || last.type() != ElementType.U8
        || last.length() != CHECKSUM_BYTES) {
      throw damaged(
          "header",
          LENGTH_BYTES,
          "expected a last tensor 'checksum' of 32 bytes, got "
              + (last == null ? "none" : last.section()));
    }
  }

  private Map<String, Object> load(
      RandomAccessFile in, List<Header.Entry> entries, MessageDigest all) throws IOException {
    byte[] buffer = new byte[(int) Math.min(ElementType.BUFFER, in.length() + 8 & ~7L)];
    Map<String, Object> arrays = new HashMap<>();
    for (Header.Entry entry : entries) {
      Object array = entry.type().array((int) (entry.length() / entry.type().bytes));
      boolean counts = all != null && !entry.name().equals(CHECKSUM);
      entry
          .type()
          .decode(
              array,
              buffer,
              (bytes, n) -> {
                in.readFully(bytes, 0, n);
                if (counts) {
                  all.update(bytes, 0, n);
                }
              });
      arrays.put(entry.name(), array);
    }
    return arrays;
  }

  /** The checksum of all differs: the checksums of the tensors tell where. */
  private DamagedFileException damage(
      Header header, List<Header.Entry> entries, Map<String, Object> arrays, long data) {
    byte[] buffer = new byte[ElementType.BUFFER];
    for (Header.Entry entry : entries) {
      String stored = header.metadata().get(DIGEST_KEY + entry.name());
      if (!entry.name().equals(CHECKSUM)
          && !TensorFile.digest(entry.type(), arrays.get(entry.name()), buffer).equals(stored)) {
        return damaged(entry.section(), data + entry.begin(), "expected its SHA-256, got another");
      }
    }
    return damaged("header or checksum", 0, "expected the SHA-256 of the whole, got another");
  }

  private Tensors tensors(Header header, Map<String, Object> arrays, boolean ours) {
    Tensors tensors = new Tensors();
    for (Header.Entry entry : header.entries()) {
      if (ours && entry.name().equals(CHECKSUM)) {
        continue;
      }
      Object array = arrays.get(entry.name());
      switch (entry.type()) {
        case F32 -> tensors.put(entry.name(), (float[]) array, entry.shape());
        case F64 -> tensors.put(entry.name(), (double[]) array, entry.shape());
        case I32 -> tensors.put(entry.name(), (int[]) array, entry.shape());
        case I64 -> tensors.put(entry.name(), (long[]) array, entry.shape());
        case U8 -> tensors.put(entry.name(), (byte[]) array, entry.shape());
      }
    }
    header
        .metadata()
        .forEach(
            (key, value) -> {
              if (!key.startsWith(OURS)) {
                tensors.describe(key, value);
              }
            });
    return tensors;
  }

  private DamagedFileException damaged(String section, long offset, String expectedAndGot) {
    return new DamagedFileException(file, section, offset, expectedAndGot);
  }
}
