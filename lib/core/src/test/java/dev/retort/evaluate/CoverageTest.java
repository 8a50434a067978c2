package dev.retort.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Draws samples whose truth is known, and counts how often the interval holds it. */
class CoverageTest {
  @Test
  void intervalsOfAHundredRunsCoverTheTruthInNinetyFiveOfAHundredSimulations() {
    assertThat(coverage(100, 1_500, 250, 1)).isBetween(0.93, 0.97);
  }

  @Test
  void intervalsOfAHundredRunsOnFourTasksCoverTheTruthToo() {
    int covered = 0;
    int simulations = 800;
    for (int i = 0; i < simulations; i++) {
      RandomStream random = RandomStream.of(2, "coverage", i);
      double[][] scores = new double[25][4];
      for (double[] run : scores) {
        Arrays.setAll(run, task -> random.nextGaussian());
      }
      Interval interval = new Bootstrap(250).estimate(scores, Statistics::iqm, random).interval();
      covered += interval.contains(0) ? 1 : 0;
    }
    assertThat((double) covered / simulations).isBetween(0.93, 0.97);
  }

  @Test
  void intervalsOfFiveRunsAreTooNarrowAsTheirJavadocSays() {
    assertThat(coverage(5, 2_000, 500, 3)).isBetween(0.87, 0.92);
  }

  private static double coverage(int runs, int simulations, int resamples, long seed) {
    int covered = 0;
    for (int i = 0; i < simulations; i++) {
      RandomStream random = RandomStream.of(seed, "coverage", i);
      double[] sample = new double[runs];
      Arrays.setAll(sample, run -> random.nextGaussian());
      Interval interval =
          new Bootstrap(resamples).estimate(sample, Statistics::iqm, random).interval();
      covered += interval.contains(0) ? 1 : 0;
    }
    return (double) covered / simulations;
  }
}
