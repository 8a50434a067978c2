package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.VectorEnv;
import dev.retort.evaluate.Evaluator;
import dev.retort.nn.Mlp;
import dev.retort.nn.Oracle;
import dev.retort.nn.ResidualCnn;
import dev.retort.nn.Trunk;
import dev.retort.option.Schedule;
import dev.retort.policy.Actor;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PpoTest {
  @Tag("once")
  @Tag("slow")
  @Test
  void threeSeedsLearnCartPole() {
    Session session = Session.unwatched("return", "length");
    List<Policy> policies =
        new Ppo()
            .steps(15_000)
            .train(Environments.get("CartPole"), new long[] {21, 22, 23}, session);
    double sum = 0;
    for (Policy policy : policies) {
      double[] returns =
          new Evaluator(20, 5, () -> {})
              .evaluate(policy, Environments.get("CartPole"))
              .returns()[0];
      sum += Arrays.stream(returns).average().orElseThrow();
    }
    assertThat(sum / 3)
        .as("mean over seeds; one alone may lag after so few steps")
        .isGreaterThan(150);
    double[] curve = session.curve().column("return");
    assertThat(curve[0]).isLessThan(50);
  }

  @Tag("once")
  @Tag("slow")
  @Test
  void ppoLearnsTwentyTasksOfFourRooms() {
    Env rooms = Environments.get("FourRooms").with("rooms", 3).train(20);
    assertThat(rooms.contexts()).isEqualTo(20);
    Session session = Session.unwatched("return", "length");
    Policy policy = Ppo.preset("FourRooms-small").train(rooms, new long[] {7}, session).get(0);
    double random =
        reached(
            new NetworkPolicy(
                "random",
                rooms.observations(),
                Density.over(rooms.actions()),
                Mlp.of(),
                new float[(rooms.observations().size() + 1) * 3]),
            rooms);
    assertThat(random).isLessThan(0.3);
    assertThat(reached(policy, rooms)).isGreaterThan(random + 0.2);
  }

  @Tag("once")
  @Tag("slow")
  @Test
  void ppoLearnsRoomsThatItSeesFromWhereItStands() {
    Env rooms = Environments.get("FourRooms").with("rooms", 4).with("egocentric", 1).train(100);
    Ppo preset = Ppo.preset("FourRooms-egocentric").steps(120_000);
    assertThat(preset.get(Ppo.EXPLORE_GO)).isEqualTo(50);
    Session session = Session.unwatched(preset.columns());
    Policy policy = preset.train(rooms, new long[] {7}, session).get(0);
    assertThat(reached(policy, rooms)).isGreaterThan(0.7);
  }

  @Test
  void presetsAreFoundByName() {
    assertThat(Ppo.preset("cartpole")).isEqualTo(new Ppo());
    assertThat(Ppo.preset("fourrooms-small")).isEqualTo(Presets.ppo().get("FourRooms-small"));
    assertThatThrownBy(() -> Ppo.preset("FourRoms"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "unknown preset of ppo 'FourRoms': did you mean 'FourRooms'? (choices: Acrobot, CartPole, FourRooms, FourRooms-egocentric, FourRooms-small, Reacher-C4)");
  }

  @Test
  void thePresetOfFourRoomsIsThePapers() {
    Ppo ppo = Ppo.preset("FourRooms");
    assertThat(ppo)
        .hasToString(
            "ppo(steps 8000000, network cnn:64:512,256, environments 50, rollout 256, learning-rate 5.0E-4, clip 0.2, gamma 0.99, entropy 0.01, trunk shared, epochs 5, lambda 0.95)");
    assertThat(ppo.get(Ppo.BATCH_SIZE)).isEqualTo(256);
    assertThat(ppo.get(Ppo.TRUNK)).isEqualTo(Trunk.SHARED);
    assertThat(ppo.get(Ppo.NETWORK)).isEqualTo(ResidualCnn.paper());
    Presets.ppo().values().forEach(preset -> preset.require(Environments.get("FourRooms")));
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    refused(
        new Ppo().batchSize(512),
        "ppo: expected a batch that divides environments × rollout = 256, got 512. Say .batchSize(256).");
    refused(
        new Ppo().batchSize(100),
        "ppo: expected a batch that divides environments × rollout = 256, got 100. Say .batchSize(64).");
    refused(
        new Ppo().environments(1 << 17).rollout(1 << 15).batchSize(3),
        "ppo: expected a batch that divides environments × rollout = 4294967296, got 3. Say .batchSize(2).");
    refused(
        new Ppo().environments(1 << 17).rollout(1 << 15).batchSize(256),
        "ppo: expected environments × rollout of at most 2147483647 steps, got 4294967296.");
    assertThatThrownBy(() -> new Ppo().batchSize(1))
        .isInstanceOf(RetortException.class)
        .hasMessage("ppo: expected a whole number of at least 2 for 'batch-size', got '1'.");
    assertThatThrownBy(() -> new Ppo().entropy(-0.1))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "ppo: expected a number of at least 0, or two for a straight line, such as 0.001..0 for 'entropy', got '-0.1'.");
    assertThatThrownBy(() -> new Ppo().learningRate(new Schedule(Double.NaN, 0)))
        .isInstanceOf(RetortException.class)
        .hasMessageEndingWith("for 'learning-rate', got 'NaN..0.0'.");
  }

  @Test
  void hiddenStepsAreToldAndDoNotCountToTheSteps() {
    Env rooms = Environments.get("FourRooms").with("rooms", 2).train(4);
    Ppo plain = new Ppo().steps(1_024).hidden(8);
    Ppo exploring = plain.exploreGo(20);
    assertThat(plain.columns()).containsExactly("return", "length", "episodes");
    assertThat(exploring.columns()).containsExactly("return", "length", "episodes", "hidden");
    Session session = Session.unwatched(exploring.columns());
    exploring.train(rooms, new long[] {1, 2}, session);
    double[] steps = session.curve().column("step");
    double[] hidden = session.curve().column("hidden");
    double[] lengths = session.curve().column("length");
    assertThat(steps[steps.length - 1]).isEqualTo(1_024);
    assertThat(hidden[hidden.length - 1]).isGreaterThan(100);
    assertThat(hidden[hidden.length - 1]).isNotEqualTo(hidden[hidden.length - 2]);
    assertThat(Arrays.stream(lengths).max().orElseThrow()).isLessThanOrEqualTo(rooms.horizon());
  }

  private static void refused(Ppo ppo, String message) {
    assertThatThrownBy(() -> ppo.require(Environments.get("CartPole")))
        .isInstanceOf(RetortException.class)
        .hasMessage(message);
  }

  /** The share of 200 episodes, acted with the policy's own distribution, that reach the goal. */
  private static double reached(Policy policy, Env env) {
    int copies = 40;
    VectorEnv envs = new VectorEnv(env, copies, copy -> RandomStream.of(9, "test", copy));
    RandomStream[] chance = new RandomStream[copies];
    Arrays.setAll(chance, copy -> RandomStream.of(9, "chance", copy));
    int[] ended = new int[copies];
    int goals = 0;
    float[] actions = new float[copies];
    envs.reset();
    try (Actor actor = policy.actor(copies)) {
      for (int step = 0; step < 5 * env.horizon(); step++) {
        actor.sample(envs.observations(), chance, actions);
        envs.step(actions);
        for (int copy = 0; copy < copies; copy++) {
          if (envs.ended(copy) && ended[copy]++ < 5) {
            goals += envs.terminated()[copy] ? 1 : 0;
          }
        }
      }
    }
    for (int count : ended) {
      assertThat(count).isGreaterThanOrEqualTo(5);
    }
    return goals / (5.0 * copies);
  }

  @Test
  void theSurrogateIsFlatOnlyWhereTheRatioHasMovedTooFarInTheGoodDirection() {
    assertThat(Ppo.clippedSlope(1.3, 1, 0.2)).isZero();
    assertThat(Ppo.clippedSlope(0.7, -1, 0.2)).isZero();
    assertThat(Ppo.clippedSlope(1.3, -2, 0.2)).isEqualTo(2.6);
    assertThat(Ppo.clippedSlope(0.7, 2, 0.2)).isEqualTo(-1.4);
    RandomStream random = RandomStream.of(5, "surrogate");
    for (int trial = 0; trial < 2000; trial++) {
      double logRatio = 0.4 * random.nextGaussian();
      double advantage = random.nextGaussian();
      double ratio = Math.exp(logRatio);
      if (Math.min(Math.abs(ratio - 0.8), Math.abs(ratio - 1.2)) < 1e-3) {
        continue; // the kink has no derivative
      }
      double[] expected =
          Oracle.centralDifferences(
              new double[] {logRatio}, x -> surrogate(Math.exp(x[0]), advantage));
      assertThat(Ppo.clippedSlope(ratio, advantage, 0.2)).isCloseTo(expected[0], within(1e-6));
    }
  }

  private static double surrogate(double ratio, double advantage) {
    double clipped = ratio < 0.8 ? 0.8 : ratio > 1.2 ? 1.2 : ratio;
    return -Math.min(ratio * advantage, clipped * advantage);
  }
}
