package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.nn.Groups;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.table.Bins;
import dev.retort.table.Cells;
import dev.retort.table.Cutting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Q-learning with a table: a value for every state that is met and each of its actions.
 *
 * <p>After every environment step
 *
 * <pre>
 * Q(s, a) ← Q(s, a) + α / N(s, a)^ω · (r + γ (1 − terminated) max_a' Q(s', a') − Q(s, a))
 * </pre>
 *
 * <p>where {@code N} counts how often the action was taken in the state, this time included. A
 * truncated episode bootstraps; only a terminated one does not. The agent takes a random action
 * with probability ε, and one of the best ones otherwise, each of equals as often. With ω above a
 * half and up to 1 and with ε above 0 the values converge to the best ones with probability 1; with
 * ω = 0 they follow at a constant pace.
 *
 * <p>States are known by all numbers of an observation exactly, or, with {@code bins}, by the cell
 * that the numbers fall into.
 *
 * <p>Christopher J. C. H. Watkins, Peter Dayan, "Q-learning", 1992; step sizes that are powers of
 * the visits: Eyal Even-Dar, Yishay Mansour, "Learning rates for Q-learning", 2003.
 */
public record QLearning(Settings settings) implements Algorithm {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("qLearning");

  static final Option<Long> STEPS =
      OPTIONS.whole("steps", 100_000, 1, "environment steps", "how long each seed trains");
  static final Option<Schedule> LEARNING_RATE =
      OPTIONS.option(
          "learning-rate",
          Schedule.type(),
          Schedule.constant(0.1),
          "",
          "α, how far a value moves towards its target");
  static final Option<Double> RATE_DECAY =
      OPTIONS.real(
          "rate-decay", 0, 0, 1, "", "ω, the power of the visits that divides the learning rate");
  static final Option<Double> GAMMA = OPTIONS.real("gamma", 0.99, 0, 1, "", "discount factor γ");
  static final Option<Schedule> EPSILON =
      OPTIONS.option(
          "epsilon",
          Schedule.type(),
          new Schedule(1, 0.05),
          "",
          "ε, share of random actions over training");
  static final Option<Double> INITIAL =
      OPTIONS.option(
          "initial",
          Type.number(),
          0.0,
          "",
          "what an action is worth before it is known; high values make curious");
  static final Cutting CUTTING = Cutting.in(OPTIONS, "exact", "space");

  static final Coaching COACHING = Coaching.in(OPTIONS);

  /** Q-learning at its defaults. */
  public QLearning() {
    this(OPTIONS.standard());
  }

  @Override
  public String name() {
    return "Q-learning";
  }

  @Override
  public QLearning with(Settings other) {
    return new QLearning(other);
  }

  @Override
  public long steps() {
    return get(STEPS);
  }

  /** How many environment steps each seed trains. */
  public QLearning steps(long steps) {
    return with(settings.with(STEPS, steps));
  }

  /** α, always the same. */
  public QLearning learningRate(double rate) {
    return learningRate(Schedule.constant(rate));
  }

  /** α over training. */
  public QLearning learningRate(Schedule rate) {
    return with(settings.with(LEARNING_RATE, rate));
  }

  /** ω, the power of the visits that divides the learning rate. */
  public QLearning rateDecay(double power) {
    return with(settings.with(RATE_DECAY, power));
  }

  /** Discount factor γ. */
  public QLearning gamma(double gamma) {
    return with(settings.with(GAMMA, gamma));
  }

  /** ε, always the same. */
  public QLearning epsilon(double epsilon) {
    return epsilon(Schedule.constant(epsilon));
  }

  /** ε over training. */
  public QLearning epsilon(Schedule epsilon) {
    return with(settings.with(EPSILON, epsilon));
  }

  /** What an action is worth before it is known. */
  public QLearning initial(double value) {
    return with(settings.with(INITIAL, value));
  }

  /** Into how many bins each number of an observation is cut; a single count holds for all. */
  public QLearning bins(int... counts) {
    return with(settings.with(CUTTING.bins(), Arrays.stream(counts).boxed().toList()));
  }

  /** Where the first bins begin; the bounds of the observations, unless said. */
  public QLearning low(double... bounds) {
    return with(settings.with(CUTTING.low(), Arrays.stream(bounds).boxed().toList()));
  }

  /** Where the last bins end; the bounds of the observations, unless said. */
  public QLearning high(double... bounds) {
    return with(settings.with(CUTTING.high(), Arrays.stream(bounds).boxed().toList()));
  }

  /** How the observations of an environment are cut; empty where they are taken as they are. */
  Optional<Cells> cut(Env env) {
    return get(CUTTING.bins()).isEmpty()
        ? Optional.empty()
        : Optional.of(
            Bins.of(
                env.observations(), get(CUTTING.bins()), get(CUTTING.low()), get(CUTTING.high())));
  }

  @Override
  public void require(Env env) {
    if (!(env.actions() instanceof Discrete)) {
      throw new RetortException(
          "qLearning: expected an environment with discrete choices, got %s with %s."
              .formatted(env.name(), env.actions().summary()));
    }
    boolean endless =
        env.observations() instanceof Box box
            && (box.low().stream().anyMatch(bound -> bound.isInfinite())
                || box.high().stream().anyMatch(bound -> bound.isInfinite()));
    if (endless && get(CUTTING.bins()).isEmpty()) {
      throw new RetortException(
          "qLearning: expected finitely many observations, got %s with %s without bounds. Cut them into bins within bounds: bins(12).low(-1).high(1)."
              .formatted(env.name(), env.observations().summary()));
    }
    if (get(CUTTING.bins()).isEmpty()
        && !(get(CUTTING.low()).isEmpty() && get(CUTTING.high()).isEmpty())) {
      throw new RetortException(
          "qLearning: expected bins with the bounds of bins, got none. Say how many: bins(12).");
    }
    cut(env);
  }

  @Override
  public Optional<Budget> budget(Env env) {
    return Optional.empty();
  }

  @Override
  public List<Policy> train(Env env, long[] seeds, Session session) {
    return Population.train(
        this,
        Groups.of(seeds.length),
        COACHING,
        env,
        seeds,
        session,
        group -> new QLearningLearner(this, env, group));
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
