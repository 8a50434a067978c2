package dev.retort.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.nn.Oracle;
import dev.retort.policy.Head;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every loss against itself written down a second time, in doubles, straight from its formula. */
class LossTest {
  private static final int N = 4;
  private static final int AT = 3;

  private final RandomStream random = RandomStream.of(5, "loss");

  @Test
  void squaredDistanceIsRight() {
    for (int trial = 0; trial < 50; trial++) {
      float[] z = numbers(2);
      float[] t = numbers(2);
      holds(
          new Loss.Mse(),
          z,
          choices(slice(t), 0),
          1e-5,
          x -> {
            double sum = 0;
            for (int k = 0; k < N; k++) {
              sum += Math.pow(x[k] - t[AT + k], 2);
            }
            return sum;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 1, 5})
  void divergenceIsRightAtAnyTemperature(double temperature) {
    // 30 apart at temperature 0.01 is a difference of 3000 in the exponent.
    for (double spread : new double[] {0.01, 1, 30}) {
      for (int trial = 0; trial < 25; trial++) {
        float[] z = numbers(2);
        float[] t = numbers(spread);
        holds(
            new Loss.Kl(temperature),
            z,
            choices(slice(t), 0),
            2e-5,
            x -> {
              double[] p = softmax(doubles(slice(t)), temperature);
              double[] q = softmax(x, 1);
              double sum = 0;
              for (int k = 0; k < N; k++) {
                sum += p[k] == 0 ? 0 : p[k] * Math.log(p[k] / q[k]);
              }
              return sum;
            });
      }
    }
  }

  @Test
  void divergenceFromEqualOutputsIsZeroAndFarApartOnesStayFinite() {
    float[] z = {0, 1, 2, 3};
    float[] dz = new float[N];
    assertThat(apply(new Loss.Kl(1), z, choices(z, 0), dz)).isCloseTo(0, within(1e-6));
    float[] far = {-1e4f, 1e4f, 0, 5e3f};
    float[] other = {1e4f, -1e4f, 0, 1};
    double loss = apply(new Loss.Kl(0.01), far, choices(other, 0), dz);
    assertThat(loss).isCloseTo(2e4, within(1e-6));
    assertThat(dz).containsExactly(-1, 1, 0, 0);
  }

  @Test
  void squaredDistanceOfProbabilitiesIsRight() {
    for (int trial = 0; trial < 50; trial++) {
      float[] z = numbers(2);
      float[] t = numbers(2);
      holds(
          new Loss.ProbabilityMse(),
          z,
          choices(slice(t), 0),
          1e-6,
          x -> {
            double[] p = softmax(doubles(slice(t)), 1);
            double[] q = softmax(x, 1);
            double sum = 0;
            for (int k = 0; k < N; k++) {
              sum += (q[k] - p[k]) * (q[k] - p[k]);
            }
            return sum;
          });
    }
  }

  @Test
  void cloningOfChoicesIsRight() {
    for (int trial = 0; trial < 50; trial++) {
      float[] z = numbers(3);
      int taken = random.nextInt(N);
      holds(
          new Loss.BehaviourCloning(),
          z,
          choices(slice(numbers(1)), taken),
          1e-5,
          x -> -Math.log(softmax(x, 1)[taken]));
    }
  }

  @Test
  void cloningOfContinuousActionsComparesWithWhatWasTaken() {
    for (int trial = 0; trial < 50; trial++) {
      float[] z = numbers(1);
      float[] actions = numbers(1);
      holds(
          new Loss.BehaviourCloning(),
          z,
          motions(slice(numbers(1)), slice(actions)),
          1e-5,
          x -> {
            double sum = 0;
            for (int k = 0; k < N; k++) {
              sum += Math.pow(x[k] - actions[AT + k], 2);
            }
            return sum;
          });
    }
  }

  @Test
  void handComputedValuesHold() {
    float[] even = {0, 0};
    float[] odds = {(float) Math.log(3), 0};
    float[] dz = new float[2];
    // p = (3/4, 1/4), q = (1/2, 1/2)
    assertThat(apply(new Loss.Kl(1), even, choices(odds, 0), dz))
        .isCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), within(1e-7));
    assertThat(dz[0]).isCloseTo(-0.25f, within(1e-7f));
    assertThat(apply(new Loss.ProbabilityMse(), even, choices(odds, 0), dz))
        .isCloseTo(0.125, within(1e-7));
    assertThat(apply(new Loss.BehaviourCloning(), odds, choices(even, 1), dz))
        .isCloseTo(Math.log(4), within(1e-7));
    assertThat(apply(new Loss.Mse(), new float[] {1, 3}, choices(even, 0), dz)).isEqualTo(10);
    assertThat(dz).containsExactly(2, 6);
  }

  @Test
  void everyLossIsReadBackFromItsText() {
    for (Loss loss :
        List.of(
            new Loss.Mse(),
            new Loss.Kl(1),
            new Loss.Kl(0.01),
            new Loss.ProbabilityMse(),
            new Loss.BehaviourCloning())) {
      assertThat(Loss.type().read("distill", "loss", loss.toString())).isEqualTo(loss);
    }
    assertThat(Loss.type().read("distill", "loss", "KL")).isEqualTo(new Loss.Kl(1));
    assertThat(Loss.type().read("distill", "loss", "bc")).isEqualTo(new Loss.BehaviourCloning());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kl:0", "kl:-1", "kl:NaN", "kl:Infinity", "mse:2", "huber", "kl:1:2", ""})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> Loss.type().read("distill", "loss", text))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected mse, kl, kl:0.5, probability-mse or behaviour-cloning for 'loss', got '%s'.",
            text);
  }

  @Test
  void lossesServeTheTeachersThatTheyMakeSenseFor() {
    assertThat(new Loss.Kl(1).serves(Head.Q_VALUES)).isTrue();
    assertThat(new Loss.Kl(1).serves(Head.ACTION)).isFalse();
    assertThat(new Loss.ProbabilityMse().serves(Head.LOGITS)).isTrue();
    assertThat(new Loss.ProbabilityMse().serves(Head.Q_VALUES)).isFalse();
    assertThat(new Loss.Mse().serves(Head.ACTION)).isTrue();
    assertThat(new Loss.BehaviourCloning().serves(Head.ACTION)).isTrue();
  }

  /** Value against the formula, gradient against central differences, neighbours untouched. */
  private static void holds(
      Loss loss, float[] z, Dataset data, double tolerance, ToDoubleFunction<double[]> formula) {
    float[] dz = new float[z.length];
    double value = loss.targets(data).apply(1, z, AT, dz);
    double[] x = doubles(slice(z));
    double expected = formula.applyAsDouble(x);
    assertThat(value).isCloseTo(expected, within(tolerance * (1 + Math.abs(expected))));
    double[] gradient = Oracle.centralDifferences(x, formula);
    for (int k = 0; k < N; k++) {
      assertThat((double) dz[AT + k])
          .as("%s, derivative %d", loss, k)
          .isCloseTo(gradient[k], within(tolerance * (1 + Math.abs(gradient[k]))));
    }
    for (int k = 0; k < z.length; k++) {
      if (k < AT || k >= AT + N) {
        assertThat(dz[k]).isZero();
      }
    }
  }

  private static double[] softmax(double[] x, double temperature) {
    double[] p = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double sum = 0;
      for (double other : x) {
        sum += Math.exp((other - x[i]) / temperature);
      }
      p[i] = 1 / sum;
    }
    return p;
  }

  private static double apply(Loss loss, float[] z, Dataset data, float[] dz) {
    return loss.targets(data).apply(1, z, 0, dz);
  }

  /** A dataset whose second step is what is asked for. */
  private static Dataset choices(float[] teacher, int taken) {
    Recorder recorder = new Recorder(Box.of(0, 1, 1), new Discrete(teacher.length), Head.LOGITS);
    return twoSteps(recorder, teacher, new float[] {taken}, new float[1]);
  }

  private static Dataset motions(float[] teacher, float[] taken) {
    Recorder recorder = new Recorder(Box.of(0, 1, 1), Box.of(-10, 10, teacher.length), Head.ACTION);
    return twoSteps(recorder, teacher, taken, new float[taken.length]);
  }

  private static Dataset twoSteps(
      Recorder recorder, float[] teacher, float[] taken, float[] before) {
    float[] obs = {0};
    recorder.step(obs, 0, before, 0, 0, new float[teacher.length], 0);
    recorder.step(obs, 0, taken, 0, 0, teacher, 0);
    recorder.end(obs, 0, End.HORIZON);
    return recorder.dataset("two steps");
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, k -> values[k]);
    return doubles;
  }

  private static float[] slice(float[] values) {
    return Arrays.copyOfRange(values, AT, AT + N);
  }

  private float[] numbers(double spread) {
    float[] values = new float[AT + N + 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (spread * random.nextGaussian());
    }
    return values;
  }
}
