package dev.retort.exchange.minari;

import dev.retort.RetortException;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Arrays of a file of HDF5 as floats, of whatever type they are.
 *
 * @param file for messages
 */
record MinariArrays(Path file) {
  /** Whether there is something at that place. */
  boolean has(HdfFile hdf, String path) {
    try {
      return hdf.getByPath(path) != null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** The shape of an array. */
  long[] shape(HdfFile hdf, String path) {
    return dataset(hdf, path).getDimensionsAsLong();
  }

  /** Reads the rows of one array of a space into their places in rows of all its arrays. */
  void read(HdfFile hdf, String top, MinariLeaf leaf, int rows, float[] to, int at, int width) {
    int size = leaf.space().size();
    String path = top + leaf.path();
    double[] values = numbers(hdf, path, rows, leaf.shape());
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < size; k++) {
        to[at + row * width + leaf.offset() + k] = (float) (values[row * size + k] - leaf.start());
      }
    }
  }

  /** Reads rows of plain numbers, {@code to[at .. at + rows width)}. */
  void read(HdfFile hdf, String path, int rows, int width, float[] to, int at) {
    double[] values = numbers(hdf, path, rows, width == 1 ? List.of() : List.of(width));
    for (int i = 0; i < rows * width; i++) {
      to[at + i] = (float) values[i];
    }
  }

  private double[] numbers(HdfFile hdf, String path, int rows, List<Integer> shape) {
    Dataset dataset = dataset(hdf, path);
    List<Long> expected = new ArrayList<>(List.of((long) rows));
    shape.forEach(side -> expected.add((long) side));
    List<Long> got = Arrays.stream(dataset.getDimensionsAsLong()).boxed().toList();
    if (!plain(got).equals(plain(expected))) {
      throw new RetortException(
          "read '%s', %s: expected an array of shape %s, got %s. Take another copy of the file."
              .formatted(file, path, expected, got));
    }
    try {
      return doubles(path, dataset.getDataFlat());
    } catch (RetortException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new RetortException(
          "read '%s', %s: expected numbers, got a fault in the file (%s). Take another copy of the file."
              .formatted(file, path, MinariMetadata.shown(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** A shape without trailing ones: {@code (200, 1)} and {@code (200)} hold the same. */
  private static List<Long> plain(List<Long> shape) {
    int sides = shape.size();
    while (sides > 1 && shape.get(sides - 1) == 1) {
      sides--;
    }
    return shape.subList(0, sides);
  }

  private Dataset dataset(HdfFile hdf, String path) {
    Node node;
    try {
      node = hdf.getByPath(path);
    } catch (RuntimeException e) {
      throw missing(path, e);
    }
    if (!(node instanceof Dataset dataset)) {
      throw missing(path, null);
    }
    return dataset;
  }

  private RetortException missing(String path, RuntimeException cause) {
    return new RetortException(
        "read '%s', %s: expected an array, got none. Take another copy of the file."
            .formatted(file, path),
        cause);
  }

  private double[] doubles(String path, Object flat) {
    if (flat instanceof double[] values) {
      return values;
    } else if (flat instanceof float[] values) {
      return numbered(values.length, i -> values[i]);
    } else if (flat instanceof long[] values) {
      return numbered(values.length, i -> values[i]);
    } else if (flat instanceof int[] values) {
      return numbered(values.length, i -> values[i]);
    } else if (flat instanceof short[] values) {
      return numbered(values.length, i -> values[i]);
    } else if (flat instanceof byte[] values) {
      return numbered(values.length, i -> values[i]);
    } else if (flat instanceof boolean[] values) {
      return numbered(values.length, i -> values[i] ? 1 : 0);
    } else if (flat instanceof Number[] values) {
      return numbered(values.length, i -> values[i].doubleValue());
    } else if (flat instanceof String[] values) { // an enumeration of FALSE and TRUE
      return numbered(values.length, i -> flag(path, values[i]));
    }
    throw new RetortException(
        "read '%s', %s: expected numbers, got %s."
            .formatted(file, path, flat == null ? "nothing" : flat.getClass().getSimpleName()));
  }

  private double flag(String path, String word) {
    if (!word.equals("TRUE") && !word.equals("FALSE")) {
      throw new RetortException(
          "read '%s', %s: expected TRUE or FALSE, got '%s'."
              .formatted(file, path, MinariMetadata.shown(word)));
    }
    return word.equals("TRUE") ? 1 : 0;
  }

  private interface Numbered {
    double at(int i);
  }

  private static double[] numbered(int length, Numbered values) {
    double[] all = new double[length];
    for (int i = 0; i < length; i++) {
      all[i] = values.at(i);
    }
    return all;
  }
}
