package dev.retort.distill;

import static dev.retort.Retort.fit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.data.View;
import dev.retort.distribution.Categorical;
import dev.retort.loss.Kl;
import dev.retort.loss.Mse;
import dev.retort.nn.Mlp;
import dev.retort.policy.Actor;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a view does not name reaches neither a gradient nor an output, bit for bit. */
class LeakTest {
  private static final Group SEEN =
      Group.of("secret", Box.of(-9, 9, 2))
          .and("position", Box.of(-9, 9, 2))
          .and("hint", new Discrete(3))
          .and("goal", Box.of(-9, 9, 1));
  private static final Discrete CHOICES = new Discrete(3);
  private static final int ROWS = 120;
  private static final int[] HIDDEN = {0, 1, 4};

  /** Ten episodes whose teacher knows all; of another world, the hidden numbers are others. */
  private static Dataset data(long world) {
    RandomStream shown = RandomStream.of(1, "shown");
    RandomStream truth = RandomStream.of(2, "truth");
    RandomStream hidden = RandomStream.of(world, "hidden");
    Recorder recorder = new Recorder(SEEN, CHOICES, Supervision.of(new Categorical(CHOICES)));
    float[] seen = new float[SEEN.size()];
    for (int row = 0; row < ROWS; row++) {
      SEEN.sample(shown, seen, 0);
      float[] other = new float[SEEN.size()];
      SEEN.sample(hidden, other, 0);
      for (int place : HIDDEN) {
        seen[place] = other[place];
      }
      float[] logits = {seen[2], (float) truth.nextGaussian(), seen[5]};
      recorder.step(seen, 0, new float[] {row % 3}, 0, seen[5] - seen[2], logits, 0);
      if (row % 12 == 11) {
        recorder.end(seen, 0, End.TASK);
      }
    }
    return recorder.dataset("world");
  }

  static List<Arguments> views() {
    return List.of(
        Arguments.of(View.parts("goal", "position")), Arguments.of(View.numbers(5, 2, 3)));
  }

  private static Distillation blind(View view) {
    return new Distillation()
        .into(Mlp.of(8, 8))
        .members(3)
        .epochs(4)
        .batchSize(16)
        .minimizing(Loss.of(new Kl(1)))
        .seeing(view);
  }

  private static Ensemble students(View view, Dataset data, SupervisedGroup.Where where) {
    return blind(view)
        .run(data, new long[] {3}, List.of(), Session.unwatched("loss", "agreement"), where)
        .get(0);
  }

  @ParameterizedTest
  @MethodSource("views")
  void studentsLearnAndActBitForBitAlikeWhateverTheyDoNotSee(View view) {
    Dataset one = data(5);
    Dataset other = data(6);
    assertThat(other.obs()).isNotEqualTo(one.obs());
    for (SupervisedGroup.Where where : SupervisedGroup.Where.values()) {
      Ensemble students = students(view, one, where);
      Ensemble again = students(view, other, where);
      for (int member = 0; member < 3; member++) {
        assertThat(again.members().get(member).parameters())
            .containsExactly(students.members().get(member).parameters());
      }
      assertThat(students.observations()).isEqualTo(SEEN);
      assertThat(outputs(students, other)).containsExactly(outputs(students, one));
      assertThat(outputs(students.members().get(1), other))
          .containsExactly(outputs(students.members().get(1), one));
    }
  }

  /** A window holds the rows of before: what is hidden in those must not reach it either. */
  @ParameterizedTest
  @MethodSource("views")
  void studentsWhoActByAWindowRememberNothingOfWhatTheyDoNotSee(View view) {
    Ensemble students = windowed(view, data(5));
    Ensemble again = windowed(view, data(6));
    assertThat(again.members().get(2).parameters())
        .containsExactly(students.members().get(2).parameters());
    float[] walked = walked(students, data(5));
    assertThat(walked(students, data(6))).containsExactly(walked);
    assertThat(walked(again, data(6))).containsExactly(walked);
    Ensemble all = windowed(View.all(), data(5));
    assertThat(walked(all, data(6))).isNotEqualTo(walked(all, data(5)));
  }

  /** Students of a window, who learn in Java alone. */
  private static Ensemble windowed(View view, Dataset data) {
    return students(View.window(3, view), data, SupervisedGroup.Where.JAVA);
  }

  @ParameterizedTest
  @EnumSource
  void whoSeesAllLearnsOtherwise(SupervisedGroup.Where where) {
    Ensemble students = students(View.all(), data(5), where);
    Ensemble again = students(View.all(), data(6), where);
    assertThat(again.members().get(0).parameters())
        .isNotEqualTo(students.members().get(0).parameters());
    assertThat(outputs(students, data(6))).isNotEqualTo(outputs(students, data(5)));
  }

  /** Outputs of a policy that is shown one row after the other, and told where episodes begin. */
  private static float[] walked(Policy policy, Dataset data) {
    int width = policy.distribution().size();
    float[] outputs = new float[data.size() * width];
    float[] seen = new float[SEEN.size()];
    try (Actor actor = policy.actor(1)) {
      for (int row = 0; row < data.size(); row++) {
        if (row == data.start(data.episodeOf(row))) {
          actor.begin(0);
        }
        System.arraycopy(data.obs(), row * seen.length, seen, 0, seen.length);
        System.arraycopy(actor.outputs(seen), 0, outputs, row * width, width);
      }
    }
    return outputs;
  }

  private static float[] outputs(Policy policy, Dataset data) {
    try (Actor actor = policy.actor(data.size())) {
      return actor.outputs(data.obs()).clone();
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void predictorsAndWindowsDoNotLookElsewhereEither(View view) {
    for (View each : List.of(view, View.window(3, view))) {
      float[][] predicted = new float[2][];
      for (int world = 0; world < 2; world++) {
        var plan = fit(Mlp.of(8)).to(data(world)).seeing(each).members(2).epochs(3);
        Predictor predictor = plan.minimizing("reward", new Mse()).job().execute(session());
        predicted[world] = predictor.predict(data(7 + world)).get(0).floats();
      }
      assertThat(predicted[1]).containsExactly(predicted[0]);
    }
  }

  private static Session session() {
    return Session.unwatched("loss", "held-out");
  }

  @Test
  void theGradientOfARowDoesNotDependOnWhatIsNotSeen() {
    Lesson one = new Lesson(blind(View.parts("goal")), data(5));
    Lesson other = new Lesson(blind(View.parts("goal")), data(6));
    for (int row : new int[] {0, 17, 119}) {
      float[] dz = new float[3];
      float[] again = new float[3];
      one.objective().at(row, new float[] {0.1f, 0.4f, -1}, 0, 1, dz);
      other.objective().at(row, new float[] {0.1f, 0.4f, -1}, 0, 1, again);
      assertThat(again).containsExactly(dz);
    }
    Column logits = one.data().column("teacher.logits");
    assertThat(IntStream.range(0, ROWS).mapToObj(row -> logits.at(row, 1)).distinct())
        .hasSizeGreaterThan(100);
  }
}
