package dev.retort.exchange.minari;

import dev.retort.RetortException;
import dev.retort.data.DataFormat;
import dev.retort.data.Dataset;
import dev.retort.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Datasets of Minari: a folder such as {@code cartpole/expert-v0}, or a file of HDF5 with its
 * metadata beside it.
 */
public final class MinariFormat implements DataFormat {
  private static final Pattern FOLDER = Pattern.compile("\\w[\\w-]*-v\\d+");
  private static final String MAIN = "main_data.hdf5";
  private static final String METADATA = "metadata.json";

  @Override
  public List<String> endings() {
    return List.of(".hdf5", ".h5");
  }

  @Override
  public boolean takes(Path path) {
    return DataFormat.super.takes(path) || isFolder(path);
  }

  private static boolean isFolder(Path path) {
    return FOLDER.matcher(String.valueOf(path.getFileName())).matches();
  }

  @Override
  public void save(Path path, Dataset data) {
    Path file = main(path);
    if (isFolder(path)) {
      try {
        Files.createDirectories(file.getParent());
      } catch (IOException e) {
        throw new RetortException(
            "save '%s': expected a folder that can be made, got %s. Check that its folder is yours."
                .formatted(path, e.getMessage()),
            e);
      }
    }
    new MinariWriter(data).write(file);
    AtomicFile.writeText(
        beside(file),
        MinariMetadata.write(data, data.tensors(), identifier(path), file.toFile().length()));
  }

  @Override
  public Dataset open(Path path) {
    Path file = main(path);
    Path metadata = Files.exists(beside(file)) ? beside(file) : file.resolveSibling(METADATA);
    return new MinariReader(file, MinariMetadata.read(metadata)).read();
  }

  private static Path main(Path path) {
    return isFolder(path) ? path.resolve("data").resolve(MAIN) : path;
  }

  /** The metadata of a file: Minari's own name for its own name of the file, or one beside it. */
  private static Path beside(Path file) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.equals(MAIN) ? METADATA : name + ".json");
  }

  /**
   * An identifier as Minari demands it: {@code name-v0}, with the folders of a folder before it.
   */
  private static String identifier(Path path) {
    if (!isFolder(path)) {
      String name = String.valueOf(path.getFileName());
      return name.substring(0, name.lastIndexOf('.')).replaceAll("[^\\w-]", "_") + "-v0";
    }
    Path parent = path.toAbsolutePath().normalize().getParent();
    String above = parent == null || parent.getFileName() == null ? "" : parent.getFileName() + "/";
    return above + path.getFileName();
  }
}
