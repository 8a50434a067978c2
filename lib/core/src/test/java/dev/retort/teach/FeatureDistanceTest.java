package dev.retort.teach;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.decisionTransformer;
import static dev.retort.Retort.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.AgentData;
import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.env.agents.FillIn;
import dev.retort.policy.RandomPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.teach.DecisionTransformer.Agents;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The distance of students' features from the teacher's against its formula. */
class FeatureDistanceTest {
  private static final int AGENTS = 3;
  private static final int WIDTH = 4;
  private static final double PHI = 0.25;
  private static final Env CELLS = new FillIn(AGENTS, 4, 1, 0, 6);
  private static final Dataset WALKS =
      AgentData.seenByAgents(
          collect(60).from(RandomPolicy.of(CELLS)).on(CELLS).exploring(uniform()).run());
  private static final float[] TAUGHT = drawn("teacher", WALKS.size() * AGENTS * WIDTH);

  private static float[] drawn(String purpose, int count) {
    RandomStream random = RandomStream.of(1, purpose);
    float[] numbers = new float[count];
    IntStream.range(0, count).forEach(i -> numbers[i] = (float) random.nextGaussian());
    return numbers;
  }

  private static Dataset labeled(float[] logits) {
    Dataset all = WALKS.with(Column.of("teacher.features", AGENTS * WIDTH, TAUGHT));
    for (int agent = 1; agent <= AGENTS; agent++) {
      all = all.with(Column.of("teacher.agent" + agent + ".logits", 5, logits));
    }
    return all;
  }

  private static DecisionTransformer lesson() {
    return decisionTransformer()
        .window(3)
        .width(WIDTH)
        .batchSize(2)
        .featureDistance(PHI)
        .agents(Agents.APART)
        .from(labeled(new float[WALKS.size() * 5]));
  }

  @Test
  void itsValueAndItsGradientAreThoseOfTheFormula() {
    SequenceData data = SequenceData.of(lesson(), CELLS);
    FeatureDistance distance = new FeatureDistance(lesson(), data, 1);
    int[] rows = {3, 4, -1, 8, -1, 9};
    float[] features = drawn("students", AGENTS * rows.length * WIDTH);
    float[] gradient = new float[features.length];
    Arrays.fill(gradient, 1); // what stands there already stays
    distance.begin();
    distance.add(rows, features, gradient, 0);
    double sum = 0;
    float[] wanted = new float[features.length];
    Arrays.fill(wanted, 1);
    for (int cell = 0; cell < rows.length; cell++) {
      for (int agent = 0; rows[cell] >= 0 && agent < AGENTS; agent++) {
        for (int k = 0; k < WIDTH; k++) {
          int own = data.token(0, cell, agent) * WIDTH + k;
          double error = (double) features[own] - TAUGHT[(rows[cell] * AGENTS + agent) * WIDTH + k];
          sum += error * error;
          wanted[own] = (float) (1 + PHI * 2 * error / 4);
        }
      }
    }
    assertThat(distance.value(0)).isCloseTo(sum / 4, within(1e-9));
    assertThat(distance.loss(0)).isCloseTo(PHI * sum / 4, within(1e-9));
    assertThat(gradient).containsExactly(wanted, within(1e-5f));
    distance.begin();
    assertThat(distance.value(0)).isZero();
  }

  /** Learning by it alone, next to nothing else, brings the features to the teacher's. */
  @Test
  void featuresComeNearToTheTeachers() {
    DecisionTransformer lesson = lesson().action(0).imitation(1e-6).learningRate(0.01).steps(600);
    Session session = Session.unwatched(lesson.columns());
    try (Learner student = lesson.learner(CELLS, new long[] {1})) {
      student.iterate(session);
      double before = student.column("feature-distance", 0);
      for (int i = 0; i < 5; i++) {
        student.iterate(session);
      }
      assertThat(student.column("feature-distance", 0)).isLessThan(0.9 * before);
    }
  }

  @Test
  void aTeacherOfOtherWidthIsRefused() {
    assertThatThrownBy(() -> lesson().width(8).learner(CELLS, new long[] {1}).close())
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("a column 'teacher.features' of 24");
  }
}
