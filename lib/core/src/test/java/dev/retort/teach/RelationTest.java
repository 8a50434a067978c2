package dev.retort.teach;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.decisionTransformer;
import static dev.retort.Retort.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.data.AgentData;
import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.env.agents.FillIn;
import dev.retort.policy.RandomPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.Resumable;
import dev.retort.teach.DecisionTransformer.Agents;
import dev.retort.teach.DecisionTransformer.Mapping;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The relation of students' features against its formula in double precision. */
class RelationTest {
  private static final int AGENTS = 3;
  private static final int WIDTH = 4;
  private static final Env CELLS = new FillIn(AGENTS, 4, 1, 0, 6);
  private static final Dataset WALKS =
      AgentData.seenByAgents(
          collect(60).from(RandomPolicy.of(CELLS)).on(CELLS).exploring(uniform()).run());

  /** A cell of each row, and what is learned of it. */
  private static final class Lesson {
    final DecisionTransformer spec;
    final SequenceData data;
    final int[] rows;
    final float[] taught;

    Lesson(Mapping mapping, float[] taught) {
      this.taught = taught;
      Dataset labeled = WALKS.with(Column.of("teacher.features", AGENTS * WIDTH, taught));
      this.spec =
          decisionTransformer()
              .window(3)
              .width(WIDTH)
              .batchSize(2)
              .relation(0.5)
              .mapping(mapping)
              .agents(Agents.APART)
              .from(labeled);
      this.data = SequenceData.of(spec, CELLS);
      this.rows = new int[] {3, 4, -1, 8, -1, 9};
    }

    /** The gradient of the features, and the value in the last place. */
    double[] step(float[] features) {
      try (Relation relation = new Relation(spec, data, new long[] {1}, new Resumable())) {
        float[] gradient = new float[features.length];
        relation.begin();
        relation.step(rows, features, gradient, 0.001, 0);
        double[] all = new double[features.length + 1];
        for (int i = 0; i < gradient.length; i++) {
          all[i] = gradient[i];
        }
        all[features.length] = relation.value(0);
        return all;
      }
    }

    /** The formula without a mapping. */
    double formula(double[] features) {
      double sum = 0;
      for (int cell = 0; cell < rows.length; cell++) {
        for (int i = 0; rows[cell] >= 0 && i < AGENTS; i++) {
          for (int j = 0; j < AGENTS; j++) {
            if (i != j) {
              double[] hat = new double[taught.length];
              Arrays.setAll(hat, k -> taught[k]);
              int row = rows[cell] * AGENTS * WIDTH;
              double error =
                  angle(features, token(cell, i), token(cell, j))
                      - angle(hat, row + i * WIDTH, row + j * WIDTH);
              double e = Math.abs(error);
              sum += e <= 1 ? e * e / 2 : e - 0.5;
            }
          }
        }
      }
      return sum / 4;
    }

    private int token(int cell, int agent) {
      return data.token(0, cell, agent) * WIDTH;
    }

    private static double angle(double[] x, int i, int j) {
      double product = 0;
      double a = 0;
      double b = 0;
      for (int k = 0; k < WIDTH; k++) {
        product += x[i + k] * x[j + k];
        a += x[i + k] * x[i + k];
        b += x[j + k] * x[j + k];
      }
      return Math.acos(Math.max(1e-4 - 1, Math.min(1 - 1e-4, product / Math.sqrt(a * b))));
    }
  }

  private static float[] drawn(String purpose, int count) {
    RandomStream random = RandomStream.of(1, purpose);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static float[] features() {
    return drawn("students", AGENTS * 6 * WIDTH);
  }

  private static float[] labels() {
    return drawn("teacher", WALKS.size() * AGENTS * WIDTH);
  }

  @Test
  void itsValueAndItsGradientAreThoseOfTheFormula() {
    Lesson lesson = new Lesson(Mapping.NONE, labels());
    float[] features = features();
    double[] exact = new double[features.length];
    Arrays.setAll(exact, i -> features[i]);
    double[] all = lesson.step(features);
    assertThat(all[features.length]).isCloseTo(lesson.formula(exact), within(1e-5));
    int moved = 0;
    for (int i = 0; i < features.length; i++) {
      double[] more = exact.clone();
      double[] less = exact.clone();
      more[i] += 1e-6;
      less[i] -= 1e-6;
      double slope = 0.5 * (lesson.formula(more) - lesson.formula(less)) / 2e-6;
      assertThat(all[i]).isCloseTo(slope, within(1e-5));
      moved += slope == 0 ? 0 : 1;
    }
    assertThat(moved).as("numbers of four cells that are there").isEqualTo(4 * AGENTS * WIDTH);
  }

  /** The students' features as the teacher's of each cell, scaled and turned. */
  private static float[] like(Lesson lesson, double scale, boolean turned) {
    float[] features = new float[AGENTS * 6 * WIDTH];
    for (int cell = 0; cell < 6; cell++) {
      for (int agent = 0; lesson.rows[cell] >= 0 && agent < AGENTS; agent++) {
        for (int k = 0; k < WIDTH; k++) {
          int from = (lesson.rows[cell] * AGENTS + agent) * WIDTH;
          int to = lesson.data.token(0, cell, agent) * WIDTH;
          int other = turned ? (k + 1) % WIDTH : k;
          features[to + k] = (float) (scale * (agent + 1) * lesson.taught[from + other]);
        }
      }
    }
    return features;
  }

  @Test
  void itIsZeroWhereStudentsAreToEachOtherAsTheTeacherIs() {
    Lesson lesson = new Lesson(Mapping.NONE, labels());
    int last = features().length;
    assertThat(lesson.step(like(lesson, 1, false))[last]).isCloseTo(0, within(1e-9));
    assertThat(lesson.step(like(lesson, 7, false))[last]).isCloseTo(0, within(1e-9));
    assertThat(lesson.step(like(lesson, 1, true))[last]).isCloseTo(0, within(1e-9));
    assertThat(lesson.step(features())[last]).isGreaterThan(0.1);
    Lesson mapped = new Lesson(Mapping.ONE, labels());
    float[] same = like(mapped, 1, false);
    for (int cell = 0; cell < 6; cell++) {
      for (int agent = 0; agent < AGENTS; agent++) {
        for (int k = 0; k < WIDTH; k++) {
          same[mapped.data.token(0, cell, agent) * WIDTH + k] /= agent + 1;
        }
      }
    }
    assertThat(mapped.step(same)[last]).isCloseTo(0, within(1e-9));
  }

  @Test
  void gradientsAreFiniteWhereFeaturesAreParallelOpposedOrNothing() {
    for (Mapping mapping : Mapping.values()) {
      Lesson lesson = new Lesson(mapping, labels());
      for (float sign : new float[] {1, -1, 0}) {
        float[] features = features();
        for (int cell = 0; cell < 6; cell++) {
          for (int k = 0; k < WIDTH; k++) {
            features[lesson.data.token(0, cell, 1) * WIDTH + k] =
                sign * features[lesson.data.token(0, cell, 0) * WIDTH + k];
          }
        }
        for (double number : lesson.step(features)) {
          assertThat(number).isFinite();
        }
      }
    }
  }
}
