package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.loss.Kl;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Groups;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.nn.PopulationMemory;
import dev.retort.nn.Rows;
import dev.retort.nn.Torso;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
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
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("distill");

  /** Whether members see minibatches in an order of their own. */
  public enum Order {
    /** Each member its own. */
    INDEPENDENT,
    /** One order for all. */
    SHARED
  }

  static final Option<Architecture> NETWORK =
      OPTIONS.option(
          "into", Architecture.type(), Mlp.of(64, 64), "", "the network of each student");
  static final Option<Long> MEMBERS =
      OPTIONS.whole("members", 10, 1, "students", "size of the ensemble");
  static final Option<Loss> LOSS =
      OPTIONS.option(
          "loss",
          Loss.type(),
          Loss.of(new Kl(1)),
          "",
          "how a student is compared with its teacher; mse for continuous actions");
  static final Option<Long> EPOCHS =
      OPTIONS.whole("epochs", 30, 1, "", "how often the dataset is learned from");
  static final Option<Long> BATCH = OPTIONS.whole("batch", 256, 1, "steps", "size of a minibatch");
  static final Option<Schedule> LEARNING_RATE =
      OPTIONS.option(
          "learning-rate", Schedule.type(), Schedule.constant(0.001), "", "step size of Adam");
  static final Option<Order> ORDER =
      OPTIONS.option(
          "order", Type.choice(Order.class), Order.INDEPENDENT, "", "whose order of minibatches");

  /** Distillation at its defaults. */
  public Distillation() {
    this(OPTIONS.standard());
  }

  /** The network of each student. */
  public Distillation network(Architecture network) {
    return new Distillation(settings.with(NETWORK, network));
  }

  /** Size of the ensemble. */
  public Distillation members(int members) {
    return new Distillation(settings.with(MEMBERS, (long) members));
  }

  /** How a student is compared with its teacher. */
  public Distillation loss(Loss loss) {
    return new Distillation(settings.with(LOSS, loss));
  }

  /** How often the dataset is learned from. */
  public Distillation epochs(int epochs) {
    return new Distillation(settings.with(EPOCHS, (long) epochs));
  }

  /** Size of a minibatch. */
  public Distillation batchSize(int size) {
    return new Distillation(settings.with(BATCH, (long) size));
  }

  /** The step size of Adam over training. */
  public Distillation learningRate(Schedule rate) {
    return new Distillation(settings.with(LEARNING_RATE, rate));
  }

  /** Whose order of minibatches. */
  public Distillation order(Order order) {
    return new Distillation(settings.with(ORDER, order));
  }

  /** How many students there will be. */
  public int members() {
    return settings.whole(MEMBERS);
  }

  /** How a student is compared with its teacher. */
  public Loss loss() {
    return settings.get(LOSS);
  }

  /** The network of each student. */
  public Architecture architecture() {
    return settings.get(NETWORK);
  }

  /** Rows of a minibatch from a dataset of {@code size} steps. */
  public int batch(int size) {
    return Math.min(settings.whole(BATCH), size);
  }

  /** How many updates a dataset of {@code size} steps takes. */
  public long updates(int size) {
    return settings.get(EPOCHS) * ((size + batch(size) - 1) / batch(size));
  }

  /** Refuses a dataset that the loss cannot serve. */
  public void require(Dataset data) {
    new StudentKind(loss(), data).require();
  }

  /**
   * What the students of so many seeds take while they learn.
   *
   * @param data a dataset of the columns that they learn from
   * @param size steps of the whole
   */
  public PopulationMemory memory(Dataset data, int size, int seeds) {
    return PopulationMemory.of(
        architecture(),
        NetworkPolicy.shape(data.observations()),
        Output.width(outputs(data)),
        Math.multiplyExact(members(), seeds),
        isShared() ? Rows.SHARED : Rows.PER_MEMBER,
        batch(size),
        size,
        Students.Where.best(architecture(), loss(), data) == Students.Where.DEVICE);
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
    return run(data, seeds, List.of(), session);
  }

  /**
   * Trains students on from where others are, a warm start: their parameters are what the new ones
   * begin with. The optimiser and the schedule of its step size begin anew.
   *
   * @param data what they learn from
   * @param first where they begin; as many students, of the same networks
   * @param seed of the order of their minibatches
   * @param session as of a fresh ensemble
   */
  public Ensemble run(Dataset data, Ensemble first, long seed, Session session) {
    require(data);
    String expected = "%s of %s".formatted(members(), words(blueprint(data)));
    NetworkPolicy one = first.members().get(0);
    String got = "%s of %s".formatted(first.members().size(), words(one.blueprint()));
    if (!got.equals(expected)) {
      throw new RetortException(
          "distill: expected students to go on from, %s, got %s.".formatted(expected, got));
    }
    List<float[]> parameters = first.members().stream().map(NetworkPolicy::parameters).toList();
    return run(data, new long[] {seed}, parameters, session).get(0);
  }

  private List<Ensemble> run(Dataset data, long[] seeds, List<float[]> first, Session session) {
    require(data);
    memory(data, data.size(), seeds.length).require("distill");
    Students.Where where = Students.Where.best(architecture(), loss(), data);
    return run(data, seeds, first, session, where);
  }

  /** The same wherever it is said. */
  List<Ensemble> run(
      Dataset data, long[] seeds, List<float[]> first, Session session, Students.Where where) {
    long[] all = LongStream.range(0, (long) seeds.length * members()).toArray();
    try (Team<Students> team =
        Team.of(
            groups(data, seeds.length, where),
            all,
            session.resumed(),
            some ->
                new Students(
                    this,
                    data,
                    own(some, seeds),
                    orders(some, seeds),
                    firsts(some, first),
                    where))) {
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
      return Groups.of(architecture(), seeds * members(), batch);
    }
    int[] one = Groups.of(architecture(), members(), batch);
    int[] all = new int[seeds * one.length];
    Arrays.setAll(all, group -> one[group % one.length]);
    return all;
  }

  boolean isShared() {
    return settings.get(ORDER) == Order.SHARED;
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

  /** What some students begin with; nothing where all are fresh. */
  private static List<float[]> firsts(long[] some, List<float[]> first) {
    return first.isEmpty()
        ? List.of()
        : Arrays.stream(some).mapToObj(student -> first.get((int) student)).toList();
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
    return new StudentKind(loss(), data).outputs();
  }

  /** What a network is, but for how its parameters began. */
  private static String words(Blueprint network) {
    return "%s from %s to %s"
        .formatted(
            network.architecture(),
            network.inputShape(),
            network.outputs().stream().map(out -> out.name() + ":" + out.size()).toList());
  }

  /** Network of each student. */
  Blueprint blueprint(Dataset data) {
    return new Blueprint(
        architecture(), NetworkPolicy.shape(data.observations()), outputs(data), Torso.SHARED);
  }

  private NetworkPolicy student(Dataset data, int member, float[] parameters) {
    return new NetworkPolicy(
            "student " + member,
            data.observations(),
            new StudentKind(loss(), data).distribution(),
            blueprint(data),
            parameters,
            Optional.empty())
        .made(data.origin());
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
