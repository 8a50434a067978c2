package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.grid.CliffWalking;
import dev.retort.env.grid.FrozenLake;
import dev.retort.evaluate.Evaluator;
import dev.retort.policy.TabularPolicy;
import dev.retort.run.Session;
import dev.retort.solve.Model;
import dev.retort.solve.Solution;
import dev.retort.solve.ValueIteration;
import dev.retort.solve.Values;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class RMaxTest {
  private static final Session SESSION = Session.unwatched("return", "length");

  private static List<TabularPolicy> train(RMax learning, Env env, long... seeds) {
    return learning.train(env, seeds, Session.unwatched(learning.columns())).stream()
        .map(TabularPolicy.class::cast)
        .toList();
  }

  /**
   * The model that an agent has in mind, from what it saved: known pairs lead where they led, as
   * often; unknown ones earn the initial value and end.
   */
  private static Model inMind(QTable table, Tensors saved, long m) {
    int states = table.states();
    int actions = table.actions();
    double[][][] probabilities = new double[states + 1][actions][states + 1];
    double[][] rewards = new double[states + 1][actions];
    int from = 0;
    for (int pair = 0; pair < saved.ints("ways").length; pair++) {
      int state = pair / actions;
      int action = pair % actions;
      int visits = 0;
      for (int way = from; way < from + saved.ints("ways")[pair]; way++) {
        visits += saved.ints("times")[way];
        if (table.visits(state, action) == m) {
          int next = saved.ints("next")[way];
          double share = (double) saved.ints("times")[way] / m;
          probabilities[state][action][next < 0 ? states : next] = share;
          rewards[state][action] = saved.doubles("rewards")[pair] / m;
        }
      }
      assertThat(visits).isEqualTo(state < states ? (int) table.visits(state, action) : 0);
      from += saved.ints("ways")[pair];
    }
    for (int state = 0; state < states; state++) {
      for (int action = 0; action < actions; action++) {
        if (table.visits(state, action) < m) {
          probabilities[state][action][states] = 1;
          rewards[state][action] = table.initial();
        }
      }
    }
    boolean[] terminal = new boolean[states + 1];
    terminal[states] = true;
    double[] start = new double[states + 1];
    start[0] = 1;
    return Model.of(probabilities, rewards, terminal, start);
  }

  @Test
  void valuesAreThoseOfTheModelOfWhatIsKnownAtEveryTime() {
    RMax learning = new RMax().gamma(0.9).m(4).steps(1_500).tolerance(1e-9);
    Learner learner = learning.learner(new FrozenLake(), new long[] {2});
    long before = 0;
    for (int i = 0; i < 15; i++) {
      learner.iterate(SESSION);
      QTable table = ((TabularPolicy) learner.policy(0)).table();
      Tensors saved = learner.state.save().part("experiences0");
      Values exact = new ValueIteration(0.9, 1e-11, 100_000).solve(inMind(table, saved, 4));
      long known = 0;
      for (int state = 0; state < table.states(); state++) {
        for (int action = 0; action < 4; action++) {
          assertThat(table.value(state, action))
              .isCloseTo(exact.value(state, action), within(2e-9));
          assertThat(table.visits(state, action)).isLessThanOrEqualTo(4);
          known += table.visits(state, action) == 4 ? 1 : 0;
        }
      }
      assertThat(known).isGreaterThanOrEqualTo(before);
      before = known;
    }
    assertThat(before).isBetween(15L, 44L);
  }

  @Test
  void onTheCliffOneVisitIsEnoughToFindTheBestWay() {
    RMax learning = new RMax().gamma(0.95).m(1).initial(0).steps(2_500);
    TabularPolicy policy = train(learning, new CliffWalking(), 7).get(0);
    Solution exact = Retort.solve(new CliffWalking()).discount(0.95).run();
    QTable table = policy.table();
    assertThat(table.best(table.find(new float[] {36}, 0)))
        .isCloseTo(exact.values().fromStart(), within(1e-5));
    assertThat(new Evaluator(1, 0, () -> {}).evaluate(policy, new CliffWalking()).returns()[0])
        .containsExactly(-13);
  }

  @Test
  void aTruncatedEpisodeGoesOnInTheModelATerminatedOneEnds() {
    RMax learning = new RMax().gamma(0.5).m(1).steps(50);
    // Paid 1 for ever that is worth 2, and once that is worth 1.
    Env truncated = new Play(new int[] {0, 0}, new double[] {1, 1}, 1);
    Env terminated = new Play(new int[] {0}, new double[] {1}, 1);
    assertThat(train(learning.initial(5), truncated, 1).get(0).table().value(0, 0))
        .isCloseTo(2, within(1e-6));
    assertThat(train(learning.initial(5), terminated, 1).get(0).table().value(0, 0)).isEqualTo(1);
  }

  @Test
  void membersShareNothing() {
    RMax learning = new RMax().steps(2_000).m(2);
    List<TabularPolicy> together = train(learning, new FrozenLake(), 4, 5, 4);
    double[] alone = train(learning, new FrozenLake(), 5).get(0).table().save().doubles("values");
    assertThat(together.get(1).table().save().doubles("values")).containsExactly(alone);
    assertThat(together.get(0).table().save().doubles("values"))
        .containsExactly(together.get(2).table().save().doubles("values"))
        .isNotEqualTo(alone);
  }

  @Test
  void aLearnerThatIsRestoredGoesOnExactly() {
    RMax learning = new RMax().steps(900).m(3);
    long[] seeds = {1, 2};
    Learner whole = learning.learner(new FrozenLake(), seeds);
    whole.iterate(SESSION);
    whole.iterate(SESSION);
    Learner resumed = learning.learner(new FrozenLake(), seeds);
    resumed.state.restore(whole.state.save());
    for (int i = 0; i < 5; i++) {
      whole.iterate(SESSION);
      resumed.iterate(SESSION);
    }
    Resumed.same(resumed.state.save(), whole.state.save());
  }

  @Test
  void itIsKnownByNameAndAsAWord() {
    assertThat(Algorithm.of("R-Max")).isEqualTo(new RMax());
    assertThat(Algorithm.of("rmax").set("m", "3")).isEqualTo(Retort.rMax().m(3));
    assertThatThrownBy(() -> new RMax().require(Retort.env("Pendulum")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "rMax: expected an environment with discrete choices, got Pendulum with 1 number.");
    assertThatThrownBy(() -> new RMax().m(0))
        .isInstanceOf(RetortException.class)
        .hasMessage("rMax: expected a whole number of at least 1 for 'm', got '0'.");
  }
}
