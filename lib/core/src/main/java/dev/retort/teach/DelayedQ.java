package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.prior.QPrior;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.util.Arrays;
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
  /** What learns: take a best action, add a sample, attempt an update when there are enough. */
  private final class Learning extends TabularLearner {
    private final Attempts[] attempts = new Attempts[members];

    Learning(Env env, long[] seeds) {
      super(DelayedQ.this, env, seeds);
      for (int member = 0; member < members; member++) {
        Attempts own = new Attempts();
        attempts[member] = own;
        state.part("attempts" + member, own::save, own::restore);
      }
    }

    @Override
    int choose(int member, int state) {
      return greedy(member, state);
    }

    @Override
    void update(int member, int state, int action, Session session) {
      QTable table = table(member);
      double sample = reward(member) + gamma() * future(member);
      Finite.require(sample, member, "sample of a value", step);
      Attempts own = attempts[member];
      own.grow(table.states() * table.actions());
      int pair = state * table.actions() + action;
      table.set(state, action, table.value(state, action), table.visits(state, action) + 1);
      if (own.learns[pair]) {
        // U(s, a) ← U(s, a) + r + γ (1 − terminated) max_a' Q(s', a')
        own.sums[pair] += sample;
        own.samples[pair]++;
        if (own.samples[pair] == m()) {
          attempt(table, own, state, action);
        }
      } else if (own.times[pair] < own.lastChange) {
        own.learns[pair] = true;
      }
    }

    private void attempt(QTable table, Attempts own, int state, int action) {
      int pair = state * table.actions() + action;
      long now = step + 1; // the paper counts time from 1
      double mean = own.sums[pair] / own.samples[pair];
      if (table.value(state, action) - mean >= 2 * epsilon1()) {
        // Q(s, a) ← U(s, a) / m + ε1,  t* ← t
        table.set(state, action, mean + epsilon1(), table.visits(state, action));
        own.lastChange = now;
      } else if (own.times[pair] >= own.lastChange) {
        own.learns[pair] = false;
      }
      // t(s, a) ← t,  U(s, a) ← 0
      own.times[pair] = now;
      own.sums[pair] = 0;
      own.samples[pair] = 0;
    }
  }

  /** What one member remembers of each state and action beside its value, {@code (pairs)}. */
  private static final class Attempts {
    /** U, the sum of the samples since the last attempt. */
    private double[] sums = {};

    /** l, how many samples there are since the last attempt. */
    private long[] samples = {};

    /** t, the time of the last attempt. */
    private long[] times = {};

    /** LEARN, whether samples are taken. */
    private boolean[] learns = {};

    /** t*, the time of the last change of a value. */
    private long lastChange;

    /** Makes room for pairs that are new. */
    void grow(int pairs) {
      int from = learns.length;
      if (pairs > from) {
        int room = Math.max(pairs, 2 * from);
        sums = Arrays.copyOf(sums, room);
        samples = Arrays.copyOf(samples, room);
        times = Arrays.copyOf(times, room);
        learns = Arrays.copyOf(learns, room);
        Arrays.fill(learns, from, room, true);
      }
    }

    Tensors save() {
      return new Tensors()
          .put("sums", sums.clone())
          .put("samples", samples.clone())
          .put("times", times.clone())
          .put("learns", learns)
          .put("last-change", new long[] {lastChange});
    }

    void restore(Tensors saved) {
      sums = saved.doubles("sums").clone();
      samples = saved.longs("samples").clone();
      times = saved.longs("times").clone();
      learns = saved.flags("learns");
      lastChange = saved.longs("last-change")[0];
    }
  }

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
    return new Learning(env, seeds);
  }

  @Override
  public String toString() {
    return FreshTable.text(this);
  }
}
