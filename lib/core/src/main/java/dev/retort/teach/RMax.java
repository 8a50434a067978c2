package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.prior.QPrior;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.util.Arrays;
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
  /** In place of the state that followed, where the episode was over. */
  private static final int NOWHERE = -1;

  /**
   * What learns: take a best action, remember what came of it, and plan anew when a pair becomes
   * known. The visits in a table are those in the model, {@code m} at most.
   */
  private final class Learning extends TabularLearner {
    private final double gamma = gamma();
    private final long m = m();
    private final Experiences[] experiences = new Experiences[members];

    Learning(Env env, long[] seeds) {
      super(RMax.this, env, seeds);
      for (int member = 0; member < members; member++) {
        Experiences own = new Experiences();
        experiences[member] = own;
        state.part("experiences" + member, own::save, own::restore);
      }
    }

    @Override
    int choose(int member, int state) {
      return greedy(member, state);
    }

    @Override
    void update(int member, int state, int action, Session session) {
      QTable table = table(member);
      int next = isTerminated(member) ? NOWHERE : next(member);
      long visits = table.visits(state, action);
      if (visits == m) {
        return;
      }
      Experiences own = experiences[member];
      own.grow(table.states() * table.actions());
      own.add(state * table.actions() + action, reward(member), next);
      table.set(state, action, table.value(state, action), visits + 1);
      if (visits + 1 == m) {
        plan(table, own, session);
      }
    }

    /**
     * Sweeps over the known pairs until no value is further than the tolerance from the model's: it
     * is within {@code γ δ / (1 − γ)} after a sweep whose largest change of a value is {@code δ}.
     */
    private void plan(QTable table, Experiences own, Session session) {
      double[] best = new double[table.states()];
      Arrays.setAll(best, table::best);
      double change;
      do {
        session.check();
        change = 0;
        for (int state = 0; state < best.length; state++) {
          change = Math.max(change, sweep(table, own, state, best));
        }
      } while (gamma * change / (1 - gamma) > tolerance());
    }

    /** New values of the known pairs of one state. */
    private double sweep(QTable table, Experiences own, int state, double[] best) {
      double change = 0;
      for (int action = 0; action < table.actions(); action++) {
        if (table.visits(state, action) == m) {
          int pair = state * table.actions() + action;
          // Q(s, a) = 1/m Σ_i ( r_i + γ (1 − terminated_i) max_a' Q(s'_i, a') )
          double value = (own.rewards[pair] + gamma * own.future(pair, best)) / m;
          change = Math.max(change, Math.abs(value - table.value(state, action)));
          table.set(state, action, value, m);
        }
      }
      best[state] = table.best(state);
      return change;
    }
  }

  /** What came of each state and action of one member, {@code (pairs)}. */
  private static final class Experiences {
    /** The sum of the rewards. */
    private double[] rewards = {};

    /** The states that followed, each once. */
    private int[][] next = {};

    /** How often each of them did. */
    private int[][] times = {};

    /** Makes room for pairs that are new. */
    void grow(int pairs) {
      int from = rewards.length;
      if (pairs > from) {
        int room = Math.max(pairs, 2 * from);
        rewards = Arrays.copyOf(rewards, room);
        next = Arrays.copyOf(next, room);
        times = Arrays.copyOf(times, room);
        Arrays.fill(next, from, room, new int[0]);
        Arrays.fill(times, from, room, new int[0]);
      }
    }

    void add(int pair, double reward, int state) {
      rewards[pair] += reward;
      int ways = next[pair].length;
      int way = 0;
      while (way < ways && next[pair][way] != state) {
        way++;
      }
      if (way == ways) {
        next[pair] = Arrays.copyOf(next[pair], ways + 1);
        times[pair] = Arrays.copyOf(times[pair], ways + 1);
        next[pair][way] = state;
      }
      times[pair][way]++;
    }

    /** The sum of what the states that followed are worth. */
    double future(int pair, double[] best) {
      double sum = 0;
      for (int way = 0; way < next[pair].length; way++) {
        int state = next[pair][way];
        sum += state == NOWHERE ? 0 : times[pair][way] * best[state];
      }
      return sum;
    }

    Tensors save() {
      return new Tensors()
          .put("rewards", rewards.clone())
          .put("ways", Arrays.stream(next).mapToInt(each -> each.length).toArray())
          .put("next", Arrays.stream(next).flatMapToInt(Arrays::stream).toArray())
          .put("times", Arrays.stream(times).flatMapToInt(Arrays::stream).toArray());
    }

    void restore(Tensors saved) {
      rewards = saved.doubles("rewards").clone();
      int[] ways = saved.ints("ways");
      next = new int[ways.length][];
      times = new int[ways.length][];
      int from = 0;
      for (int pair = 0; pair < ways.length; pair++) {
        next[pair] = Arrays.copyOfRange(saved.ints("next"), from, from + ways[pair]);
        times[pair] = Arrays.copyOfRange(saved.ints("times"), from, from + ways[pair]);
        from += ways[pair];
      }
    }
  }

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
    return new Learning(env, seeds);
  }

  @Override
  public String toString() {
    return FreshTable.text(this);
  }
}
