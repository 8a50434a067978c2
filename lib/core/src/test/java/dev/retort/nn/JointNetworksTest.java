package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that act with as many joints as there are. */
class JointNetworksTest {
  private static final int JOINTS = 4;
  private static final InputShape SEEN =
      InputShape.parts(
          List.of(
              new InputShape.Part("command", List.of(2)),
              new InputShape.Part("joints", List.of(JOINTS, 2)),
              new InputShape.Part("description", List.of(JOINTS, 3)),
              new InputShape.Part("present", List.of(JOINTS))));
  private static final List<Output> OUTPUTS =
      List.of(Output.of("mean", JOINTS), Output.of("log-deviation", JOINTS), Output.of("value", 1));

  private static List<Architecture> networks() {
    return List.of(
        new TokenTransformer(8, 2, 2).withDeviations(),
        MaskedMlp.of(8, 6),
        new Urma(List.of(8, 6), 3));
  }

  private static Network network(Architecture architecture) {
    return Network.of(
        new Blueprint(architecture, SEEN, OUTPUTS, Trunk.SHARED), Initialization.FAN_IN, 6);
  }

  /** A row with its joints in an order, of which the last ones lack and are seen as a number. */
  private static float[] row(int[] order, int there, float absent) {
    RandomStream random = RandomStream.of(4, "joints");
    float[] row = new float[SEEN.size()];
    row[0] = 0.4f;
    row[1] = -0.3f;
    int description = 2 + 2 * JOINTS;
    int present = description + 3 * JOINTS;
    for (int joint = 0; joint < JOINTS; joint++) {
      boolean is = joint < there;
      for (int i = 0; i < 5; i++) {
        float value = is ? (float) random.nextGaussian() : absent;
        row[i < 2 ? 2 + 2 * order[joint] + i : description + 3 * order[joint] + i - 2] = value;
      }
      row[present + order[joint]] = is ? 1 : 0;
    }
    return row;
  }

  private static float[] outputs(Network network, float[] row) {
    float[] out = new float[2 * JOINTS + 1];
    network.predict(row, 1, Rows.PER_MEMBER, out);
    return out;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void jointsThatLackActNotAndNoGradientComesOfThem(Architecture architecture) {
    int[] order = {0, 1, 2, 3};
    try (Network network = network(architecture)) {
      float[] row = row(order, 2, 0);
      float[] said = outputs(network, row);
      for (int from : new int[] {0, JOINTS}) {
        assertThat(Arrays.copyOfRange(said, from + 2, from + JOINTS))
            .containsExactly(new float[JOINTS - 2], within(0f));
        assertThat(Arrays.copyOfRange(said, from, from + 2)).doesNotContain(0);
      }
      network.forward(row, 1, Rows.PER_MEMBER, said);
      network.backward(new float[] {0, 0, 3, -2, 0, 0, 1, 5, 0}); // of those that lack alone
      assertThat(network.gradients())
          .containsExactly(new float[network.gradients().length], within(0f));
      network.forward(row, 1, Rows.PER_MEMBER, said);
      network.backward(new float[] {1, 0, 0, 0, 0, 0, 0, 0, 0});
      assertThat(network.gradients()).isNotEqualTo(new float[network.gradients().length]);
    }
  }

  @Test
  void whoPoolsJointsByDescriptionsKnowsNoPlacesAndSeesNoneThatLack() {
    try (Network network = network(new Urma(List.of(8, 6), 3));
        Network mlp = network(MaskedMlp.of(8, 6))) {
      int[] usual = {0, 1, 2, 3};
      int[] order = {2, 0, 3, 1};
      float[] said = outputs(network, row(usual, JOINTS, 0));
      float[] turned = outputs(network, row(order, JOINTS, 0));
      assertThat(said[0]).isNotCloseTo(said[1], within(1e-4f));
      for (int joint = 0; joint < JOINTS; joint++) {
        assertThat(turned[order[joint]]).isCloseTo(said[joint], within(1e-5f));
        assertThat(turned[JOINTS + order[joint]]).isCloseTo(said[JOINTS + joint], within(1e-5f));
      }
      assertThat(turned[2 * JOINTS]).isCloseTo(said[2 * JOINTS], within(1e-5f));
      assertThat(outputs(network, row(usual, 2, 7)))
          .containsExactly(outputs(network, row(usual, 2, 0)), within(1e-6f));
      float[] ofMlp = outputs(mlp, row(usual, JOINTS, 0));
      assertThat(outputs(mlp, row(order, JOINTS, 0))[2 * JOINTS])
          .as("a perceptron knows places")
          .isNotCloseTo(ofMlp[2 * JOINTS], within(1e-3f));
    }
  }

  @Test
  void aPerceptronIsThatOfAllNumbersTimesWhatIsThere() {
    try (Network network = network(MaskedMlp.of(5).activation(Activation.RELU))) {
      float[] row = row(new int[] {0, 1, 2, 3}, 3, 0);
      float[] said = outputs(network, row);
      float[] p = network.parameters();
      double[] h = new double[5]; // W (inputs, 5), b (5), then the head
      for (int k = 0; k < 5; k++) {
        h[k] = p[5 * row.length + k];
        for (int i = 0; i < row.length; i++) {
          h[k] += row[i] * p[5 * i + k];
        }
        h[k] = Math.max(0, h[k]);
      }
      int at = 5 * row.length + 5;
      for (int joint = 0; joint < 3; joint++) {
        double mean = p[at + 5 * JOINTS + joint];
        for (int k = 0; k < 5; k++) {
          mean += h[k] * p[at + JOINTS * k + joint];
        }
        assertThat((double) said[joint]).isCloseTo(mean, within(1e-5));
      }
    }
  }

  @Test
  void whatDoesNotSayWhichJointsThereAreIsRefused() {
    InputShape plain = InputShape.parts(List.of(new InputShape.Part("body", List.of(2))));
    assertThatThrownBy(() -> MaskedMlp.of(4).features(plain))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "masked-mlp: expected a part 'present' of a number for each action, got [body [2]]. Say seeing(..) of it.");
    assertThatThrownBy(() -> new Urma(List.of(4), 2).features(plain))
        .hasMessage(
            "urma: expected parts of shape (joints, width), of which one is called 'description', got [body [2]]. Say seeing(..) of both.");
    assertThatThrownBy(() -> MaskedMlp.of()).hasMessageStartingWith("masked-mlp:");
    assertThatThrownBy(() -> new Urma(List.of(), 2)).hasMessageStartingWith("urma:");
  }
}
