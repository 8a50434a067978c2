package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.util.Arrays;

/**
 * The algorithm of {@link DelayedQ}: take a best action, add a sample, attempt an update when there
 * are enough. Each member has a table and an environment of its own.
 */
final class DelayedQLearner extends Learner {
  /** Environment steps between two boundaries. */
  private static final int BLOCK = 100;

  private final DelayedQ learning;
  private final Tables tables;
  private final Attempts[] attempts;

  DelayedQLearner(DelayedQ learning, Env env, long[] seeds) {
    super(env, seeds);
    this.learning = learning;
    this.tables = new Tables(learning.name(), env, FreshTable.of(learning), seeds, state);
    this.attempts = new Attempts[members];
    for (int member = 0; member < members; member++) {
      Attempts own = new Attempts();
      attempts[member] = own;
      state.part("attempts" + member, own::save, own::restore);
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
        learn(member, states[member], (int) actions[member]);
      }
    }
    tables.requireThatStatesRepeat(step);
  }

  private void learn(int member, int state, int action) {
    QTable table = tables.get(member);
    double future =
        envs.terminated()[member]
            ? 0
            : table.best(tables.state(member, envs.nextObservations(), member * obsSize));
    double sample = envs.rewards()[member] + learning.gamma() * future;
    Finite.require(sample, member, "sample of a value", step);
    Attempts own = attempts[member];
    own.grow(table.states() * table.actions());
    int pair = state * table.actions() + action;
    table.set(state, action, table.value(state, action), table.visits(state, action) + 1);
    if (own.learns[pair]) {
      own.sums[pair] += sample;
      own.samples[pair]++;
      if (own.samples[pair] == learning.m()) {
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
    double margin = learning.epsilon1();
    if (table.value(state, action) - mean >= 2 * margin) {
      table.set(state, action, mean + margin, table.visits(state, action));
      own.lastChange = now;
    } else if (own.times[pair] >= own.lastChange) {
      own.learns[pair] = false;
    }
    own.times[pair] = now;
    own.sums[pair] = 0;
    own.samples[pair] = 0;
  }

  @Override
  protected Policy policy(int member) {
    return tables.policy(member);
  }

  @Override
  public void close() {}
}
