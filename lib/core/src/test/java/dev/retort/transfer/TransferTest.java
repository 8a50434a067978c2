package dev.retort.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.reach.Reacher;
import dev.retort.env.reach.ReacherTeacher;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {
  @ParameterizedTest
  @CsvSource({"1, 2.0", "2, 1.41421356", "4, 0.76536686", "8, 0.39018064", "16, 0.19603428"})
  void discrepanciesOfCyclicGroupsAreThePublishedOnes(int order, double kappa) {
    assertThat(new CyclicGroup(order).kappa()).isCloseTo(kappa, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 16})
  void discrepancyIsTheLargestDistanceOfARotationFromTheGroup(int order) {
    CyclicGroup group = new CyclicGroup(order);
    double largest = 0;
    for (int step = 0; step < 720 * order; step++) {
      double angle = Math.PI * step / (360.0 * order);
      double nearest = Double.POSITIVE_INFINITY;
      for (double degrees : group.degrees()) {
        nearest = Math.min(nearest, norm(angle, Math.toRadians(degrees)));
      }
      largest = Math.max(largest, nearest);
    }
    assertThat(group.kappa()).isCloseTo(largest, within(1e-9));
  }

  /** The operator norm of a difference of rotations: the root of the larger eigenvalue of AᵀA. */
  private static double norm(double x, double y) {
    double c = Math.cos(x) - Math.cos(y);
    double s = Math.sin(x) - Math.sin(y);
    double[][] a = {{c, -s}, {s, c}};
    double p = a[0][0] * a[0][0] + a[1][0] * a[1][0];
    double q = a[0][0] * a[0][1] + a[1][0] * a[1][1];
    double r = a[0][1] * a[0][1] + a[1][1] * a[1][1];
    return Math.sqrt((p + r + Math.sqrt((p - r) * (p - r) + 4 * q * q)) / 2);
  }

  /** SciPy's lambertw. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.1, 0.09127652716086226",
    "1, 0.5671432904097838",
    "2.718281828459045, 1",
    "10, 1.7455280027406994",
    "1000, 5.249602852401596",
    "1000000, 11.383358086140053"
  })
  void lambertsFunctionIsRight(double x, double w) {
    assertThat(LambertW.principal(x)).isCloseTo(w, within(1e-14 * (1 + w)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.05, 0.001})
  void theTailAtTheBoundIsTheRisk(double risk) {
    double spread = 0.7;
    TransferBound bound = new TransferBound(1, 0.4, 1, 0.9, 1, spread, risk);
    double delta = bound.finiteEnsemble();
    double tail =
        Math.sqrt(2 / Math.PI)
            * (spread / delta)
            * Math.exp(-delta * delta / (2 * spread * spread));
    assertThat(tail).isCloseTo(risk, within(1e-12));
  }

  @Test
  void theBoundIsWhatItsFormulaSays() {
    TransferBound bound = new TransferBound(2, 0.25, 1, 0.8, 3, 0, 0.1);
    // 2 / (0.2 · 0.6), times 3 κ
    assertThat(bound.prefactor()).isCloseTo(16.6666667, within(1e-7));
    assertThat(bound.of(7, 0.5)).isCloseTo(25, within(1e-9));
    TransferBound spread = TransferBound.illustration();
    double kappa = new CyclicGroup(4).kappa();
    double one = spread.of(1, kappa) - spread.limit(kappa);
    double hundred = spread.of(100, kappa) - spread.limit(kappa);
    assertThat(one).isCloseTo(10 * hundred, within(1e-9));
    assertThat(spread.plot(new CyclicGroup(2), new CyclicGroup(4)).lines()).hasSize(2);
  }

  @Test
  void constantsOfWhichTheTheoremSaysNothingAreRefused() {
    assertThatThrownBy(() -> new TransferBound(1, 1, 1, 0.9, 1, 1, 0.05))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected γ L_T (1 + L_π) < 1, got 1.8");
    assertThatThrownBy(() -> new TransferBound(1, 0, 0, 0.9, 1, 1, 0))
        .hasMessageContaining("expected a risk between 0 and 1");
    assertThatThrownBy(() -> new TransferBound(-1, 0, 0, 0.9, 1, 1, 0.1))
        .hasMessageContaining("expected constants of at least 0");
  }

  @Test
  void theFitFindsTheLineAndTheDocumentedOneOfThePublishedTable() {
    InverseRoot exact = InverseRoot.fit(new int[] {1, 4, 100}, new double[] {3, 2, 1.2});
    assertThat(exact.limit()).isCloseTo(1, within(1e-12));
    assertThat(exact.slope()).isCloseTo(2, within(1e-12));
    assertThat(exact.rSquared()).isCloseTo(1, within(1e-12));
    assertThat(exact.of(16)).isCloseTo(1.5, within(1e-12));
    InverseRoot published =
        InverseRoot.fit(
            new int[] {1, 10, 100, 1000, 10000}, new double[] {0.42, 0.28, 0.12, 0.04, 0});
    assertThat(published.limit()).isCloseTo(0.057, within(0.02));
    assertThat(published.slope()).isCloseTo(0.395, within(0.02));
    assertThatThrownBy(() -> InverseRoot.fit(new int[] {5, 5}, new double[] {1, 2}))
        .hasMessageContaining("2 different sizes");
  }

  @Test
  void aTeacherThatTurnsWithTheTaskDoesNotVary() {
    Env sweep = new Reacher().symmetry(4).narrowed("sweep", 360);
    Policy turning = Scripted.of("turning", sweep, ReacherTeacher::handcrafted);
    assertThat(Invariance.totalVariation(turning, sweep)).isLessThan(1e-6);
    // The shoulder goes round the circle: (−sin r, cos r), each with a variance of one half.
    Policy naive =
        Scripted.of(
            "naive",
            sweep,
            (seen, torques) -> {
              torques[0] = seen[0];
              torques[1] = 0.5f * seen[1];
            });
    assertThat(Invariance.totalVariation(naive, sweep)).isCloseTo(0.5 + 0.125, within(1e-5));
    assertThatThrownBy(() -> Invariance.totalVariation(naive, new Reacher()))
        .hasMessageContaining("at least 2 contexts");
  }
}
