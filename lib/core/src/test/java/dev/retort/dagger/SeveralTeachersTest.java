package dev.retort.dagger;

import static dev.retort.Retort.cosine;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.env;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.td3;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.evaluate.Statistics;
import dev.retort.loss.Cosine;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.plan.Aggregating;
import dev.retort.plan.Curves;
import dev.retort.plan.Resuming;
import dev.retort.policy.Actor;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.run.Job;
import dev.retort.run.Runs;
import dev.retort.run.Session;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Teachers of a task each, and one student of all of them. */
class SeveralTeachersTest {
  private static final Env AREAS = env("Geomagnetic").train(3).eachTask();
  private static final Distillation STUDENTS =
      new Distillation()
          .into(Mlp.of(16))
          .members(1)
          .minimizing(Loss.of(new Cosine()))
          .epochs(60)
          .batchSize(32)
          .learningRate(0.01);

  /** Goes one way, whatever it sees. */
  private static Policy going(double north, double east) {
    return Scripted.of(
        "%s, %s".formatted(north, east),
        AREAS,
        (seen, action) -> {
          action[0] = (float) north;
          action[1] = (float) east;
        });
  }

  private static final List<Policy> WAYS = List.of(going(1, 0), going(0, 1), going(-1, 0));

  private static Session session() {
    return Session.unwatched(Dagger.columns(3).toArray(String[]::new));
  }

  private static Dataset visited(Policy policy, int task) {
    return new Collector(policy, AREAS.ofSeed(task), new Behavior.Greedy(), 40, 1)
        .run(Session.unwatched("return", "length"));
  }

  /** The mean cosine distance of what a student does in a task from what is done there. */
  private static double error(Policy student, int task, double... way) {
    Dataset states = visited(WAYS.get(task), task);
    float[] action = new float[2];
    double sum = 0;
    try (Actor actor = student.actor(1)) {
      for (int row = 0; row < states.size(); row++) {
        actor.greedy(Arrays.copyOfRange(states.obs(), row * 18, row * 18 + 18), action);
        sum += new Cosine().of(action, new float[] {(float) way[0], (float) way[1]});
      }
    }
    return sum / states.size();
  }

  @Test
  void aStudentWhoTellsTasksApartDoesInEachWhatItsOwnTeacherDoes() {
    Dagger dagger = new Dagger().rounds(2).stepsEach(150).by(STUDENTS.seeing(View.parts("field")));
    for (Dagger each : List.of(dagger, dagger.gatedBy("field"))) {
      Session session = session();
      Ensemble student = each.run(WAYS, AREAS, 3, session);
      assertThat(error(student, 0, 1, 0)).isLessThan(0.1);
      assertThat(error(student, 1, 0, 1)).isLessThan(0.1);
      assertThat(error(student, 2, -1, 0)).isLessThan(0.1);
      assertThat(session.curve().column("disagreement"))
          .as("two right angles and a half turn")
          .containsExactly(new double[] {4.0 / 3, 4.0 / 3}, within(1e-6));
      int labels = each.gatedBy().isEmpty() ? 1 : 3;
      assertThat(session.curve().column("queries")).containsExactly(150 * labels, 300 * labels);
    }
  }

  @Test
  void aStudentWhoSeesNothingOfTheTaskGoesTheWeightedMeanWay() {
    Dagger blind = new Dagger().rounds(1).stepsEach(150).by(STUDENTS.seeing(View.numbers(3)));
    List<Policy> two = List.of(going(1, 0), going(0, 1), going(0, 1));
    Ensemble alike = blind.run(two, AREAS, 3, session());
    Ensemble weighed = blind.weighing(8, 1, 1).run(two, AREAS, 3, session());
    assertThat(error(alike, 0, 1, 2)).isLessThan(error(alike, 0, 4, 1) / 2);
    assertThat(error(weighed, 0, 4, 1)).isLessThan(error(weighed, 0, 1, 2) / 2);
  }

  @Test
  void aGateTellsWhereATeacherActed() {
    List<Dataset> own = IntStream.range(0, 3).mapToObj(i -> visited(WAYS.get(i), i)).toList();
    Dataset all = own.get(0).and(own.get(1)).and(own.get(2));
    Gate gate =
        new Gate(
            View.parts("field").selection(all.observations()).orElseThrow(),
            all,
            new int[] {40, 40, 40});
    float[][] shares = gate.shares(all);
    for (int row = 0; row < all.size(); row++) {
      assertThat(shares[0][row] + shares[1][row] + shares[2][row]).isCloseTo(1, within(1e-5f));
    }
    for (int task = 0; task < 3; task++) {
      float[] there = Arrays.copyOfRange(shares[task], 40 * task, 40 * task + 40);
      assertThat(Statistics.mean(IntStream.range(0, 40).mapToDouble(i -> there[i]).toArray()))
          .isGreaterThan(0.9);
    }
  }

  @Test
  void teachersDisagreeByTheAnglesBetweenTheirWays() {
    Dataset states = visited(WAYS.get(0), 0);
    assertThat(Disagreement.of(WAYS.subList(0, 2), states)).isCloseTo(1, within(1e-6));
    assertThat(Disagreement.of(List.of(WAYS.get(0), WAYS.get(2)), states))
        .isCloseTo(2, within(1e-6));
    assertThat(Disagreement.of(List.of(WAYS.get(0), going(1, 1)), states))
        .isCloseTo(1 - Math.sqrt(0.5), within(1e-6));
  }

  @Test
  void interruptedAtAnyBoundaryTheyGoOnBitForBit() {
    Dagger dagger =
        new Dagger()
            .rounds(2)
            .stepsEach(25)
            .mixing(new Schedule(1, 0.5))
            .weighing(1, 2, 3)
            .gatedBy("field")
            .by(STUDENTS.epochs(2));
    List<String> columns = Dagger.columns(3);
    Interrupted whole = new Interrupted(columns);
    float[] expected = dagger.run(WAYS, AREAS, 5, whole).members().get(0).parameters();
    assertThat(whole.boundaries()).isGreaterThan(12);
    for (int last = 1; last <= whole.boundaries(); last++) {
      Interrupted first = new Interrupted(columns, last);
      assertThatThrownBy(() -> dagger.run(WAYS, AREAS, 5, first))
          .isInstanceOf(Interrupted.Over.class);
      Interrupted second = first.resuming();
      Ensemble students = dagger.run(WAYS, AREAS, 5, second);
      assertThat(students.members().get(0).parameters())
          .as("boundary %s", last)
          .isEqualTo(expected);
      assertThat(second.curve().values()).as("boundary %s", last).isEqualTo(whole.curve().values());
    }
  }

  @Test
  void teachersWhoWereTrainedTogetherAreDistilledTogetherAndFoundAgain(@TempDir Path folder) {
    System.setProperty("retort.runs", folder.toString());
    try {
      Curves teachers =
          train(
                  td3("Geomagnetic")
                      .steps(60)
                      .warmUp(20)
                      .hidden(8)
                      .batchSize(8)
                      .evaluateEvery(60)
                      .evaluateEpisodes(2))
              .on(AREAS)
              .seeds(3)
              .once();
      Aggregating plan =
          distill(teachers)
              .on(AREAS)
              .minimizing(cosine())
              .into(mlp(8))
              .members(1)
              .rounds(2)
              .stepsEach(30)
              .epochs(1);
      Ensemble student = plan.once();
      assertThat(plan.explain()).contains("distill '3 teachers' on");
      assertThat(Runs.open(2).title()).contains("from 3 teachers");
      assertThat(parameters(plan.once())).isEqualTo(parameters(student));
      assertThat(Runs.all()).hasSize(2);
      Job<?> job = Resuming.plan(2).job();
      Ensemble again = (Ensemble) job.execute(Session.unwatched(job.columns()));
      assertThat(parameters(again)).isEqualTo(parameters(student));
    } finally {
      System.clearProperty("retort.runs");
    }
  }

  private static float[] parameters(Ensemble student) {
    return student.members().get(0).parameters();
  }

  @Test
  void whatCannotBeTaughtIsRefusedInWords() {
    Dagger dagger = new Dagger().by(STUDENTS);
    assertThatThrownBy(() -> dagger.require(WAYS.subList(0, 2), AREAS))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected one teacher to act and label on Geomagnetic/train-3/eachTask, of 3 tasks, or one a task of a family that deals its tasks out, got 2. Say .on(family.train(2).eachTask()), or collect with one of them and distill(..).from(data).");
    assertThatThrownBy(() -> dagger.weighing(1, 2).require(WAYS, AREAS))
        .hasMessageContaining("expected a weight for each of 3 teachers, got 2");
    assertThatThrownBy(() -> dagger.weighing(1, -2))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("weighing");
    assertThatThrownBy(() -> dagger.gatedBy("fields").require(WAYS, AREAS))
        .hasMessageContaining("got 'fields'. Did you mean 'field'?");
    assertThatThrownBy(() -> dagger.stepsEach(2).require(WAYS, AREAS))
        .hasMessageContaining("at least one step for each of 3 teachers in a round, got 2");
  }
}
