package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.policy.TabularPolicy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Resumable;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.util.Locale;

/** The tables of a group of members, one each, and the chance by which they act. */
final class Tables {
  /** With so many states, of which almost all were met once, they are no states. */
  private static final int MANY = 10_000;

  private static final double ALMOST_ALL = 0.9;

  private final String name;
  private final Env env;
  private final FreshTable fresh;
  private final Discrete choices;
  private final QTable[] tables;
  private final int atFirst;
  private final RandomStreams exploration;

  /**
   * Tables in which nothing is learned yet.
   *
   * @param name of their policies
   * @param state receives what they have to save
   */
  Tables(String name, Env env, FreshTable fresh, long[] seeds, Resumable state) {
    this.name = name;
    this.env = env;
    this.fresh = fresh;
    this.choices = (Discrete) env.actions();
    this.tables = new QTable[seeds.length];
    for (int member = 0; member < seeds.length; member++) {
      tables[member] = fresh.of(env);
    }
    this.atFirst = tables[0].states();
    this.exploration = RandomStreams.of(seeds, "exploration");
    state
        .longs("exploration", exploration::states, exploration::restore)
        .part("tables", this::save, this::restore);
  }

  QTable get(int member) {
    return tables[member];
  }

  /** The state of a member's table that is seen; one that has not been met becomes known. */
  int state(int member, float[] observations, int at) {
    return fresh.state(tables[member], observations, at);
  }

  /** A random action with probability ε, otherwise a best one. */
  int explore(int member, int state, double epsilon) {
    RandomStream random = exploration.get(member);
    return random.nextDouble() < epsilon ? random.nextInt(choices.n()) : greedy(member, state);
  }

  /** A best action, each of equals as often. */
  int greedy(int member, int state) {
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
  void requireThatStatesRepeat(long step) {
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

  Policy policy(int member) {
    return new TabularPolicy(name, env.observations(), choices, tables[member])
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
}
