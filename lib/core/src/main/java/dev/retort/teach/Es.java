package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.SquashedPoint;
import dev.retort.env.Env;
import dev.retort.nn.Architecture;
import dev.retort.nn.Groups;
import dev.retort.nn.Mlp;
import dev.retort.nn.Torso;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.space.Bounded;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Evolution strategies: a baseline that climbs the return without a gradient of it.
 *
 * <p>A generation is a population of {@code n} networks around the one that is learned, in pairs on
 * opposite sides of it: {@code θ + σ ε_i} and {@code θ − σ ε_i} with {@code ε_i} from a unit
 * normal. Each plays its episodes; only the ranks of their mean returns count, spread evenly from
 * −½ to ½, equals at the mean of their ranks. Then
 *
 * <pre>
 * g = 1/(n σ) Σ_i (u(θ + σ ε_i) − u(θ − σ ε_i)) ε_i          θ ← θ + Adam(g − λ θ)
 * </pre>
 *
 * <p>Networks act by their preferred choice, or by their numbers squashed into the bounds of the
 * actions. Every step of every network of a generation counts as an environment step; the
 * generation that the last step cuts short is not learned from.
 *
 * <p>Tim Salimans, Jonathan Ho, Xi Chen, Szymon Sidor, Ilya Sutskever, "Evolution strategies as a
 * scalable alternative to reinforcement learning", 2017, arXiv 1703.03864.
 *
 * <p>Departures from the paper are listed in {@code docs/departures.md}.
 */
public record Es(Settings settings) implements Algorithm {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("es");

  static final Option<Long> STEPS =
      OPTIONS.whole("steps", 500_000, 1, "environment steps", "how long each seed trains");
  static final Option<Architecture> NETWORK =
      OPTIONS.option(
          "network", Architecture.type(), Mlp.of(16, 16), "", "the network of the policy");
  static final Option<Long> POPULATION =
      OPTIONS.whole(
          "population", 32, 2, "networks", "how many a generation has, in pairs of opposites");
  static final Option<Long> EPISODES =
      OPTIONS.whole("episodes", 1, 1, "episodes", "how many each of them plays");
  static final Option<Double> SIGMA =
      OPTIONS.real(
          "sigma",
          0.1,
          1e-6,
          Double.MAX_VALUE,
          "",
          "σ, standard deviation of what the networks differ by");
  static final Option<Schedule> LEARNING_RATE =
      OPTIONS.option(
          "learning-rate", Schedule.type(), new Schedule(0.1, 0), "", "step size of Adam");
  static final Option<Double> WEIGHT_DECAY =
      OPTIONS.real(
          "weight-decay", 0, 0, Double.MAX_VALUE, "", "λ, the pull of the parameters towards zero");

  static final Coaching COACHING = Coaching.in(OPTIONS);

  /** Evolution strategies at their defaults. */
  public Es() {
    this(OPTIONS.standard());
  }

  /** The settings that are known to learn a task, such as {@code CartPole}. */
  public static Es preset(String task) {
    return Presets.find("es", Presets.es(), task);
  }

  @Override
  public String name() {
    return "ES";
  }

  @Override
  public Es with(Settings other) {
    return new Es(other);
  }

  @Override
  public long steps() {
    return get(STEPS);
  }

  /** How many environment steps each seed trains, all networks of all generations together. */
  public Es steps(long steps) {
    return with(settings.with(STEPS, steps));
  }

  /** A perceptron with these hidden widths and hyperbolic tangents. */
  public Es hidden(int... widths) {
    return network(Mlp.of(widths));
  }

  /** The network of the policy. */
  public Es network(Architecture network) {
    return with(settings.with(NETWORK, network));
  }

  /** How many networks a generation has; an even number. */
  public Es population(int networks) {
    return with(settings.with(POPULATION, (long) networks));
  }

  /** How many episodes each network plays. */
  public Es episodes(int episodes) {
    return with(settings.with(EPISODES, (long) episodes));
  }

  /** σ, the standard deviation of what the networks of a generation differ by. */
  public Es sigma(double sigma) {
    return with(settings.with(SIGMA, sigma));
  }

  /** A constant step size of Adam. */
  public Es learningRate(double rate) {
    return learningRate(Schedule.constant(rate));
  }

  /** The step size of Adam over training. */
  public Es learningRate(Schedule rate) {
    return with(settings.with(LEARNING_RATE, rate));
  }

  /** λ, the pull of the parameters towards zero. */
  public Es weightDecay(double decay) {
    return with(settings.with(WEIGHT_DECAY, decay));
  }

  @Override
  public void require(Env env) {
    if (env.actions() instanceof Group) {
      throw new RetortException(
          "es: expected an environment with discrete choices or bounded numbers as actions, got %s with %s."
              .formatted(env.name(), env.actions().summary()));
    }
    Bounded.require("es", "to scale to", env.actions(), env.name());
    if (get(POPULATION) % 2 != 0) {
      throw new RetortException(
          "es: expected an even population, pairs of opposites, got %s. Take %s."
              .formatted(get(POPULATION), get(POPULATION) + 1));
    }
  }

  /** Preferred choices of logits, or actions squashed into their bounds. */
  static Distribution distribution(Space actions) {
    return actions instanceof Discrete choices
        ? new Categorical(choices)
        : new SquashedPoint((Box) actions);
  }

  @Override
  public Optional<Budget> budget(Env env) {
    return Optional.of(
        new Budget(
            get(NETWORK),
            settings.whole(POPULATION),
            distribution(env.actions()).outputs(),
            Torso.SHARED,
            1,
            steps() / get(POPULATION),
            1,
            OptionalLong.empty()));
  }

  @Override
  public List<Policy> train(Env env, long[] seeds, Session session) {
    return Population.train(
        this,
        Groups.of(get(NETWORK), seeds.length, settings.whole(POPULATION)),
        COACHING,
        env,
        seeds,
        session,
        group -> new EsLearner(this, env, group));
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
