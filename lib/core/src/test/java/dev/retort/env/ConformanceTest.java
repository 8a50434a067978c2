package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.env.control.Acrobot;
import dev.retort.env.control.CartPole;
import dev.retort.env.control.MountainCar;
import dev.retort.env.control.MountainCarContinuous;
import dev.retort.env.control.Pendulum;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceTest {
  private static Path references() throws URISyntaxException {
    return Path.of(ConformanceTest.class.getResource("trajectories").toURI());
  }

  @Test
  void cartPoleIsGymnasiumsToTheLastBitOfItsObservations() throws URISyntaxException {
    Conformance cartPole =
        Conformance.replay("CartPole-v1", new CartPole(), references().resolve("CartPole-v1.json"));
    assertThat(cartPole.environment()).isEqualTo("CartPole-v1");
    assertThat(cartPole.steps()).isEqualTo(2000);
    assertThat(cartPole.largestStateError()).isLessThanOrEqualTo(1e-14);
    assertThat(cartPole.observationsExact()).isTrue();
    assertThat(cartPole.rewardMismatches()).isZero();
    assertThat(cartPole.terminationMismatches()).isZero();
    assertThat(cartPole.passed()).isTrue();
    assertThat(cartPole.toString()).startsWith("CartPole-v1: conforms (2000 steps, state within ");
    assertThat(cartPole.toJsonLine())
        .startsWith(
            "{\"environment\":\"CartPole-v1\",\"status\":\"pass\",\"steps\":2000,\"largestStateError\":");
  }

  @Test
  void everyClassicControlTaskConforms() throws URISyntaxException {
    List<Conformance> results = Conformance.replay(references());
    assertThat(results)
        .extracting(Conformance::environment)
        .containsExactly(
            "Acrobot-v1",
            "CartPole-v1",
            "MountainCar-v0",
            "MountainCarContinuous-v0",
            "Pendulum-v1");
    for (Conformance result : results) {
      assertThat(result.passed()).as(result.toString()).isTrue();
      assertThat(result.steps()).isEqualTo(2000);
    }
  }

  @Test
  void oneRuleLeftOutIsSeen() throws URISyntaxException {
    assertThat(differs(new Acrobot().with("tau", 0.1), "Acrobot-v1")).isTrue();
    assertThat(differs(new Pendulum().with("maxSpeed", 7), "Pendulum-v1")).isTrue();
    assertThat(differs(new MountainCar().with("maxSpeed", 0.06), "MountainCar-v0")).isTrue();
    assertThat(differs(new MountainCarContinuous().with("goal", 0.5), "MountainCarContinuous-v0"))
        .isTrue();
  }

  private static boolean differs(Env env, String name) throws URISyntaxException {
    return !Conformance.replay(name, env, references().resolve(name + ".json")).passed();
  }

  @Test
  void anotherGravityDoesNotConform() throws URISyntaxException {
    Conformance moon =
        Conformance.replay(
            "CartPole-v1",
            new CartPole().with("gravity", 1.62),
            references().resolve("CartPole-v1.json"));
    assertThat(moon.passed()).isFalse();
    assertThat(moon.largestStateError()).isGreaterThan(1e-3);
    assertThat(moon.observationMismatches()).isGreaterThan(1000);
    assertThat(moon.toString()).contains("differs").contains("mismatches:");
  }

  @Test
  void environmentsThatAreNotHereAreNamedAsSuch(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("Walker9-v7.json"), "{}");
    List<Conformance> results = Conformance.replay(directory);
    assertThat(results).extracting(Conformance::passed).containsExactly(false);
    assertThat(results.get(0).toString()).isEqualTo("Walker9-v7: not available");
    assertThat(results.get(0).toJsonLine())
        .isEqualTo("{\"environment\":\"Walker9-v7\",\"status\":\"not available\"}");
  }

  @Test
  void filesThatHoldSomethingElseAreRefused(@TempDir Path directory) throws IOException {
    for (String content :
        List.of("", "[]", "{}", "{\"trajectories\":[{}]}", "{\"trajectories\":[")) {
      Files.writeString(directory.resolve("CartPole-v1.json"), content);
      assertThatThrownBy(() -> Conformance.replay(directory))
          .as(content)
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith(
              "conformance: expected reference trajectories of CartPole-v1, got");
    }
    assertThatThrownBy(() -> Conformance.replay(directory.resolve("none")))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("conformance: expected a directory of reference trajectories, got");
  }
}
