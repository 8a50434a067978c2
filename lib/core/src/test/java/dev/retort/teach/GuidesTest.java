package dev.retort.teach;

import static dev.retort.Retort.jumpStart;
import static dev.retort.Retort.kickstart;
import static dev.retort.Retort.warmStart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.View;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.normalize.Normalization;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Scripted;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Guides and teachers of every learner of networks. */
class GuidesTest {
  private static final Env CART = Environments.get("CartPole");
  private static final Env SWING = Environments.get("Pendulum");
  private static final long[] SEEDS = {1, 2};
  private static final Ppo PPO = new Ppo().steps(2_048).hidden(16).epochs(4);

  private static final NetworkPolicy TEACHER =
      (NetworkPolicy) train(new Ppo().steps(6_144).hidden(16), CART, new long[] {7}).get(0);

  private static final Policy RULE =
      Scripted.of("rule", CART, (seen, action) -> action[0] = seen[2] + seen[3] > 0 ? 1 : 0);

  private static List<Policy> train(Algorithm algorithm, Env env, long... seeds) {
    return algorithm.train(env, seeds, Session.unwatched(algorithm.columns()));
  }

  private static float[] parameters(Algorithm algorithm, Env env) {
    return ((NetworkPolicy) train(algorithm, env, SEEDS).get(0)).parameters();
  }

  private static Curve curve(Algorithm algorithm, Env env) {
    Session session = Session.unwatched(algorithm.columns());
    algorithm.train(env, SEEDS, session);
    return session.curve();
  }

  @Test
  void aKickWithoutWeightAndAGuideWithoutStepsAreTheLearnerAlone() {
    float[] alone = parameters(PPO, CART);
    assertThat(parameters(PPO.guidedBy(kickstart(TEACHER).weight(0)), CART)).isEqualTo(alone);
    assertThat(parameters(PPO.guidedBy(jumpStart(TEACHER).horizon(0)), CART)).isEqualTo(alone);
    assertThat(parameters(PPO.guidedBy(kickstart(TEACHER)), CART)).isNotEqualTo(alone);
    assertThat(parameters(PPO.guidedBy(jumpStart(TEACHER)), CART)).isNotEqualTo(alone);
  }

  @Test
  void aTeacherIsTheSameAfterHeTaught() {
    float[] before = TEACHER.parameters();
    train(PPO.guidedBy(kickstart(TEACHER)).guidedBy(jumpStart(TEACHER)), CART, SEEDS);
    train(PPO.guidedBy(warmStart(TEACHER)).network(TEACHER.architecture()), CART, SEEDS);
    assertThat(TEACHER.parameters()).isEqualTo(before);
  }

  @Test
  void whereTheTaskPaysNothingOnlyTheTeacherIsLearned() {
    Ppo student =
        PPO.steps(8_192)
            .epochs(20)
            .taskReward(false)
            .guidedBy(kickstart(TEACHER).until(Double.POSITIVE_INFINITY));
    NetworkPolicy learned = (NetworkPolicy) train(student, CART, SEEDS).get(0);
    float[] seen = {0.02f, 0.1f, 0.03f, -0.2f, -0.5f, 0.3f, 0.05f, 0.4f};
    float[] wanted = new float[4];
    float[] got = new float[4];
    try (var teacher = TEACHER.actor(2);
        var actor = learned.actor(2)) {
      teacher.probabilities(seen, wanted);
      actor.probabilities(seen, got);
    }
    for (int i = 0; i < 4; i++) {
      assertThat(got[i]).isCloseTo(wanted[i], within(0.15f));
    }
  }

  @Test
  void labelsAreCountedAndToldInTheCurve() {
    Curve kicked = curve(PPO.guidedBy(kickstart(TEACHER).until(Double.POSITIVE_INFINITY)), CART);
    double[] queries = kicked.column("queries");
    double[] steps = kicked.column("step");
    assertThat(queries).isEqualTo(steps); // every step's state is asked for once
    double[] halved = curve(PPO.guidedBy(kickstart(TEACHER).until(0.5)), CART).column("queries");
    assertThat(halved[halved.length - 1]).isEqualTo(1_024);
  }

  @Test
  void aGuidesStepsAreStepsOfTheEnvironmentAndAreNotLearnedFrom() {
    Ppo guided = PPO.guidedBy(jumpStart(RULE).horizon(10_000).levels(1).patience(1_000));
    float[] untouched = parameters(guided, CART);
    Ppo shorter = guided.steps(256);
    assertThat(parameters(shorter, CART)).isEqualTo(untouched); // nothing was the learner's own
    Curve curve = curve(guided, CART);
    assertThat(curve.column("queries")).isEqualTo(curve.column("step"));
  }

  @Test
  void everyLearnerOfNetworksIsDrawnAndGuided() {
    Policy swing = Scripted.of("one", SWING, (seen, action) -> action[0] = 1);
    Td3 td3 = new Td3().hidden(16).steps(400).warmUp(50).batchSize(32);
    Sac sac = new Sac().hidden(16).steps(400).warmUp(50).batchSize(32);
    for (Guidance guidance :
        List.of(kickstart(swing).until(Double.POSITIVE_INFINITY).weight(10), jumpStart(swing))) {
      for (OffPolicy<?> algorithm : List.of(td3, sac)) {
        float[] alone = parameters(algorithm, SWING);
        assertThat(parameters(algorithm.guidedBy(guidance), SWING))
            .as("%s %s", algorithm.name(), guidance.name())
            .isNotEqualTo(alone);
      }
    }
    NetworkPolicy drawn =
        (NetworkPolicy)
            train(
                    td3.learningRate(0.01)
                        .guidedBy(kickstart(swing).until(Double.POSITIVE_INFINITY).weight(100)),
                    SWING,
                    SEEDS)
                .get(0);
    int angles = 24;
    float[] seen = new float[angles * 3];
    for (int i = 0; i < angles; i++) {
      seen[3 * i] = (float) Math.cos(2 * Math.PI * i / angles);
      seen[3 * i + 1] = (float) Math.sin(2 * Math.PI * i / angles);
    }
    assertThat(error(drawn, seen)).isLessThan(0.4);
    NetworkPolicy alone = (NetworkPolicy) train(td3.learningRate(0.01), SWING, SEEDS).get(0);
    assertThat(error(alone, seen)).isGreaterThan(2 * error(drawn, seen));
  }

  /** Mean distance of greedy actions from 1. */
  private static double error(Policy policy, float[] seen) {
    int rows = seen.length / 3;
    float[] actions = new float[rows];
    try (var actor = policy.actor(rows)) {
      actor.greedy(seen, actions);
    }
    double sum = 0;
    for (float action : actions) {
      sum += Math.abs(action - 1) / rows;
    }
    return sum;
  }

  @Test
  void aTeacherDemonstratesAtFirstAndIsFollowedNoMoreOnceHisReturnIsReached() {
    Dqn dqn = new Dqn().hidden(16).steps(1_000).warmUp(100).trainEvery(50).updates(10);
    Session session = Session.unwatched("return", "length", "episodes", "queries");
    dqn.guidedBy(kickstart(RULE).demonstrations(500).caughtUp(1)).train(CART, SEEDS, session);
    double[] queries = session.curve().column("queries");
    double[] steps = session.curve().column("step");
    double[] returns = session.curve().column("return");
    assertThat(returns[0]).isGreaterThan(100); // the rule plays
    assertThat(queries[queries.length - 1]).isBetween(500.0, 500.0 + 64 * 10 * 20);
    int last = queries.length - 1;
    for (int i = 1; i < queries.length; i++) {
      boolean caughtUp = steps[i] > 700; // own episodes have ended by then
      if (caughtUp && i > 2) {
        assertThat(queries[i]).isEqualTo(queries[last]);
      }
    }
  }

  @Test
  void trainingBeginsWithAPolicyAndItsValue() {
    Ppo begun = PPO.steps(256).epochs(1).learningRate(1e-9).guidedBy(warmStart(TEACHER));
    assertThat(parameters(begun, CART))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(TEACHER.parameters());
    assertThatThrownBy(() -> PPO.hidden(8).guidedBy(warmStart(TEACHER)).require(CART))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected networks mlp:8, got 'PPO' mlp:16");
  }

  @Test
  void trainingGoesOnFromThePolicysStatisticsAsIfItHadSeenWhatTheyAreOf() {
    Ppo normalized = PPO.steps(512).normalized();
    NetworkPolicy source = (NetworkPolicy) train(normalized, SWING, 3).get(0);
    Normalization carried = source.normalization().orElseThrow();
    assertThat(carried.count()).isEqualTo(512);
    Policy read = PolicyFile.population(PolicyFile.tensors(source)).get(0);
    Ppo begun = normalized.guidedBy(warmStart(read));
    begun.require(SWING);
    try (Ppo.Learning learner = (Ppo.Learning) begun.learner(SWING, SEEDS)) {
      assertThat(learner.policy(1).normalization()).contains(carried);
      assertThat(learner.policy(1).parameters()).isEqualTo(source.parameters());
      learner.iterate(Session.unwatched(begun.columns()));
      Normalization now = learner.policy(1).normalization().orElseThrow();
      assertThat(now.count()).isEqualTo(512 + 256);
      assertThat(now.tensors().doubles("mean")).isNotEqualTo(carried.tensors().doubles("mean"));
    }
  }

  @Test
  void aPolicyOfAnotherSightThanTheLearnersIsRefused() {
    Policy normalized = train(PPO.steps(256).normalized(), CART, 3).get(0);
    assertThatThrownBy(() -> PPO.guidedBy(warmStart(normalized)).require(CART))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining(
            "expected networks without normalized observations, got 'PPO' with normalized observations");
    assertThatThrownBy(() -> PPO.normalized().guidedBy(warmStart(TEACHER)).require(CART))
        .hasMessageContaining(
            "expected networks with normalized observations, got 'PPO' without normalized observations");
    assertThatThrownBy(
            () -> PPO.seeing(View.numbers(0, 2)).guidedBy(warmStart(TEACHER)).require(CART))
        .hasMessageContaining("expected networks that see numbers:0,2, got 'PPO' that see all");
    NetworkPolicy old =
        new NetworkPolicy(
            "old",
            CART.observations(),
            TEACHER.distribution(),
            TEACHER.blueprint(),
            TEACHER.parameters(),
            Optional.of(new Normalization(new double[4], new double[] {1, 1, 1, 1}, 10)));
    assertThatThrownBy(() -> PPO.normalized().guidedBy(warmStart(old)).require(CART))
        .hasMessage(
            "warmStart: expected networks that tell how many observations their normalization is of, got 'old', which was saved before any did. Train it again.");
  }

  @Test
  void aZeroedStartHasTheSourcesValueAndNoOpinionOfItsOwn() {
    Ppo begun = PPO.guidedBy(warmStart(TEACHER).zeroed(true));
    try (Ppo.Learning learner = (Ppo.Learning) begun.learner(CART, SEEDS)) {
      float[] seen = {0.02f, 0.1f, 0.03f, -0.2f, -0.5f, 0.3f, 0.05f, 0.4f};
      float[] before = outputs(TEACHER, seen, "logits", "value", "features");
      float[] after = outputs(learner.policy(0), seen, "logits", "value", "features");
      int width = before.length / 2;
      for (int i = 0; i < before.length; i++) {
        boolean opinion = i % width < 2;
        assertThat(after[i]).as("number %s", i).isEqualTo(opinion ? 0 : before[i]);
      }
      assertThat(before[0]).isNotZero();
    }
    Ppo again = PPO.withInputs(begun.inputs());
    assertThat(again).hasToString(begun.toString());
  }

  private static float[] outputs(NetworkPolicy policy, float[] seen, String... names) {
    List<Output> some =
        policy.outputs().stream().filter(each -> List.of(names).contains(each.name())).toList();
    float[] all = new float[2 * Output.width(some)];
    try (var forward = policy.forward(2, some)) {
      forward.apply(seen, 2, all);
    }
    return all;
  }

  @Test
  void aStudentOfOneOutputIsTakenOverWhetherItsLayersAreSharedWithTheValueOrNot() {
    float[] own = new float[4 * 16 + 16 + 16 * 2 + 2];
    for (int i = 0; i < own.length; i++) {
      own[i] = (float) Math.sin(i);
    }
    NetworkPolicy student =
        new NetworkPolicy("student", CART.observations(), TEACHER.distribution(), Mlp.of(16), own);
    float[] seen = {0.02f, 0.1f, 0.03f, -0.2f, -0.5f, 0.3f, 0.05f, 0.4f};
    float[] wanted = outputs(student, seen, "logits");
    for (Trunk trunk : Trunk.values()) {
      Ppo begun = PPO.trunk(trunk).guidedBy(warmStart(student));
      begun.require(CART);
      try (Ppo.Learning learner = (Ppo.Learning) begun.learner(CART, SEEDS)) {
        assertThat(outputs(learner.policy(0), seen, "logits"))
            .as("%s", trunk)
            .usingComparatorWithPrecision(1e-6f)
            .containsExactly(wanted);
      }
    }
  }

  @Test
  void whatNeedsRolloutsIsRefusedElsewhere() {
    Dqn dqn = new Dqn().guidedBy(kickstart(TEACHER).expectedEntropy(true));
    assertThatThrownBy(() -> dqn.require(CART))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "kickstart: expected a learner from rollouts, such as ppo(), with expected-entropy and proximal, got DQN.");
    assertThatThrownBy(() -> PPO.guidedBy(kickstart(TEACHER).caughtUp(-5)).require(CART))
        .hasMessageContaining("expected a return above 0 to catch up with, got -5.0");
    assertThatThrownBy(() -> PPO.taskReward(false).guidedBy(jumpStart(RULE)).require(CART))
        .hasMessageContaining("got no reward at all");
    Policy counting =
        Scripted.of("counting", CART, 1, (seen, memory, action) -> action[0] = memory[0]++ % 2);
    assertThatThrownBy(() -> PPO.guidedBy(jumpStart(counting)).require(CART))
        .hasMessageContaining("got 'counting', which has a memory");
    assertThatThrownBy(() -> PPO.guidedBy(kickstart(counting)).require(CART))
        .hasMessageContaining("got 'counting', which has a memory");
    assertThatThrownBy(() -> PPO.guidedBy(null)).hasMessageContaining("got null");
  }

  @Test
  void severalGuidesAreKeptWithARun() {
    Ppo two = PPO.guidedBy(jumpStart(TEACHER)).guidedBy(kickstart(TEACHER).weight(3));
    Ppo again = PPO.withInputs(two.inputs());
    assertThat(again.guidance()).hasSize(2);
    assertThat(again).hasToString(two.toString());
    assertThat(parameters(again, CART)).isEqualTo(parameters(two, CART));
  }
}
