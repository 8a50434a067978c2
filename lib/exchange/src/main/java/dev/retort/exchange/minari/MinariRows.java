package dev.retort.exchange.minari;

import dev.retort.RetortException;
import dev.retort.space.SpaceText;
import dev.retort.store.Tensors;
import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of all episodes of a file, read one by one, as the arrays of a dataset. */
final class MinariRows {
  /** Info that says of which task an episode is, where Retort wrote it. */
  static final String TASK = "task";

  private static final int UNKNOWN = -1;

  private final Path file;
  private final MinariMetadata metadata;
  private final MinariSpace observations;
  private final MinariSpace actions;
  private final MinariArrays arrays;
  private final int[] starts;
  private final int width;
  private final int actionWidth;
  private final float[] seen;
  private final byte[] seenBytes;
  private final float[] done;
  private final float[] rewards;
  private final float[] finals;
  private final boolean[] terminated;
  private final boolean[] cut;
  private final int[] tasks;
  private final Map<String, float[]> further = new LinkedHashMap<>();

  /**
   * Room for all rows.
   *
   * @param starts first row of each episode, and behind them the number of rows
   */
  MinariRows(
      Path file,
      MinariMetadata metadata,
      MinariSpace observations,
      MinariSpace actions,
      int[] starts) {
    this.file = file;
    this.metadata = metadata;
    this.observations = observations;
    this.actions = actions;
    this.arrays = new MinariArrays(file);
    this.starts = starts;
    this.width = observations.space().size();
    this.actionWidth = actions.space().size();
    int episodes = starts.length - 1;
    int size = starts[episodes];
    this.seen = new float[observations.isBytes() ? 0 : size * width];
    this.seenBytes = new byte[observations.isBytes() ? size * width : 0];
    this.done = new float[size * actionWidth];
    this.rewards = new float[size];
    this.finals = new float[episodes * width];
    this.terminated = new boolean[episodes];
    this.cut = new boolean[episodes];
    this.tasks = new int[episodes];
    metadata.columns().forEach((name, wide) -> further.put(name, new float[size * wide]));
  }

  /** Reads an episode. */
  void read(HdfFile hdf, int episode) {
    String group = "/episode_" + episode;
    int from = starts[episode];
    int steps = starts[episode + 1] - from;
    readObservations(hdf, group + "/observations", episode, from, steps);
    for (MinariLeaf leaf : actions.leaves()) {
      arrays.read(hdf, group + "/actions", leaf, steps, done, from * actionWidth, actionWidth);
    }
    arrays.read(hdf, group + "/rewards", steps, 1, rewards, from);
    terminated[episode] = ends(hdf, group + "/terminations", steps);
    cut[episode] = !ends(hdf, group + "/truncations", steps) && !terminated[episode];
    tasks[episode] = UNKNOWN;
    if (!metadata.words().isEmpty() && arrays.has(hdf, group + "/infos/" + TASK)) {
      tasks[episode] = (int) info(hdf, group, TASK, steps, 1)[0];
    }
    further.forEach(
        (name, all) -> {
          int wide = metadata.columns().get(name);
          float[] own = info(hdf, group, name, steps, wide);
          System.arraycopy(own, 0, all, from * wide, steps * wide);
        });
  }

  private void readObservations(HdfFile hdf, String path, int episode, int from, int steps) {
    float[] rows = new float[(steps + 1) * width];
    for (MinariLeaf leaf : observations.leaves()) {
      arrays.read(hdf, path, leaf, steps + 1, rows, 0, width);
    }
    if (observations.isBytes()) {
      for (int i = 0; i < steps * width; i++) {
        seenBytes[from * width + i] = (byte) rows[i];
      }
    } else {
      System.arraycopy(rows, 0, seen, from * width, steps * width);
    }
    System.arraycopy(rows, steps * width, finals, episode * width, width);
  }

  private float[] info(HdfFile hdf, String group, String name, int steps, int wide) {
    float[] own = new float[(steps + 1) * wide];
    arrays.read(hdf, group + "/infos/" + name, steps + 1, wide, own, 0);
    return own;
  }

  /** Whether the last step ended the episode so; no step before it may. */
  private boolean ends(HdfFile hdf, String path, int steps) {
    float[] flags = new float[steps];
    arrays.read(hdf, path, steps, 1, flags, 0);
    for (int step = 0; step < steps - 1; step++) {
      if (flags[step] != 0) {
        throw new RetortException(
            "read '%s', %s: expected an episode of %s steps to end with its last one, got an end at step %s. Cut it there."
                .formatted(file, path, steps, step));
      }
    }
    return flags[steps - 1] != 0;
  }

  /** All that was read, as a dataset is made of it. */
  Tensors tensors() {
    int episodes = starts.length - 1;
    int size = starts[episodes];
    Tensors tensors = new Tensors();
    metadata.words().forEach(tensors::describe);
    tensors
        .describe("kind", "dataset")
        .describe("name", metadata.words().getOrDefault("name", metadata.name()))
        .describe("observations", SpaceText.write(observations.space()).toString())
        .describe("actions", SpaceText.write(actions.space()).toString())
        .describe("teachers", metadata.words().getOrDefault("teachers", ""))
        .put("actions", done, size, actionWidth)
        .put("rewards", rewards)
        .put("starts", Arrays.copyOf(starts, episodes))
        .put("finals", finals, episodes, width)
        .put("terminated", terminated)
        .put("cut", cut)
        .put("tasks", tasks);
    further.forEach(
        (name, all) -> tensors.put("column/" + name, all, size, metadata.columns().get(name)));
    return observations.isBytes()
        ? tensors.put("observations", seenBytes, size, width)
        : tensors.put("observations", seen, size, width);
  }
}
