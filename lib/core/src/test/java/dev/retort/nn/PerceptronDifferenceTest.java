package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.random.RandomStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PerceptronDifferenceTest {
  private static List<Mlp> perceptrons() {
    return List.of(
        Mlp.of(7, 5, 3),
        Mlp.of(6).activation(Activation.RELU).scaled(0.3),
        Mlp.of().initialized(Initialization.FAN_OUT));
  }

  @ParameterizedTest
  @MethodSource("perceptrons")
  void itGivesWhatTheFirstGivesLessWhatTheSecondGives(Mlp mlp) {
    Blueprint each =
        new Blueprint(
            mlp, List.of(4), List.of(Output.of("action", 2), Output.of("value", 1)), Trunk.SHARED);
    float[] x = new float[4 * 20];
    RandomStream random = RandomStream.of(1, "rows");
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    float[] both = new float[2 * 20 * 3];
    float[] got = new float[20 * 3];
    try (Network two = Network.of(each, Initialization.FAN_IN, 5, 6);
        Network difference =
            Network.of(
                PerceptronDifference.of(each),
                List.of(PerceptronDifference.parameters(each, two.member(0), two.member(1))))) {
      two.predict(x, 20, Rows.SHARED, both);
      difference.predict(x, 20, Rows.SHARED, got);
    }
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).as("number %s", i).isCloseTo(both[i] - both[60 + i], within(1e-5f));
    }
    assertThat(got).isNotEqualTo(new float[got.length]);
  }
}
