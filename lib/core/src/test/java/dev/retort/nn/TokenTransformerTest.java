package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenTransformerTest {
  private static final int JOINTS = 5;
  private static final int EACH = 3;
  private static final InputShape SEEN =
      InputShape.parts(
          List.of(
              new InputShape.Part("command", List.of(2)),
              new InputShape.Part("joints", List.of(JOINTS, 2)),
              new InputShape.Part("present", List.of(JOINTS)),
              new InputShape.Part("description", List.of(JOINTS, 1))));
  private static final Blueprint BLUEPRINT =
      new Blueprint(
          new TokenTransformer(8, 2, 2),
          SEEN,
          List.of(Output.of("mean", JOINTS), Output.of("value", 1)),
          Trunk.SHARED);

  /** A row with its joints in an order, of which the last ones lack. */
  private static float[] row(int[] order, int there, double absent) {
    RandomStream random = RandomStream.of(4, "joints");
    float[] row = new float[SEEN.size()];
    row[0] = 0.4f;
    row[1] = -0.3f;
    for (int joint = 0; joint < JOINTS; joint++) {
      int at = order[joint];
      boolean is = joint < there;
      for (int i = 0; i < EACH; i++) {
        float value = (float) (is ? random.nextGaussian() : absent);
        row[i < 2 ? 2 + 2 * at + i : 2 + 3 * JOINTS + at] = value;
      }
      row[2 + 2 * JOINTS + at] = is ? 1 : 0;
    }
    return row;
  }

  private static float[] outputs(Network network, float[] row) {
    float[] out = new float[JOINTS + 1];
    network.predict(row, 1, Rows.PER_MEMBER, out);
    return out;
  }

  @Test
  void jointsInAnotherOrderHaveTheSameNumbersInThatOrder() {
    int[] order = {3, 0, 4, 1, 2};
    Blueprint perceptron =
        new Blueprint(
            Mlp.of(8),
            SEEN,
            List.of(Output.of("mean", JOINTS), Output.of("value", 1)),
            Trunk.SHARED);
    try (Network network = Network.of(BLUEPRINT, Initialization.FAN_IN, 6);
        Network mlp = Network.of(perceptron, Initialization.FAN_IN, 6)) {
      float[] usual = outputs(network, row(new int[] {0, 1, 2, 3, 4}, JOINTS, 0));
      float[] turned = outputs(network, row(order, JOINTS, 0));
      assertThat(usual[0]).isNotCloseTo(usual[1], within(1e-4f));
      for (int joint = 0; joint < JOINTS; joint++) {
        assertThat(turned[order[joint]]).isCloseTo(usual[joint], within(1e-5f));
      }
      assertThat(turned[JOINTS]).as("value").isCloseTo(usual[JOINTS], within(1e-5f));
      float[] ofMlp = outputs(mlp, row(new int[] {0, 1, 2, 3, 4}, JOINTS, 0));
      float[] turnedOfMlp = outputs(mlp, row(order, JOINTS, 0));
      assertThat(turnedOfMlp[JOINTS]).isNotCloseTo(ofMlp[JOINTS], within(1e-3f));
    }
  }

  @Test
  void jointsThatLackAreSeenByNoneAndGiveNothing() {
    int[] order = {0, 1, 2, 3, 4};
    try (Network network = Network.of(BLUEPRINT, Initialization.FAN_IN, 6)) {
      float[] zeros = row(order, 3, 0);
      float[] others = row(order, 3, 7);
      float[] said = outputs(network, zeros);
      assertThat(outputs(network, others)).containsExactly(said, within(1e-6f));
      assertThat(Arrays.copyOfRange(said, 3, JOINTS)).containsOnly(0);
      assertThat(said[2]).isNotZero();
      assertThat(outputs(network, row(order, 4, 7))[2]).as("and others are").isNotEqualTo(said[2]);

      float[] gradient = {0, 0, 0, 1, -2, 0}; // of those that lack alone
      network.forward(zeros, 1, Rows.PER_MEMBER, said);
      network.backward(gradient);
      assertThat(network.gradients()).containsOnly(0);
    }
  }

  @Test
  void theMeanIsTheNetworksOwnAndTheValueSitsOnTheFirstToken() {
    assertThat(BLUEPRINT.outputs())
        .extracting(Output::kind)
        .containsExactly(Output.Kind.INNER, Output.Kind.LINEAR);
    Blueprint other =
        new Blueprint(
            BLUEPRINT.architecture(), SEEN, List.of(Output.of("mean", JOINTS + 1)), Trunk.SHARED);
    assertThat(other.outputs().get(0).kind()).isEqualTo(Output.Kind.LINEAR);
    assertThat(Architecture.type().read("test", "network", "tokens:16:1:2"))
        .isEqualTo(new TokenTransformer(16, 1, 2))
        .hasToString("tokens:16:1:2");
    assertThat(Architecture.type().read("test", "network", "tokens:16:1:2:true"))
        .isEqualTo(new TokenTransformer(16, 1, 2).withDeviations())
        .hasToString("tokens:16:1:2:true");
  }

  /** Students that were saved before tokens could have deviations have no such layer. */
  @Test
  void deviationsOfTokensAreLayersOfTheirOwnWhereTheyAreAskedFor() {
    List<Output> outputs = List.of(Output.of("mean", JOINTS), Output.of("log-deviation", JOINTS));
    TokenTransformer plain = new TokenTransformer(8, 1, 2);
    assertThat(kinds(plain, outputs)).containsExactly(Output.Kind.INNER, Output.Kind.LINEAR);
    assertThat(kinds(plain.withDeviations(), outputs))
        .containsExactly(Output.Kind.INNER, Output.Kind.INNER);
  }

  private static List<Output.Kind> kinds(TokenTransformer network, List<Output> outputs) {
    return new Blueprint(network, SEEN, outputs, Trunk.SHARED)
        .outputs().stream().map(Output::kind).toList();
  }

  @Test
  void whatHasNoTokensIsRefused() {
    InputShape plain = InputShape.parts(List.of(new InputShape.Part("body", List.of(2))));
    assertThatThrownBy(() -> new TokenTransformer(4, 1, 2).features(plain))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "tokens: expected parts of shape (tokens, width) and parts of plain numbers, got [body"
                + " [2]]. Say seeing(..) of both.");
    assertThatThrownBy(() -> new TokenTransformer(4, 1, 3)).hasMessageStartingWith("tokens:");
  }
}
