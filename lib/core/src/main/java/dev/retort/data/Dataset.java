package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.option.Given;
import dev.retort.option.Type;
import dev.retort.policy.Actor;
import dev.retort.policy.Fit;
import dev.retort.policy.Head;
import dev.retort.policy.Origin;
import dev.retort.policy.Policy;
import dev.retort.space.Difference;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Episodes of a behaviour policy, with a teacher's outputs at every state. Frozen, and checked when
 * it is made.
 *
 * <p>Rows are in order of time within an episode and episode by episode. The next observation of a
 * row is the following row's, or, for the last row of an episode, that episode's final observation.
 */
public final class Dataset {
  private static final Type<Head> HEAD = Type.choice(Head.class);
  private static final String HOMES = "collectedIn";

  private final String name;
  private final Space observations;
  private final Space actions;
  private final Head head;
  private final Origin origin;
  private final int size;
  private final int width;
  private final float[] obs;
  private final float[] taken;
  private final float[] rewards;
  private final float[] targets;
  private final int[] starts;
  private final float[] finals;
  private final End[] ends;

  Dataset(
      String name,
      Space observations,
      Space actions,
      Head head,
      Origin origin,
      float[] obs,
      float[] taken,
      float[] rewards,
      float[] targets,
      int[] starts,
      float[] finals,
      End[] ends) {
    this.name = name;
    this.observations = observations;
    this.actions = actions;
    this.head = head;
    this.origin = origin;
    this.size = rewards.length;
    this.width = actions instanceof Discrete discrete ? discrete.n() : actions.size();
    this.obs = obs;
    this.taken = taken;
    this.rewards = rewards;
    this.targets = targets;
    this.starts = starts;
    this.finals = finals;
    this.ends = ends;
    new DatasetCheck(this, starts).run();
  }

  /** How many ends of episodes are known. */
  int ends() {
    return ends.length;
  }

  /** Its name in tables and messages. */
  public String name() {
    return name;
  }

  /** What was seen. */
  public Space observations() {
    return observations;
  }

  /** What could be done. */
  public Space actions() {
    return actions;
  }

  /** What the teacher's outputs mean. */
  public Head head() {
    return head;
  }

  /** In which environments it was collected, where that is known. */
  public Origin origin() {
    return origin;
  }

  /** How many steps there are. */
  public int size() {
    return size;
  }

  /** How many different observations there are. */
  public int distinctObservations() {
    int width = observations.size();
    Set<FloatBuffer> seen = new HashSet<>();
    for (int row = 0; row < size; row++) {
      seen.add(FloatBuffer.wrap(obs, row * width, width).slice());
    }
    return seen.size();
  }

  /** How many episodes there are. */
  public int episodes() {
    return starts.length;
  }

  /** How many numbers the teacher gave for each step. */
  public int width() {
    return width;
  }

  /** The first row of an episode. */
  public int start(int episode) {
    return starts[episode];
  }

  /** One past the last row of an episode. */
  public int end(int episode) {
    return episode + 1 < starts.length ? starts[episode + 1] : size;
  }

  /** How an episode ended. */
  public End how(int episode) {
    return ends[episode];
  }

  /** Whether an episode ended its task; something cut it off otherwise. */
  public boolean terminated(int episode) {
    return ends[episode] == End.TASK;
  }

  /** How many episodes the end of the collection cut off. */
  public int cut() {
    return (int) Arrays.stream(ends).filter(how -> how == End.COLLECTION).count();
  }

  /** The undiscounted return of an episode. */
  public double episodeReturn(int episode) {
    double sum = 0;
    for (int row = start(episode); row < end(episode); row++) {
      sum += rewards[row];
    }
    return sum;
  }

  /**
   * The undiscounted returns of the episodes that came to their end; those that the end of the
   * collection cut off are left out.
   */
  public double[] returns() {
    return IntStream.range(0, episodes())
        .filter(episode -> ends[episode] != End.COLLECTION)
        .mapToDouble(this::episodeReturn)
        .toArray();
  }

  /** What was seen, {@code (size, obsSize)}; not to be changed. */
  public float[] obs() {
    return obs;
  }

  /** What was done, {@code (size, actionSize)}; not to be changed. */
  public float[] taken() {
    return taken;
  }

  /** What it earned, {@code (size)}; not to be changed. */
  public float[] rewards() {
    return rewards;
  }

  /** What the teacher's outputs were, {@code (size, width)}; not to be changed. */
  public float[] targets() {
    return targets;
  }

  /** What was seen at the end of each episode, {@code (episodes, obsSize)}; not to be changed. */
  public float[] finals() {
    return finals;
  }

  /** How often each choice was taken; empty for continuous actions. */
  public int[] actionCounts() {
    if (!(actions instanceof Discrete discrete)) {
      return new int[0];
    }
    int[] counts = new int[discrete.n()];
    for (float action : taken) {
      counts[(int) action]++;
    }
    return counts;
  }

  /** The same episodes with the outputs of another teacher at every state. */
  public Dataset labelledBy(Policy teacher) {
    Given.given("dataset", "a teacher", teacher);
    Fit.difference(observations, actions, teacher.observations(), teacher.actions())
        .ifPresent(
            differs -> {
              throw new RetortException(
                  "dataset '%s': expected a teacher %s, got '%s' %s. Collect from the teacher's environment."
                      .formatted(name, differs.expected(), teacher.name(), differs.got()));
            });
    int batch = Math.min(size, 1024);
    int obsSize = observations.size();
    float[] labels = new float[size * width];
    float[] rows = new float[batch * obsSize];
    try (Actor actor = teacher.actor(batch)) {
      for (int from = 0; from < size; from += batch) {
        int count = Math.min(batch, size - from);
        System.arraycopy(obs, from * obsSize, rows, 0, count * obsSize);
        int first = from;
        actor.placing(row -> place(first + row));
        System.arraycopy(actor.outputs(rows), 0, labels, from * width, count * width);
      }
    }
    return with(name, teacher.head(), labels);
  }

  private Dataset with(String otherName, Head otherHead, float[] otherTargets) {
    return new Dataset(
        otherName,
        observations,
        actions,
        otherHead,
        origin,
        obs,
        taken,
        rewards,
        otherTargets,
        starts,
        finals,
        ends);
  }

  /** Where a step lies, for messages. */
  private String place(int row) {
    int found = Arrays.binarySearch(starts, row);
    int episode = found >= 0 ? found : -found - 2;
    return "dataset '%s', episode %s, step %s".formatted(name, episode, row - starts[episode]);
  }

  private String outputs() {
    return "labelled with " + Type.choice(Head.class).writer().apply(head);
  }

  /** These episodes and then those of another dataset of the same spaces and kind of teacher. */
  public Dataset and(Dataset more) {
    Given.given("dataset", "another dataset", more);
    Difference.of(observations, actions, more.observations, more.actions)
        .or(() -> Difference.of(outputs(), more.outputs()))
        .ifPresent(
            differs -> {
              throw new RetortException(
                  "dataset '%s': expected more %s, got some %s (dataset '%s')."
                      .formatted(name, differs.expected(), differs.got(), more.name));
            });
    int[] allStarts = Arrays.copyOf(starts, starts.length + more.starts.length);
    for (int i = 0; i < more.starts.length; i++) {
      allStarts[starts.length + i] = size + more.starts[i];
    }
    End[] allEnds = Arrays.copyOf(ends, allStarts.length);
    System.arraycopy(more.ends, 0, allEnds, starts.length, more.starts.length);
    return new Dataset(
        name + " + " + more.name,
        observations,
        actions,
        head,
        Origin.of(List.of(origin, more.origin)),
        join(obs, more.obs),
        join(taken, more.taken),
        join(rewards, more.rewards),
        join(targets, more.targets),
        allStarts,
        join(finals, more.finals),
        allEnds);
  }

  private static float[] join(float[] first, float[] second) {
    float[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** The same data under another name. */
  public Dataset named(String other) {
    Given.given("dataset", "a name", other);
    return with(other, head, targets);
  }

  /** Everything as arrays. */
  public Tensors tensors() {
    Tensors tensors =
        origin.homes().isEmpty() ? new Tensors() : new Tensors().describe(HOMES, origin.written());
    return tensors
        .describe("kind", "dataset")
        .describe("name", name)
        .describe("head", HEAD.writer().apply(head))
        .describe("observations", SpaceText.write(observations).toString())
        .describe("actions", SpaceText.write(actions).toString())
        .put("observations", obs, size, observations.size())
        .put("actions", taken, size, actions.size())
        .put("rewards", rewards)
        .put("targets", targets, size, width)
        .put("starts", starts)
        .put("finals", finals, starts.length, observations.size())
        .put("terminated", flags(End.TASK))
        .put("cut", flags(End.COLLECTION));
  }

  private boolean[] flags(End end) {
    boolean[] flags = new boolean[ends.length];
    for (int episode = 0; episode < flags.length; episode++) {
      flags[episode] = ends[episode] == end;
    }
    return flags;
  }

  /** Reads what {@link #tensors()} gave. */
  public static Dataset of(Tensors tensors) {
    return new Dataset(
        tensors.described("name"),
        SpaceText.read(tensors.described("observations")),
        SpaceText.read(tensors.described("actions")),
        HEAD.read(
            "open dataset '" + tensors.described("name") + "'", "head", tensors.described("head")),
        Origin.read(tensors.metadata().getOrDefault(HOMES, "")), // older files do not say it
        tensors.floats("observations"),
        tensors.floats("actions"),
        tensors.floats("rewards"),
        tensors.floats("targets"),
        tensors.ints("starts"),
        tensors.floats("finals"),
        End.of(tensors.flags("terminated"), tensors.flags("cut")));
  }

  /** Writes the dataset as a safetensors file. */
  public void save(Path path) {
    Given.given("save dataset", "a file", path);
    TensorFile.write(path, tensors());
  }

  /** Reads a dataset. */
  public static Dataset open(Path path) {
    Given.given("open dataset", "a file", path);
    return TensorFile.open(path, "dataset", Dataset::of);
  }

  @Override
  public String toString() {
    return DatasetText.of(this);
  }
}
