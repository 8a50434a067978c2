package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.env.Env;
import dev.retort.guidance.DqInit;
import dev.retort.guidance.Guidance;
import dev.retort.guidance.WarmStart;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Groups;
import dev.retort.nn.Mlp;
import dev.retort.nn.Trunk;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Deep Q-learning with a replay memory and a target network, by default in its double form.
 *
 * <p>After every {@code train-every} environment steps come {@code updates} gradient steps on
 * minibatches of the memory:
 *
 * <pre>
 * y = R + γⁿ (1 − terminated) Q⁻(s', argmax_a' Q(s', a'))        (double; Q⁻(s', argmax_a' Q⁻(s', a')) otherwise)
 * L = E[ huber(Q(s, a) − y) ]
 * </pre>
 *
 * <p>where {@code R} sums the rewards of {@code n-step} steps, {@code Q⁻} is a copy of {@code Q}
 * that follows behind and {@code s'} the true observation after those steps. A truncated episode
 * bootstraps; only a terminated one does not. With {@code dueling} on, values are {@code V + A −
 * mean A} ({@link ActionValues}); with {@code prioritized} on, surprising transitions are replayed
 * more often ({@link Priorities}).
 *
 * <p>Volodymyr Mnih and others, "Human-level control through deep reinforcement learning", 2015;
 * Hado van Hasselt, Arthur Guez, David Silver, "Deep reinforcement learning with double
 * Q-learning", 2015, arXiv 1509.06461.
 *
 * <p>Departures from the papers are listed in {@code docs/departures.md}. The settings of an
 * untouched {@code Dqn} are those of the RL Zoo for CartPole, in the double form.
 *
 * @param settings what is set
 * @param guidance what it is given of solved tasks, if anything
 */
public record Dqn(Settings settings, Optional<Guidance> guidance) implements OffPolicy<Dqn> {
  /** Which network chooses the action that the target network values. */
  public enum Target {
    /** The target network chooses and values. */
    SINGLE,
    /** The online network chooses, the target network values. */
    DOUBLE
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("dqn").including(EXPERIENCE)
      .standard(STEPS, 50_000L).standard(LEARNING_RATE, Schedule.constant(0.0023)).standard(MEMORY, 50_000L).standard(WARM_UP, 1_000L)
      .standard(TRAIN_EVERY, 256).standard(UPDATES, 128).standard(BATCH_SIZE, 64);

  static final Option<Architecture> NETWORK             = OPTIONS.option("network", Architecture.type(), Mlp.of(256, 256).activation(Activation.RELU)).says("network of action values");
  static final Option<Target>       TARGET              = OPTIONS.choice("target", Target.DOUBLE).says("who chooses the next action in the target");
  static final Option<Boolean>      DUELING             = OPTIONS.flag("dueling", false).says("whether value and advantage are apart");
  static final Option<Boolean>      PRIORITIZED         = OPTIONS.flag("prioritized", false).formerly("prioritised").says("whether surprise is replayed more often");
  static final Option<Double>       PRIORITY_EXPONENT   = OPTIONS.real("priority-exponent", 0.6).from(0, 1).says("α, power of surprise in the priority");
  static final Option<Schedule>     PRIORITY_CORRECTION = OPTIONS.schedule("priority-correction", new Schedule(0.4, 1)).says("β, part of the bias that is taken back");
  static final Option<Integer>      TARGET_EVERY        = OPTIONS.whole("target-every", 128).from(1).in("updates").says("distance of two steps of the target network");
  static final Option<Double>       TARGET_RATE         = OPTIONS.real("target-rate", 1).from(0, 1).says("part of the way that the target network moves in a step: 1 copies");
  static final Option<Double>       EXPLORE_UNTIL       = OPTIONS.real("explore-until", 0.16).from(0, 1).in("part of training").says("when exploration has fallen to its end");
  static final Option<Double>       EPSILON             = OPTIONS.real("epsilon", 0.04).from(0, 1).says("share of random actions at the end of exploration");
  static final Option<Double>       MAX_NORM            = OPTIONS.real("max-norm", 10).from(0).says("where the gradient's norm is clipped");

  /** Network of action values. */
  public Dqn network(Architecture network) { return with(NETWORK, network); }
  @Override public Architecture network() { return get(NETWORK); }

  /** Network that chooses the next action in the target. */
  public Dqn target(Target target) { return with(TARGET, target); }
  public Target target() { return get(TARGET); }

  /** Value and advantages apart: {@code Q = V + A − mean A}. */
  public Dqn dueling(boolean on) { return with(DUELING, on); }
  public Dqn dueling() { return dueling(true); }
  public boolean isDueling() { return get(DUELING); }

  /** Replay by priority. */
  public Dqn prioritized(boolean on) { return with(PRIORITIZED, on); }
  public Dqn prioritized() { return prioritized(true); }
  public boolean isPrioritized() { return get(PRIORITIZED); }

  /** α, power of surprise in the priority. */
  public Dqn priorityExponent(double alpha) { return with(PRIORITY_EXPONENT, alpha); }
  public double priorityExponent() { return get(PRIORITY_EXPONENT); }

  /** β, part of the priorities' bias that is taken back, over training. */
  public Dqn priorityCorrection(Schedule beta) { return with(PRIORITY_CORRECTION, beta); }
  public Schedule priorityCorrection() { return get(PRIORITY_CORRECTION); }

  /** Updates between two steps of the target network. */
  public Dqn targetEvery(int updates) { return with(TARGET_EVERY, updates); }
  public int targetEvery() { return get(TARGET_EVERY); }

  /** Step of the target network, {@code Q⁻ ← (1 − rate) Q⁻ + rate Q}; a rate of 1 copies. */
  public Dqn targetRate(double rate) { return with(TARGET_RATE, rate); }
  public double targetRate() { return get(TARGET_RATE); }

  /** Part of training after which exploration has fallen to its end. */
  public Dqn exploreUntil(double part) { return with(EXPLORE_UNTIL, part); }
  public double exploreUntil() { return get(EXPLORE_UNTIL); }

  /** Share of random actions at the end of exploration. */
  public Dqn epsilon(double share) { return with(EPSILON, share); }
  public double epsilon() { return get(EPSILON); }

  /** Where the gradient's norm is clipped. */
  public Dqn maxNorm(double norm) { return with(MAX_NORM, norm); }
  public double maxNorm() { return get(MAX_NORM); }
  // spotless:on

  /** DQN at its defaults. */
  public Dqn() {
    this(OPTIONS.standard());
  }

  /** DQN that learns from nothing but its own experience. */
  public Dqn(Settings settings) {
    this(settings, Optional.empty());
  }

  /**
   * With what solved tasks give: {@code dqInit(prior)}, {@code warmStart(policies)}, {@code
   * jumpStart(guide)} or {@code kickstart(teacher)}.
   */
  public Dqn initializedBy(Guidance given) {
    return new Dqn(
        settings, Optional.of(Given.given("dqn", "guidance such as dqInit(prior)", given)));
  }

  /** The settings that are known to learn a task, such as {@code CartPole}. */
  public static Dqn preset(String task) {
    return Presets.find("dqn", Presets.dqn(), task);
  }

  /** A perceptron with these hidden widths and rectifiers. */
  public Dqn hidden(int... widths) {
    return network(Mlp.of(widths).activation(Activation.RELU));
  }

  /** α of replay by priority, where it is on. */
  Optional<Double> priority() {
    return isPrioritized() ? Optional.of(priorityExponent()) : Optional.empty();
  }

  @Override
  public String name() {
    return "DQN";
  }

  @Override
  public Dqn with(Settings other) {
    return new Dqn(other, guidance);
  }

  @Override
  public Tensors inputs() {
    return guidance.map(Guidance::tensors).orElseGet(Tensors::new);
  }

  @Override
  public Dqn withInputs(Tensors inputs) {
    return inputs.all().isEmpty() ? new Dqn(settings) : initializedBy(Guidance.of(inputs));
  }

  @Override
  public List<String> cautions(Env env) {
    return guidance.map(given -> given.cautions(env)).orElse(List.of());
  }

  /** With a prior, also the share of decisions in which it was believed. */
  @Override
  public String[] columns() {
    String[] usual = OffPolicy.super.columns();
    if (guidance.isEmpty() || !(guidance.get() instanceof DqInit)) {
      return usual;
    }
    String[] more = Arrays.copyOf(usual, usual.length + 1);
    more[usual.length] = "believed";
    return more;
  }

  @Override
  public void require(Env env) {
    if (!(env.actions() instanceof Discrete)) {
      throw new RetortException(
          "dqn: expected an environment with discrete choices, got %s with %s."
              .formatted(env.name(), env.actions().summary()));
    }
    if (warmUp() >= steps()) {
      throw new RetortException(
          "dqn: expected a warm-up of fewer steps than the %s of training, got %s. Say .warmUp(%s), or train longer."
              .formatted(steps(), warmUp(), Math.max(1, steps() / 10)));
    }
    if (memory() < batchSize()) {
      throw new RetortException(
          "dqn: expected a memory of at least one batch of %s transitions, got %s."
              .formatted(batchSize(), memory()));
    }
    if (guidance.isPresent()) {
      if (normalizes()) {
        throw new RetortException(
            "dqn: expected observations and rewards as they are where solved tasks are drawn on, got normalized ones. Leave normalized() out.");
      }
      guidance.get().require(env, gamma(), network());
      boolean setsWeights =
          guidance.get() instanceof WarmStart
              || (guidance.get() instanceof DqInit init && init.pretraining() > 0);
      if (setsWeights && isDueling()) {
        throw new RetortException(
            "dqn: expected plain values where weights are given, got dueling ones. Leave dueling() out.");
      }
    }
  }

  @Override
  public Optional<Budget> budget(Env env) {
    return Optional.of(
        new Budget(
            network(),
            new ActionValues((Discrete) env.actions(), isDueling()).outputs(),
            Trunk.SHARED,
            1,
            steps(),
            batchSize(),
            Math.max(0, steps() - warmUp()) / trainEvery() * updates()));
  }

  @Override
  public List<Policy> train(Env env, long[] seeds, Session session) {
    return Population.train(
        this,
        Groups.of(network(), seeds.length, batchSize()),
        env,
        seeds,
        session,
        group -> new DqnLearner(this, env, group));
  }

  @Override
  public String toString() {
    return settings + guidance.map(given -> " initialised by " + given).orElse("");
  }
}
