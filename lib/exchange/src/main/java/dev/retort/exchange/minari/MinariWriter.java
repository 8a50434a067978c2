package dev.retort.exchange.minari;

import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.exchange.Outgoing;
import dev.retort.space.Discrete;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the episodes of a dataset, a group each. */
final class MinariWriter {
  /** Numbers of an array from which on it is compressed; smaller ones would grow by it. */
  private static final int COMPRESSED = 1 << 10;

  /** Numbers of a piece of an array that is compressed. */
  private static final int PIECE = 1 << 16;

  /** Turns a number of a row into what the file holds. */
  private interface Cells {
    void set(Object array, int at, float value);
  }

  private final Dataset data;
  private final MinariSpace observations;
  private final MinariSpace actions;

  MinariWriter(Dataset data) {
    this.data = data;
    this.observations =
        MinariSpace.of(data.observations(), data.column(Dataset.OBSERVATION).isBytes());
    this.actions = MinariSpace.of(data.actions(), false);
  }

  void write(Path file) {
    Outgoing.write(
        file,
        beside -> {
          try (WritableHdfFile out = HdfFile.write(beside)) {
            for (int episode = 0; episode < data.episodes(); episode++) {
              write(episode, out.putGroup("episode_" + episode));
            }
          }
        });
  }

  private void write(int episode, WritableGroup group) {
    int from = data.start(episode);
    int steps = data.end(episode) - from;
    group.putAttribute("id", (long) episode);
    group.putAttribute("total_steps", (long) steps);
    float[] seen = rows(data.column(Dataset.OBSERVATION), from, steps, 1);
    int width = data.observations().size();
    System.arraycopy(data.finals(), episode * width, seen, steps * width, width);
    put(group, "observations", observations, seen, steps + 1);
    put(group, "actions", actions, rows(data.column(Dataset.ACTION), from, steps, 0), steps);
    double[] rewards = new double[steps];
    boolean[] terminations = new boolean[steps];
    boolean[] truncations = new boolean[steps];
    for (int step = 0; step < steps; step++) {
      rewards[step] = data.column(Dataset.REWARD).at(from + step, 0);
    }
    terminations[steps - 1] = data.how(episode) == End.TASK;
    truncations[steps - 1] = data.how(episode) == End.HORIZON;
    group.putDataset("rewards", rewards);
    group.putDataset("terminations", terminations);
    group.putDataset("truncations", truncations);
    List<String> further = data.columns().subList(3, data.columns().size());
    if (further.isEmpty() && !data.hasTasks()) {
      return;
    }
    WritableGroup infos = group.putGroup("infos");
    for (String name : further) {
      Column column = data.column(name);
      float[] all = rows(column, from, steps, 1);
      infos.putDataset(
          name, nested(all, column.width(), 0, dimensions(steps + 1, List.of(column.width()))));
    }
    if (data.hasTasks()) {
      long[] task = new long[steps + 1];
      Arrays.fill(task, data.task(episode));
      infos.putDataset(MinariRows.TASK, task);
    }
  }

  /** Rows of a column, and so many rows of zeros behind them. */
  private static float[] rows(Column column, int from, int count, int more) {
    float[] all = new float[(count + more) * column.width()];
    for (int row = 0; row < count; row++) {
      column.read(from + row, all, row * column.width());
    }
    return all;
  }

  private void put(WritableGroup parent, String name, MinariSpace space, float[] values, int rows) {
    if (space.leaves().size() == 1 && space.leaves().get(0).path().isEmpty()) {
      put(parent, name, space.leaves().get(0), values, space.space().size(), rows);
      return;
    }
    WritableGroup top = parent.putGroup(name);
    Map<String, WritableGroup> made = new HashMap<>();
    made.put("", top);
    for (MinariLeaf leaf : space.leaves()) {
      int slash = leaf.path().lastIndexOf('/');
      WritableGroup group = group(made, leaf.path().substring(0, slash));
      put(group, leaf.path().substring(slash + 1), leaf, values, space.space().size(), rows);
    }
  }

  private static WritableGroup group(Map<String, WritableGroup> made, String path) {
    WritableGroup known = made.get(path);
    if (known == null) {
      int slash = path.lastIndexOf('/');
      known = group(made, path.substring(0, slash)).putGroup(path.substring(slash + 1));
      made.put(path, known);
    }
    return known;
  }

  private static void put(
      WritableGroup group, String name, MinariLeaf leaf, float[] values, int width, int rows) {
    int[] dimensions = dimensions(rows, leaf.shape());
    if (leaf.space() instanceof Discrete) {
      long[] choices = new long[rows];
      for (int row = 0; row < rows; row++) {
        choices[row] = (long) values[row * width + leaf.offset()];
      }
      group.putDataset(name, choices);
    } else {
      group.putDataset(
          name,
          leaf.isBytes()
              ? shorts(values, width, leaf.offset(), dimensions)
              : nested(values, width, leaf.offset(), dimensions),
          layout(dimensions));
    }
  }

  /** How an array lies in the file: as it is, or in compressed pieces of whole rows. */
  private static DatasetCreationOptions layout(int[] dimensions) {
    int row = Arrays.stream(dimensions).skip(1).reduce(1, (all, side) -> all * side);
    if ((long) dimensions[0] * row < COMPRESSED) {
      return DatasetCreationOptions.DEFAULT;
    }
    int[] piece = dimensions.clone();
    piece[0] = Math.min(dimensions[0], Math.max(1, PIECE / row));
    return DatasetCreationOptions.builder().chunkDimensions(piece).shuffle().deflate().build();
  }

  private static int[] dimensions(int rows, List<Integer> shape) {
    List<Integer> all = new ArrayList<>(List.of(rows));
    all.addAll(shape);
    return all.stream().mapToInt(side -> side).toArray();
  }

  private static Object nested(float[] values, int width, int offset, int[] dimensions) {
    return fill(
        float.class,
        dimensions,
        values,
        width,
        offset,
        (array, at, value) -> ((float[]) array)[at] = value);
  }

  /** Bytes from 0 to 255 as numbers of two bytes: the library writes none without a sign. */
  private static Object shorts(float[] values, int width, int offset, int[] dimensions) {
    return fill(
        short.class,
        dimensions,
        values,
        width,
        offset,
        (array, at, value) -> ((short[]) array)[at] = (short) value);
  }

  private static Object fill(
      Class<?> type, int[] dimensions, float[] values, int width, int offset, Cells cells) {
    Object all = Array.newInstance(type, dimensions);
    for (int row = 0; row < dimensions[0]; row++) {
      fillRow(Array.get(all, row), dimensions, 1, values, row * width + offset, cells);
    }
    return all;
  }

  private static int fillRow(
      Object array, int[] dimensions, int depth, float[] values, int from, Cells cells) {
    int at = from;
    for (int i = 0; i < dimensions[depth]; i++) {
      if (depth == dimensions.length - 1) {
        cells.set(array, i, values[at++]);
      } else {
        at = fillRow(Array.get(array, i), dimensions, depth + 1, values, at, cells);
      }
    }
    return at;
  }
}
