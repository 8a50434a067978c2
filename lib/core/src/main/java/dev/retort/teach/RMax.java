package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.nn.Groups;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import dev.retort.table.Cutting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * R-Max: an agent that keeps a model of what it knows and is optimistic about the rest.
 *
 * <p>A state and an action are known once they have been tried {@code m} times. Their rewards and
 * the states that followed are then the model, and whenever a pair becomes known the values are
 * those of value iteration in it:
 *
 * <pre>
 * Q(s, a) = 1/m Σ_i ( r_i + γ (1 − terminated_i) max_a' Q(s'_i, a') )     known pairs
 * Q(s, a) = initial, or what a prior says                               all others
 * </pre>
 *
 * <p>The agent always takes a best action, so that it either earns what can be earned or gets to
 * know something. Unknown pairs are worth {@code 1 / (1 − γ)}, the largest return where rewards are
 * at most 1; set {@code initial} where yours differ. A truncated episode goes on in the model; only
 * a terminated one ends.
 *
 * <p>Ronen I. Brafman, Moshe Tennenholtz, "R-MAX: a general polynomial time algorithm for
 * near-optimal reinforcement learning", 2002; with a discount: Alexander L. Strehl, Lihong Li,
 * Michael L. Littman, "Reinforcement learning in finite MDPs: PAC analysis", 2009. Unknown pairs
 * that are worth what solved tasks say, {@link #initializedBy}: David Abel, Yuu Jinnai, Sophie Yue
 * Guo, George Konidaris, Michael L. Littman, "Policy and value transfer in lifelong reinforcement
 * learning", 2018.
 *
 * <p><b>Departures from the papers:</b> the one of 2002 is about stochastic games and plans for a
 * number of steps, here a single agent discounts; {@code m} is set by hand and not computed from a
 * bound; what is tried after a pair is known does not change the model; among equally good actions
 * one is drawn, each as often.
 *
 * @param settings what is set
 * @param prior what unknown pairs are worth
 */
public record RMax(Settings settings, Optional<QPrior> prior) implements Algorithm {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("rMax");

  static final Option<Long> STEPS =
      OPTIONS.whole("steps", 20_000, 1, "environment steps", "how long each seed trains");
  static final Option<Double> GAMMA =
      OPTIONS.real("gamma", 0.95, 0, 0.999999, "", "discount factor γ");
  static final Option<Long> M =
      OPTIONS.whole("m", 5, 1, "visits", "how many make a state and an action known");
  static final Option<Double> TOLERANCE =
      OPTIONS.real(
          "tolerance",
          1e-6,
          1e-12,
          Double.MAX_VALUE,
          "",
          "how far values may be from those of the model");
  static final Option<Double> INITIAL = FreshTable.optimism(OPTIONS);
  static final Cutting CUTTING = Cutting.in(OPTIONS, "exact", "space");
  static final Coaching COACHING = Coaching.in(OPTIONS);

  /** R-Max at its defaults. */
  public RMax() {
    this(OPTIONS.standard(), Optional.empty());
  }

  @Override
  public String name() {
    return "R-Max";
  }

  @Override
  public RMax with(Settings other) {
    return new RMax(other, prior);
  }

  /**
   * Unknown pairs are worth what solved tasks say; their values must discount by this gamma. Join
   * the tasks by {@code Aggregation.MAX}: what is worth too little is not tried.
   */
  public RMax initializedBy(QPrior solved) {
    return new RMax(settings, Optional.of(solved));
  }

  @Override
  public Tensors inputs() {
    return FreshTable.inputs(prior);
  }

  @Override
  public RMax withInputs(Tensors inputs) {
    return new RMax(settings, FreshTable.prior(inputs));
  }

  @Override
  public long steps() {
    return get(STEPS);
  }

  /** How many environment steps each seed trains. */
  public RMax steps(long steps) {
    return with(settings.with(STEPS, steps));
  }

  /** Discount factor γ. */
  public RMax gamma(double gamma) {
    return with(settings.with(GAMMA, gamma));
  }

  /** How many visits make a state and an action known. */
  public RMax m(long visits) {
    return with(settings.with(M, visits));
  }

  /** How far values may be from those of the model. */
  public RMax tolerance(double error) {
    return with(settings.with(TOLERANCE, error));
  }

  /** What an unknown action is worth, where the prior knows nothing of it. */
  public RMax initial(double value) {
    return with(settings.with(INITIAL, value));
  }

  /** Into how many bins each number of an observation is cut; a single count holds for all. */
  public RMax bins(int... counts) {
    return with(settings.with(CUTTING.bins(), Arrays.stream(counts).boxed().toList()));
  }

  /** Where the first bins begin; the bounds of the observations, unless said. */
  public RMax low(double... bounds) {
    return with(settings.with(CUTTING.low(), Arrays.stream(bounds).boxed().toList()));
  }

  /** Where the last bins end; the bounds of the observations, unless said. */
  public RMax high(double... bounds) {
    return with(settings.with(CUTTING.high(), Arrays.stream(bounds).boxed().toList()));
  }

  /** What tables say before anything is learned. */
  FreshTable fresh() {
    return FreshTable.optimistic(settings, CUTTING, get(GAMMA), INITIAL, prior);
  }

  @Override
  public void require(Env env) {
    fresh().require(env);
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
        group -> new RMaxLearner(this, env, group));
  }

  @Override
  public String toString() {
    return FreshTable.text(settings, prior);
  }
}
