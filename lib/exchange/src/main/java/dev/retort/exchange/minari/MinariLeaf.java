package dev.retort.exchange.minari;

import dev.retort.space.Box;
import dev.retort.space.Space;
import java.util.List;

/**
 * One array of a space: a Box or a choice, where it stands in a group of the file and in a row.
 *
 * @param path below the group of the space, {@code /position}; nothing where the space has no parts
 * @param space what its rows hold
 * @param offset of its first number in a row of the whole space
 * @param start number of the first choice; ours begin at 0
 * @param isBytes whether its numbers are bytes from 0 to 255
 */
record MinariLeaf(String path, Space space, int offset, long start, boolean isBytes) {
  /** The shape of one row: none for a choice. */
  List<Integer> shape() {
    return space instanceof Box box ? box.shape() : List.of();
  }
}
