package dev.retort.distill;

import dev.retort.data.Dataset;
import dev.retort.loss.Kl;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Groups;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.nn.PopulationMemory;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import dev.retort.run.Team;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Distillation of a fixed dataset into an ensemble of students.
 *
 * <pre>
 * for each member i: θ_i ← fresh initialisation of its own seed
 * for each epoch, for each minibatch B:  θ_i ← Adam(θ_i, ∇ 1/|B| Σ_{s ∈ B} loss(π_{θ_i}(s), teacher(s)))
 * </pre>
 *
 * <p>All members are one population; the cost of collecting the data does not depend on how many
 * there are. By default each has its own order of minibatches; {@code order shared} saves the
 * copying, and is what joint training in published code does. The last minibatch of an epoch is
 * filled up from the beginning of the same order.
 *
 * <p>Andrei A. Rusu and others, "Policy distillation", 2015, arXiv 1511.06295; ensembles after
 * Weltevrede, Zanger, Spaan, Böhmer, 2025, arXiv 2505.16581.
 */
public record Distillation(Settings settings) {
  /** Whether members see minibatches in an order of their own. */
  public enum Order {
    /** Each member its own. */
    INDEPENDENT,
    /** One order for all. */
    SHARED
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("distill");

  public static final Option<Architecture> INTO          = OPTIONS.option("into", Architecture.type(), Mlp.of(64, 64)).says("network of each student");
  public static final Option<Integer>      MEMBERS       = OPTIONS.whole("members", 10).from(1).in("students").says("size of the ensemble");
  public static final Option<Loss>         MINIMIZING    = OPTIONS.option("minimizing", Loss.type(), Loss.of(new Kl(1))).formerly("loss").says("loss of a student against its teacher; mse for continuous actions");
  public static final Option<Integer>      EPOCHS        = OPTIONS.whole("epochs", 30).from(1).says("passes over the dataset");
  public static final Option<Integer>      BATCH_SIZE    = OPTIONS.whole("batch-size", 256).from(1).in("steps").formerly("batch").says("size of a minibatch");
  public static final Option<Schedule>     LEARNING_RATE = OPTIONS.schedule("learning-rate", 0.001).says("step size of Adam");
  public static final Option<Order>        ORDER         = OPTIONS.choice("order", Order.INDEPENDENT).says("whose order of minibatches");

  /** Network of each student. */
  public Distillation into(Architecture network) { return with(INTO, network); }
  public Architecture into() { return settings.get(INTO); }

  /** Size of the ensemble, in students. */
  public Distillation members(int members) { return with(MEMBERS, members); }
  public int members() { return settings.get(MEMBERS); }

  /** Loss of a student against its teacher. */
  public Distillation minimizing(Loss loss) { return with(MINIMIZING, loss); }
  public Loss minimizing() { return settings.get(MINIMIZING); }

  /** Passes over the dataset. */
  public Distillation epochs(int epochs) { return with(EPOCHS, epochs); }
  public int epochs() { return settings.get(EPOCHS); }

  /** Size of a minibatch, in steps. */
  public Distillation batchSize(int size) { return with(BATCH_SIZE, size); }
  public int batchSize() { return settings.get(BATCH_SIZE); }

  /** Step size of Adam, constant or over training. */
  public Distillation learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  public Distillation learningRate(double rate) { return learningRate(Schedule.constant(rate)); }
  public Schedule learningRate() { return settings.get(LEARNING_RATE); }

  /** Whose order of minibatches. */
  public Distillation order(Order order) { return with(ORDER, order); }
  public Order order() { return settings.get(ORDER); }
  // spotless:on

  /** Distillation at its defaults. */
  public Distillation() {
    this(OPTIONS.standard());
  }

  private <T> Distillation with(Option<T> option, T value) {
    return new Distillation(settings.with(option, value));
  }

  /** Rows of a minibatch from a dataset of {@code size} steps. */
  public int batch(int size) {
    return Math.min(batchSize(), size);
  }

  /** How many updates a dataset of {@code size} steps takes. */
  public long updates(int size) {
    return (long) epochs() * ((size + batch(size) - 1) / batch(size));
  }

  /** Refuses a dataset that the loss cannot serve. */
  public void require(Dataset data) {
    new StudentKind(minimizing(), data).require();
  }

  /**
   * What the students of so many seeds take while they learn.
   *
   * @param data a dataset of the columns that they learn from
   * @param size steps of the whole
   */
  public PopulationMemory memory(Dataset data, int size, int seeds) {
    return PopulationMemory.of(
        into(),
        NetworkPolicy.shape(data.observations()),
        Output.width(outputs(data)),
        Math.multiplyExact(members(), seeds),
        isShared() ? Rows.SHARED : Rows.PER_MEMBER,
        batch(size),
        size,
        Students.Where.best(into(), minimizing(), data) == Students.Where.DEVICE);
  }

  /**
   * Trains the students.
   *
   * @param data what they learn from
   * @param seed of the ensemble; members have seeds of their own below it
   * @param session its curve has the columns {@code loss} and {@code agreement}, means over an
   *     epoch for each member; agreement is the share of steps at which student and teacher prefer
   *     the same choice (NaN for continuous actions)
   */
  public Ensemble run(Dataset data, long seed, Session session) {
    return run(data, new long[] {seed}, session).get(0);
  }

  /**
   * Trains the students of several ensembles as one population.
   *
   * @param data what they learn from
   * @param seeds one an ensemble; the ensemble of a seed is, bit for bit, the one that it is alone
   * @param session its curve has members that are counted through all ensembles, from 0
   * @return the ensembles in the order of the seeds
   */
  public List<Ensemble> run(Dataset data, long[] seeds, Session session) {
    require(data);
    memory(data, data.size(), seeds.length).require("distill");
    return run(data, seeds, session, Students.Where.best(into(), minimizing(), data));
  }

  /** The same wherever it is said. */
  List<Ensemble> run(Dataset data, long[] seeds, Session session, Students.Where where) {
    long[] all = LongStream.range(0, (long) seeds.length * members()).toArray();
    try (Team<Students> team =
        Team.of(
            groups(data, seeds.length, where),
            all,
            session.resumed(),
            some -> new Students(this, data, own(some, seeds), orders(some, seeds), where))) {
      long total = updates(data.size());
      for (long update = update(team); update < total; update = update(team)) {
        team.each(students -> students.epoch(session));
        record(team, session.curve());
        session.boundary(update(team), team::save);
      }
      return ensembles(data, team.members(Students::parameters));
    }
  }

  /**
   * How many students each group has. On a device all are one group. Elsewhere those that share an
   * order, and a student alone, whose product is another one, share a group with no other seed.
   */
  private int[] groups(Dataset data, int seeds, Students.Where where) {
    if (where == Students.Where.DEVICE) {
      return new int[] {seeds * members()};
    }
    int batch = batch(data.size());
    if (!isShared() && members() > 1) {
      return Groups.of(into(), seeds * members(), batch);
    }
    int[] one = Groups.of(into(), members(), batch);
    int[] all = new int[seeds * one.length];
    Arrays.setAll(all, group -> one[group % one.length]);
    return all;
  }

  boolean isShared() {
    return order() == Order.SHARED;
  }

  /** The seeds of some students, each named by its ensemble's seed and its place in it. */
  private long[] own(long[] some, long[] seeds) {
    return Arrays.stream(some)
        .map(
            student ->
                RandomStream.of(ensemble(student, seeds), "student", student % members())
                    .nextLong())
        .toArray();
  }

  /** What names the order of each student; one for all where all have the same. */
  private long[] orders(long[] some, long[] seeds) {
    if (!isShared()) {
      return own(some, seeds);
    }
    long[] orders = Arrays.stream(some).map(student -> ensemble(student, seeds)).toArray();
    return Arrays.stream(orders).distinct().count() == 1 ? new long[] {orders[0]} : orders;
  }

  private long ensemble(long student, long[] seeds) {
    return seeds[(int) (student / members())];
  }

  private static long update(Team<Students> team) {
    return team.groups().get(0).update();
  }

  private static void record(Team<Students> team, Curve curve) {
    long update = update(team);
    List<Double> losses = team.members(Students::loss);
    List<Double> agreements = team.members(Students::agreement);
    for (int member = 0; member < losses.size(); member++) {
      curve.add(update, member, losses.get(member), agreements.get(member));
    }
  }

  private List<Ensemble> ensembles(Dataset data, List<float[]> parameters) {
    List<Ensemble> ensembles = new ArrayList<>();
    for (int first = 0; first < parameters.size(); first += members()) {
      List<NetworkPolicy> students = new ArrayList<>();
      for (int member = 0; member < members(); member++) {
        students.add(student(data, member, parameters.get(first + member)));
      }
      ensembles.add(new Ensemble("ensemble of " + members(), students));
    }
    return ensembles;
  }

  /** Outputs of each student. */
  public List<Output> outputs(Dataset data) {
    return new StudentKind(minimizing(), data).outputs();
  }

  private NetworkPolicy student(Dataset data, int member, float[] parameters) {
    return new NetworkPolicy(
            "student " + member,
            data.observations(),
            new StudentKind(minimizing(), data).distribution(),
            new Blueprint(
                into(), NetworkPolicy.shape(data.observations()), outputs(data), Trunk.SHARED),
            parameters,
            Optional.empty())
        .made(data.origin());
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
