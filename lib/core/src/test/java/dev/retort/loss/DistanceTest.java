package dev.retort.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.nn.Oracle;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every distance against its formula, its derivative, and what is known of it. */
class DistanceTest {
  private static final float MASKED = Float.NEGATIVE_INFINITY;
  private static final int N = 6;

  private final RandomStream random = RandomStream.of(5, "distances");

  /** All of the catalogue, and those with a parameter at other values of it. */
  static List<Distance> all() {
    Stream<Distance> standard = Distances.supplied().stream().map(Distances.Entry::standard);
    Stream<Distance> others =
        Distances.supplied().stream()
            .filter(entry -> !entry.parameter().isEmpty())
            .flatMap(entry -> Stream.of(0.01, 0.3, 5.0).map(x -> entry.with().apply(x)));
    return Stream.concat(standard, others).toList();
  }

  /** Those whose least value is zero, and not an entropy. */
  static List<Distance> withoutEntropy() {
    Set<String> others = Set.of("cross-entropy", "nll", "behavior-cloning", "normal-nll");
    return all().stream()
        .filter(distance -> !others.contains(distance.toString().split(":", -1)[0]))
        .toList();
  }

  static List<Distance> ofChoices() {
    return Stream.of("kl", "cross-entropy", "reverse-kl", "jensen-shannon")
        .flatMap(name -> Stream.of(":0.01", ":1", ":5").map(t -> read(name + t)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void valuesAreThoseOfTheFormulaAndGradientsThoseOfCentralDifferences(Distance distance) {
    for (int trial = 0; trial < 200; trial++) {
      double spread = List.of(0.1, 1.0, 3.0).get(trial % 3);
      float[] z = numbers(N, spread);
      float[] t = targets(distance, spread);
      double[] raw = doubles(t);
      double expected = Formulas.of(distance, doubles(z), raw);
      assertThat(distance.of(z, t))
          .as("%s of %s", distance, Arrays.toString(z))
          .isCloseTo(expected, within(1e-5 * (0.01 + Math.abs(expected))));
      double[] slopes = Oracle.centralDifferences(doubles(z), x -> Formulas.of(distance, x, raw));
      double size = Math.sqrt(Arrays.stream(slopes).map(x -> x * x).sum());
      float[] gradient = distance.gradient(z, t);
      for (int k = 0; k < N; k++) {
        assertThat((double) gradient[k])
            .as("%s, derivative %d", distance, k)
            .isCloseTo(slopes[k], within(1e-4 * size + 1e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void onlyTheRowThatIsAskedForIsReadAndWritten(Distance distance) {
    int rows = 3;
    int width = distance.targets(N);
    float[] z = numbers(rows * N, 1);
    float[] t = new float[rows * width];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(targets(distance, 1), 0, t, row * width, width);
    }
    float[] prepared = distance.prepare(t, rows, N);
    assertThat(prepared).hasSize(rows * distance.prepared(N));
    float[] before = z.clone();
    float[] dz = new float[rows * N];
    Arrays.fill(dz, 7);
    double loss = distance.at(z, N, prepared, distance.prepared(N), N, dz);
    float[] own = Arrays.copyOfRange(z, N, 2 * N);
    float[] ownTargets = Arrays.copyOfRange(t, width, 2 * width);
    assertThat(loss).isEqualTo(distance.of(own, ownTargets));
    assertThat(Arrays.copyOfRange(dz, N, 2 * N)).isEqualTo(distance.gradient(own, ownTargets));
    assertThat(Arrays.copyOfRange(dz, 0, N)).containsOnly(7);
    assertThat(Arrays.copyOfRange(dz, 2 * N, 3 * N)).containsOnly(7);
    assertThat(z).isEqualTo(before);
  }

  @Test
  void handComputedValuesHold() {
    float[] even = {0, 0};
    float[] odds = {(float) Math.log(3), 0};
    // p = (3/4, 1/4), q = (1/2, 1/2), m = (5/8, 3/8)
    double forward = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
    double reverse = 0.5 * Math.log(0.5 / 0.75) + 0.5 * Math.log(0.5 / 0.25);
    double middle =
        0.5 * (0.75 * Math.log(6.0 / 5) + 0.25 * Math.log(2.0 / 3))
            + 0.5 * (0.5 * Math.log(4.0 / 5) + 0.5 * Math.log(4.0 / 3));
    assertThat(forward).isNotCloseTo(reverse, within(0.01));
    holds("kl", even, odds, forward, -0.25, 0.25);
    holds("cross-entropy", even, odds, Math.log(2), -0.25, 0.25);
    holds("reverse-kl", even, odds, reverse, -Math.log(3) / 4, Math.log(3) / 4);
    holds("jensen-shannon", even, odds, middle, -Math.log(5.0 / 3) / 8, Math.log(5.0 / 3) / 8);
    holds("probability-mse", even, odds, 0.125, -0.25, 0.25);
    holds("nll", odds, new float[] {-1, 4}, Math.log(4), 0.75, -0.75);
    holds("behavior-cloning", odds, new float[] {1}, Math.log(4), 0.75, -0.75);
    holds("mse", new float[] {1, 3}, even, 10, 2, 6);
    holds("l1", new float[] {1, -3}, even, 4, 1, -1);
    holds("huber:1", new float[] {0.5f, -3}, even, 0.125 + 2.5, 0.5, -1);
    holds("huber:2", new float[] {0.5f, -3}, even, 0.125 + 4, 0.5, -2);
    holds("cosine", new float[] {2, 0}, new float[] {3, 4}, 0.4, 0, -0.4);
    // The teacher N(1, 2²), the student N(0, 1).
    float[] teacher = {1, (float) Math.log(2)};
    holds("normal-kl", even, teacher, -Math.log(2) + 2.5 - 0.5, -1, -4);
    holds("reverse-normal-kl", even, teacher, Math.log(2) + 0.25 - 0.5, -0.25, -0.75);
    holds("normal-nll", even, new float[] {2}, Math.log(2 * Math.PI) / 2 + 2, -2, -3);
  }

  private static void holds(String name, float[] z, float[] t, double loss, double... gradient) {
    Distance distance = read(name);
    assertThat(distance.of(z, t)).as(name).isCloseTo(loss, within(1e-6));
    assertThat(doubles(distance.gradient(z, t))).as(name).containsExactly(gradient, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("withoutEntropy")
  void noDistanceIsNegativeAndOnlyEqualOutputsAreAtNone(Distance distance) {
    for (int trial = 0; trial < 200; trial++) {
      float[] t = numbers(N, 0.5);
      float[] equal = equal(distance, t);
      // A unit vector is kept in floats, so its length is 1 to seven digits.
      double least = distance instanceof Cosine ? -1e-7 : -1e-11;
      assertThat(distance.of(equal, t)).as("%s", distance).isBetween(least, 1e-7);
      float[] near = equal.clone();
      near[trial % N] += 0.02f;
      assertThat(distance.of(near, t)).as("%s near", distance).isGreaterThan(least);
      assertThat(distance.of(numbers(N, 2), t)).as("%s apart", distance).isGreaterThan(1e-5);
    }
  }

  @Test
  void divergencesNearZeroAreExact() {
    float[] t = {0.3f, -1.2f, 0.7f, 2.1f};
    float[] z = t.clone();
    z[1] += 1e-3f;
    for (Distance distance :
        List.of(new Kl(1), new ReverseKl(1), new NormalKl(), new ReverseNormalKl())) {
      double expected = Formulas.of(distance, doubles(z), doubles(t));
      assertThat(expected).isBetween(1e-9, 1e-5);
      assertThat(distance.of(z, t)).as("%s", distance).isCloseTo(expected, within(0.01 * expected));
      assertThat(distance.of(t, t)).as("%s", distance).isBetween(-1e-14, 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 1, 5})
  void crossEntropyLessDivergenceIsTheEntropyOfTheTeacherForEveryStudent(double temperature) {
    float[] t = numbers(N, 0.05);
    double entropy = Formulas.entropy(Formulas.logSoftmax(doubles(t), temperature));
    assertThat(entropy).isGreaterThan(1e-4);
    for (int student = 0; student < 50; student++) {
      float[] z = numbers(N, 3);
      assertThat(new CrossEntropy(temperature).of(z, t) - new Kl(temperature).of(z, t))
          .isCloseTo(entropy, within(1e-6));
      assertThat(new CrossEntropy(temperature).gradient(z, t))
          .isEqualTo(new Kl(temperature).gradient(z, t));
    }
  }

  @Test
  void divergenceOfNormalsWithOneDeviationIsHalfTheSquaredDistanceInDeviations() {
    double log = -0.7;
    float[] t = {1, -2, 0.5f, (float) log, (float) log, (float) log};
    float[] z = {0, 1, 0.25f, (float) log, (float) log, (float) log};
    double expected = (1 + 9 + 0.0625) / (2 * Math.exp(2 * log));
    assertThat(new NormalKl().of(z, t)).isCloseTo(expected, within(1e-5));
    assertThat(new ReverseNormalKl().of(z, t)).isCloseTo(expected, within(1e-5));
    double squares = new Mse().of(Arrays.copyOf(z, 3), Arrays.copyOf(t, 3));
    assertThat(squares / (2 * Math.exp(2 * log))).isCloseTo(expected, within(1e-5));
  }

  @Test
  void jensenShannonIsTheSameFromBothSidesAndAtMostLogTwo() {
    Distance distance = new JensenShannon(1);
    for (int trial = 0; trial < 100; trial++) {
      float[] a = numbers(N, 20);
      float[] b = numbers(N, 20);
      assertThat(distance.of(a, b)).isCloseTo(distance.of(b, a), within(1e-6));
      assertThat(distance.of(a, b)).isBetween(0.0, Math.log(2) + 1e-6);
    }
    assertThat(distance.of(new float[] {1000, 0}, new float[] {0, 1000}))
        .isCloseTo(Math.log(2), within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("ofChoices")
  void choicesThatBothMaskAddNothingAndHaveNoGradient(Distance distance) {
    float[] z = {1, MASKED, -0.5f, 0.25f};
    float[] t = {0.02f, MASKED, 0.01f, 0};
    float[] kept = {1, -0.5f, 0.25f};
    float[] keptTargets = {0.02f, 0.01f, 0};
    assertThat(distance.of(z, t)).isCloseTo(distance.of(kept, keptTargets), within(1e-12));
    float[] gradient = distance.gradient(z, t);
    float[] expected = distance.gradient(kept, keptTargets);
    assertThat(gradient).containsExactly(expected[0], 0, expected[1], expected[2]);
    assertThat(expected[0]).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mse", "huber:1", "l1", "nll", "probability-mse"})
  void otherDistancesOfLogitsKnowMasksToo(String name) {
    float[] z = {1, MASKED, -0.5f};
    float[] t = {0.5f, MASKED, 0.25f};
    Distance distance = read(name);
    assertThat(distance.of(z, t))
        .isCloseTo(distance.of(new float[] {1, -0.5f}, new float[] {0.5f, 0.25f}), within(1e-12));
    assertThat(distance.gradient(z, t)[1]).isZero();
    assertThat(distance.gradient(z, t)[0]).isNotZero();
  }

  @Test
  void aChoiceThatOnlyTheTeacherMasksIsUnlearned() {
    float[] z = {0, 0};
    float[] t = {0, MASKED};
    assertThat(new Kl(1).of(z, t)).isCloseTo(Math.log(2), within(1e-7));
    assertThat(new Kl(1).gradient(z, t)).containsExactly(-0.5f, 0.5f);
    assertThat(new ReverseKl(1).of(z, t)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(new JensenShannon(1).of(z, t)).isBetween(0.1, Math.log(2));
  }

  @ParameterizedTest
  @MethodSource("ofChoices")
  void valuesOfAThousandAtTemperatureOneHundredthStayFinite(Distance distance) {
    float[][] rows = {{1000, -1000, 999, 0}, {-1e6f, 1e6f, 0, 5e5f}, {0, 0, 0, 1e3f}};
    for (float[] z : rows) {
      for (float[] t : rows) {
        double loss = distance.of(z, t);
        assertThat(loss).as("%s", distance).isFinite().isGreaterThan(-1e-12);
        for (float slope : distance.gradient(z, t)) {
          assertThat(slope).isFinite();
        }
      }
    }
    assertThat(new Kl(0.01).of(new float[] {-1000, 1000}, new float[] {1000, -1000}))
        .isEqualTo(2000);
    assertThat(new ReverseKl(0.01).of(new float[] {-1000, 1000}, new float[] {1000, -1000}))
        .isCloseTo(200_000, within(0.1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kl", "cross-entropy", "reverse-kl", "jensen-shannon"})
  void aTemperatureDividesTheTeacherAlone(String name) {
    float[] z = {0.4f, -0.3f, 1};
    float[] t = {0.1f, 0.2f, -0.1f};
    float[] tenfold = {1, 2, -1};
    assertThat(read(name + ":0.1").of(z, t)).isCloseTo(read(name).of(z, tenfold), within(1e-6));
    assertThat(read(name + ":0.1").of(z, t)).isNotCloseTo(read(name).of(z, t), within(1e-2));
  }

  @Test
  void bestChoicesAndTakenOnesAreDifferentTargets() {
    float[] z = {0, 1, 2};
    assertThat(new Nll().of(z, new float[] {5, 1, 5}))
        .isEqualTo(new BehaviorCloning().of(z, new float[] {0}));
    assertThat(new Nll().targets(3)).isEqualTo(3);
    assertThat(new BehaviorCloning().targets(3)).isEqualTo(1);
  }

  @Test
  void vectorsOfZerosHaveNoDirection() {
    float[] zeros = {0, 0};
    float[] some = {1, 2};
    for (List<float[]> pair : List.of(List.of(zeros, some), List.of(some, zeros))) {
      assertThat(new Cosine().of(pair.get(0), pair.get(1))).isEqualTo(1);
      assertThat(new Cosine().gradient(pair.get(0), pair.get(1)))
          .containsExactly(new float[2], within(0f));
    }
  }

  @Test
  void aDistanceOfOnesOwnIsOneMethod() {
    Distance first =
        (z, i, t, j, n, dz) -> {
          Arrays.fill(dz, i, i + n, 0);
          dz[i] = 1;
          return z[i] - t[j];
        };
    assertThat(first.of(new float[] {5, 1}, new float[] {2, 1})).isEqualTo(3);
    assertThat(first.gradient(new float[] {5, 1}, new float[] {2, 1})).containsExactly(1, 0);
  }

  @Test
  void targetsThatCannotBeAreRefused() {
    float nan = Float.NaN;
    refused(
        new Kl(1), new float[] {MASKED, MASKED}, "largest is finite, got [-Infinity, -Infinity]");
    refused(new Nll(), new float[] {0, nan}, "largest is finite, got [0.0, NaN]");
    refused(new Nll(), new float[] {nan, 0}, "largest is finite, got [NaN, 0.0]");
    refused(new ReverseKl(1), new float[] {0, Float.POSITIVE_INFINITY}, "got [0.0, Infinity]");
    refused(new BehaviorCloning(), new float[] {2}, "index of an action from 0 to 1, got 2.0");
    refused(new BehaviorCloning(), new float[] {0.5f}, "got 0.5");
    refused(new NormalKl(), new float[] {0, nan}, "log-deviations from -40.0 to 40.0, got NaN");
    refused(new ReverseNormalKl(), new float[] {0, 41}, "got 41.0");
    refused(new Cosine(), new float[] {0, nan}, "expected finite targets, got NaN");
    refused(new Mse(), new float[] {1}, "mse: expected 1 rows of 2 targets for 2 outputs, got 1");
    assertThatThrownBy(() -> new NormalKl().of(new float[3], new float[3]))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "normal-kl: expected an even number of outputs (means, then log-deviations), got 3.");
  }

  private static void refused(Distance distance, float[] t, String words) {
    assertThatThrownBy(() -> distance.of(new float[2], t))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(distance + ": expected ")
        .hasMessageContaining(words);
  }

  private static Distance read(String name) {
    return Distances.type().read("test", "distance", name);
  }

  /** Outputs that are at no distance from targets. */
  private static float[] equal(Distance distance, float[] t) {
    double temperature =
        distance instanceof Kl kl
            ? kl.temperature()
            : distance instanceof ReverseKl reverse
                ? reverse.temperature()
                : distance instanceof JensenShannon both ? both.temperature() : 1;
    float[] z = new float[t.length];
    for (int k = 0; k < z.length; k++) {
      z[k] = (float) (t[k] / temperature);
    }
    return z;
  }

  private float[] targets(Distance distance, double spread) {
    return distance instanceof BehaviorCloning
        ? new float[] {random.nextInt(N)}
        : numbers(distance.targets(N), spread);
  }

  private float[] numbers(int size, double spread) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (spread * random.nextGaussian());
    }
    return values;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, k -> values[k]);
    return doubles;
  }
}
