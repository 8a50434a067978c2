package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Some outputs of a network alone are what they are among the others. */
class NetworkPartTest {
  private static final List<Output> OUTPUTS = List.of(Output.of("q1", 2), Output.of("q2", 1));
  private static final int BATCH = 3;
  private static final int IN = 4;

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void anOutputAloneHasItsNumbersAndTheGradientOfItsInputs(int members) {
    try (Network whole = population(members);
        Network first = whole.part(List.of(OUTPUTS.get(0)));
        Network second = whole.part(List.of(OUTPUTS.get(1)))) {
      assertSame(whole, first, 0);
      assertSame(whole, second, 2);
    }
  }

  @Test
  void aPartFollowsTheParametersOfTheWhole() {
    try (Network whole = population(2);
        Network second = whole.part(List.of(OUTPUTS.get(1)))) {
      for (int i = 0; i < whole.parameters().length; i++) {
        whole.parameters()[i] += 0.01f * (i % 7);
      }
      whole.parametersChanged();
      second.follow(whole);
      assertSame(whole, second, 2);
    }
  }

  private static Network population(int members) {
    long[] seeds = new long[members];
    for (int member = 0; member < members; member++) {
      seeds[member] = member + 1L;
    }
    return Network.of(
        Mlp.of(7, 6).activation(Activation.RELU),
        List.of(IN),
        OUTPUTS,
        Trunk.SEPARATE,
        Initialization.FAN_IN,
        seeds);
  }

  /** Holds the numbers of one output against the columns that the population has for it. */
  private static void assertSame(Network whole, Network alone, int column) {
    int rows = whole.members() * BATCH;
    float[] x = new float[rows * IN];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(i);
    }
    float[] out = new float[rows * 3];
    float[] gradient = new float[rows * 3];
    float[] own = new float[rows * alone.width()];
    float[] ownGradient = new float[own.length];
    float[] toInputs = new float[x.length];
    float[] ownToInputs = new float[x.length];
    whole.forward(x, BATCH, Rows.PER_MEMBER, out);
    alone.forward(x, BATCH, Rows.PER_MEMBER, own);
    for (int i = 0; i < own.length; i++) {
      int at = i / alone.width() * 3 + column + i % alone.width();
      assertThat(own[i]).isEqualTo(out[at], within(1e-6f));
      ownGradient[i] = i + 1;
      gradient[at] = i + 1;
    }
    whole.backwardToInputs(gradient, toInputs);
    alone.backwardToInputs(ownGradient, ownToInputs);
    assertThat(ownToInputs).containsExactly(toInputs, within(1e-5f));
    assertThat(ownToInputs).isNotEqualTo(new float[x.length]);
  }
}
