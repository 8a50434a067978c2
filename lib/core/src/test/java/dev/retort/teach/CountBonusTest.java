package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.View;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.VectorEnv;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Mlp;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountBonusTest {
  private static final Env ROOMS =
      Environments.get("FourRooms").with("rooms", 4).with("egocentric", 1).train(10);

  private static final Ppo EXPLORER =
      new Ppo().steps(1_024).hidden(8).epochs(2).exploreGo(10).countBonus(0.1).taskReward(false);

  @Test
  void bonusesCountedByHand() {
    CountBonus counts = new CountBonus(0.6, 2, 1);
    float[] obs = {1, 2, 1, 3};
    float[] action = {0, 1};
    assertThat(counts.visit(obs, 0, action, 0)).isEqualTo(0.6);
    assertThat(counts.visit(obs, 0, action, 0)).isEqualTo(0.6 / Math.sqrt(2));
    assertThat(counts.visit(obs, 0, action, 1)).as("another action").isEqualTo(0.6);
    assertThat(counts.visit(obs, 2, action, 0)).as("another observation").isEqualTo(0.6);
    assertThat(counts.visit(obs, 0, action, 0)).isCloseTo(0.6 / Math.sqrt(3), within(1e-15));
    assertThat(counts.visit(obs, 0, action, 0)).isEqualTo(0.3);
    assertThat(counts.visit(new float[] {-0f + 1, 2}, 0, new float[] {-0f}, 0))
        .as("-0 is 0")
        .isCloseTo(0.6 / Math.sqrt(5), within(1e-15));
    assertThat(counts.size()).isEqualTo(3);
  }

  @Test
  void manyPairsAreCountedAsATableCountsThem() {
    CountBonus counts = new CountBonus(1, 3, 1);
    Map<List<Float>, Integer> table = new HashMap<>();
    RandomStream random = RandomStream.of(1, "pairs");
    for (int i = 0; i < 20_000; i++) {
      float[] obs = {random.nextInt(20), random.nextInt(20), random.nextInt(5)};
      float[] action = {random.nextInt(3)};
      int n = table.merge(List.of(obs[0], obs[1], obs[2], action[0]), 1, Integer::sum);
      assertThat(counts.visit(obs, 0, action, 0)).isEqualTo(1 / Math.sqrt(n));
      if (i == 9_999) {
        Tensors saved = counts.save();
        counts = new CountBonus(1, 3, 1);
        counts.restore(saved);
      }
    }
    assertThat(counts.size()).isEqualTo(table.size()).isGreaterThan(4_000);
  }

  @Test
  void inCellsItIsCountedWhereOneCame() {
    Env line = new Line(4);
    VectorEnv envs = new VectorEnv(line, 2, copy -> RandomStream.at(copy));
    envs.reset();
    Guidance.Learners learners =
        new Guidance.Learners(null, List.of(1L), 2, 8, row -> "here", row -> "here");
    Selection second = Selection.numbers(line.observations(), List.of(1));
    CellBonus bonus = new CellBonus(0.6, 0.5, second, learners);
    float[] rewards = {1, 0};
    envs.step(new float[] {1, 0}); // the first copy is at cell 1, which the second number shows
    bonus.took(new float[8], new float[2], envs, rewards);
    assertThat(rewards).containsExactly(1.6f, 0.6f);
    envs.step(new float[] {1, 0}); // at cells 2 and 0: both show nothing there
    rewards = new float[2];
    bonus.took(new float[8], new float[2], envs, rewards);
    assertThat(rewards).containsExactly((float) (0.6 / Math.sqrt(2)), (float) (0.6 / Math.sqrt(3)));
    CellBonus other = new CellBonus(0.6, 0.5, second, learners);
    other.state().restore(bonus.state().save());
    rewards = new float[2];
    other.took(new float[8], new float[2], envs, rewards);
    assertThat(rewards).containsExactly(0.3f, (float) (0.6 / Math.sqrt(5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ppo", "td3"})
  void everyLearnerCountsInCellsAndGoesOnIdentically(String name) {
    Accompanied<?> learning = (Accompanied<?>) Algorithm.of(name);
    Algorithm cells =
        learning
            .with(learning.settings().with(Accompanied.COUNT_BONUS, 0.1))
            .with(Accompanied.COUNT_CELLS, 0.1)
            .with(Accompanied.COUNT_SEEING, View.parts("field"));
    Env world = Environments.get("Geomagnetic").train(2);
    Session session = Session.unwatched(cells.columns());
    try (Learner one = cells.learner(world, new long[] {4});
        Learner other = cells.learner(world, new long[] {8})) {
      one.iterate(session);
      other.state().restore(one.state().save());
      one.iterate(session);
      other.iterate(session);
      assertThat(other.state().save().longs("companions.countBonus.0.pairs"))
          .isEqualTo(one.state().save().longs("companions.countBonus.0.pairs"));
    }
  }

  @Test
  void aLearnerGoesOnIdenticallyAfterASave() {
    Ppo ppo = EXPLORER.taskReward(true).normalized();
    Session session = Session.unwatched(ppo.columns());
    try (Learner one = ppo.learner(ROOMS, new long[] {4, 5});
        Learner other = ppo.learner(ROOMS, new long[] {8, 9})) {
      one.iterate(session);
      other.state().restore(one.state().save());
      for (int i = 0; i < 2; i++) {
        one.iterate(session);
        other.iterate(session);
      }
      for (int member = 0; member < 2; member++) {
        assertThat(((NetworkPolicy) other.policy(member)).parameters())
            .isEqualTo(((NetworkPolicy) one.policy(member)).parameters());
        assertThat(other.column("hidden", member))
            .isEqualTo(one.column("hidden", member))
            .isPositive();
      }
      Tensors saved = one.state().save();
      assertThat(other.state().save().longs("companions.countBonus.1.pairs"))
          .isEqualTo(saved.longs("companions.countBonus.1.pairs"))
          .isNotEqualTo(saved.longs("companions.countBonus.0.pairs"));
    }
  }

  @Test
  void countsBelongToOneSeed() {
    Session session = Session.unwatched(EXPLORER.columns());
    List<Policy> both = EXPLORER.train(ROOMS, new long[] {3, 3}, session);
    assertThat(((NetworkPolicy) both.get(0)).parameters())
        .containsExactly(((NetworkPolicy) both.get(1)).parameters(), within(1e-6f));
  }

  /** A line that is walked from its left end, without any reward. */
  private record Line(int cells) implements Env {
    @Override
    public Space observations() {
      return Box.of(0, 1, cells);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return cells;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 0;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      state[0] = Math.max(0, Math.min(cells - 1, state[0] + (action[0] == 1 ? 1 : -1)));
      return 0;
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      Arrays.fill(observation, 0, cells, 0);
      observation[(int) state[0]] = 1;
    }
  }

  @Test
  void aPureExplorerGetsFartherThanChanceDoes() {
    Ppo ppo = new Ppo().network(Mlp.of()).steps(15_360).gamma(0.95).countBonus(1).taskReward(false);
    int explored = tried(ppo.learningRate(1e-2));
    int random = tried(ppo.learningRate(1e-30));
    assertThat(random).isLessThan(70);
    assertThat(explored).isGreaterThan(85);
  }

  /** How many of the hundred pairs of a line a learner meets while it learns. */
  private static int tried(Ppo ppo) {
    try (Learner learner = ppo.learner(new Line(50), new long[] {1})) {
      while (learner.step < ppo.steps()) {
        learner.iterate(Session.unwatched(ppo.columns()));
      }
      long[] pairs = learner.state().save().longs("companions.countBonus.0.pairs");
      return (int) Arrays.stream(pairs).filter(pair -> pair != 0).count();
    }
  }

  @Test
  void noRewardAtAllIsRefused() {
    assertThatThrownBy(() -> new Ppo().taskReward(false).require(ROOMS))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "ppo: expected a bonus or a teacher where the task's reward is off, got no reward at all. Say countBonus(0.1), guidedBy(kickstart(teacher)), or taskReward(true).");
  }
}
