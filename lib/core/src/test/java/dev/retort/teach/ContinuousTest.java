package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.env.Environments;
import dev.retort.evaluate.Evaluator;
import dev.retort.nn.Output;
import dev.retort.option.Schedule;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learners of continuous actions on a task whose answer is known: go to 0. */
class ContinuousTest {
  private static final Target TARGET = new Target(5);

  static List<Algorithm> learners() {
    return List.of(
        new Td3()
            .hidden(32, 32)
            .steps(4_000)
            .warmUp(300)
            .batchSize(64)
            .gamma(0.5)
            .noise(0.3)
            .learningRate(0.003),
        new Sac().hidden(32, 32).steps(2_000).warmUp(300).batchSize(64).gamma(0.5),
        new Sac()
            .hidden(32, 32)
            .steps(2_000)
            .warmUp(300)
            .batchSize(64)
            .gamma(0.5)
            .temperature(0.01)
            .nStep(2),
        new Ppo()
            .hidden(32, 32)
            .steps(60_000)
            .rollout(40)
            .batchSize(80)
            .epochs(5)
            .gamma(0.5)
            .learningRate(new Schedule(0.003, 0)),
        new Ppo()
            .hidden(32, 32)
            .steps(60_000)
            .rollout(40)
            .batchSize(80)
            .epochs(5)
            .gamma(0.5)
            .learningRate(new Schedule(0.003, 0))
            .surrogate(Ppo.Surrogate.KL)
            .klTarget(0.02)
            .normalized());
  }

  @ParameterizedTest
  @MethodSource("learners")
  void theyGoWhereTheRewardIs(Algorithm algorithm) {
    Session session = Session.unwatched(algorithm.columns());
    List<Policy> policies = algorithm.train(TARGET, new long[] {4, 5}, session);
    for (Policy policy : policies) {
      double[] returns = new Evaluator(50, 3, () -> {}).evaluate(policy, TARGET).returns()[0];
      // Standing still gives −15 on average.
      assertThat(Arrays.stream(returns).average().orElseThrow())
          .as(policy.name())
          .isGreaterThan(-0.5);
    }
  }

  @Test
  void drawnActionsLieAroundThePreferredOneWithinTheBoundsAndSurviveAFile() {
    for (Algorithm algorithm :
        List.of(new Sac().hidden(8).steps(110).batchSize(8), new Ppo().steps(256))) {
      Policy policy =
          algorithm.train(TARGET, new long[] {1}, Session.unwatched(algorithm.columns())).get(0);
      Policy copy = PolicyFile.of(PolicyFile.tensors(policy));
      assertThat(copy.distribution()).isEqualTo(policy.distribution());
      assertThat(Output.names(copy.outputs())).isEqualTo(Output.names(policy.outputs()));
      float[] obs = new float[400];
      RandomStream[] streams = new RandomStream[400];
      Arrays.setAll(streams, i -> RandomStream.of(i, "draw"));
      float[] preferred = new float[400];
      float[] drawn = new float[400];
      float[] again = new float[400];
      try (Actor actor = policy.actor(400);
          Actor other = copy.actor(400)) {
        actor.greedy(obs, preferred);
        actor.sample(obs, streams, drawn);
        Arrays.setAll(streams, i -> RandomStream.of(i, "draw"));
        other.sample(obs, streams, again);
      }
      assertThat(again).containsExactly(drawn);
      double mean = 0;
      double square = 0;
      for (int i = 0; i < 400; i++) {
        assertThat(drawn[i]).isBetween(-4f, 4f);
        mean += drawn[i] / 400.0;
        square += Math.pow(drawn[i] - preferred[i], 2) / 400;
      }
      assertThat(Math.sqrt(square)).isBetween(0.3, 3.0);
      assertThat(Math.abs(mean - preferred[0])).isLessThan(0.4);
    }
  }

  @Test
  void whatTheyCannotLearnIsRefused() {
    assertThatThrownBy(() -> new Sac().require(Environments.get("CartPole")))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "sac: expected an environment with continuous actions, got CartPole with")
        .hasMessageEndingWith("Use ppo or dqn.");
    assertThatThrownBy(() -> new Td3().steps(100).require(TARGET))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "td3: expected a warm-up of fewer steps than the 100 of training, got 10000. Say .warmUp(10), or train longer.");
    assertThatThrownBy(() -> new Td3().set("network", "cnn:4:8").require(TARGET))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "td3: expected a network over numbers, such as a perceptron, got cnn:4:8");
    assertThatThrownBy(() -> new Sac().temperature(-1))
        .isInstanceOf(RetortException.class)
        .hasMessage("sac: expected a number of at least 0, or auto for 'temperature', got '-1.0'.");
  }

  @Test
  void learningWaitsForTheFirstRewardsThatAreSummed() {
    Td3 td3 = new Td3().hidden(8).steps(20).warmUp(1).batchSize(4).nStep(3);
    assertThat(td3.train(TARGET, new long[] {1, 2}, Session.unwatched("return", "length")))
        .hasSize(2);
  }
}
