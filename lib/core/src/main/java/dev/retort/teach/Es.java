package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.SquashedPoint;
import dev.retort.env.Env;
import dev.retort.nn.Architecture;
import dev.retort.nn.Groups;
import dev.retort.nn.Mlp;
import dev.retort.nn.Trunk;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.space.Bounded;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
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
public record Es(Settings settings) implements Evaluated<Es> {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("es").endingWith(EVALUATION);

  static final Option<Long>         STEPS         = OPTIONS.whole("steps", 500_000L).from(1).in("environment steps").says("length of each seed's training, all networks of all generations together");
  static final Option<Architecture> NETWORK       = OPTIONS.option("network", Architecture.type(), Mlp.of(16, 16)).says("network of the policy");
  static final Option<Integer>      POPULATION    = OPTIONS.whole("population", 32).from(2).in("networks").says("size of a generation, in pairs of opposites");
  static final Option<Integer>      EPISODES      = OPTIONS.whole("episodes", 1).from(1).in("episodes").says("episodes of each of them");
  static final Option<Double>       SIGMA         = OPTIONS.real("sigma", 0.1).from(1e-6).says("σ, standard deviation of what the networks differ by");
  static final Option<Schedule>     LEARNING_RATE = OPTIONS.schedule("learning-rate", new Schedule(0.1, 0)).says("step size of Adam");
  static final Option<Double>       WEIGHT_DECAY  = OPTIONS.real("weight-decay", 0).from(0).says("λ, pull of the parameters towards zero");

  /** Environment steps of each seed, all networks of all generations together. */
  @Override public Es steps(long steps) { return with(STEPS, steps); }
  @Override public long steps() { return get(STEPS); }

  /** Network of the policy. */
  public Es network(Architecture network) { return with(NETWORK, network); }
  public Architecture network() { return get(NETWORK); }

  /** Size of a generation, in networks; an even number. */
  public Es population(int networks) { return with(POPULATION, networks); }
  public int population() { return get(POPULATION); }

  /** Episodes of each network. */
  public Es episodes(int episodes) { return with(EPISODES, episodes); }
  public int episodes() { return get(EPISODES); }

  /** σ, standard deviation of what the networks of a generation differ by. */
  public Es sigma(double sigma) { return with(SIGMA, sigma); }
  public double sigma() { return get(SIGMA); }

  /** Step size of Adam, constant or over training. */
  public Es learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  public Es learningRate(double rate) { return learningRate(Schedule.constant(rate)); }
  public Schedule learningRate() { return get(LEARNING_RATE); }

  /** λ, pull of the parameters towards zero. */
  public Es weightDecay(double decay) { return with(WEIGHT_DECAY, decay); }
  public double weightDecay() { return get(WEIGHT_DECAY); }
  // spotless:on

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

  /** A perceptron with these hidden widths and hyperbolic tangents. */
  public Es hidden(int... widths) {
    return network(Mlp.of(widths));
  }

  @Override
  public void require(Env env) {
    if (env.actions() instanceof Group) {
      throw new RetortException(
          "es: expected an environment with discrete choices or bounded numbers as actions, got %s with %s."
              .formatted(env.name(), env.actions().summary()));
    }
    Bounded.require("es", "to scale to", env.actions(), env.name());
    if (population() % 2 != 0) {
      throw new RetortException(
          "es: expected an even population, pairs of opposites, got %s. Take %s."
              .formatted(population(), population() + 1));
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
            network(),
            population(),
            distribution(env.actions()).outputs(),
            Trunk.SHARED,
            1,
            steps() / population(),
            1,
            OptionalLong.empty()));
  }

  @Override
  public int[] groups(int members) {
    return Groups.of(network(), members, population());
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return new EsLearner(this, env, seeds);
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
