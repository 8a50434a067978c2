package dev.retort.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distances are asked to keep their word, and what breaks it is named. */
class DistanceContractTest {
  static List<Distance> supplied() {
    return Distances.supplied().stream().map(Distances.Entry::standard).toList();
  }

  @ParameterizedTest
  @MethodSource("supplied")
  void everyDistanceOfTheLibraryKeepsIt(Distance distance) {
    assertThat(DistanceContract.check(distance).findings()).isEmpty();
  }

  @Test
  void aKinkIsNoBreach() {
    assertThat(DistanceContract.check(new Pinball(0.9), 2).ok()).isTrue();
    assertThat(DistanceContract.check(new Pinball(0.9)).toString())
        .isEqualTo("loss 'pinball:0.9' keeps the contract (64 rows of 4 outputs)");
  }

  @Test
  void aGradientOfTheWrongSignIsNamedWithWhatWouldBeRight() {
    Distance wrong =
        (z, i, t, j, n, dz) -> {
          double loss = new Mse().at(z, i, t, j, n, dz);
          dz[i + 2] = -dz[i + 2];
          return loss;
        };
    DistanceContract report = DistanceContract.check(wrong);
    assertThat(report.ok()).isFalse();
    assertThat(report.findings()).hasSize(1);
    assertThat(report.findings().get(0))
        .matches(
            "expected a gradient of -?[0-9.]+ by output 2, by which the loss changes, got -?[0-9.]+ \\(draw 0: outputs \\[.*\\], prepared targets \\[.*\\]\\)");
  }

  @Test
  void aGradientOfHalfTheSizeIsNamed() {
    Distance half =
        (z, i, t, j, n, dz) -> {
          double loss = new Mse().at(z, i, t, j, n, dz);
          for (int k = i; k < i + n; k++) {
            dz[k] /= 2;
          }
          return loss;
        };
    assertThat(DistanceContract.check(half, 1).findings()).hasSize(1);
  }

  @Test
  void whatLeavesTheRowIsNamed() {
    Distance everywhere =
        (z, i, t, j, n, dz) -> {
          double loss = 0;
          for (int k = 0; k < n; k++) {
            double e = (double) z[k] - t[k];
            loss += e * e;
            dz[k] = (float) (2 * e);
          }
          return loss;
        };
    assertThat(DistanceContract.check(everywhere).toString())
        .contains("expected dz[i .. i + 4) alone to be written, got dz[i - 4] too")
        .contains("expected the same loss of a row wherever it stands, ");
    Distance tooFew = (z, i, t, j, n, dz) -> dz[i] = 0;
    assertThat(DistanceContract.check(tooFew, 2).findings())
        .contains("expected a gradient by each of 2 outputs, got none in dz[i + 1]");
    Distance moves =
        (z, i, t, j, n, dz) -> {
          double loss = new Mse().at(z, i, t, j, n, dz);
          z[i] = 0;
          return loss;
        };
    assertThat(DistanceContract.check(moves).findings())
        .contains("expected outputs z and targets t to stay as they are, got others");
    Distance beyond = (z, i, t, j, n, dz) -> z[i + 100 * n];
    assertThat(DistanceContract.check(beyond).toString())
        .contains("expected at(..) to return, got java.lang.ArrayIndexOutOfBoundsException");
  }

  @Test
  void aLossThatIsNoNumberIsNamed() {
    Distance none =
        (z, i, t, j, n, dz) -> {
          java.util.Arrays.fill(dz, i, i + n, 0);
          return Math.sqrt(-1 - z[i] * z[i]);
        };
    assertThat(DistanceContract.check(none).findings().get(0))
        .startsWith("expected a finite loss, got NaN (draw 0: outputs [");
  }
}
