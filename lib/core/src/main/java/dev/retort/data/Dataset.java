package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.distribution.Distribution;
import dev.retort.option.Given;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.policy.Provenance;
import dev.retort.space.Difference;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import dev.retort.space.Spaces;
import dev.retort.store.Shelf;
import dev.retort.store.Tensors;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Episodes of a behavior policy as named columns: what was seen, done and earned, the outputs of
 * teachers at every state, and whatever else is known of a step. Frozen, and checked when it is
 * made.
 *
 * <p>Rows are in order of time within an episode and episode by episode. The next observation of a
 * row is the following row's, or, for the last row of an episode, that episode's final observation.
 */
public final class Dataset {
  /** Name of the column of what was seen. */
  public static final String OBSERVATION = "observation";

  /** Name of the column of what was done. */
  public static final String ACTION = "action";

  /** Name of the column of what it earned. */
  public static final String REWARD = "reward";

  /**
   * Name by which the observation after a step is predicted; it is no column of the file, since the
   * next row holds it.
   */
  public static final String NEXT_OBSERVATION = "next-observation";

  /** Name of the teacher whose outputs are the columns {@code teacher.logits} and so on. */
  public static final String TEACHER = "teacher";

  /**
   * What the name of a column ends in that says how much a teacher counts at each row, such as
   * {@code teacher.weight}; teachers without one count alike.
   */
  public static final String WEIGHT = "weight";

  private static final String HOMES = "collectedIn";

  private final String name;
  private final Space observations;
  private final Space actions;
  private final Map<String, Distribution> teachers;
  private final Provenance origin;
  private final int size;
  private final Map<String, Column> columns;
  private final EpisodeIndex index;

  Dataset(
      String name,
      Space observations,
      Space actions,
      Map<String, Distribution> teachers,
      Provenance origin,
      Collection<Column> columns,
      EpisodeIndex index) {
    this.name = name;
    this.observations = observations;
    this.actions = actions;
    this.teachers = Collections.unmodifiableMap(new LinkedHashMap<>(teachers));
    this.origin = origin;
    this.columns = new LinkedHashMap<>();
    columns.forEach(column -> this.columns.put(column.name(), column));
    this.size = this.columns.get(REWARD).rows();
    this.index = index;
    new DatasetCheck(this, index).run();
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

  /** Names of the columns: observation, action, reward, and then those of teachers and others. */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /** Column of that name. */
  public Column column(String wanted) {
    Column column = columns.get(Given.given("dataset", "the name of a column", wanted));
    if (column == null) {
      throw UnknownNameException.in("dataset '" + name + "'", "column", wanted, columns());
    }
    return column;
  }

  /** Names of those whose outputs are known at every step. */
  public List<String> teachers() {
    return List.copyOf(teachers.keySet());
  }

  /** Distribution that a teacher's columns describe. */
  public Distribution teacher(String whose) {
    if (!teachers.containsKey(whose)) {
      throw UnknownNameException.in("dataset '" + name + "'", "teacher", whose, teachers());
    }
    return teachers.get(whose);
  }

  /** Distribution that the columns of the teacher describe, where there is one. */
  public Optional<Distribution> teacher() {
    return Optional.ofNullable(teachers.get(TEACHER));
  }

  /** In which environments it was collected, where that is known. */
  public Provenance origin() {
    return origin;
  }

  /** How many steps there are. */
  public int size() {
    return size;
  }

  /** How many different observations there are. */
  public int distinctObservations() {
    int width = observations.size();
    Column column = columns.get(OBSERVATION);
    Set<FloatBuffer> seen = new HashSet<>();
    Set<Long> digests = new HashSet<>(); // of those that would not fit into memory
    float[] own = new float[width];
    for (int row = 0; row < size; row++) {
      if (column.source().isEmpty()) {
        seen.add(FloatBuffer.wrap(obs(), row * width, width).slice());
      } else {
        column.read(row, own, 0);
        long digest = 0;
        for (float number : own) {
          digest = (digest ^ Float.floatToIntBits(number)) * 0x9E3779B97F4A7C15L;
          digest ^= digest >>> 32;
        }
        digests.add(digest);
      }
    }
    return seen.size() + digests.size();
  }

  /** How many episodes there are. */
  public int episodes() {
    return index.episodes();
  }

  /** Where they lie. */
  EpisodeIndex index() {
    return index;
  }

  /** Episode of that number, from 0. */
  public Episode episode(int index) {
    return new Episode(this, index);
  }

  /** The first row of an episode. */
  public int start(int episode) {
    return index.start(episode);
  }

  /** One past the last row of an episode. */
  public int end(int episode) {
    return index.end(episode, size);
  }

  /** Whether it is known of which task each episode is; of data of before it is not. */
  public boolean hasTasks() {
    return IntStream.range(0, episodes())
        .allMatch(episode -> index.task(episode) != EpisodeIndex.UNKNOWN);
  }

  /**
   * The task that an episode is of: its context in the environment that it was collected in, from
   * 0.
   */
  public int task(int episode) {
    if (index.task(episode) == EpisodeIndex.UNKNOWN) {
      throw new RetortException(
          "dataset '%s': expected to know of which task episode %s is, got data that does not say it. Collect it anew."
              .formatted(name, episode));
    }
    return index.task(episode);
  }

  /** How an episode ended. */
  public End how(int episode) {
    return index.how(episode);
  }

  /** Whether an episode ended its task; something cut it off otherwise. */
  public boolean terminated(int episode) {
    return how(episode) == End.TASK;
  }

  /** How many episodes the end of the collection cut off. */
  public int cut() {
    return (int) index.ended(End.COLLECTION).count();
  }

  /** The undiscounted return of an episode. */
  public double episodeReturn(int episode) {
    double sum = 0;
    for (int row = start(episode); row < end(episode); row++) {
      sum += rewards()[row];
    }
    return sum;
  }

  /**
   * The undiscounted returns of the episodes that came to their end; those that the end of the
   * collection cut off are left out.
   */
  public double[] returns() {
    return IntStream.range(0, episodes())
        .filter(episode -> how(episode) != End.COLLECTION)
        .mapToDouble(this::episodeReturn)
        .toArray();
  }

  /**
   * What was seen, {@code (size, obsSize)}; not to be changed.
   *
   * @throws RetortException where it stays in its file; {@link Column#read} reads it row by row
   */
  public float[] obs() {
    return columns.get(OBSERVATION).floats();
  }

  /** What was done, {@code (size, actionSize)}; not to be changed. */
  public float[] taken() {
    return columns.get(ACTION).floats();
  }

  /** What it earned, {@code (size)}; not to be changed. */
  public float[] rewards() {
    return columns.get(REWARD).floats();
  }

  /**
   * Observation after a step: that of the next row, or the final one of the episode.
   *
   * @param next receives it at {@code next[at .. at + obsSize)}
   */
  public void nextObservation(int row, float[] next, int at) {
    int episode = episodeOf(row);
    if (row + 1 < end(episode)) {
      columns.get(OBSERVATION).read(row + 1, next, at);
    } else {
      System.arraycopy(finals(), episode * observations.size(), next, at, observations.size());
    }
  }

  /** The observations after all steps, {@code (size, obsSize)}, as a column. */
  public Column nextObservations() {
    float[] next = new float[size * observations.size()];
    for (int row = 0; row < size; row++) {
      nextObservation(row, next, row * observations.size());
    }
    return Column.of(NEXT_OBSERVATION, observations.size(), next);
  }

  /** Number of the episode that a row belongs to. */
  public int episodeOf(int row) {
    return index.of(row);
  }

  /** What was seen at the end of each episode, {@code (episodes, obsSize)}; not to be changed. */
  public float[] finals() {
    return index.finals();
  }

  /** How often each choice was taken; empty for continuous actions. */
  public int[] actionCounts() {
    if (!(actions instanceof Discrete discrete)) {
      return new int[0];
    }
    int[] counts = new int[discrete.n()];
    for (float action : taken()) {
      counts[(int) action]++;
    }
    return counts;
  }

  /** The same episodes with the outputs of another teacher at every state. */
  public Dataset labeledBy(Policy teacher) {
    return labeledBy(TEACHER, teacher, List.of());
  }

  /**
   * The same episodes with the outputs of one teacher more at every state.
   *
   * @param whose name of the teacher, by which its columns begin; one of that name is replaced
   * @param outputs what is wanted beside the numbers of its distribution and the value of the
   *     state, such as {@code features}
   */
  public Dataset labeledBy(String whose, Policy teacher, List<String> outputs) {
    Given.given("dataset", "a teacher", teacher);
    Given.given("dataset", "names of outputs such as List.of(\"features\")", outputs);
    if (Given.given("dataset", "the name of a teacher", whose).isBlank()) {
      throw new RetortException(
          "dataset '%s': expected the name of a teacher such as '%s', got '%s'."
              .formatted(name, TEACHER, whose));
    }
    spaces()
        .require(
            "dataset '%s'".formatted(name),
            "a teacher",
            "",
            "'%s'".formatted(teacher.name()),
            Fit.spaces(teacher),
            "Collect from the teacher's environment.");
    Supervision labels = Supervision.of(teacher, outputs);
    float[] all = new Labeling(this, teacher, labels).outputs();
    Map<String, Distribution> more = new LinkedHashMap<>(teachers);
    more.put(whose, labels.distribution());
    List<Column> kept =
        new ArrayList<>(
            columns.values().stream().filter(own -> !own.name().startsWith(whose + ".")).toList());
    kept.addAll(labels.columns(whose, all));
    return with(name, more, kept);
  }

  /** The same episodes without what any teacher said of them. */
  public Dataset unlabeled() {
    return with(
        name,
        Map.of(),
        columns.values().stream()
            .filter(
                own -> teachers.keySet().stream().noneMatch(t -> own.name().startsWith(t + ".")))
            .toList());
  }

  /** The same episodes with one column more; one of that name is replaced. */
  public Dataset with(Column column) {
    Given.given("dataset", "a column", column);
    if (column.rows() != size || List.of(OBSERVATION, ACTION, REWARD).contains(column.name())) {
      throw new RetortException(
          "dataset '%s': expected a column of %s rows with a name of its own, got '%s' of %s."
              .formatted(name, size, column.name(), column.rows()));
    }
    Map<String, Column> more = new LinkedHashMap<>(columns);
    more.put(column.name(), column);
    return with(name, teachers, more.values());
  }

  /**
   * The same episodes as somebody saw them who does not see some parts of the observation: what a
   * teacher knew, its students are not to need, and do not even name.
   */
  public Dataset without(String... parts) {
    String who = "dataset '%s'".formatted(name);
    List<String> hidden = Given.given(who, "names of parts to leave out", parts);
    if (!(observations instanceof Group group)) {
      throw new RetortException(
          "dataset '%s': expected observations of named parts, of which without(..) leaves some out, got %s without names. Let students see some of them, seeing(View.numbers(0, 1))."
              .formatted(name, observations.summary()));
    }
    Map<String, Space> left = new LinkedHashMap<>(group.parts());
    for (String part : hidden) {
      if (part == null || !group.parts().containsKey(part)) {
        throw UnknownNameException.in(who, "part of the observation", part, group.parts().keySet());
      }
      left.remove(part);
    }
    if (left.isEmpty()) {
      throw new RetortException(
          "dataset '%s': expected parts of the observation to be left, got none beside %s. Leave out fewer."
              .formatted(name, String.join(", ", hidden)));
    }
    Selection shown = Selection.parts(observations, List.copyOf(left.keySet()));
    int width = shown.sees().size();
    float[] seen = new float[size * width];
    float[] row = new float[observations.size()];
    for (int i = 0; i < size; i++) {
      columns.get(OBSERVATION).read(i, row, 0);
      shown.take(row, 0, seen, i * width);
    }
    Map<String, Column> fewer = new LinkedHashMap<>(columns);
    fewer.put(OBSERVATION, Column.of(OBSERVATION, width, seen));
    return new Dataset(
        name,
        new Group(left),
        actions,
        teachers,
        origin,
        fewer.values(),
        index.seeing(shown.of(finals(), episodes())));
  }

  /** Those episodes that fulfil a condition, in their order. */
  public Dataset where(Predicate<Episode> condition) {
    Given.given("dataset", "a condition", condition);
    int[] kept = IntStream.range(0, episodes()).filter(at -> condition.test(episode(at))).toArray();
    if (kept.length == 0) {
      throw new RetortException(
          "dataset '%s': expected at least one of %s episodes to be kept, got none."
              .formatted(name, episodes()));
    }
    int[] rows = Arrays.stream(kept).flatMap(at -> IntStream.range(start(at), end(at))).toArray();
    return new Dataset(
        name,
        observations,
        actions,
        teachers,
        origin,
        columns.values().stream().map(column -> column.of(rows)).toList(),
        index.kept(kept, size));
  }

  private Dataset with(
      String otherName, Map<String, Distribution> otherTeachers, Collection<Column> otherColumns) {
    return new Dataset(
        otherName, observations, actions, otherTeachers, origin, otherColumns, index);
  }

  /** Where a row is, for messages. */
  String place(int row) {
    int episode = episodeOf(row);
    return "dataset '%s', episode %s, step %s".formatted(name, episode, row - start(episode));
  }

  /** What was seen and done. */
  public Spaces spaces() {
    return new Spaces(observations, actions);
  }

  private String labeled() {
    return "with columns " + String.join(", ", columns());
  }

  /** These episodes and then those of another dataset of the same spaces and columns. */
  public Dataset and(Dataset more) {
    Given.given("dataset", "another dataset", more);
    spaces()
        .misfit(more.spaces())
        .or(() -> Difference.of(labeled(), more.labeled()))
        .or(() -> Difference.of("teachers " + teachers, "teachers " + more.teachers))
        .ifPresent(
            differs -> {
              throw Spaces.refusal(
                  "dataset '%s'".formatted(name),
                  "more",
                  "",
                  "'%s'".formatted(more.name),
                  differs,
                  "Join datasets of one environment, labeled alike.");
            });
    return new Dataset(
        name + " + " + more.name,
        observations,
        actions,
        teachers,
        Provenance.of(List.of(origin, more.origin)),
        columns.values().stream().map(own -> own.and(more.column(own.name()))).toList(),
        index.and(more.index, size));
  }

  /** The same data under another name. */
  public Dataset named(String other) {
    Given.given("dataset", "a name", other);
    return with(other, teachers, columns.values());
  }

  /** Everything as arrays. */
  public Tensors tensors() {
    Tensors tensors = DatasetFile.tensors(this, index);
    return origin.homes().isEmpty() ? tensors : tensors.describe(HOMES, origin.written());
  }

  /** Reads what {@link #tensors()} gave. */
  public static Dataset of(Tensors tensors) {
    // Older files do not say where the data was collected.
    return DatasetFile.of(tensors, Provenance.read(tensors.metadata().getOrDefault(HOMES, "")));
  }

  /**
   * Writes the dataset in the format that the name's ending says, {@code .safetensors} or one of
   * another {@link DataFormat}.
   */
  public void save(Path path) {
    DataFormat.of("save dataset", path).save(path, this);
  }

  /**
   * Adds these episodes to a folder whose name ends in {@code .columns}, or begins it: a dataset
   * that may be larger than memory, since what was seen stays in its file.
   */
  public void appendTo(Path folder) {
    Given.file("append dataset", folder, ".columns");
    ColumnFolder.append(folder, this);
  }

  /** Reads the dataset of that name, such as {@code zoo/CartPole-expert}; see {@link Shelf}. */
  public static Dataset open(String wanted) {
    Given.given("dataset", "a name such as zoo/CartPole-expert", wanted);
    return open(Shelf.find("dataset", wanted, DataFormat::isKnown));
  }

  /** Names of the datasets that {@link #open(String)} reads. */
  public static List<String> names() {
    return Shelf.names(DataFormat::isKnown);
  }

  /** Reads a dataset in the format that the name's ending says. */
  public static Dataset open(Path path) {
    return DataFormat.of("open dataset", path).open(path);
  }

  @Override
  public String toString() {
    return DatasetText.of(this);
  }
}
