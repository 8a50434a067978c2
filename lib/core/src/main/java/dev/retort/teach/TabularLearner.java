package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.policy.TabularPolicy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.util.Locale;

/**
 * A learner of tables, one each member, each in one environment: see a state, choose, act, update.
 * How is chosen and what is updated is the algorithm's.
 */
abstract class TabularLearner extends Learner {
  /** Environment steps between two boundaries. */
  private static final int BLOCK = 100;

  /** With so many states, of which almost all were met once, they are no states. */
  private static final int MANY = 10_000;

  private static final double ALMOST_ALL = 0.9;

  private final Tabular<?> algorithm;
  private final FreshTable fresh;
  private final Discrete choices;
  private final QTable[] tables;
  private final int atFirst;
  private final RandomStreams exploration;

  /**
   * Tables in which nothing is learned yet.
   *
   * @param seeds one a member
   */
  TabularLearner(Tabular<?> algorithm, Env env, long[] seeds) {
    super(env, seeds);
    this.algorithm = algorithm;
    this.fresh = FreshTable.of(algorithm);
    this.choices = (Discrete) env.actions();
    this.tables = new QTable[members];
    for (int member = 0; member < members; member++) {
      tables[member] = fresh.of(env);
    }
    this.atFirst = tables[0].states();
    this.exploration = RandomStreams.of(seeds, "exploration");
    state
        .longs("exploration", exploration::states, exploration::restore)
        .part("tables", this::save, this::restore);
  }

  /** Chooses what a member does in a state. */
  abstract int choose(int member, int state);

  /** Learns from the step that a member has just taken. */
  abstract void update(int member, int state, int action, Session session);

  @Override
  protected final void iterate(Session session) {
    float[] actions = new float[members];
    int[] states = new int[members];
    for (long end = Math.min(algorithm.steps(), step + BLOCK); step < end; step++) {
      float[] seen = observe(session);
      for (int member = 0; member < members; member++) {
        states[member] = state(member, seen);
        actions[member] = choose(member, states[member]);
      }
      act(actions);
      for (int member = 0; member < members; member++) {
        update(member, states[member], (int) actions[member], session);
      }
    }
    requireThatStatesRepeat();
  }

  /** Table of a member. */
  final QTable table(int member) {
    return tables[member];
  }

  /**
   * State of a member's table that is seen; one that has not been met becomes known.
   *
   * @param observations of all members, {@code (members, obsSize)}
   */
  private int state(int member, float[] observations) {
    return fresh.state(tables[member], observations, member * obsSize);
  }

  /** Whether the step that a member has just taken ended its task. */
  final boolean isTerminated(int member) {
    return envs.terminated()[member];
  }

  /** State that followed the step that a member has just taken, where its task goes on. */
  final int next(int member) {
    return state(member, envs.nextObservations());
  }

  /** {@code (1 − terminated) max_a' Q(s', a')} after the step that a member has just taken. */
  final double future(int member) {
    return isTerminated(member) ? 0 : tables[member].best(next(member));
  }

  /** Reward of the step that a member has just taken. */
  final float reward(int member) {
    return envs.rewards()[member];
  }

  /** A random action with probability ε, otherwise a best one. */
  final int explore(int member, int state, double epsilon) {
    RandomStream random = exploration.get(member);
    return random.nextDouble() < epsilon ? random.nextInt(choices.n()) : greedy(member, state);
  }

  /** A best action, each of equals as often. */
  final int greedy(int member, int state) {
    QTable table = tables[member];
    double best = table.best(state);
    int chosen = 0;
    int equals = 0;
    for (int action = 0; action < choices.n(); action++) {
      if (table.value(state, action) == best && exploration.get(member).nextInt(++equals) == 0) {
        chosen = action;
      }
    }
    return chosen;
  }

  /** Refuses observations that hardly ever come again. */
  private void requireThatStatesRepeat() {
    for (QTable table : tables) {
      int met = table.states() - atFirst;
      if (met > MANY && met > ALMOST_ALL * step) {
        throw new RetortException(
            String.format(
                Locale.ROOT,
                "%s: expected observations that come again, got %,d different ones in %,d steps of %s. Cut them into bins: bins(12).",
                fresh.owner(),
                met,
                step,
                env.name()));
      }
    }
  }

  @Override
  protected final Policy policy(int member) {
    return new TabularPolicy(algorithm.name(), env.observations(), choices, tables[member])
        .discounting(fresh.gamma());
  }

  private Tensors save() {
    Tensors saved = new Tensors();
    for (int member = 0; member < tables.length; member++) {
      saved.putAll(String.valueOf(member), tables[member].save());
    }
    return saved;
  }

  private void restore(Tensors saved) {
    for (int member = 0; member < tables.length; member++) {
      tables[member] = QTable.of(saved.part(String.valueOf(member)));
    }
  }

  @Override
  public final void close() {}
}
