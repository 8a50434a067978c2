package dev.retort.teach;

import static dev.retort.Retort.distill;
import static dev.retort.Retort.jumpStart;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.distribution.SquashedPoint;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.evaluate.Evaluator;
import dev.retort.nn.Mlp;
import dev.retort.policy.Actor;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Residual;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is learned on top of a policy that stays as it is. */
class ResidualGuideTest {
  private static final int HORIZON = 7;

  /** A number between −1 and 1 and another from 0 to 3 move a place; what was done is written. */
  private record Lane(List<float[]> executed) implements Env {
    @Override
    public Space observations() {
      return Box.of(-30, 30, 1);
    }

    @Override
    public Box actions() {
      return new Box(List.of(-1f, 0f), List.of(1f, 3f), List.of(2));
    }

    @Override
    public int horizon() {
      return HORIZON;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 2 * random.nextDouble() - 1;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      executed.add(action.clone());
      state[0] += action[0] + (action[1] - 1.5) / 2;
      return -state[0] * state[0];
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
    }
  }

  private static final Lane LANE = new Lane(new ArrayList<>());

  /** Alternates from step to step of an episode, and goes against the place. */
  private static final Policy BASE =
      Scripted.of(
          "base",
          LANE,
          1,
          (seen, memory, action) -> {
            action[0] = alternating(memory[0]);
            action[1] = against(seen[0]);
            memory[0]++;
          });

  private static float alternating(float step) {
    return step % 2 == 0 ? 0.75f : -0.5f;
  }

  private static float against(float place) {
    return Math.min(3, Math.max(0, 1.5f - place));
  }

  private static List<Accompanied<?>> small() {
    return List.of(
        new Ppo().steps(256).hidden(8).environments(2).rollout(32).batchSize(32).epochs(2),
        new Dna().steps(256).hidden(8).environments(2).rollout(32).batchSize(32),
        new Td3().steps(120).warmUp(40).hidden(8).batchSize(8),
        new Sac().steps(120).warmUp(40).hidden(8).batchSize(8));
  }

  static List<Algorithm> learners() {
    return List.copyOf(
        small().stream().map(each -> each.guidedBy(residual(BASE).scale(0.5))).toList());
  }

  private static Session session(Algorithm algorithm) {
    return Session.unwatched(algorithm.columns());
  }

  private static float[] greedy(Policy policy, int steps) {
    float[] actions = new float[3 * 2 * steps];
    float[] step = new float[3 * 2];
    try (Actor actor = policy.actor(3)) {
      for (int row = 0; row < 3; row++) {
        actor.begin(row);
      }
      for (int t = 0; t < steps; t++) {
        actor.greedy(new float[] {t - 2f, 0.25f * t, -0.1f}, step);
        System.arraycopy(step, 0, actions, t * step.length, step.length);
      }
    }
    return actions;
  }

  @ParameterizedTest
  @MethodSource("learners")
  void beforeItLearnsItActsExactlyAsItsBase(Algorithm algorithm) {
    try (Learner learner = algorithm.learner(LANE, new long[] {5, 6})) {
      for (int member = 0; member < 2; member++) {
        assertThat(greedy(learner.given(member), 5)).isEqualTo(greedy(BASE, 5));
      }
      for (int i = 0; i < 60; i++) {
        learner.iterate(session(algorithm));
      }
      assertThat(greedy(learner.given(0), 5)).isNotEqualTo(greedy(BASE, 5));
    }
  }

  @Test
  void aRolloutTakesTheSumOfBothWithinTheBoundsAndLearnsFromItsOwn() {
    Lane lane = new Lane(new ArrayList<>());
    Ppo ppo = new Ppo().hidden(8).environments(1).rollout(32).batchSize(32);
    try (Ppo.Learning learner =
        (Ppo.Learning) ppo.guidedBy(residual(BASE).scale(0.5)).learner(lane, new long[] {3})) {
      for (int rollout = 0; rollout < 2; rollout++) {
        lane.executed.clear();
        learner.iterate(session(ppo));
        Rollout own = learner.rollout;
        for (int row = 0; row < 32; row++) {
          int step = (32 * rollout + row) % HORIZON;
          float[] base = {alternating(step), against(own.obs[row])};
          requireSum(lane.executed.get(row), base, own.actions, row);
          assertThat(own.guided[row]).isFalse();
        }
      }
    }
  }

  /** The sum of a base and half of the learner's own. */
  private static void requireSum(float[] executed, float[] base, float[] own, int row) {
    float[] low = {-1, 0};
    float[] high = {1, 3};
    for (int i = 0; i < 2; i++) {
      float sum = base[i] + own[2 * row + i] / 2;
      assertThat(executed[i])
          .as("number %s of row %s", i, row)
          .isCloseTo(Math.min(high[i], Math.max(low[i], sum)), within(1e-6f));
    }
  }

  @Test
  void aMemoryKeepsWhatTheLearnerAddedAsAPartOfHalfTheRange() {
    for (Accompanied<?> algorithm : small().subList(2, 4)) {
      Lane lane = new Lane(new ArrayList<>());
      Algorithm guided = algorithm.guidedBy(residual(BASE).scale(0.5));
      try (Learner learner = guided.learner(lane, new long[] {3})) {
        for (int i = 0; i < 100; i++) {
          learner.iterate(session(guided));
        }
        Tensors replay = learner.state().save().part("replay");
        float[] kept = replay.floats("actions");
        float[] seen = replay.floats("obs");
        float[] own = new float[2 * 100];
        for (int row = 0; row < 100; row++) {
          assertThat(kept[2 * row]).isBetween(-1f, 1f);
          own[2 * row] = kept[2 * row]; // half of −1 .. 1
          own[2 * row + 1] = 1.5f * kept[2 * row + 1]; // half of 0 .. 3
          float[] base = {alternating(row % HORIZON), against(seen[row])};
          requireSum(lane.executed.get(row), base, own, row);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void itGoesOnIdenticallyAfterASaveInMidEpisode(Algorithm algorithm) {
    try (Learner one = algorithm.learner(LANE, new long[] {4, 5});
        Learner other = algorithm.learner(LANE, new long[] {8, 9})) {
      for (int i = 0; i < 3; i++) {
        one.iterate(session(algorithm));
      }
      other.state().restore(one.state().save());
      for (int i = 0; i < 40; i++) {
        one.iterate(session(algorithm));
        other.iterate(session(algorithm));
      }
      Tensors saved = one.state().save();
      Resumed.same(other.state().save(), saved);
      float[] remembered = saved.floats("companions.guide.memory");
      assertThat(remembered)
          .hasSize(2 * one.copies)
          .containsOnly((float) (one.step / one.copies % HORIZON));
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void aMemberOfAPopulationEqualsTheMemberAlone(Algorithm algorithm) {
    List<Policy> both = algorithm.train(LANE, new long[] {4, 5}, session(algorithm));
    Policy alone = algorithm.train(LANE, new long[] {5}, session(algorithm)).get(0);
    assertThat(own(both.get(1)).parameters())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(own(alone).parameters());
  }

  private static NetworkPolicy own(Policy trained) {
    return (NetworkPolicy) ((Residual) trained).addition();
  }

  /** Stands still a little beside where it should go. */
  private static NetworkPolicy lazy() {
    return new NetworkPolicy(
        "lazy",
        new Target(5).observations(),
        new SquashedPoint((Box) new Target(5).actions()),
        Mlp.of(),
        new float[] {-0.1f, 0.3f});
  }

  private static double mean(Policy policy) {
    double[] returns = new Evaluator(50, 3, () -> {}).evaluate(policy, new Target(5)).returns()[0];
    return Arrays.stream(returns).average().orElseThrow();
  }

  @Test
  void itIsBetterThanItsBaseAndIsSavedLoadedEvaluatedAndCollectedFromAsOnePolicy() {
    Ppo ppo = new Ppo().hidden(32, 32).steps(20_000).rollout(40).batchSize(80).epochs(5).gamma(0.5);
    Ppo guided = ppo.learningRate(0.003).guidedBy(residual(lazy()).scale(0.5));
    List<Policy> trained = guided.train(new Target(5), new long[] {1, 2}, session(guided));
    List<Policy> read = PolicyFile.population(PolicyFile.tensors(trained));
    assertThat(mean(lazy())).isLessThan(-4);
    for (int member = 0; member < 2; member++) {
      Policy one = PolicyFile.of(PolicyFile.tensors(trained.get(member)));
      assertThat(one).hasToString("lazy plus 0.5 × PPO");
      assertThat(mean(trained.get(member))).isGreaterThan(-1).isEqualTo(mean(one));
      assertThat(mean(read.get(member))).isEqualTo(mean(one));
    }
    Dataset data =
        new Collector(read.get(0), new Target(5), new Behavior.Greedy(), 50, 3)
            .run(Session.unwatched("return", "length"));
    float[] base = new float[1];
    try (Actor first = lazy().actor(1);
        Actor second = own(trained.get(0)).actor(1)) {
      for (int row = 0; row < 50; row++) {
        float[] seen = {data.obs()[row]};
        first.greedy(seen, base);
        float mean = second.outputs(seen)[0];
        float sum = Math.min(4, Math.max(-4, base[0] + mean / 2));
        assertThat(data.taken()[row]).isCloseTo(sum, within(1e-5f));
      }
    }
  }

  @Test
  void aStudentLearnsWhatBothDoTogether() {
    Ppo ppo = new Ppo().hidden(8).steps(512).guidedBy(residual(lazy()));
    Policy teacher = ppo.train(new Target(5), new long[] {1}, session(ppo)).get(0);
    Dataset data =
        new Collector(teacher, new Target(5), new Behavior.Greedy(), 500, 3)
            .run(Session.unwatched("return", "length"));
    Job<? extends Policy> job =
        distill(teacher).from(data).into(mlp(16)).epochs(60).batchSize(50).seed(1).job();
    Policy student = job.execute(Session.unwatched(job.columns()));
    float[] seen = Arrays.copyOf(data.obs(), 50);
    float[] wanted = new float[50];
    float[] got = new float[50];
    float[] base = new float[50];
    try (Actor first = teacher.actor(50);
        Actor second = student.actor(50);
        Actor third = lazy().actor(50)) {
      first.greedy(seen, wanted);
      second.greedy(seen, got);
      third.greedy(seen, base);
    }
    assertThat(distance(got, wanted)).isLessThan(0.3 * distance(base, wanted));
  }

  private static double distance(float[] these, float[] those) {
    double sum = 0;
    for (int i = 0; i < these.length; i++) {
      sum += Math.abs(these[i] - those[i]) / these.length;
    }
    return sum;
  }

  @Test
  void theBaseStaysAsItIs() {
    NetworkPolicy base = lazy();
    float[] before = base.parameters();
    Td3 td3 = new Td3().steps(120).warmUp(40).hidden(8).batchSize(8).guidedBy(residual(base));
    Residual trained = (Residual) td3.train(new Target(5), new long[] {1}, session(td3)).get(0);
    assertThat(((NetworkPolicy) trained.base()).parameters()).isEqualTo(before);
  }

  @Test
  void whatCannotBeAddedToIsRefused() {
    Env cart = Environments.get("CartPole");
    Policy rule = Scripted.of("rule", cart, (seen, action) -> action[0] = 1);
    assertThatThrownBy(() -> new Ppo().guidedBy(residual(rule)).require(cart))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "residual: expected continuous actions, to which something can be added, got CartPole with 2 choices.");
    assertThatThrownBy(() -> new Dqn().guidedBy(residual(rule)).require(cart))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected continuous actions");
    Policy narrow =
        new NetworkPolicy(
            "narrow",
            new Target(5).observations(),
            new SquashedPoint(Box.of(-1, 1, 1)),
            Mlp.of(),
            new float[2]);
    assertThatThrownBy(() -> new Td3().guidedBy(residual(narrow)).require(new Target(5)))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "residual: expected a base with the bounds of Target, from [-4.0] to [4.0], got 'narrow' with those from [-1.0] to [1.0]. Take a base of this very task.");
    Ppo two = new Ppo().guidedBy(residual(lazy())).guidedBy(jumpStart(lazy()));
    assertThatThrownBy(() -> two.require(new Target(5)))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "ppo: expected residual RL as the only guidance but a warm start, got residual RL, jump-start RL.");
    assertThatThrownBy(() -> residual(lazy()).scale(0)).hasMessageContaining("'scale'");
  }
}
