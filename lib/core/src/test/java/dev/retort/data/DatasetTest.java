package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Point;
import dev.retort.env.Environments;
import dev.retort.policy.Scripted;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@InEveryLocale
class DatasetTest {
  private static final Supervision LOGITS = Supervision.of(new Categorical(new Discrete(2)));

  @TempDir Path folder;

  /** Episodes of 2, 1 and 3 steps, of two numbers, two choices. */
  private static Dataset rooms() {
    Recorder recorder = new Recorder(Box.of(-9, 9, 2), new Discrete(2), LOGITS);
    int row = 0;
    for (int length : new int[] {2, 1, 3}) {
      for (int step = 0; step < length; step++, row++) {
        float[] seen = {row, step};
        recorder.step(seen, 0, new float[] {row % 2}, 0, row, new float[] {row, -row}, 0);
      }
      recorder.end(new float[] {-1, length}, 0, length != 1 ? End.TASK : End.COLLECTION);
    }
    return recorder.dataset("rooms");
  }

  @Test
  void theRecorderKeepsWhatItWasToldInOrder() {
    Dataset data = rooms();
    assertThat(data.size()).isEqualTo(6);
    assertThat(data.episodes()).isEqualTo(3);
    assertThat(data.start(2)).isEqualTo(3);
    assertThat(data.end(2)).isEqualTo(6);
    assertThat(data.obs()).startsWith(0, 0, 1, 1, 2, 0, 3, 0);
    assertThat(data.taken()).containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(data.column("teacher.logits").floats()).startsWith(0, 0, 1, -1);
    assertThat(data.finals()).containsExactly(-1, 2, -1, 1, -1, 3);
    assertThat(data.terminated(0)).isTrue();
    assertThat(data.terminated(1)).isFalse();
    assertThat(data.returns()).containsExactly(1, 12);
    assertThat(data.cut()).isEqualTo(1);
    assertThat(data)
        .asString()
        .contains("6 steps in 3 episodes, 1 cut off by the end of the collection", "1.000 to 12");
    assertThat(data.actionCounts()).containsExactly(3, 3);
  }

  @Test
  void whatATeacherKnewCanBeLeftOutOfWhatWasSeen() {
    Group both = Group.of("shown", Box.of(-9, 9, 1)).and("truth", Box.of(-9, 9, 2));
    Recorder recorder = new Recorder(both, new Discrete(2), LOGITS);
    for (int row = 0; row < 3; row++) {
      float[] seen = {row, 5 + row, -row};
      recorder.step(seen, 0, new float[] {1}, 0, row, new float[] {row, 1}, 0);
    }
    recorder.end(new float[] {8, 7, 6}, 0, End.TASK);
    Dataset data = recorder.dataset("known");
    Dataset blind = data.without("truth");
    assertThat(blind.observations()).isEqualTo(Group.of("shown", Box.of(-9, 9, 1)));
    assertThat(blind.obs()).containsExactly(0, 1, 2);
    assertThat(blind.finals()).containsExactly(8);
    assertThat(blind.column("teacher.logits").floats())
        .containsExactly(data.column("teacher.logits").floats());
    assertThat(blind.taken()).containsExactly(1, 1, 1);
    assertThat(data.without("shown").obs()).containsExactly(5, 0, 6, -1, 7, -2);
    assertThatThrownBy(() -> data.without("trut"))
        .hasMessage(
            "dataset 'known': expected a part of the observation among [shown, truth], got 'trut'. Did you mean 'truth'?");
    assertThatThrownBy(() -> data.without())
        .hasMessage("dataset 'known': expected names of parts to leave out, got none.");
    assertThatThrownBy(() -> blind.without("shown"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected parts of the observation to be left, got none");
    assertThatThrownBy(() -> rooms().without("truth"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "dataset 'rooms': expected observations of named parts, of which without(..) leaves some out, got 2 numbers without names. Let students see some of them, seeing(View.numbers(0, 1)).");
  }

  @Test
  void episodesThatWereCutOffHaveNoReturn() {
    Recorder recorder = new Recorder(Box.of(-9, 9, 1), new Discrete(2), LOGITS);
    float[] one = new float[2];
    recorder.step(one, 0, one, 0, 1, one, 0);
    recorder.end(one, 0, End.COLLECTION);
    Dataset data = recorder.dataset("cut");
    assertThat(data.returns()).isEmpty();
    assertThat(data).asString().contains("1 episode, 1 cut off", "none came to its end");
  }

  @Test
  void anEpisodeThatIsStillOpenIsLeftOut() {
    Recorder recorder = new Recorder(Box.of(-9, 9, 1), new Discrete(2), LOGITS);
    float[] one = new float[2];
    recorder.step(one, 0, one, 0, 1, one, 0);
    recorder.end(one, 0, End.TASK);
    recorder.step(one, 0, one, 0, 1, one, 0);
    assertThat(recorder.dataset("open").size()).isEqualTo(1);
  }

  @Test
  void aDatasetIsReadBackFromItsFile() {
    Dataset data = rooms();
    Path file = folder.resolve("rooms.safetensors");
    data.save(file);
    assertSame(Dataset.open(file), data);
  }

  @Test
  void datasetsAreJoinedEpisodeByEpisode() {
    Dataset both = rooms().and(rooms().named("more"));
    assertThat(both.name()).isEqualTo("rooms + more");
    assertThat(both.size()).isEqualTo(12);
    assertThat(both.returns()).containsExactly(1, 12, 1, 12);
    assertThat(both.start(4)).isEqualTo(8);
    assertThat(both.terminated(4)).isFalse();
    assertThat(both.terminated(5)).isTrue();
  }

  @Test
  void aTeacherOfOtherSpacesIsRefused() {
    Scripted teacher = Scripted.of("rule", Environments.get("CartPole"), (seen, action) -> {});
    assertThatThrownBy(() -> rooms().labeledBy(teacher))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "dataset 'rooms': expected a teacher from 2 numbers to 2 choices, got 'rule' from 4 numbers to 2 choices. Collect from the teacher's environment.");
  }

  @Test
  void labelsAreTheTeachersAtEveryStateAlsoWhereBatchesAreNotFull() {
    int size = 2500;
    Recorder recorder = new Recorder(Box.of(0, size, 1), new Discrete(2), LOGITS);
    for (int row = 0; row < size; row++) {
      recorder.step(new float[] {row}, 0, new float[1], 0, 0, new float[2], 0);
    }
    recorder.end(new float[1], 0, End.HORIZON);
    Scripted odd =
        new Scripted(
            "odd", Box.of(0, size, 1), new Discrete(2), (seen, action) -> action[0] = seen[0] % 2);
    Dataset labeled = recorder.dataset("long").labeledBy(odd);
    assertThat(labeled.teacher()).contains(new Point(new Discrete(2)));
    assertThat(labeled.columns()).doesNotContain("teacher.logits");
    for (int row = 0; row < size; row++) {
      assertThat(labeled.column("teacher.action").at(row, 0)).isEqualTo(row % 2);
    }
  }

  @Test
  void everyMutationIsNamedExactly() {
    String at = " (episode 2, step 1, column ";
    refused(
        t -> t.floats("observations")[2 * 4 + 1] = Float.NaN,
        "expected a finite observation, got NaN" + at + "1).");
    refused(
        t -> t.floats("rewards")[4] = Float.NEGATIVE_INFINITY,
        "expected a finite reward, got -Infinity" + at + "0).");
    refused(
        t -> t.floats("column/teacher.logits")[2 * 4] = Float.POSITIVE_INFINITY,
        "expected a finite 'teacher.logits', got Infinity" + at + "0).");
    refused(
        t -> t.floats("finals")[2 * 2 + 1] = Float.NaN,
        "expected a finite final observation, got NaN (episode 2, step 3, column 1).");
    for (float action : new float[] {2, -1, 0.5f, Float.NaN}) {
      refused(
          t -> t.floats("actions")[4] = action,
          "expected an action of 2 choices, got [%s]%s0).".formatted(action, at));
    }
  }

  @Test
  void wrongWidthsAndEmptyEpisodesAreNamedExactly() {
    refused(
        t -> t.put("observations", new float[13]),
        "expected 12 numbers of observations for 6 steps in 3 episodes, got 13.");
    refused(
        t -> t.put("actions", new float[5]),
        "expected 6 numbers of actions for 6 steps in 3 episodes, got 5.");
    refused(
        t -> t.put("column/teacher.logits", new float[18], 9, 2),
        "expected 12 numbers of 'teacher.logits' for 6 steps in 3 episodes, got 18.");
    refused(
        t -> t.put("column/teacher.logits", new float[18], 6, 3),
        "expected 12 numbers of 'logits' of teacher for 6 steps in 3 episodes, got 18.");
    refused(
        t -> t.put("finals", new float[4]),
        "expected 6 numbers of final observations for 6 steps in 3 episodes, got 4.");
    refused(
        t -> t.put("terminated", new boolean[2]),
        "expected 3 numbers of ends of episodes for 6 steps in 3 episodes, got 2.");
    refused(
        t -> t.ints("starts")[1] = 0, "expected episodes of at least 1 step, got 0 (episode 0).");
    refused(
        t -> t.ints("starts")[1] = 4, "expected episodes of at least 1 step, got -1 (episode 1).");
    refused(
        t -> t.ints("starts")[2] = 9,
        "expected episodes that lie within 6 steps, got one that ends at 9 (episode 1).");
    refused(
        t -> t.ints("starts")[2] = Integer.MIN_VALUE,
        "expected episodes that lie within 6 steps, got one that ends at -2147483648 (episode 1).");
    refused(t -> t.ints("starts")[0] = 1, "expected at least one episode of one step, got none.");
    refused(
        t ->
            t.put("rewards", new float[0])
                .put("observations", new float[0])
                .put("actions", new float[0])
                .put("column/teacher.logits", new float[0], 0, 2)
                .put("starts", new int[0])
                .put("finals", new float[0])
                .put("terminated", new boolean[0]),
        "expected at least one episode of one step, got none.");
  }

  @Test
  void teachersThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Dataset.of(rooms().tensors().describe("teachers", "teacher normal")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "open dataset 'rooms': expected one of point, uniform, categorical, values, dueling-values for 'distribution', got 'normal'.");
  }

  @Test
  void episodesCanBeChosenAndColumnsAdded() {
    byte[] pixels = {0, 1, 2, 3, (byte) 255, 5};
    Dataset data = rooms().with(Column.of("pixels", 1, pixels));
    Dataset some = data.where(episode -> episode.length() != 2);
    assertThat(some.episodes()).isEqualTo(2);
    assertThat(some.column("pixels").isBytes()).isTrue();
    assertThat(some.column("pixels").floats()).containsExactly(2, 3, 255, 5);
    assertThat(some.column("teacher.logits").floats()).containsExactly(2, -2, 3, -3, 4, -4, 5, -5);
    assertThat(some.episode(1).total()).isEqualTo(12);
    assertThat(some.finals()).containsExactly(-1, 1, -1, 3);
    float[] next = new float[2];
    some.nextObservation(1, next, 0);
    assertThat(next).containsExactly(4, 1);
    some.nextObservation(3, next, 0);
    assertThat(next).containsExactly(-1, 3);
    assertSame(Dataset.of(some.tensors()), some);
    assertThatThrownBy(() -> data.where(episode -> episode.total() > 100))
        .isInstanceOf(RetortException.class)
        .hasMessage("dataset 'rooms': expected at least one of 3 episodes to be kept, got none.");
    assertThatThrownBy(() -> data.column("pixel")).hasMessageContaining("pixels");
    assertThatThrownBy(() -> data.with(Column.of("short", 1, new float[5])))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "dataset 'rooms': expected a column of 6 rows with a name of its own, got 'short' of 5.");
  }

  @Test
  void severalTeachersSpeakSideBySide() {
    Scripted left = new Scripted("left", rooms().observations(), new Discrete(2), (s, a) -> {});
    Dataset data = rooms().labeledBy("expert", left, List.of());
    assertThat(data.teachers()).containsExactly("teacher", "expert");
    assertThat(data.column("expert.action").floats()).containsOnly(0);
    assertThat(data.column("teacher.logits").at(5, 1)).isEqualTo(-5);
    assertSame(Dataset.of(data.tensors()), data);
  }

  @Test
  void aContinuousActionOutOfItsBoundsIsNamedByItsColumn() {
    Recorder recorder =
        new Recorder(
            Box.of(0, 1, 1), Box.within(1, 2, 3), Supervision.of(new Point(Box.within(1, 2, 3))));
    float[] outputs = {0, 0, 0};
    recorder.step(new float[1], 0, new float[] {1, -2, 3.5f}, 0, 0, outputs, 0);
    recorder.end(new float[1], 0, End.TASK);
    assertThatThrownBy(() -> recorder.dataset("arm"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "dataset 'arm': expected an action of 3 numbers, got [1.0, -2.0, 3.5] (episode 0, step 0, column 2).");
  }

  private static void refused(Consumer<Tensors> mutation, String message) {
    Tensors tensors = rooms().tensors();
    mutation.accept(tensors);
    assertThatThrownBy(() -> Dataset.of(tensors))
        .isInstanceOf(RetortException.class)
        .hasMessage("dataset 'rooms': " + message);
  }

  private static void assertSame(Dataset actual, Dataset expected) {
    assertThat(actual.name()).isEqualTo(expected.name());
    assertThat(actual.teachers()).isEqualTo(expected.teachers());
    assertThat(actual.teacher()).isEqualTo(expected.teacher());
    assertThat(actual.columns()).isEqualTo(expected.columns());
    for (String column : expected.columns()) {
      assertThat(actual.column(column).floats()).containsExactly(expected.column(column).floats());
      assertThat(actual.column(column).isBytes()).isEqualTo(expected.column(column).isBytes());
    }
    assertThat(actual.observations()).isEqualTo(expected.observations());
    assertThat(actual.actions()).isEqualTo(expected.actions());
    assertThat(actual.obs()).containsExactly(expected.obs());
    assertThat(actual.taken()).containsExactly(expected.taken());
    assertThat(actual.rewards()).containsExactly(expected.rewards());
    assertThat(actual.finals()).containsExactly(expected.finals());
    assertThat(actual.returns()).containsExactly(expected.returns());
    for (int episode = 0; episode < expected.episodes(); episode++) {
      assertThat(actual.start(episode)).isEqualTo(expected.start(episode));
      assertThat(actual.how(episode)).isEqualTo(expected.how(episode));
    }
  }

  @Test
  void dataOfOtherBoundsIsAddedWhereItWasSeenButNotWhereMoreWasDone() {
    Box seen = Box.of(-1, 1, 1);
    Dataset own = one(seen, Box.of(-1, 1, 1), 0.5f);
    Dataset wider = one(Box.of(-9, 9, 1), Box.of(-0.5f, 0.5f, 1), 0.5f);
    assertThat(own.and(wider).observations()).isEqualTo(seen);
    assertThat(own.and(wider).size()).isEqualTo(2);
    assertThatThrownBy(() -> wider.and(own))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining(
            "expected more from 1 number to 1 number (actions of 1 number with number 0 in [-0.5, 0.5])");
  }

  private static Dataset one(Box seen, Box done, float action) {
    Recorder recorder = new Recorder(seen, done, Supervision.of(new Point(done)));
    recorder.step(new float[] {0.5f}, 0, new float[] {action}, 0, 1, new float[] {0}, 0);
    recorder.end(new float[1], 0, End.TASK);
    return recorder.dataset("one");
  }
}
