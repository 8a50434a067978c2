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
 * Delayed Q-learning: a table that begins optimistic, and that falls only when {@code m} samples
 * agree that it should.
 *
 * <p>The agent always takes a best action. Each state and action gathers samples of its value, and
 * when there are {@code m} of them at time {@code t} an update is attempted:
 *
 * <pre>
 * U(s, a) ← U(s, a) + r + γ (1 − terminated) max_a' Q(s', a')     while LEARN(s, a)
 *
 * Q(s, a) − U(s, a) / m ≥ 2 ε1 :  Q(s, a) ← U(s, a) / m + ε1,  t* ← t       the attempt succeeds
 * otherwise, and t(s, a) ≥ t*  :  LEARN(s, a) ← false                       no value has changed
 * in both cases                :  t(s, a) ← t,  U(s, a) ← 0
 * </pre>
 *
 * <p>A pair that does not learn takes it up again when it is met after some value has changed, that
 * is when {@code t(s, a) < t*}. All values begin at {@code 1 / (1 − γ)}, the largest return where
 * rewards are at most 1; set {@code initial} where yours differ. A truncated episode bootstraps;
 * only a terminated one does not.
 *
 * <p>Alexander L. Strehl, Lihong Li, Eric Wiewiora, John Langford, Michael L. Littman, "PAC
 * model-free reinforcement learning", 2006. Values that begin at what solved tasks say, {@link
 * #initializedBy}: David Abel, Yuu Jinnai, Sophie Yue Guo, George Konidaris, Michael L. Littman,
 * "Policy and value transfer in lifelong reinforcement learning", 2018.
 *
 * <p><b>Departures from the paper:</b> it has one endless stream of experience, here there are
 * episodes; {@code m} and ε1 are set by hand and not computed from the bound, which asks for far
 * more samples than a task needs; among equally good actions one is drawn, each as often.
 *
 * @param settings what is set
 * @param prior what values begin at
 */
public record DelayedQ(Settings settings, Optional<QPrior> prior) implements Algorithm {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("delayedQ");

  static final Option<Long> STEPS =
      OPTIONS.whole("steps", 100_000, 1, "environment steps", "how long each seed trains");
  static final Option<Double> GAMMA =
      OPTIONS.real("gamma", 0.95, 0, 0.999999, "", "discount factor γ");
  static final Option<Long> M =
      OPTIONS.whole("m", 5, 1, "samples", "how many an update of a value takes");
  static final Option<Double> EPSILON_1 =
      OPTIONS.real(
          "epsilon-1",
          0.1,
          1e-12,
          Double.MAX_VALUE,
          "",
          "ε1, by how much values stay above their samples, and half of what they fall by at least");
  static final Option<Double> INITIAL = FreshTable.optimism(OPTIONS);
  static final Cutting CUTTING = Cutting.in(OPTIONS, "exact", "space");
  static final Coaching COACHING = Coaching.in(OPTIONS);

  /** Delayed Q-learning at its defaults. */
  public DelayedQ() {
    this(OPTIONS.standard(), Optional.empty());
  }

  @Override
  public String name() {
    return "Delayed-Q";
  }

  @Override
  public DelayedQ with(Settings other) {
    return new DelayedQ(other, prior);
  }

  /**
   * Begins with what solved tasks say; their values must discount by this gamma. Values only fall:
   * join the tasks by {@code Aggregation.MAX}, since what begins too low stays so.
   */
  public DelayedQ initializedBy(QPrior solved) {
    return new DelayedQ(settings, Optional.of(solved));
  }

  @Override
  public Tensors inputs() {
    return FreshTable.inputs(prior);
  }

  @Override
  public DelayedQ withInputs(Tensors inputs) {
    return new DelayedQ(settings, FreshTable.prior(inputs));
  }

  @Override
  public long steps() {
    return get(STEPS);
  }

  /** How many environment steps each seed trains. */
  public DelayedQ steps(long steps) {
    return with(settings.with(STEPS, steps));
  }

  /** Discount factor γ. */
  public DelayedQ gamma(double gamma) {
    return with(settings.with(GAMMA, gamma));
  }

  /** How many samples an update of a value takes. */
  public DelayedQ m(long samples) {
    return with(settings.with(M, samples));
  }

  /** ε1, by how much values stay above their samples. */
  public DelayedQ epsilon1(double margin) {
    return with(settings.with(EPSILON_1, margin));
  }

  /** What an action is worth before it is known, where the prior knows nothing of it. */
  public DelayedQ initial(double value) {
    return with(settings.with(INITIAL, value));
  }

  /** Into how many bins each number of an observation is cut; a single count holds for all. */
  public DelayedQ bins(int... counts) {
    return with(settings.with(CUTTING.bins(), Arrays.stream(counts).boxed().toList()));
  }

  /** Where the first bins begin; the bounds of the observations, unless said. */
  public DelayedQ low(double... bounds) {
    return with(settings.with(CUTTING.low(), Arrays.stream(bounds).boxed().toList()));
  }

  /** Where the last bins end; the bounds of the observations, unless said. */
  public DelayedQ high(double... bounds) {
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
        group -> new DelayedQLearner(this, env, group));
  }

  @Override
  public String toString() {
    return FreshTable.text(settings, prior);
  }
}
