package dev.retort.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.data.Dataset;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Point;
import dev.retort.env.Environments;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of the time when policies had one output and datasets no columns still open. */
class OlderFilesTest {
  private static Path file(String name) {
    try {
      String resource = "/dev/retort/older/" + name + ".safetensors";
      return Path.of(OlderFilesTest.class.getResource(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the policies of that time did where they saw 0.1, 0.2 and so on. */
  @ParameterizedTest
  @CsvSource({
    "logits, categorical, 0, 0.010059692",
    "values, values, 0, 0.19248639",
    "normal, normal, -0.04103371, -0.04103371",
    "squashed-normal, squashed-normal, 0.70984155, ",
    "squashed-point, squashed-point, -0.5362146, ",
    "ensemble, categorical, 1, -0.95644844"
  })
  void policiesDoWhatTheyDid(String name, String kind, float expected, Float first) {
    Policy policy = PolicyFile.open(file(name));
    assertThat(policy.distribution().kind()).isEqualTo(kind);
    float[] seen = new float[policy.observations().size()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = 0.1f * (i + 1);
    }
    float[] action = new float[1];
    try (Actor actor = policy.actor(1)) {
      float[] outputs = actor.greedy(seen, action);
      if (first != null) {
        assertThat(outputs[0]).isCloseTo(first, within(1e-6f));
      }
    }
    assertThat(action[0]).isCloseTo(expected, within(1e-6f));
    Policy again = PolicyFile.of(PolicyFile.tensors(policy));
    float[] same = new float[1];
    try (Actor actor = again.actor(1)) {
      actor.greedy(seen, same);
    }
    assertThat(same).containsExactly(action);
  }

  @ParameterizedTest
  @CsvSource({"normal", "squashed-normal"})
  void theirDeviationsAreKept(String name) {
    Policy policy = PolicyFile.open(file(name));
    RandomStream[] stream = {RandomStream.of(1, "draw")};
    float[] preferred = new float[1];
    double squares = 0;
    try (Actor actor = policy.actor(1)) {
      actor.greedy(new float[3], preferred);
      float[] drawn = new float[1];
      for (int i = 0; i < 500; i++) {
        actor.sample(new float[3], stream, drawn);
        squares += Math.pow(drawn[0] - preferred[0], 2);
      }
    }
    // PPO begins with a deviation of 1; the squash of Pendulum's torque, ±2, keeps SAC's below 2.
    assertThat(Math.sqrt(squares / 500)).isBetween(0.5, 1.7);
  }

  @Test
  void datasetsHaveTheirTeacherInColumns() {
    Dataset choices = Dataset.open(file("dataset"));
    assertThat(choices.teacher()).contains(new Categorical(new Discrete(2)));
    assertThat(choices.columns())
        .containsExactly("observation", "action", "reward", "teacher.logits");
    assertThat(choices.size()).isEqualTo(40);
    Dataset torques = Dataset.open(file("actions"));
    assertThat(torques.teacher()).contains(new Point(Environments.get("Pendulum").actions()));
    assertThat(torques.column("teacher.action").width()).isEqualTo(1);
    assertThat(Dataset.of(torques.tensors()).column("teacher.action").floats())
        .containsExactly(torques.column("teacher.action").floats());
  }
}
