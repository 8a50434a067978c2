package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.util.Arrays;

/**
 * The algorithm of {@link RMax}: take a best action, remember what came of it, and plan anew when a
 * pair becomes known. Each member has a table, a model and an environment of its own. The visits in
 * a table are those in the model, {@code m} at most.
 */
final class RMaxLearner extends Learner {
  /** Environment steps between two boundaries. */
  private static final int BLOCK = 100;

  /** In place of the state that followed, where the episode was over. */
  private static final int NOWHERE = -1;

  private final RMax learning;
  private final Tables tables;
  private final Experiences[] experiences;

  RMaxLearner(RMax learning, Env env, long[] seeds) {
    super(env, seeds);
    this.learning = learning;
    this.tables = new Tables(learning.name(), env, FreshTable.of(learning), seeds, state);
    this.experiences = new Experiences[members];
    for (int member = 0; member < members; member++) {
      Experiences own = new Experiences();
      experiences[member] = own;
      state.part("experiences" + member, own::save, own::restore);
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

  @Override
  protected void iterate(Session session) {
    float[] actions = new float[members];
    int[] states = new int[members];
    for (long end = Math.min(learning.steps(), step + BLOCK); step < end; step++) {
      float[] seen = observe(session);
      for (int member = 0; member < members; member++) {
        states[member] = tables.state(member, seen, member * obsSize);
        actions[member] = tables.greedy(member, states[member]);
      }
      act(actions);
      for (int member = 0; member < members; member++) {
        learn(member, states[member], (int) actions[member], session);
      }
    }
    tables.requireThatStatesRepeat(step);
  }

  private void learn(int member, int state, int action, Session session) {
    QTable table = tables.get(member);
    int next =
        envs.terminated()[member]
            ? NOWHERE
            : tables.state(member, envs.nextObservations(), member * obsSize);
    long visits = table.visits(state, action);
    if (visits == learning.m()) {
      return;
    }
    Experiences own = experiences[member];
    own.grow(table.states() * table.actions());
    own.add(state * table.actions() + action, envs.rewards()[member], next);
    table.set(state, action, table.value(state, action), visits + 1);
    if (visits + 1 == learning.m()) {
      plan(table, own, session);
    }
  }

  /**
   * Sweeps over the known pairs until no value is further than the tolerance from the model's: it
   * is within {@code γ δ / (1 − γ)} after a sweep whose largest change of a value is {@code δ}.
   */
  private void plan(QTable table, Experiences own, Session session) {
    double gamma = learning.gamma();
    double[] best = new double[table.states()];
    Arrays.setAll(best, table::best);
    double change;
    do {
      session.check();
      change = 0;
      for (int state = 0; state < best.length; state++) {
        change = Math.max(change, sweep(table, own, state, gamma, best));
      }
    } while (gamma * change / (1 - gamma) > learning.tolerance());
  }

  /** New values of the known pairs of one state. */
  private double sweep(QTable table, Experiences own, int state, double gamma, double[] best) {
    long m = learning.m();
    double change = 0;
    for (int action = 0; action < table.actions(); action++) {
      if (table.visits(state, action) == m) {
        int pair = state * table.actions() + action;
        double value = (own.rewards[pair] + gamma * own.future(pair, best)) / m;
        change = Math.max(change, Math.abs(value - table.value(state, action)));
        table.set(state, action, value, m);
      }
    }
    best[state] = table.best(state);
    return change;
  }

  @Override
  protected Policy policy(int member) {
    return tables.policy(member);
  }

  @Override
  public void close() {}
}
