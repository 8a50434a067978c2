package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Environments;
import dev.retort.evaluate.Evaluator;
import dev.retort.nn.ResidualCnn;
import dev.retort.nn.Torso;
import dev.retort.policy.NetworkPolicy;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PpoTest {
  @Test
  void threeSeedsLearnCartPole() {
    Session session = Session.unwatched("return", "length");
    List<NetworkPolicy> policies =
        new Ppo()
            .steps(25_000)
            .train(Environments.get("CartPole"), new long[] {11, 12, 13}, session);
    for (NetworkPolicy policy : policies) {
      double[] returns =
          new Evaluator(20, 5, () -> {})
              .evaluate(policy, Environments.get("CartPole"))
              .returns()[0];
      assertThat(Arrays.stream(returns).average().orElseThrow()).isGreaterThan(150);
    }
    double[] curve = session.curve().column("return");
    assertThat(curve[0]).isLessThan(50);
  }

  @Test
  void presetsAreFoundByName() {
    assertThat(Ppo.preset("cartpole")).isEqualTo(new Ppo());
    assertThat(Ppo.preset("FourRooms")).isEqualTo(Ppo.fourRooms());
    assertThat(Ppo.preset("fourrooms-small")).isEqualTo(Ppo.fourRoomsSmall());
    assertThatThrownBy(() -> Ppo.preset("FourRoms"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "unknown preset of ppo 'FourRoms': did you mean 'FourRooms'? (choices: CartPole, FourRooms, FourRooms-small)");
  }

  @Test
  void thePresetOfFourRoomsIsThePapers() {
    Ppo ppo = Ppo.fourRooms();
    assertThat(ppo)
        .hasToString(
            "ppo(steps 8000000, network cnn:64:512,256, torso shared, environments 50, rollout 256, epochs 5, learning-rate 5.0E-4, clip 0.2, gamma 0.99, lambda 0.95, entropy 0.01)");
    assertThat(ppo.get(Ppo.BATCH)).isEqualTo(256);
    assertThat(ppo.get(Ppo.TORSO)).isEqualTo(Torso.SHARED);
    assertThat(ppo.get(Ppo.NETWORK)).isEqualTo(ResidualCnn.paper());
    Ppo.presets().values().forEach(preset -> preset.require(Environments.get("FourRooms")));
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    refused(
        new Ppo().batchSize(512),
        "ppo: expected a batch that divides environments × rollout = 256, got 512.");
    refused(
        new Ppo().batchSize(100),
        "ppo: expected a batch that divides environments × rollout = 256, got 100.");
    refused(
        new Ppo().environments(1 << 17).rollout(1 << 15).batchSize(3),
        "ppo: expected a batch that divides environments × rollout = 4294967296, got 3.");
    refused(
        new Ppo().environments(1 << 17).rollout(1 << 15).batchSize(256),
        "ppo: expected environments × rollout of at most 2147483647 steps, got 4294967296.");
    assertThatThrownBy(() -> new Ppo().batchSize(1))
        .isInstanceOf(RetortException.class)
        .hasMessage("ppo: expected a whole number of at least 2 for 'batch', got '1'.");
    assertThatThrownBy(() -> new Ppo().entropy(-0.1))
        .isInstanceOf(RetortException.class)
        .hasMessage("schedule: expected numbers of at least 0, got -0.1 and -0.1.");
  }

  private static void refused(Ppo ppo, String message) {
    assertThatThrownBy(() -> ppo.require(Environments.get("CartPole")))
        .isInstanceOf(RetortException.class)
        .hasMessage(message);
  }
}
