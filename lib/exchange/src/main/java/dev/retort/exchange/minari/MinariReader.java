package dev.retort.exchange.minari;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import io.jhdf.HdfFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads a dataset of Minari that may be damaged or hostile: what it claims is held against its own
 * shapes, and against the memory that there is, before an array is read.
 */
final class MinariReader {
  private final Path file;
  private final MinariMetadata metadata;
  private final MinariSpace observations;
  private final MinariSpace actions;
  private final Map<String, Integer> columns;
  private final int width;
  private final int actionWidth;

  MinariReader(Path file, MinariMetadata metadata) {
    this.file = file;
    this.metadata = metadata;
    this.observations = metadata.space("observation_space");
    this.actions = metadata.space("action_space");
    this.columns = metadata.columns();
    this.width = observations.space().size();
    this.actionWidth = actions.space().size();
  }

  Dataset read() {
    if (!Files.isRegularFile(file)) {
      throw new RetortException(
          "read '%s': expected a file of HDF5, got %s. Check the path."
              .formatted(file, Files.exists(file) ? "something else" : "nothing"));
    }
    try (HdfFile hdf = new HdfFile(file)) {
      return read(hdf);
    } catch (RetortException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError | InternalError e) {
      throw new RetortException(
          "read '%s': expected a file of HDF5 that is whole, got a fault in it (%s). Take another copy of the file."
              .formatted(file, MinariMetadata.shown(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private Dataset read(HdfFile hdf) {
    int[] starts = starts(hdf);
    MinariRows rows = new MinariRows(file, metadata, observations, actions, starts);
    for (int episode = 0; episode < starts.length - 1; episode++) {
      rows.read(hdf, episode);
    }
    try {
      return Dataset.of(rows.tensors());
    } catch (RetortException e) {
      throw new RetortException("read '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  /** First rows of the episodes, and behind them how many rows there are. */
  private int[] starts(HdfFile hdf) {
    int episodes = metadata.episodes();
    long groups = hdf.getChildren().keySet().stream().filter(n -> n.startsWith("episode_")).count();
    if (groups != episodes || episodes == 0) {
      throw new RetortException(
          "read '%s': expected %s episodes, as '%s' says, got %s. Take another copy of both files."
              .formatted(file, episodes, metadata.file().getFileName(), groups));
    }
    int perRow = width + actionWidth + 1 + columns.values().stream().mapToInt(w -> w).sum();
    int[] starts = new int[episodes + 1];
    for (int episode = 0; episode < episodes; episode++) {
      long[] shape = new MinariArrays(file).shape(hdf, "/episode_" + episode + "/rewards");
      long rows = starts[episode] + (shape.length == 0 ? 0 : shape[0]);
      if (shape.length == 0 || shape[0] < 1) {
        throw new RetortException(
            "read '%s', /episode_%s/rewards: expected at least 1 step, got %s."
                .formatted(file, episode, Arrays.toString(shape)));
      }
      long needed = Math.multiplyExact(rows, 4L * perRow);
      if (rows * Math.max(width, actionWidth) > Integer.MAX_VALUE - 8
          || needed > Runtime.getRuntime().maxMemory()) {
        throw new RetortException(
            "read '%s', /episode_%s: expected episodes that fit into a memory of %s bytes, got %s or more. Give Java more memory (-Xmx)."
                .formatted(file, episode, Runtime.getRuntime().maxMemory(), needed));
      }
      starts[episode + 1] = (int) rows;
    }
    return starts;
  }
}
