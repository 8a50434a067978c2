package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.policy.TabularPolicy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;

/**
 * The algorithm of {@link QLearning}: act, and move the value of what was done. Each member has a
 * table and an environment of its own.
 */
final class QLearningLearner extends Learner {
  /** Environment steps between two boundaries. */
  private static final int BLOCK = 100;

  /** With so many states, of which almost all were met once, they are no states. */
  private static final int MANY = 10_000;

  private static final double ALMOST_ALL = 0.9;

  private final QLearning learning;
  private final Discrete choices;
  private final QTable[] tables;
  private final RandomStreams exploration;

  QLearningLearner(QLearning learning, Env env, long[] seeds) {
    super(env, 1, seeds);
    this.learning = learning;
    this.choices = (Discrete) env.actions();
    this.tables = new QTable[members];
    for (int member = 0; member < members; member++) {
      tables[member] =
          new QTable(obsSize, choices.n(), learning.get(QLearning.INITIAL), learning.cut(env));
    }
    this.exploration = RandomStreams.of(seeds, "exploration");
    state
        .longs("exploration", exploration::states, exploration::restore)
        .part("tables", this::save, this::restore);
  }

  @Override
  void iterate(Session session) {
    float[] actions = new float[members];
    int[] states = new int[members];
    for (long end = Math.min(learning.steps(), step + BLOCK); step < end; step++) {
      float[] seen = observe(session);
      double part = (double) step / learning.steps();
      double epsilon = learning.get(QLearning.EPSILON).at(part);
      for (int member = 0; member < members; member++) {
        states[member] = tables[member].state(seen, member * obsSize);
        actions[member] = choose(member, states[member], epsilon);
      }
      act(actions);
      double rate = learning.get(QLearning.LEARNING_RATE).at(part);
      for (int member = 0; member < members; member++) {
        learn(member, states[member], (int) actions[member], rate);
      }
    }
    requireThatStatesRepeat();
  }

  /** A random action with probability ε, otherwise a best one, each of equals as often. */
  private int choose(int member, int state, double epsilon) {
    RandomStream random = exploration.get(member);
    if (random.nextDouble() < epsilon) {
      return random.nextInt(choices.n());
    }
    QTable table = tables[member];
    double best = table.best(state);
    int chosen = 0;
    int equals = 0;
    for (int action = 0; action < choices.n(); action++) {
      if (table.value(state, action) == best && random.nextInt(++equals) == 0) {
        chosen = action;
      }
    }
    return chosen;
  }

  private void learn(int member, int state, int action, double rate) {
    QTable table = tables[member];
    double future =
        envs.terminated()[member]
            ? 0
            : table.best(table.state(envs.nextObservations(), member * obsSize));
    double target = envs.rewards()[member] + learning.get(QLearning.GAMMA) * future;
    double change = rate * (target - table.value(state, action));
    Finite.require(change, member, "temporal difference", step);
    double visit = table.visits(state, action) + 1.0;
    table.learn(state, action, target, rate / Math.pow(visit, learning.get(QLearning.RATE_DECAY)));
  }

  private void requireThatStatesRepeat() {
    for (QTable table : tables) {
      if (table.states() > MANY && table.states() > ALMOST_ALL * step) {
        throw new RetortException(
            "qLearning: expected observations that come again, got %,d different ones in %,d steps of %s. Cut them into bins: bins(12)."
                .formatted(table.states(), step, env.name()));
      }
    }
  }

  private Tensors save() {
    Tensors saved = new Tensors();
    for (int member = 0; member < members; member++) {
      saved.putAll(String.valueOf(member), tables[member].save());
    }
    return saved;
  }

  private void restore(Tensors saved) {
    for (int member = 0; member < members; member++) {
      tables[member] = QTable.of(saved.part(String.valueOf(member)));
    }
  }

  @Override
  Policy policy(int member) {
    return new TabularPolicy(learning.name(), env.observations(), choices, tables[member]);
  }

  @Override
  public void close() {}
}
