package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.prior.QPrior;
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
 * <p>Departures from the paper are listed in {@code docs/departures.md}.
 *
 * @param settings what is set
 * @param prior what values begin at
 */
public record DelayedQ(Settings settings, Optional<QPrior> prior) implements Tabular<DelayedQ> {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("delayedQ").including(TABLE)
      .standard(GAMMA, FreshTable.BELOW_ONE, 0.95).standard(INITIAL, FreshTable.OPTIMISTIC, Double.POSITIVE_INFINITY);

  static final Option<Long>   M         = OPTIONS.whole("m", 5L).from(1).in("samples").says("samples of an update of a value");
  static final Option<Double> EPSILON_1 = OPTIONS.real("epsilon-1", 0.1).from(1e-12).says("ε1, distance of values above their samples, and half of what they fall by at least");

  /** Samples of an update of a value. */
  public DelayedQ m(long samples) { return with(M, samples); }
  public long m() { return get(M); }

  /** ε1, distance of values above their samples. */
  public DelayedQ epsilon1(double distance) { return with(EPSILON_1, distance); }
  public double epsilon1() { return get(EPSILON_1); }
  // spotless:on

  /** Delayed Q-learning at its defaults. */
  public DelayedQ() {
    this(OPTIONS.standard(), Optional.empty());
  }

  @Override
  public String name() {
    return "Delayed-Q";
  }

  @Override
  public DelayedQ with(Settings other, Optional<QPrior> solved) {
    return new DelayedQ(other, solved);
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return new DelayedQLearner(this, env, seeds);
  }

  @Override
  public String toString() {
    return FreshTable.text(this);
  }
}
