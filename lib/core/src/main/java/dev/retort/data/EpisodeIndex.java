package dev.retort.data;

import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Where the episodes of a dataset lie in its rows, and what is known of each as a whole. */
final class EpisodeIndex {
  /** The task of an episode of which it is not known. */
  static final int UNKNOWN = -1;

  /** Where the tasks of episodes stand in files. */
  private static final String TASKS = "tasks";

  private final int[] starts;
  private final float[] finals;
  private final End[] ends;
  private final int[] tasks;

  /**
   * Keeps these arrays.
   *
   * @param starts the first row of each episode
   * @param finals what was seen at the end of each, one after the other
   * @param ends how each ended
   * @param tasks the context that each is of, or {@link #UNKNOWN}
   */
  EpisodeIndex(int[] starts, float[] finals, End[] ends, int[] tasks) {
    this.starts = starts;
    this.finals = finals;
    this.ends = ends;
    this.tasks = tasks;
  }

  /** What a file holds; files of before know of no task. */
  static EpisodeIndex of(Tensors saved) {
    int[] starts = saved.ints("starts");
    return new EpisodeIndex(
        starts,
        saved.floats("finals"),
        End.of(saved.flags("terminated"), saved.flags("cut")),
        tasks(saved, starts.length));
  }

  /** The tasks that a file holds; of files of before none is known. */
  static int[] tasks(Tensors saved, int episodes) {
    if (saved.has(TASKS)) {
      return saved.ints(TASKS);
    }
    int[] unknown = new int[episodes];
    Arrays.fill(unknown, UNKNOWN);
    return unknown;
  }

  /** Puts itself beside the columns of a file. */
  void into(Tensors tensors, int obsSize) {
    tensors
        .put("starts", starts)
        .put("finals", finals, starts.length, obsSize)
        .put("terminated", flags(End.TASK))
        .put("cut", flags(End.COLLECTION));
    if (Arrays.stream(tasks).anyMatch(task -> task != UNKNOWN)) {
      tensors.put(TASKS, tasks);
    }
  }

  private boolean[] flags(End end) {
    boolean[] flags = new boolean[ends.length];
    for (int episode = 0; episode < flags.length; episode++) {
      flags[episode] = ends[episode] == end;
    }
    return flags;
  }

  int episodes() {
    return starts.length;
  }

  int start(int episode) {
    return starts[episode];
  }

  /** One past the last row of an episode of data of so many rows. */
  int end(int episode, int size) {
    return episode + 1 < starts.length ? starts[episode + 1] : size;
  }

  /** The episode that a row belongs to. */
  int of(int row) {
    int found = Arrays.binarySearch(starts, row);
    return found >= 0 ? found : -found - 2;
  }

  End how(int episode) {
    return ends[episode];
  }

  int task(int episode) {
    return tasks[episode];
  }

  float[] finals() {
    return finals;
  }

  /** Numbers of episodes that ended so. */
  IntStream ended(End how) {
    return IntStream.range(0, ends.length).filter(episode -> ends[episode] == how);
  }

  /** Of how many episodes it is known how they ended. */
  int ends() {
    return ends.length;
  }

  /** Of how many episodes the task is held, unknown ones too. */
  int tasks() {
    return tasks.length;
  }

  /** The same with what was seen at the end of each episode in other words. */
  EpisodeIndex seeing(float[] otherFinals) {
    return new EpisodeIndex(starts, otherFinals, ends, tasks);
  }

  /** Some of the episodes, one after the other, of data of so many rows. */
  EpisodeIndex kept(int[] kept, int size) {
    int obsSize = finals.length / starts.length;
    int[] keptStarts = new int[kept.length];
    float[] keptFinals = new float[kept.length * obsSize];
    End[] keptEnds = new End[kept.length];
    int[] keptTasks = new int[kept.length];
    for (int i = 0, row = 0; i < kept.length; i++) {
      keptStarts[i] = row;
      row += end(kept[i], size) - start(kept[i]);
      System.arraycopy(finals, kept[i] * obsSize, keptFinals, i * obsSize, obsSize);
      keptEnds[i] = ends[kept[i]];
      keptTasks[i] = tasks[kept[i]];
    }
    return new EpisodeIndex(keptStarts, keptFinals, keptEnds, keptTasks);
  }

  /** These episodes of so many rows, and then others. */
  EpisodeIndex and(EpisodeIndex more, int size) {
    int own = starts.length;
    int[] allStarts = Arrays.copyOf(starts, own + more.starts.length);
    for (int i = 0; i < more.starts.length; i++) {
      allStarts[own + i] = size + more.starts[i];
    }
    End[] allEnds = Arrays.copyOf(ends, allStarts.length);
    System.arraycopy(more.ends, 0, allEnds, own, more.ends.length);
    int[] allTasks = Arrays.copyOf(tasks, allStarts.length);
    System.arraycopy(more.tasks, 0, allTasks, own, more.tasks.length);
    float[] allFinals = Arrays.copyOf(finals, finals.length + more.finals.length);
    System.arraycopy(more.finals, 0, allFinals, finals.length, more.finals.length);
    return new EpisodeIndex(allStarts, allFinals, allEnds, allTasks);
  }
}
