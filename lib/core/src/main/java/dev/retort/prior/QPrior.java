package dev.retort.prior;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.figure.Heat;
import dev.retort.figure.Numbers;
import dev.retort.option.Given;
import dev.retort.option.Type;
import dev.retort.policy.Provenance;
import dev.retort.policy.TabularPolicy;
import dev.retort.space.Difference;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import dev.retort.space.Spaces;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import dev.retort.table.Discretization;
import dev.retort.table.QTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Prior of the action values of a new task: compact tables of action values, one a task, and what
 * they are together.
 *
 * <p>A state and an action of which no task knows anything are distinguished from those that are
 * worth nothing: their value is NaN. Values that no return can have, outside of {@code r / (1 − γ)}
 * for the rewards that were met, are refused when a prior is made, since sources that overestimate
 * make priors that mislead.
 *
 * <p>Tables are compact: a cell takes a byte a number and eight an action, and only cells that were
 * visited are kept.
 */
public final class QPrior {
  /** How far beyond its range a value may lie, as a share of the range; it is clipped then. */
  private static final double SLACK = 0.05;

  private static final Type<Aggregation> AGGREGATION = Type.choice(Aggregation.class);

  private final Space observations;
  private final Discrete actions;
  private final double discount;
  private final Aggregation aggregation;
  private final List<Source> sources;
  private final QTable table;

  QPrior(
      Space observations,
      Discrete actions,
      double discount,
      Aggregation aggregation,
      List<Source> sources) {
    this.observations = observations;
    this.actions = actions;
    this.discount = discount;
    this.aggregation = aggregation;
    this.sources = List.copyOf(sources);
    this.table = together();
  }

  private QTable together() {
    Optional<Discretization> cells = cells();
    QTable all = new QTable(observations.size(), actions.n(), 0, cells);
    for (Source source : sources) {
      Optional<Discretization> own = source.table().cells();
      Difference.of(name(cells), name(own), cells, own)
          .ifPresent(
              differs -> {
                throw new RetortException(
                    "prior: expected tables that are discretized alike, got %s and %s (%s and %s). Extract all tasks together."
                        .formatted(
                            differs.expected(),
                            differs.got(),
                            sources.get(0).task(),
                            source.task()));
              });
      requirePossible(source);
    }
    List<List<double[]>> said = new ArrayList<>();
    for (Source source : sources) {
      QTable own = source.table();
      for (int state = 0; state < own.states(); state++) {
        int row = all.adopt(own, state);
        while (said.size() < all.states() * actions.n()) {
          said.add(new ArrayList<>());
        }
        for (int action = 0; action < actions.n(); action++) {
          if (own.isSeen(state, action)) {
            double[] value = {own.value(state, action), own.visits(state, action)};
            said.get(row * actions.n() + action).add(value);
          }
        }
      }
    }
    for (int place = 0; place < said.size(); place++) {
      List<double[]> here = said.get(place);
      if (!here.isEmpty()) {
        double value =
            aggregation.of(here.stream().mapToDouble(each -> clipped(each[0])).toArray());
        long visits = (long) here.stream().mapToDouble(each -> each[1]).sum();
        all.set(place / actions.n(), place % actions.n(), value, visits);
      }
    }
    return all;
  }

  private static String name(Optional<Discretization> cells) {
    return cells.map(Discretization::summary).orElse("exact states");
  }

  /** The least value that a return can have. */
  public double low() {
    return sources.stream().mapToDouble(each -> each.low(discount)).min().orElseThrow();
  }

  /** The largest value that a return can have. */
  public double high() {
    return sources.stream().mapToDouble(each -> each.high(discount)).max().orElseThrow();
  }

  private double clipped(double value) {
    return Math.max(low(), Math.min(high(), value));
  }

  private void requirePossible(Source source) {
    double slack = SLACK * (high() - low());
    QTable own = source.table();
    for (int state = 0; state < own.states(); state++) {
      for (int action = 0; action < actions.n(); action++) {
        double value = own.value(state, action);
        if (own.isSeen(state, action) && !(value >= low() - slack && value <= high() + slack)) {
          float[] seen = new float[observations.size()];
          own.observation(state, seen);
          throw new RetortException(
              "prior: expected values from %s to %s, which is all that rewards of %s to %s can sum to at a discount of %s, got %s (%s, near %s, action %s). %s"
                  .formatted(
                      Numbers.of(low()),
                      Numbers.of(high()),
                      Numbers.of(source.lowest()),
                      Numbers.of(source.highest()),
                      discount,
                      Numbers.of(value),
                      source.task(),
                      Arrays.toString(seen),
                      action,
                      advice(source)));
        }
      }
    }
  }

  private String advice(Source source) {
    String solve =
        "not solved, or larger rewards were not met: train it longer, play it for more steps(..), leave it out, or say clipping(true).";
    return source.discount().isPresent()
        ? "The source is " + solve
        : "The source may discount otherwise, which it does not say: give its discount(..). Else it is "
            + solve;
  }

  /** What its tasks show. */
  public Space observations() {
    return observations;
  }

  /** What can be done in its tasks. */
  public Discrete actions() {
    return actions;
  }

  /** γ, by which its values discount. */
  public double discount() {
    return discount;
  }

  /** How observations are discretized; empty where they are taken exactly. */
  public Optional<Discretization> cells() {
    return sources.get(0).table().cells();
  }

  /** In how many layers of cells an observation lies. */
  public int layers() {
    return cells().map(Discretization::layers).orElse(1);
  }

  /** From which tasks it comes, as far as that is known. */
  public Provenance origin() {
    return Provenance.of(sources.stream().map(Source::origin).toList());
  }

  /** What to say of it in an environment: that it was made for others of the name. */
  public List<String> cautions(Env env) {
    return origin().caution("the prior", env).stream().toList();
  }

  /** How many tasks it knows. */
  public int tasks() {
    return sources.size();
  }

  /**
   * Action values where {@code observation[at ..]} was seen: the mean over the layers of its cells
   * that know the action.
   *
   * @param observation with {@code observations().size()} numbers from {@code at} on
   * @param values receives one value an action, NaN where nothing is known
   */
  public void values(float[] observation, int at, double[] values) {
    require(observation, at, values);
    int layers = layers();
    if (layers == 1) {
      int state = table.find(observation, at);
      for (int action = 0; action < values.length; action++) {
        boolean known = state >= 0 && table.isSeen(state, action);
        values[action] = known ? table.value(state, action) : Double.NaN;
      }
      return;
    }
    int[] known = new int[values.length];
    Arrays.fill(values, 0);
    for (int layer = 0; layer < layers; layer++) {
      int state = table.find(observation, at, layer);
      for (int action = 0; action < values.length && state >= 0; action++) {
        if (table.isSeen(state, action)) {
          values[action] += table.value(state, action);
          known[action]++;
        }
      }
    }
    for (int action = 0; action < values.length; action++) {
      values[action] = known[action] == 0 ? Double.NaN : values[action] / known[action];
    }
  }

  private void require(float[] observation, int at, double[] values) {
    int numbers = observations.size();
    if (at < 0 || observation.length - at < numbers) {
      throw new RetortException(
          "prior: expected an observation of %s numbers, got %s from %s on. Give %s."
              .formatted(
                  numbers, Math.max(0, observation.length - at), at, observations.summary()));
    }
    if (values.length != actions.n()) {
      throw new RetortException(
          "prior: expected room for %s values, one an action, got %s. Make it new double[prior.actions().n()]."
              .formatted(actions.n(), values.length));
    }
    for (int i = 0; i < numbers; i++) {
      if (Float.isNaN(observation[at + i])) {
        throw new RetortException(
            "prior: expected numbers as an observation, got NaN (number %s). Check the environment."
                .formatted(i));
      }
    }
  }

  /** The table of all tasks together, where what is unknown is worth the mean of what is known. */
  public QTable filled() {
    double sum = 0;
    for (int place = 0; place < table.states() * actions.n(); place++) {
      int state = place / actions.n();
      int action = place % actions.n();
      sum += table.isSeen(state, action) ? table.value(state, action) : 0;
    }
    double mean = table.seen() == 0 ? 0 : sum / table.seen();
    QTable filled = new QTable(table.numbers(), actions.n(), mean, table.cells());
    for (int state = 0; state < table.states(); state++) {
      int own = filled.adopt(table, state);
      for (int action = 0; action < actions.n(); action++) {
        if (table.isSeen(state, action)) {
          filled.set(own, action, table.value(state, action), table.visits(state, action));
        }
      }
    }
    return filled;
  }

  /** The table of all tasks together; a copy. */
  public QTable table() {
    return table.copy();
  }

  /** The prior as a policy that never learns: the best rival of whatever learns from it. */
  public TabularPolicy policy() {
    if (layers() > 1) {
      throw new RetortException(
          "prior: expected cells of one layer for a policy, got %s. Compare with dqInit(prior).tableOnly()."
              .formatted(name(cells())));
    }
    return policy(table);
  }

  /** Another table of its tasks as a policy, such as {@link #filled()}. */
  public TabularPolicy policy(QTable other) {
    return new TabularPolicy("prior", observations, actions, other)
        .discounting(discount)
        .made(origin());
  }

  /** What is seen and done in its tasks. */
  public Spaces spaces() {
    return new Spaces(observations, actions);
  }

  /**
   * Refuses what other tasks say if these are of another family, or their values discount
   * otherwise.
   */
  public void requireLike(Spaces others, double gamma) {
    String advice = "Join priors of one family.";
    spaces().require("prior", "tasks", "", "tasks", others, advice);
    Difference.of("at a discount of " + discount, "at a discount of " + gamma)
        .ifPresent(
            differs -> {
              throw Spaces.refusal("prior", "tasks", "", "tasks", differs, advice);
            });
  }

  /** This prior and what other tasks say, together again: a lifelong learner's next step. */
  public QPrior and(QPrior other) {
    requireLike(other.spaces(), other.discount);
    List<Source> all = new ArrayList<>(sources);
    all.addAll(other.sources);
    return new QPrior(observations, actions, discount, aggregation, all);
  }

  /** The prior of the first so many tasks, at least one. */
  public QPrior first(int tasks) {
    if (tasks < 1 || tasks > sources.size()) {
      throw new RetortException(
          "prior: expected the first 1 to %s tasks, got %s. It knows no others."
              .formatted(sources.size(), tasks));
    }
    return new QPrior(observations, actions, discount, aggregation, sources.subList(0, tasks));
  }

  /** The same tables, put together in another way. */
  public QPrior by(Aggregation other) {
    return new QPrior(observations, actions, discount, other, sources);
  }

  /** What the table of all tasks together takes, in bytes. */
  public long bytes() {
    return table.bytes();
  }

  /** What a file of it takes, in bytes: it keeps the table of every task. */
  public long fileBytes() {
    return TensorFile.size(tensors());
  }

  /** How many values were clipped to those that a return can have, over all tasks. */
  public long clipped() {
    return sources.stream().mapToLong(Source::clipped).sum();
  }

  /**
   * Whether no source says by which γ its values discount, so that the prior's is taken on trust.
   */
  public boolean isDiscountAssumed() {
    return sources.stream().allMatch(each -> each.discount().isEmpty());
  }

  /** What the networks take that it stands for, in bytes; 0 where its sources were tables. */
  public long networkBytes() {
    return 4 * sources.stream().mapToLong(Source::parameters).sum();
  }

  /** A row for each task: how well it was solved, how much of the cells it knows. */
  public Table sources() {
    return Numbers.in(
        Table.create(
            "sources",
            StringColumn.create("task", sources.stream().map(Source::task).toList()),
            DoubleColumn.create("return", sources.stream().mapToDouble(Source::score).toArray()),
            LongColumn.create(
                "states", sources.stream().mapToLong(s -> s.table().states()).toArray()),
            LongColumn.create(
                "bytes of the table", sources.stream().mapToLong(s -> s.table().bytes()).toArray()),
            LongColumn.create(
                "bytes of the network",
                sources.stream().mapToLong(s -> 4 * s.parameters()).toArray())));
  }

  /**
   * The best values as a map over two numbers of the observations: the mean over all cells in which
   * these numbers lie. Discretization that no task visited stay empty.
   *
   * @param across which number runs to the right, counted from 0
   * @param up which number runs upwards, another
   * @param most fields a side, at least 1
   */
  public Heat plot(int across, int up, int most) {
    double[] best = IntStream.range(0, table.states()).mapToDouble(this::best).toArray();
    return CellMap.of(
        "Prior of %s task%s: value of the best action".formatted(tasks(), tasks() == 1 ? "" : "s"),
        table,
        best,
        across,
        up,
        most);
  }

  /** The largest value that is known in a state; NaN where none is. */
  private double best(int state) {
    return IntStream.range(0, actions.n())
        .filter(action -> table.isSeen(state, action))
        .mapToDouble(action -> table.value(state, action))
        .max()
        .orElse(Double.NaN);
  }

  /** The map over the first two numbers. */
  public Heat plot() {
    return plot(0, 1, CellMap.FINEST);
  }

  /** All that there is to know. */
  public Tensors tensors() {
    Tensors tensors =
        new Tensors()
            .describe("kind", "prior")
            .describe("observations", SpaceText.write(observations).toString())
            .describe("actions", SpaceText.write(actions).toString())
            .describe("aggregation", AGGREGATION.writer().apply(aggregation))
            .put("discount", new double[] {discount})
            .put("tasks", new int[] {sources.size()});
    for (int i = 0; i < sources.size(); i++) {
      tensors.putAll("source" + i, sources.get(i).save());
    }
    return tensors;
  }

  /** Reads what {@link #tensors()} gave. */
  public static QPrior of(Tensors saved) {
    String kind = saved.described("kind");
    if (!kind.equals("prior")) {
      throw new RetortException(
          "open prior: expected a prior, got a '%s'.".formatted(saved.shown("kind")));
    }
    if (!(SpaceText.read(saved.described("actions")) instanceof Discrete actions)) {
      throw new RetortException("open prior: expected choices as actions.");
    }
    Space observations = SpaceText.read(saved.described("observations"));
    double discount = saved.number("discount");
    long tasks = saved.whole("tasks");
    if (tasks < 1 || !(discount >= 0 && discount < 1)) {
      throw new RetortException(
          "open prior: expected at least one task and a discount from 0 to below 1, got %s and %s."
              .formatted(tasks, discount));
    }
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      Source source = Source.of(saved.part("source" + i));
      source.require(observations, actions);
      sources.add(source);
    }
    return new QPrior(
        observations,
        actions,
        discount,
        AGGREGATION.read("open prior", "aggregation", saved.described("aggregation")),
        sources);
  }

  /** Writes it to a file with checksums, complete or not at all. */
  public void save(Path file) {
    Given.file("save prior", file, TensorFile.ENDING);
    TensorFile.write(file, tensors());
  }

  /** Reads a file that {@link #save} wrote. */
  public static QPrior open(Path file) {
    Given.given("open prior", "a file", file);
    return TensorFile.open(file, "qPrior", QPrior::of);
  }

  /** What it knows, of whom, and how small it is. */
  public String summary() {
    String discretized =
        cells()
            .map(
                cells ->
                    String.format(
                        Locale.ROOT,
                        "%,d of %,d cells (%s)",
                        table.states(),
                        cells.count(),
                        cells.summary()))
            .orElseGet(() -> String.format(Locale.ROOT, "%,d states", table.states()));
    String networks =
        networkBytes() == 0
            ? ""
            : String.format(Locale.ROOT, " in place of %,d of networks", networkBytes());
    String clips =
        clipped() == 0 ? "" : String.format(Locale.ROOT, ", %,d values clipped", clipped());
    String trust =
        isDiscountAssumed()
            ? "; discount %s is assumed, the sources do not say theirs".formatted(discount)
            : "";
    return String.format(
        Locale.ROOT,
        "Prior of %d task%s by %s: %s, %,d values known, %,d bytes%s%s; %,d in a file with each task's table%s",
        tasks(),
        tasks() == 1 ? "" : "s",
        AGGREGATION.writer().apply(aggregation),
        discretized,
        table.seen(),
        bytes(),
        networks,
        clips,
        fileBytes(),
        trust);
  }

  @Override
  public String toString() {
    return summary();
  }
}
