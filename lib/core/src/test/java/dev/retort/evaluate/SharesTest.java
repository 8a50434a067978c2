package dev.retort.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SharesTest {
  /** So many ones, then zeros. */
  private static double[] ones(int count, int all) {
    double[] values = new double[all];
    Arrays.fill(values, 0, count, 1);
    return values;
  }

  private static void assertInterval(Estimate found, double low, double high) {
    assertThat(found.interval().low()).isCloseTo(low, within(5e-5));
    assertThat(found.interval().high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void differencesOfSharesAreThoseOfNewcombesPaper() {
    assertInterval(Shares.difference(ones(56, 70), ones(48, 80)), 0.0524, 0.3339);
    assertInterval(Shares.difference(ones(9, 10), ones(3, 10)), 0.1705, 0.8090);
    assertInterval(Shares.difference(ones(10, 10), ones(0, 20)), 0.6791, 1.0000);
    assertInterval(Shares.difference(ones(10, 10), ones(0, 10)), 0.6075, 1.0000);
  }

  @Test
  void aShareOfAllOrNoneHasAWidth() {
    assertInterval(Shares.of(ones(100, 100)), 0.9630, 1);
    assertInterval(Shares.of(ones(0, 1)), 0, 0.7935);
    assertThat(Shares.difference(ones(5, 5), ones(7, 7)).interval().width()).isGreaterThan(0.5);
  }

  @Test
  void pairsThatAgreeTellMoreThanSamplesThatAreIndependent() {
    double[] x = ones(60, 100);
    double[] y = ones(50, 100);
    double[] reversed = new double[100];
    Arrays.setAll(reversed, i -> y[99 - i]);
    double independent = Shares.difference(x, y).interval().width();
    assertThat(Shares.paired(x, y).value()).isCloseTo(0.1, within(1e-12));
    assertThat(Shares.paired(x, y).interval().width()).isLessThan(0.7 * independent);
    assertThat(Shares.paired(x, reversed).interval().width()).isGreaterThan(independent);
    assertThat(Shares.paired(ones(100, 100), y))
        .as("one that is all alike goes with nothing")
        .isEqualTo(Shares.difference(ones(100, 100), y));
  }

  @Test
  void aDifferenceIsImprobableJustWhereItsIntervalLeavesZeroOut() {
    for (int more = 0; more <= 50; more++) {
      double[] x = ones(25 + more / 2, 50);
      double[] y = ones(25 - more / 2, 50);
      boolean isOut = !Shares.difference(x, y).interval().contains(0);
      assertThat(Shares.chance(x, y) < 0.05).as("25 ± %s of 50", more / 2).isEqualTo(isOut);
      assertThat(Shares.chance(y, x)).isCloseTo(Shares.chance(x, y), within(1e-9));
    }
    assertThat(Shares.chance(ones(5, 9), ones(5, 9))).isCloseTo(1, within(1e-9));
  }

  @Test
  void intervalsOfDifferencesHoldTheTruthAsOftenAsTheySay() {
    RandomStream random = RandomStream.of(0, "shares");
    for (double[] truth : new double[][] {{0.5, 0.8}, {0.9, 0.95}, {0.2, 0.2}}) {
      int independent = 0;
      int paired = 0;
      for (int sample = 0; sample < 1_000; sample++) {
        double[] x = new double[40];
        double[] y = new double[40];
        double[] alike = new double[40];
        for (int i = 0; i < x.length; i++) {
          double common = random.nextDouble();
          x[i] = common < truth[0] ? 1 : 0;
          alike[i] = (i % 2 == 0 ? common : random.nextDouble()) < truth[1] ? 1 : 0;
          y[i] = random.nextDouble() < truth[1] ? 1 : 0;
        }
        double apart = truth[0] - truth[1];
        independent += Shares.difference(x, y).interval().contains(apart) ? 1 : 0;
        paired += Shares.paired(x, alike).interval().contains(apart) ? 1 : 0;
      }
      assertThat(independent).as(Arrays.toString(truth)).isBetween(930, 985);
      assertThat(paired).as(Arrays.toString(truth)).isBetween(930, 995);
    }
  }

  @Test
  void otherNumbersThanZeroAndOneAreNoShare() {
    assertThatThrownBy(() -> Shares.of(0, 1, 0.5))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "interval of a share: expected values of 0 and 1, got 0.5. Intervals.mean(..) takes other numbers.");
  }
}
