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
import dev.retort.nn.Torso;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Switch;
import dev.retort.option.Type;
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
 * mean A} ({@link ActionValues}); with {@code prioritised} on, surprising transitions are replayed
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
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("dqn");

  /** Which network chooses the action that the target network values. */
  public enum Target {
    /** The target network chooses and values. */
    SINGLE,
    /** The online network chooses, the target network values. */
    DOUBLE
  }

  static final Experience EXPERIENCE =
      Experience.in(
          OPTIONS, new Experience.Defaults(50_000, 0.0023, 0.99, 50_000, 1_000, 256, 128, 64));
  static final Option<Architecture> NETWORK =
      OPTIONS.option(
          "network",
          Architecture.type(),
          Mlp.of(256, 256).activation(Activation.RELU),
          "",
          "the network of action values");
  static final Option<Target> TARGET =
      OPTIONS.option(
          "target",
          Type.choice(Target.class),
          Target.DOUBLE,
          "",
          "who chooses the next action in the target");
  static final Option<Switch> DUELING =
      OPTIONS.option(
          "dueling",
          Type.choice(Switch.class),
          Switch.OFF,
          "",
          "whether value and advantage are apart");
  static final Option<Switch> PRIORITISED =
      OPTIONS.option(
          "prioritised",
          Type.choice(Switch.class),
          Switch.OFF,
          "",
          "whether surprise is replayed more often");
  static final Option<Double> PRIORITY_EXPONENT =
      OPTIONS.real("priority-exponent", 0.6, 0, 1, "", "α, how much surprise counts");
  static final Option<Schedule> PRIORITY_CORRECTION =
      OPTIONS.option(
          "priority-correction",
          Schedule.type(),
          new Schedule(0.4, 1),
          "",
          "β, how much of the bias is taken back");
  static final Option<Long> TARGET_EVERY =
      OPTIONS.whole(
          "target-every",
          128,
          1,
          "updates",
          "how many lie between two steps of the target network");
  static final Option<Double> TARGET_RATE =
      OPTIONS.real(
          "target-rate", 1, 0, 1, "", "how far the target network moves in a step: 1 copies");
  static final Option<Double> EXPLORE_UNTIL =
      OPTIONS.real(
          "explore-until",
          0.16,
          0,
          1,
          "part of training",
          "when exploration has fallen to its end");
  static final Option<Double> EPSILON =
      OPTIONS.real("epsilon", 0.04, 0, 1, "", "share of random actions at the end of exploration");
  static final Option<Double> MAX_NORM =
      OPTIONS.real("max-norm", 10, 0, Double.MAX_VALUE, "", "where the gradient's norm is clipped");

  static final Coaching COACHING = Coaching.in(OPTIONS);

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

  /** The network of action values. */
  public Dqn network(Architecture network) {
    return with(settings.with(NETWORK, network));
  }

  /** Who chooses the next action in the target. */
  public Dqn target(Target target) {
    return with(settings.with(TARGET, target));
  }

  /** Value and advantages apart: {@code Q = V + A − mean A}. */
  public Dqn dueling() {
    return with(settings.with(DUELING, Switch.ON));
  }

  /** Replay by priority, at its defaults. */
  public Dqn prioritised() {
    return with(settings.with(PRIORITISED, Switch.ON));
  }

  /** Replay by priority, with its exponent α and the schedule of its correction β. */
  public Dqn prioritised(double exponent, Schedule correction) {
    return with(
        prioritised()
            .settings
            .with(PRIORITY_EXPONENT, exponent)
            .with(PRIORITY_CORRECTION, correction));
  }

  /** α of replay by priority, where it is on. */
  Optional<Double> priorityExponent() {
    return get(PRIORITISED) == Switch.ON ? Optional.of(get(PRIORITY_EXPONENT)) : Optional.empty();
  }

  /**
   * The target network moves by {@code Q⁻ ← (1 − rate) Q⁻ + rate Q} after every so many updates; a
   * rate of 1 copies.
   */
  public Dqn targetUpdate(int everyUpdates, double rate) {
    return with(settings.with(TARGET_EVERY, (long) everyUpdates).with(TARGET_RATE, rate));
  }

  /**
   * The part of training after which exploration has fallen to its end, and the share of random
   * actions there.
   */
  public Dqn exploration(double until, double epsilon) {
    return with(settings.with(EXPLORE_UNTIL, until).with(EPSILON, epsilon));
  }

  /** Where the gradient's norm is clipped. */
  public Dqn maxNorm(double norm) {
    return with(settings.with(MAX_NORM, norm));
  }

  @Override
  public Experience experience() {
    return EXPERIENCE;
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
    if (get(EXPERIENCE.warmUp()) >= steps()) {
      throw new RetortException(
          "dqn: expected a warm-up of fewer steps than the %s of training, got %s. Say .warmUp(%s), or train longer."
              .formatted(steps(), get(EXPERIENCE.warmUp()), Math.max(1, steps() / 10)));
    }
    if (get(EXPERIENCE.memory()) < get(EXPERIENCE.batch())) {
      throw new RetortException(
          "dqn: expected a memory of at least one batch of %s transitions, got %s."
              .formatted(get(EXPERIENCE.batch()), get(EXPERIENCE.memory())));
    }
    if (guidance.isPresent()) {
      if (get(EXPERIENCE.normalising().observations()) == Switch.ON
          || get(EXPERIENCE.normalising().rewards()) == Switch.ON) {
        throw new RetortException(
            "dqn: expected observations and rewards as they are where solved tasks are drawn on, got normalised ones. Leave normalised() out.");
      }
      guidance.get().require(env, get(EXPERIENCE.gamma()), get(NETWORK));
      boolean setsWeights =
          guidance.get() instanceof WarmStart
              || (guidance.get() instanceof DqInit init && init.pretraining() > 0);
      if (setsWeights && get(DUELING) == Switch.ON) {
        throw new RetortException(
            "dqn: expected plain values where weights are given, got dueling ones. Leave dueling() out.");
      }
    }
  }

  @Override
  public Optional<Budget> budget(Env env) {
    return Optional.of(
        new Budget(
            get(NETWORK),
            new ActionValues((Discrete) env.actions(), get(DUELING) == Switch.ON).outputs(),
            Torso.SHARED,
            1,
            steps(),
            settings.whole(EXPERIENCE.batch()),
            Math.max(0, steps() - get(EXPERIENCE.warmUp()))
                / get(EXPERIENCE.trainEvery())
                * get(EXPERIENCE.updates())));
  }

  @Override
  public List<Policy> train(Env env, long[] seeds, Session session) {
    return Population.train(
        this,
        Groups.of(get(NETWORK), seeds.length, settings.whole(EXPERIENCE.batch())),
        COACHING,
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
