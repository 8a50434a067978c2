package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Output;
import dev.retort.nn.PerceptronDifference;
import dev.retort.nn.PopulationMemory;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.run.Session;
import dev.retort.space.Perception;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Distillation of a fixed dataset into an ensemble of students: supervised learning that makes
 * policies.
 *
 * <pre>
 * for each member i: θ_i ← fresh initialization of its own seed
 * for each epoch, for each minibatch B:  θ_i ← Adam(θ_i, ∇ 1/|B| Σ_{s ∈ B} loss(π_{θ_i}(view(s)), teacher(s)))
 * </pre>
 *
 * <p>Students may see less than their teacher, {@code seeing(View.parts("position", "goal"))}; they
 * are policies for the whole observation all the same. A student with a window, {@code
 * seeing(View.window(8))}, remembers it while it acts.
 *
 * <p>All members are one population; the cost of collecting the data does not depend on how many
 * there are. By default each has its own order of minibatches; {@code order shared} saves the
 * copying, and is what joint training in published code does. The last minibatch of an epoch is
 * filled up from the beginning of the same order.
 *
 * <p>Students that are {@code centered} give {@code f_θ(s) − f_θ₀(s)}, with {@code θ₀} their own
 * parameters before the first update, in training and afterwards, so that all begin at zero and
 * their average is not spread by how they were drawn. Where logits or actions are squashed, the
 * difference is. A finished one is a perceptron twice as wide. After Yaoyu Zhang, Zhi-Qin John Xu,
 * Tao Luo and Zheng Ma, "A type of generalization error induced by initialization in deep neural
 * networks", 2019, arXiv 1905.07777, who take two networks that both learn.
 *
 * <p>Andrei A. Rusu and others, "Policy distillation", 2015, arXiv 1511.06295; ensembles after
 * Weltevrede, Zanger, Spaan, Böhmer, 2025, arXiv 2505.16581.
 */
public record Distillation(Settings settings) implements Supervised {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("distill").including(SHARED);

  public static final Option<View>    SEEING   = OPTIONS.option("seeing", View.type(), View.all()).says("what students see of an observation, or of the last ones");
  public static final Option<Boolean> CENTERED = OPTIONS.flag("centered", false).says("whether students subtract what they gave before they learned");

  /** Network of each student. */
  public Distillation into(Architecture network) { return with(INTO, network); }

  /** What students see: parts of an observation or numbers of it, or a window of the last of them. */
  public Distillation seeing(View view) { return with(SEEING, written(view)); }
  @Override public View seeing() { return settings.get(SEEING); }

  /** Size of the ensemble, in students. */
  public Distillation members(int members) { return with(MEMBERS, members); }

  /** Loss of a student against its teacher. */
  public Distillation minimizing(Loss loss) { return with(MINIMIZING, loss); }

  /** Passes over the dataset. */
  public Distillation epochs(int epochs) { return with(EPOCHS, epochs); }

  /** Size of a minibatch, in steps. */
  public Distillation batchSize(int size) { return with(BATCH_SIZE, size); }

  /** Step size of Adam, constant or over training. */
  public Distillation learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  public Distillation learningRate(double rate) { return learningRate(Schedule.constant(rate)); }

  /** Whose order of minibatches. */
  public Distillation order(Order order) { return with(ORDER, order); }

  /** Whether students, perceptrons, subtract what they gave before they learned: f − f₀. */
  public Distillation centered(boolean centered) { return with(CENTERED, centered); }
  @Override public boolean centered() { return settings.get(CENTERED); }
  // spotless:on

  /** Distillation at its defaults. */
  public Distillation() {
    this(OPTIONS.standard());
  }

  private <T> Distillation with(Option<T> option, T value) {
    return new Distillation(settings.with(option, value));
  }

  private static View written(View view) {
    if (view != null && !View.isText(view)) {
      throw new RetortException(
          "distill: expected a view by which a student can act, such as View.parts(\"position\"), got one of your own, %s. fit(network).to(data) takes it."
              .formatted(view));
    }
    return view;
  }

  /** Refuses a dataset that the loss cannot serve, and a view by which nobody can act. */
  public void require(Dataset data) {
    new Lesson(this, data).require();
    sees(data);
  }

  /** The numbers of observations that students see. */
  private Perception sees(Dataset data) {
    return seeing()
        .perception(data.observations())
        .orElseThrow(
            () ->
                new RetortException(
                    "distill: expected a view by which a student can act, such as View.parts(\"position\"), got %s, which is a window of windows. fit(network).to(data) takes it."
                        .formatted(seeing())));
  }

  /**
   * What the students of so many seeds take while they learn.
   *
   * @param data a dataset of the columns that they learn from
   * @param size steps of the whole
   */
  public PopulationMemory memory(Dataset data, int size, int seeds) {
    return Learning.memory(new Lesson(this, data), size, seeds);
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
   * begin with. The optimizer and the schedule of its step size begin anew.
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
    if (centered()) {
      throw new RetortException(
          "distill: expected fresh students where they are centered, for what they gave at first is subtracted, got students to go on from. Say centered(false).");
    }
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
    SupervisedGroup.Where where = SupervisedGroup.Where.best(new Lesson(this, data));
    return run(data, seeds, first, session, where);
  }

  /** The same wherever it is said. */
  List<Ensemble> run(
      Dataset data,
      long[] seeds,
      List<float[]> first,
      Session session,
      SupervisedGroup.Where where) {
    return run(data, seeds, first, session, where, Learning.PATIENCE);
  }

  /** The same with boundaries as often as it is said. */
  List<Ensemble> run(
      Dataset data,
      long[] seeds,
      List<float[]> first,
      Session session,
      SupervisedGroup.Where where,
      double patience) {
    List<Long> all = Arrays.stream(seeds).boxed().toList();
    Lesson lesson = new Lesson(this, data);
    Learning learning = new Learning(lesson, Optional.empty(), all, first, where, patience);
    return ensembles(
        data,
        learning.run(
            session,
            (group, member) -> new double[] {group.loss(member), group.agreement(member)}));
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
    return new Lesson(this, data).outputs();
  }

  /** What a network is, but for how its parameters began. */
  private static String words(Blueprint network) {
    return "%s from %s to %s"
        .formatted(
            network.architecture(),
            network.inputShape(),
            network.outputs().stream().map(out -> out.name() + ":" + out.size()).toList());
  }

  private Blueprint blueprint(Dataset data) {
    return new Lesson(this, data).blueprint();
  }

  private NetworkPolicy student(Dataset data, int member, float[] parameters) {
    return new NetworkPolicy(
            "student " + member,
            data.observations(),
            new StudentKind(minimizing(), data).distribution(),
            centered() ? PerceptronDifference.of(blueprint(data)) : blueprint(data),
            parameters,
            Optional.empty())
        .seeing(sees(data))
        .made(data.origin());
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
