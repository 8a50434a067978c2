package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.table.QTable;

/**
 * The algorithm of {@link QLearning}: act, and move the value of what was done. Each member has a
 * table and an environment of its own.
 */
final class QLearningLearner extends Learner {
  /** Environment steps between two boundaries. */
  private static final int BLOCK = 100;

  private final QLearning learning;
  private final Tables tables;

  QLearningLearner(QLearning learning, Env env, long[] seeds) {
    super(env, seeds);
    this.learning = learning;
    this.tables = new Tables(learning.name(), env, FreshTable.of(learning), seeds, state);
  }

  @Override
  protected void iterate(Session session) {
    float[] actions = new float[members];
    int[] states = new int[members];
    for (long end = Math.min(learning.steps(), step + BLOCK); step < end; step++) {
      float[] seen = observe(session);
      double part = (double) step / learning.steps();
      double epsilon = learning.epsilon().at(part);
      for (int member = 0; member < members; member++) {
        states[member] = tables.state(member, seen, member * obsSize);
        actions[member] = tables.explore(member, states[member], epsilon);
      }
      act(actions);
      double rate = learning.learningRate().at(part);
      for (int member = 0; member < members; member++) {
        learn(member, states[member], (int) actions[member], rate);
      }
    }
    tables.requireThatStatesRepeat(step);
  }

  private void learn(int member, int state, int action, double rate) {
    QTable table = tables.get(member);
    double future =
        envs.terminated()[member]
            ? 0
            : table.best(tables.state(member, envs.nextObservations(), member * obsSize));
    double target = envs.rewards()[member] + learning.gamma() * future;
    double change = rate * (target - table.value(state, action));
    Finite.require(change, member, "temporal difference", step);
    double visit = table.visits(state, action) + 1.0;
    table.learn(state, action, target, rate / Math.pow(visit, learning.rateDecay()));
  }

  @Override
  protected Policy policy(int member) {
    return tables.policy(member);
  }

  @Override
  public void close() {}
}
