package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import dev.retort.env.Environments;
import dev.retort.policy.Head;
import dev.retort.policy.Scripted;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@InEveryLocale
class DatasetTest {
  @TempDir Path folder;

  /** Episodes of 2, 1 and 3 steps, of two numbers, two choices. */
  private static Dataset rooms() {
    Recorder recorder = new Recorder(Box.of(-9, 9, 2), new Discrete(2), Head.LOGITS);
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
    assertThat(data.targets()).startsWith(0, 0, 1, -1);
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
  void episodesThatWereCutOffHaveNoReturn() {
    Recorder recorder = new Recorder(Box.of(-9, 9, 1), new Discrete(2), Head.LOGITS);
    float[] one = new float[2];
    recorder.step(one, 0, one, 0, 1, one, 0);
    recorder.end(one, 0, End.COLLECTION);
    Dataset data = recorder.dataset("cut");
    assertThat(data.returns()).isEmpty();
    assertThat(data).asString().contains("1 episode, 1 cut off", "none came to its end");
  }

  @Test
  void anEpisodeThatIsStillOpenIsLeftOut() {
    Recorder recorder = new Recorder(Box.of(-9, 9, 1), new Discrete(2), Head.LOGITS);
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
    assertThatThrownBy(() -> rooms().labelledBy(teacher))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "dataset 'rooms': expected a teacher from 2 numbers to 2 choices, got 'rule' from 4 numbers to 2 choices. Collect from the teacher's environment.");
  }

  @Test
  void labelsAreTheTeachersAtEveryStateAlsoWhereBatchesAreNotFull() {
    int size = 2500;
    Recorder recorder = new Recorder(Box.of(0, size, 1), new Discrete(2), Head.LOGITS);
    for (int row = 0; row < size; row++) {
      recorder.step(new float[] {row}, 0, new float[1], 0, 0, new float[2], 0);
    }
    recorder.end(new float[1], 0, End.HORIZON);
    Scripted odd =
        new Scripted(
            "odd", Box.of(0, size, 1), new Discrete(2), (seen, action) -> action[0] = seen[0] % 2);
    Dataset labelled = recorder.dataset("long").labelledBy(odd);
    assertThat(labelled.head()).isEqualTo(Head.Q_VALUES);
    for (int row = 0; row < size; row++) {
      assertThat(labelled.targets()[2 * row + row % 2]).isEqualTo(1);
      assertThat(labelled.targets()[2 * row + 1 - row % 2]).isZero();
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
        t -> t.floats("targets")[2 * 4] = Float.POSITIVE_INFINITY,
        "expected a finite teacher output, got Infinity" + at + "0).");
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
        t -> t.put("targets", new float[18]),
        "expected 12 numbers of teacher outputs for 6 steps in 3 episodes, got 18.");
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
                .put("targets", new float[0])
                .put("starts", new int[0])
                .put("finals", new float[0])
                .put("terminated", new boolean[0]),
        "expected at least one episode of one step, got none.");
  }

  @Test
  void headsThatDoNotFitAreRefused() {
    refused(
        t -> t.describe("head", "action"),
        "expected teacher outputs that fit 2 choices, got ACTION.");
    assertThatThrownBy(() -> Dataset.of(rooms().tensors().describe("head", "votes")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "open dataset 'rooms': expected one of logits, q-values, action for 'head', got 'votes'.");
  }

  @Test
  void aContinuousActionOutOfItsBoundsIsNamedByItsColumn() {
    Recorder recorder = new Recorder(Box.of(0, 1, 1), Box.within(1, 2, 3), Head.ACTION);
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
    assertThat(actual.head()).isEqualTo(expected.head());
    assertThat(actual.observations()).isEqualTo(expected.observations());
    assertThat(actual.actions()).isEqualTo(expected.actions());
    assertThat(actual.obs()).containsExactly(expected.obs());
    assertThat(actual.taken()).containsExactly(expected.taken());
    assertThat(actual.rewards()).containsExactly(expected.rewards());
    assertThat(actual.targets()).containsExactly(expected.targets());
    assertThat(actual.finals()).containsExactly(expected.finals());
    assertThat(actual.returns()).containsExactly(expected.returns());
    for (int episode = 0; episode < expected.episodes(); episode++) {
      assertThat(actual.start(episode)).isEqualTo(expected.start(episode));
      assertThat(actual.how(episode)).isEqualTo(expected.how(episode));
    }
  }
}
