package dev.retort.data;

import dev.retort.env.Env;
import dev.retort.policy.Provenance;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Builds a dataset step by step, one episode at a time; it can be saved and go on later. */
public final class Recorder {
  private final Space observations;
  private final Space actions;
  private final Supervision labels;
  private final Provenance origin;
  private final int obsSize;
  private final int actionSize;
  private final int width;
  private float[] obs = new float[0];
  private float[] taken = new float[0];
  private float[] rewards = new float[0];
  private float[] targets = new float[0];
  private int[] starts = new int[0];
  private float[] finals = new float[0];
  private End[] ends = new End[0];
  private int[] tasks = new int[0];
  private int size;
  private int episodes;
  private boolean open;

  /** An empty dataset of what happens in an environment, with what a teacher says of it. */
  public Recorder(Env env, Supervision labels) {
    this(env.observations(), env.actions(), labels, Provenance.in(env));
  }

  /** An empty dataset of these spaces, from wherever it may be. */
  public Recorder(Space observations, Space actions, Supervision labels) {
    this(observations, actions, labels, Provenance.unknown());
  }

  private Recorder(Space observations, Space actions, Supervision labels, Provenance origin) {
    this.observations = observations;
    this.actions = actions;
    this.labels = labels;
    this.origin = origin;
    this.obsSize = observations.size();
    this.actionSize = actions.size();
    this.width = labels.width();
  }

  /**
   * Adds a step to the open episode, or begins one.
   *
   * @param observation {@code observation[obsAt .. obsAt + obsSize)}
   * @param action {@code action[actionAt .. actionAt + actionSize)}
   * @param reward what the step earned
   * @param outputs the teacher's, {@code outputs[outputsAt .. outputsAt + width)}
   */
  public void step(
      float[] observation,
      int obsAt,
      float[] action,
      int actionAt,
      float reward,
      float[] outputs,
      int outputsAt) {
    if (size == rewards.length) {
      int more = Math.max(256, size * 2);
      obs = Arrays.copyOf(obs, more * obsSize);
      taken = Arrays.copyOf(taken, more * actionSize);
      rewards = Arrays.copyOf(rewards, more);
      targets = Arrays.copyOf(targets, more * width);
    }
    if (!open) {
      starts =
          episodes == starts.length ? Arrays.copyOf(starts, Math.max(16, 2 * episodes)) : starts;
      starts[episodes] = size;
      open = true;
    }
    System.arraycopy(observation, obsAt, obs, size * obsSize, obsSize);
    System.arraycopy(action, actionAt, taken, size * actionSize, actionSize);
    System.arraycopy(outputs, outputsAt, targets, size * width, width);
    rewards[size++] = reward;
  }

  /** Ends the open episode, of whatever task it is. */
  public void end(float[] last, int at, End how) {
    end(last, at, how, EpisodeIndex.UNKNOWN);
  }

  /**
   * Ends the open episode.
   *
   * @param last the true final observation, {@code last[at .. at + obsSize)}
   * @param how what ended it
   * @param task its context, from 0; −1 where it is not known
   */
  public void end(float[] last, int at, End how, int task) {
    if (ends.length < starts.length) {
      finals = Arrays.copyOf(finals, starts.length * obsSize);
      ends = Arrays.copyOf(ends, starts.length);
      tasks = Arrays.copyOf(tasks, starts.length);
    }
    System.arraycopy(last, at, finals, episodes * obsSize, obsSize);
    tasks[episodes] = task;
    ends[episodes++] = how;
    open = false;
  }

  /** Whether an episode has begun and not ended. */
  public boolean open() {
    return open;
  }

  /** How many steps there are so far. */
  public int size() {
    return size;
  }

  /** All that there is so far, the open episode too. */
  public Tensors save() {
    boolean[] terminated = new boolean[episodes];
    boolean[] cut = new boolean[episodes];
    for (int episode = 0; episode < episodes; episode++) {
      terminated[episode] = ends[episode] == End.TASK;
      cut[episode] = ends[episode] == End.COLLECTION;
    }
    return new Tensors()
        .put("observations", Arrays.copyOf(obs, size * obsSize))
        .put("actions", Arrays.copyOf(taken, size * actionSize))
        .put("rewards", Arrays.copyOf(rewards, size))
        .put("targets", Arrays.copyOf(targets, size * width))
        .put("starts", Arrays.copyOf(starts, open ? episodes + 1 : episodes))
        .put("finals", Arrays.copyOf(finals, episodes * obsSize))
        .put("terminated", terminated)
        .put("cut", cut)
        .put("tasks", Arrays.copyOf(tasks, episodes));
  }

  /** Goes on from what {@link #save()} gave. */
  public void restore(Tensors saved) {
    obs = saved.floats("observations");
    taken = saved.floats("actions");
    rewards = saved.floats("rewards");
    targets = saved.floats("targets");
    starts = saved.ints("starts");
    finals = saved.floats("finals");
    ends = End.of(saved.flags("terminated"), saved.flags("cut"));
    size = rewards.length;
    episodes = ends.length;
    tasks = EpisodeIndex.tasks(saved, episodes);
    open = starts.length > episodes;
  }

  /** Adds all episodes of another recorder of the same spaces. */
  public void addAll(Recorder other) {
    for (int episode = 0; episode < other.episodes; episode++) {
      int end = episode + 1 < other.episodes ? other.starts[episode + 1] : other.size;
      for (int row = other.starts[episode]; row < end; row++) {
        step(
            other.obs,
            row * obsSize,
            other.taken,
            row * actionSize,
            other.rewards[row],
            other.targets,
            row * width);
      }
      end(other.finals, episode * obsSize, other.ends[episode], other.tasks[episode]);
    }
  }

  /** The dataset of all ended episodes. */
  public Dataset dataset(String name) {
    int rows = open ? starts[episodes] : size;
    return new Dataset(
        name,
        observations,
        actions,
        width == 0 ? Map.of() : Map.of(Dataset.TEACHER, labels.distribution()),
        origin,
        columns(rows),
        new EpisodeIndex(
            Arrays.copyOf(starts, episodes),
            Arrays.copyOf(finals, episodes * obsSize),
            Arrays.copyOf(ends, episodes),
            Arrays.copyOf(tasks, episodes)));
  }

  private List<Column> columns(int rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(Dataset.OBSERVATION, obsSize, Arrays.copyOf(obs, rows * obsSize)));
    columns.add(Column.of(Dataset.ACTION, actionSize, Arrays.copyOf(taken, rows * actionSize)));
    columns.add(Column.of(Dataset.REWARD, 1, Arrays.copyOf(rewards, rows)));
    columns.addAll(labels.columns(Dataset.TEACHER, Arrays.copyOf(targets, rows * width)));
    return columns;
  }
}
