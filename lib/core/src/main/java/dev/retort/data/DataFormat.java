package dev.retort.data;

import dev.retort.option.Given;
import dev.retort.store.TensorFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A form in which datasets lie on a disk, found by the ending of a file's name.
 *
 * <p>Safetensors is there always. Others come in further jars, each as a line in {@code
 * META-INF/services/dev.retort.data.DataFormat}.
 */
public interface DataFormat {
  /** Endings of the names of its files, in lower case and with their dots; the first is shown. */
  List<String> endings();

  /** Whether a file of that name is one of its files, whatever it holds. */
  default boolean takes(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return endings().stream().anyMatch(name::endsWith);
  }

  /**
   * Writes a dataset, whole or not at all.
   *
   * @throws dev.retort.RetortException where the format cannot hold it
   */
  void save(Path path, Dataset data);

  /**
   * Reads a dataset, checked in full.
   *
   * @throws dev.retort.RetortException that names the file and the place in it, where it is damaged
   */
  Dataset open(Path path);

  /** The format of files of that name; others are refused with the endings that there are. */
  static DataFormat of(String verb, Path path) {
    return DataFormats.of(verb, Given.given(verb, "a file", path));
  }

  /** Whether somebody knows files of that name. */
  static boolean isKnown(Path path) {
    return DataFormats.isKnown(path);
  }

  /** Whether files of that name hold datasets and nothing else, unlike safetensors. */
  static boolean isForeign(Path path) {
    return isKnown(path) && !String.valueOf(path.getFileName()).endsWith(TensorFile.ENDING);
  }
}
