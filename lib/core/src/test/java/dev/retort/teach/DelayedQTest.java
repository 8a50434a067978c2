package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.grid.FrozenLake;
import dev.retort.policy.Policy;
import dev.retort.policy.TabularPolicy;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelayedQTest {
  private static final Session SESSION = Session.unwatched("return", "length");

  /** What is saved of a learner after so many steps, fewer than it takes at once. */
  private static Learner after(long steps, DelayedQ learning, Env env) {
    Learner learner = learning.steps(steps).learner(env, new long[] {0});
    learner.iterate(SESSION);
    assertThat(learner.step).isEqualTo(steps);
    return learner;
  }

  private static QTable table(Learner learner) {
    return ((TabularPolicy) learner.policy(0)).table();
  }

  private static void values(Learner learner, double... expected) {
    for (int state = 0; state < expected.length; state++) {
      assertThat(table(learner).value(state, 0)).isCloseTo(expected[state], within(1e-12));
    }
  }

  private static Tensors attempts(Learner learner) {
    return learner.state.save().part("attempts0");
  }

  @Test
  void updatesAreAttemptedAsComputedByHand() {
    // Two scenes, of which the second pays 1: Q begins at 2 in both.
    Env play = new Play(new int[] {0, 1}, new double[] {0, 1}, 10);
    DelayedQ learning = new DelayedQ().gamma(0.5).m(2).epsilon1(0.1);
    values(after(2, learning, play), 2, 2);
    values(after(3, learning, play), 1.1, 2); // (2/2 + 2/2) / 2 + 0.1
    values(after(4, learning, play), 1.1, 1.1); // (1 + 1) / 2 + 0.1
    assertThat(attempts(after(4, learning, play)).longs("last-change")).containsExactly(4);
    values(after(6, learning, play), 1.1, 1.1);
    assertThat(attempts(after(6, learning, play)).doubles("sums")).startsWith(0.55, 1);
    values(after(7, learning, play), 0.65, 1.1); // 1.1/2 + 0.1
    // The second scene's sample fails to lower it, but a value has changed since its last attempt.
    Tensors eighth = attempts(after(8, learning, play));
    assertThat(eighth.flags("learns")).startsWith(true, true);
    assertThat(eighth.longs("times")).startsWith(7, 8);
    Tensors eleventh = attempts(after(11, learning, play));
    assertThat(eleventh.flags("learns")).startsWith(false, true);
    Tensors twelfth = attempts(after(12, learning, play));
    assertThat(twelfth.flags("learns")).startsWith(false, false);
    assertThat(twelfth.longs("times")).startsWith(11, 12);
    assertThat(twelfth.longs("last-change")).containsExactly(7);
    values(after(100, learning, play), 0.65, 1.1);
    assertThat(attempts(after(100, learning, play)).longs("samples")).startsWith(0, 0);
  }

  @Test
  void whatStoppedLearningTakesItUpAgainWhenAValueHasChanged() {
    // Without a future a sample is its reward; values begin at 1.
    Env play = new Play(new int[] {0, 1, 0, 0}, new double[] {0.9, 0, 0, 0}, 10);
    DelayedQ learning = new DelayedQ().gamma(0).m(1).epsilon1(0.1);
    assertThat(attempts(after(2, learning, play)).flags("learns")).startsWith(false, true);
    values(after(2, learning, play), 1, 0.1);
    assertThat(attempts(after(3, learning, play)).flags("learns")).startsWith(true, true);
    values(after(3, learning, play), 1, 0.1); // the step that wakes it is no sample
    values(after(4, learning, play), 0.1, 0.1);
  }

  @Test
  void aTruncatedEpisodeBootstrapsATerminatedOneDoesNot() {
    DelayedQ learning = new DelayedQ().gamma(0.5).m(1).epsilon1(0.1);
    // 2 -> 1 + 0.1 -> 0.55 + 0.1 -> 0.325 + 0.1 -> 0.2125 + 0.1, and then it falls too little.
    Env truncated = new Play(new int[] {0, 0}, new double[] {0, 0}, 1);
    values(after(50, learning, truncated), 0.3125);
    Env terminated = new Play(new int[] {0}, new double[] {0}, 1);
    values(after(50, learning, terminated), 0.1);
  }

  @Test
  void aWalkIsLearnedToWithinTheMargin() {
    DelayedQ learning = new DelayedQ().gamma(0.9).m(1).epsilon1(0.001).steps(4_000);
    QTable table = train(learning, new Walk(6, 30), 1).get(0).table();
    for (int cell = 0; cell < 5; cell++) {
      int state = table.find(new float[] {cell}, 0);
      double exact = Math.pow(0.9, 4 - cell);
      assertThat(table.value(state, 1)).isBetween(exact, exact + 0.002 / (1 - 0.9));
      assertThat(table.value(state, 1)).isGreaterThan(table.value(state, 0));
    }
  }

  private static List<TabularPolicy> train(DelayedQ learning, Env env, long... seeds) {
    List<Policy> policies = learning.train(env, seeds, Session.unwatched(learning.columns()));
    return policies.stream().map(TabularPolicy.class::cast).toList();
  }

  @Test
  void membersShareNothing() {
    DelayedQ learning = new DelayedQ().steps(3_000).m(2);
    List<TabularPolicy> together = train(learning, new FrozenLake(), 4, 5, 4);
    double[] alone = train(learning, new FrozenLake(), 5).get(0).table().save().doubles("values");
    assertThat(together.get(1).table().save().doubles("values")).containsExactly(alone);
    assertThat(together.get(0).table().save().doubles("values"))
        .containsExactly(together.get(2).table().save().doubles("values"))
        .isNotEqualTo(alone);
  }

  @Test
  void aLearnerThatIsRestoredGoesOnExactly() {
    DelayedQ learning = new DelayedQ().steps(900).m(2);
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
    assertThat(Algorithm.of("delayed-q")).isEqualTo(new DelayedQ());
    assertThat(Retort.delayedQ().set("epsilon-1", "0.01")).isEqualTo(new DelayedQ().epsilon1(0.01));
    Policy policy = train(new DelayedQ().steps(10), new FrozenLake(), 1).get(0);
    assertThat(policy.toString()).startsWith("Delayed-Q: a table of ");
    assertThatThrownBy(() -> new DelayedQ().require(Retort.env("CartPole")))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("delayedQ: expected finitely many observations, got CartPole");
    assertThatThrownBy(() -> new DelayedQ().gamma(1)).isInstanceOf(RetortException.class);
  }
}
