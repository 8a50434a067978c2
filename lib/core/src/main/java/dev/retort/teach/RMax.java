package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.prior.QPrior;
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
 * <p>Departures from the papers are listed in {@code docs/departures.md}.
 *
 * @param settings what is set
 * @param prior what unknown pairs are worth
 */
public record RMax(Settings settings, Optional<QPrior> prior) implements Tabular<RMax> {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("rMax").including(TABLE)
      .standard(STEPS, 20_000L).standard(GAMMA, FreshTable.BELOW_ONE, 0.95).standard(INITIAL, FreshTable.OPTIMISTIC, Double.POSITIVE_INFINITY);

  static final Option<Long>   M         = OPTIONS.whole("m", 5L).from(1).in("visits").says("visits that make a state and an action known");
  static final Option<Double> TOLERANCE = OPTIONS.real("tolerance", 1e-6).from(1e-12).says("distance of values from those of the model");

  /** Visits that make a state and an action known. */
  public RMax m(long visits) { return with(M, visits); }
  public long m() { return get(M); }

  /** Distance of values from those of the model, at most. */
  public RMax tolerance(double distance) { return with(TOLERANCE, distance); }
  public double tolerance() { return get(TOLERANCE); }
  // spotless:on

  /** R-Max at its defaults. */
  public RMax() {
    this(OPTIONS.standard(), Optional.empty());
  }

  @Override
  public String name() {
    return "R-Max";
  }

  @Override
  public RMax with(Settings other, Optional<QPrior> solved) {
    return new RMax(other, solved);
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return new RMaxLearner(this, env, seeds);
  }

  @Override
  public String toString() {
    return FreshTable.text(this);
  }
}
