package dev.retort.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.Point;
import dev.retort.distribution.SquashedNormal;
import dev.retort.distribution.SquashedPoint;
import dev.retort.loss.BehaviorCloning;
import dev.retort.loss.Distance;
import dev.retort.loss.Distances;
import dev.retort.loss.Kl;
import dev.retort.loss.Mse;
import dev.retort.loss.Nll;
import dev.retort.loss.NormalKl;
import dev.retort.loss.NormalNll;
import dev.retort.loss.ProbabilityMse;
import dev.retort.nn.Oracle;
import dev.retort.nn.Output;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
  private static final Discrete CHOICES = new Discrete(3);
  private static final Box ARM = new Box(List.of(-2f, 0f), List.of(2f, 1f), List.of(2));
  private static final Box SEEN = Box.of(-9, 9, 1);

  /** Two steps; what the teacher gives and what is taken in the second are as said. */
  private static Dataset data(Distribution teacher, float[] outputs, float... taken) {
    return data(Supervision.of(teacher), outputs, taken);
  }

  private static Dataset data(Supervision labels, float[] outputs, float... taken) {
    Recorder recorder = new Recorder(SEEN, labels.distribution().actions(), labels);
    float[] none = new float[labels.distribution().actions().size()];
    recorder.step(new float[1], 0, none, 0, 0, new float[outputs.length], 0);
    recorder.step(new float[] {1}, 0, taken, 0, 0, outputs, 0);
    recorder.end(new float[1], 0, End.HORIZON);
    return recorder.dataset("two");
  }

  private static double at(Loss loss, Dataset data, float... z) {
    return new Objective(loss, data).at(1, z.clone(), 0, 1, new float[z.length]);
  }

  @Test
  void choicesAreComparedWithLogitsOrActionValues() {
    float[] teacher = {1, 2, 0.5f};
    float[] z = {0.3f, -1, 2};
    Dataset logits = data(new Categorical(CHOICES), teacher, 1);
    Dataset values = data(new ActionValues(CHOICES), teacher, 1);
    for (Distance distance : List.of(new Kl(0.7), new Nll())) {
      double expected = distance.of(z, teacher);
      assertThat(at(Loss.of(distance), logits, z)).isEqualTo(expected);
      assertThat(at(Loss.of(distance), values, z)).isEqualTo(expected);
    }
    assertThat(at(Loss.of(new BehaviorCloning()), logits, z))
        .isEqualTo(new BehaviorCloning().of(z, new float[] {1}));
    assertThat(new StudentKind(Loss.of(new Kl(1)), values).distribution())
        .isEqualTo(new Categorical(CHOICES));
    assertThat(new StudentKind(Loss.of(new Mse()), values).distribution())
        .isEqualTo(new ActionValues(CHOICES));
    assertThat(new StudentKind(Loss.of(new Mse()), logits).distribution())
        .isEqualTo(new Categorical(CHOICES));
  }

  @Test
  void duelingTeachersAreComparedByTheirValues() {
    Dataset data = data(ActionValues.dueling(CHOICES), new float[] {1, 2, 6, 10}, 0);
    float[] z = {8, 9, 14};
    assertThat(at(Loss.of(new Mse()), data, z)).isEqualTo(1);
    assertThat(new Objective(Loss.of(new Mse()), data).agreement(1, z, 0, 3)).isEqualTo(1);
  }

  @Test
  void aTeacherOfOneChoiceIsFollowedByItsLikelihood() {
    Dataset data = data(new Point(CHOICES), new float[] {2}, 0);
    float[] z = {0.3f, -1, 2};
    assertThat(at(Loss.of(new Nll()), data, z)).isEqualTo(new Nll().of(z, new float[] {0, 0, 1}));
    assertThat(at(Loss.of(new Kl(0.1)), data, z))
        .isEqualTo(new Kl(0.1).of(z, new float[] {0, 0, 1}));
    refused(new ProbabilityMse(), data, "one choice, got probability-mse", "nll");
  }

  @Test
  void actionsAreComparedBehindTheSquashAndNormalsByBothTheirNumbers() {
    float[] teacher = {0.5f, 0.25f, -1, -2};
    float[] z = {0.1f, -0.3f, 0.2f, 0.4f};
    Dataset normals = data(new Normal(ARM), teacher, 1, 0.5f);
    assertThat(at(Loss.of(new NormalKl()), normals, z)).isEqualTo(new NormalKl().of(z, teacher));
    assertThat(at(Loss.of(new NormalNll()), normals, z))
        .isEqualTo(new NormalNll().of(z, new float[] {1, 0.5f}));
    assertThat(new StudentKind(Loss.of(new NormalKl()), normals).distribution())
        .isEqualTo(new Normal(ARM, false));
    Dataset squashed = data(new SquashedNormal(ARM), teacher, 1, 0.5f);
    assertThat(new StudentKind(Loss.of(new NormalKl()), squashed).distribution())
        .isEqualTo(new SquashedNormal(ARM));
    float[] action = new float[2];
    new SquashedPoint(ARM).mode(z, 0, action, 0);
    for (Dataset data : List.of(normals, data(new Point(ARM), new float[] {0.5f, 0.25f}, 1, 0))) {
      assertThat(at(Loss.of(new Mse()), data, z[0], z[1]))
          .isEqualTo(new Mse().of(action, new float[] {0.5f, 0.25f}));
    }
    assertThat(at(Loss.of(new BehaviorCloning()), normals, z[0], z[1]))
        .isEqualTo(new Mse().of(action, new float[] {1, 0.5f}));
  }

  @Test
  void theGradientOfASumEqualsCentralDifferences() {
    Supervision labels =
        new Supervision(
            new Point(ARM),
            List.of(Output.of("action", 2), Output.of("value", 1), Output.of("features", 3)));
    Dataset data =
        data(labels, new float[] {0.5f, 0.25f, 3, 1, 2, -1}, 1, 0)
            .with(Column.of("advantage", 1, new float[] {1, 0.4f}));
    Loss loss =
        Loss.of(new Mse())
            .weightedBy("advantage")
            .and(0.5, "value", new Mse())
            .and(0.1, "features", new Mse());
    Objective objective = new Objective(loss, data);
    assertThat(objective.width()).isEqualTo(6);
    RandomStream random = RandomStream.of(1, "objective");
    double[] x = new double[6];
    Arrays.setAll(x, i -> random.nextGaussian());
    float[] z = new float[7];
    for (int i = 0; i < 6; i++) {
      z[i + 1] = (float) x[i];
    }
    float[] dz = new float[7];
    double value = objective.at(1, z, 1, 0.25, dz);
    assertThat(value).isCloseTo(sum(x), within(1e-6));
    double[] expected = Oracle.centralDifferences(x, at -> 0.25 * sum(at));
    for (int i = 0; i < 6; i++) {
      assertThat((double) dz[i + 1]).isCloseTo(expected[i], within(1e-5));
    }
    assertThat(dz[0]).isZero();
  }

  /** {@code 0.4 (‖squash(z) − a‖² + ½ (v − 3)² + 0.1 ‖f − (1, 2, −1)‖²)}. */
  private static double sum(double[] z) {
    double[] target = {0.5, 0.25, 3, 1, 2, -1};
    double[] factor = {1, 1, 0.5, 0.1, 0.1, 0.1};
    double sum = 0;
    for (int i = 0; i < 6; i++) {
      double own = i == 0 ? 2 * Math.tanh(z[0]) : i == 1 ? (Math.tanh(z[1]) + 1) / 2 : z[i];
      sum += 0.4 * factor[i] * (own - target[i]) * (own - target[i]);
    }
    return sum;
  }

  @Test
  void columnsArePredictedByTheGradientOfCentralDifferences() {
    Dataset data =
        data(new Point(ARM), new float[] {0.5f, 0.25f}, 1, 0)
            .with(Column.of("advantage", 1, new float[] {1, 0.4f}))
            .with(Column.of("pair", 2, new float[] {0, 0, 3, -1}));
    Loss loss =
        Loss.of("pair", new Mse())
            .weightedBy("advantage")
            .and(0.5, Dataset.NEXT_OBSERVATION, new Mse());
    Objective objective = new Objective(loss, data);
    assertThat(objective.width()).isEqualTo(3);
    double[] x = {0.3, 0.7, -1.2};
    float[] dz = new float[3];
    double value = objective.at(1, new float[] {0.3f, 0.7f, -1.2f}, 0, 0.25, dz);
    assertThat(value).isCloseTo(predicted(x), within(1e-6));
    double[] expected = Oracle.centralDifferences(x, at -> 0.25 * predicted(at));
    for (int i = 0; i < 3; i++) {
      assertThat((double) dz[i]).isCloseTo(expected[i], within(1e-5));
    }
    assertThat(objective.agreement(1, new float[3], 0, 0)).isNaN();
  }

  /** {@code 0.4 (‖z − (3, −1)‖² + ½ (n − 0)²)}; the episode ends where 0 is seen. */
  private static double predicted(double[] z) {
    return 0.4 * (Math.pow(z[0] - 3, 2) + Math.pow(z[1] + 1, 2) + 0.5 * Math.pow(z[2], 2));
  }

  @Test
  void severalTeachersCountAlike() {
    float[] teacher = {1, 2, 0.5f};
    float[] z = {0.3f, -1, 2};
    Scripted other = new Scripted("other", SEEN, CHOICES, (seen, action) -> action[0] = 1);
    Dataset data = data(new Categorical(CHOICES), teacher, 1).labeledBy("other", other, List.of());
    assertThat(at(Loss.of(new Nll()), data, z))
        .isCloseTo(
            (new Nll().of(z, teacher) + new Nll().of(z, new float[] {0, 1, 0})) / 2, within(1e-12));
  }

  @Test
  void whatCannotBeComparedIsRefusedInWords() {
    Dataset values = data(new ActionValues(CHOICES), new float[3], 1);
    Dataset actions = data(new Point(ARM), new float[2], 1, 0);
    refused(new ProbabilityMse(), values, "action values, got probability-mse", "kl:0.01 or mse");
    refused(new Kl(1), actions, "continuous actions, got kl:1.0", "mse");
    refused(new NormalKl(), values, "action values, got normal-kl", "kl:0.01 or mse");
    refused(new NormalKl(), actions, "continuous actions, got normal-kl", "mse");
    assertThatThrownBy(() -> at(Loss.of(new Kl(1)), values.unlabeled(), 0, 0, 0))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected a dataset with a teacher's outputs, got 'two' with columns observation, action, reward. Say labeledBy(teacher), or clone what was done with behavior-cloning.");
    assertThatThrownBy(() -> at(Loss.of(new Kl(1)).and(1, "value", new Mse()), values, 0, 0, 0))
        .hasMessageContaining("teacher.value");
    assertThatThrownBy(() -> Loss.of(new Kl(1)).and(1, "value", new Kl(1)))
        .isInstanceOf(RetortException.class)
        .hasMessage("loss: expected a distance of numbers such as mse for 'value', got kl:1.0.");
    assertThatThrownBy(() -> Loss.of(new Kl(1)).and(0, "value", new Mse()))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "loss: expected a factor above 0 and the name of an output in one word, got 0.0 and 'value'.");
  }

  private static void refused(Distance distance, Dataset data, String what, String use) {
    assertThatThrownBy(() -> new Objective(Loss.of(distance), data))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected a loss that serves a teacher with %s (dataset 'two'). Use %s."
                .formatted(what, use));
  }

  @Test
  void lossesAreReadFromWhatTheyPrint() {
    for (Distances.Entry entry : Distances.supplied()) {
      Loss alone = Loss.of(entry.standard());
      Loss more = alone.weightedBy("advantage").and(0.5, "value", new Mse());
      assertThat(Loss.type().reader().apply(alone.toString())).isEqualTo(alone);
      assertThat(Loss.type().reader().apply(more.toString())).isEqualTo(more);
    }
    assertThat(Loss.of(new Kl(0.5)).and(0.1, "features", new Mse()))
        .hasToString("kl:0.5 + 0.1 features mse");
    Loss predicting = Loss.of("reward", new Mse()).weightedBy("advantage");
    predicting = predicting.and(0.5, "next-observation", new Mse());
    assertThat(predicting).hasToString("1.0 reward mse by advantage + 0.5 next-observation mse");
    assertThat(Loss.type().reader().apply(predicting.toString())).isEqualTo(predicting);
    assertThatThrownBy(() -> Loss.type().read("distill", "loss", "kl + "))
        .isInstanceOf(RetortException.class);
    assertThatThrownBy(() -> Loss.type().read("distill", "loss", "0.5 consistent rotations:4"))
        .isInstanceOf(RetortException.class);
    assertThatThrownBy(() -> Loss.type().read("distill", "loss", "kl + value"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("further terms such as kl:1 + 0.5 value mse for 'loss'");
  }
}
