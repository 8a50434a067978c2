package dev.retort.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of plain numbers, {@code (rows, width)} in little-endian floats or bytes, as whoever
 * refers to it describes it.
 *
 * @param file where they lie
 * @param width numbers of a row
 * @param isBytes whether they are bytes from 0 to 255
 * @param blocks rows that were written together, in their order
 */
record MappedFile(Path file, int width, boolean isBytes, List<Block> blocks) {
  /**
   * Rows that were written together.
   *
   * @param checksum CRC-32C of their bytes
   */
  record Block(int rows, long checksum) {}

  /** Keeps a copy of the list. */
  MappedFile {
    blocks = List.copyOf(blocks);
  }

  /** Number of rows. */
  int rows() {
    return Math.toIntExact(blocks.stream().mapToLong(Block::rows).sum());
  }

  /** Number of numbers. */
  long length() {
    return (long) rows() * width;
  }

  /** The same file under another path. */
  MappedFile at(Path other) {
    return new MappedFile(other, width, isBytes, blocks);
  }

  /** The same file with more rows. */
  MappedFile and(Block more) {
    List<Block> all = new ArrayList<>(blocks);
    all.add(more);
    return new MappedFile(file, width, isBytes, all);
  }

  /** As text. */
  String write() {
    JsonObject json = new JsonObject();
    json.addProperty("file", file.toString());
    json.addProperty("width", width);
    json.addProperty("bytes", isBytes);
    JsonArray all = new JsonArray();
    for (Block block : blocks) {
      JsonArray each = new JsonArray();
      each.add(block.rows());
      each.add(block.checksum());
      all.add(each);
    }
    json.add("blocks", all);
    return json.toString();
  }

  /** Reads what {@link #write} wrote. */
  static MappedFile read(String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      List<Block> blocks = new ArrayList<>();
      for (JsonElement each : json.getAsJsonArray("blocks")) {
        int rows = each.getAsJsonArray().get(0).getAsBigDecimal().intValueExact();
        blocks.add(new Block(rows, each.getAsJsonArray().get(1).getAsLong()));
        if (rows < 1) {
          throw new IllegalStateException("a block of " + rows + " rows");
        }
      }
      int width = json.get("width").getAsBigDecimal().intValueExact();
      MappedFile read =
          new MappedFile(
              Path.of(json.get("file").getAsString()),
              width,
              json.get("bytes").getAsBoolean(),
              blocks);
      if (width < 1 || read.rows() < 1) {
        throw new IllegalStateException("%s rows of %s".formatted(read.rows(), width));
      }
      return read;
    } catch (RuntimeException e) {
      throw new RetortException(
          "dataset: expected where its numbers lie, got something else (%s). Take another copy of its folder."
              .formatted(e.getMessage()),
          e);
    }
  }
}
