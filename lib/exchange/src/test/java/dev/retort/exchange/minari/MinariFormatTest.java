package dev.retort.exchange.minari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.exchange.Samples;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets of Minari, in and out. */
class MinariFormatTest {
  private static final Space PLACE =
      Group.of("place", Box.of(-1, 1, 2, 3)).and("room", new Discrete(4));
  private static final String POLE =
      """
      {"total_episodes": 2, "total_steps": 5, "data_format": "hdf5", "dataset_id": "pole/tiny-v0",
       "observation_space": "{\\"type\\": \\"Box\\", \\"dtype\\": \\"float32\\", \\"shape\\": [2], \\"low\\": [-4.5, -Infinity], \\"high\\": [4.5, Infinity]}",
       "action_space": "{\\"type\\": \\"Discrete\\", \\"dtype\\": \\"int64\\", \\"start\\": 1, \\"n\\": 2}"}
      """;

  @TempDir Path folder;

  /** A file as other programs write it, of 2 steps that end the task and 3 that are cut off. */
  private Path pole() throws IOException {
    Path file = folder.resolve("main_data.hdf5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      for (int episode = 0; episode < 2; episode++) {
        int steps = 2 + episode;
        WritableGroup group = hdf.putGroup("episode_" + episode);
        float[][] seen = new float[steps + 1][2];
        for (int step = 0; step <= steps; step++) {
          seen[step] = new float[] {episode, step};
        }
        boolean[] last = new boolean[steps];
        last[steps - 1] = true;
        long[] choices = new long[steps];
        Arrays.fill(choices, 1 + episode);
        double[] rewards = new double[steps];
        Arrays.fill(rewards, 0.5);
        group.putDataset("observations", seen);
        group.putDataset("actions", choices);
        group.putDataset("rewards", rewards);
        group.putDataset("terminations", episode == 0 ? last : new boolean[steps]);
        group.putDataset("truncations", episode == 1 ? last : new boolean[steps]);
      }
    }
    Files.writeString(folder.resolve("metadata.json"), POLE);
    return file;
  }

  @Test
  void aFileOfAnotherProgramIsReadWithItsSpacesEndsAndFinalObservations() throws IOException {
    Dataset data = Retort.dataset(pole());
    assertThat(data.name()).isEqualTo("pole/tiny-v0");
    assertThat(data.observations())
        .isEqualTo(
            new Box(
                List.of(-4.5f, Float.NEGATIVE_INFINITY),
                List.of(4.5f, Float.POSITIVE_INFINITY),
                List.of(2)));
    assertThat(data.actions()).isEqualTo(new Discrete(2));
    assertThat(data.taken()).containsExactly(0, 0, 1, 1, 1);
    assertThat(data.obs()).containsExactly(0, 0, 0, 1, 1, 0, 1, 1, 1, 2);
    assertThat(data.finals()).containsExactly(0, 2, 1, 3);
    assertThat(List.of(data.how(0), data.how(1))).containsExactly(End.TASK, End.HORIZON);
    assertThat(data.teachers()).isEmpty();
  }

  @Test
  void largeArraysAreCompressedAndSmallOnesAreNot() {
    Dataset data = Samples.episodes("pictures", Box.of(-9, 9, 2, 40, 40), new Discrete(3));
    Path file = folder.resolve("pictures.hdf5");
    data.save(file);
    Samples.assertSame(Retort.dataset(file), data);
    try (HdfFile hdf = new HdfFile(file)) {
      assertThat(hdf.getDatasetByPath("/episode_0/observations").getFilters()).hasSize(2);
      assertThat(hdf.getDatasetByPath("/episode_0/rewards").getFilters()).isEmpty();
    }
  }

  @Test
  void whatIsSavedIsReadBackBitForBitWhateverTheSpaces() {
    for (Space seen : List.of(Box.of(-9, 9, 3), PLACE, new Discrete(5))) {
      for (Space done :
          List.of(new Discrete(3), Box.of(-2, 2, 1), Group.of("arm", Box.of(0, 1, 2)))) {
        Dataset data = Samples.episodes("sample", seen, done);
        Path file = folder.resolve("sample.hdf5");
        data.save(file);
        Samples.assertSame(Retort.dataset(file), data);
      }
    }
  }

  @Test
  void aFolderNamedAsMinariNamesThemHasItsLayout() {
    Path dataset = folder.resolve("pole").resolve("mine-v3");
    Dataset data = Samples.episodes("mine", Box.of(-9, 9, 2), new Discrete(2));
    data.save(dataset);
    assertThat(dataset.resolve("data").resolve("main_data.hdf5")).isRegularFile();
    assertThat(dataset.resolve("data").resolve("metadata.json"))
        .content()
        .contains("\"dataset_id\":\"pole/mine-v3\"", "\"total_episodes\":3", "\"total_steps\":9");
    Samples.assertSame(Retort.dataset(dataset), data);
  }

  @Test
  void infiniteBoundsAreWrittenAsBareWords() {
    Path file = folder.resolve("free.hdf5");
    Space free = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 2);
    Samples.episodes("free", free, new Discrete(2)).save(file);
    assertThat(folder.resolve("free.hdf5.json"))
        .content()
        .contains("\\\"low\\\":[-Infinity,-Infinity]", "\\\"high\\\":[Infinity,Infinity]");
  }

  @Test
  void partsOfObservationsAreGroups() {
    Path file = folder.resolve("parts.hdf5");
    Samples.episodes("parts", PLACE, new Discrete(2)).save(file);
    try (HdfFile hdf = new HdfFile(file)) {
      assertThat(hdf.getDatasetByPath("/episode_0/observations/place").getDimensions())
          .containsExactly(4, 2, 3);
      assertThat(hdf.getDatasetByPath("/episode_0/observations/room").getData())
          .isInstanceOf(long[].class);
    }
  }

  @Test
  void damageIsToldWithTheFileAndThePlace() throws IOException {
    Path file = pole();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refused(file, "main_data.hdf5");
    Files.write(file, new byte[] {1, 2, 3});
    refused(file, "expected a file of HDF5 that is whole", "main_data.hdf5");
    Files.write(file, whole);
    Path metadata = folder.resolve("metadata.json");
    for (Map.Entry<String, String> wrong :
        Map.of(
                POLE.replace("\"total_episodes\": 2", "\"total_episodes\": 7"),
                "expected 7 episodes, as 'metadata.json' says, got 2",
                POLE.replace("\"shape\\\": [2]", "\"shape\\\": [3]").replace("[2]", "[3]"),
                "observation_space: box: expected 3 lower and upper bounds",
                POLE.replace("Discrete", "Text"),
                "action_space: expected a space of numbers or choices (Box, Discrete, Dict, Tuple), got a Text",
                POLE.replace("\"total_episodes\": 2", "\"total_episodes\": \"x\""),
                "expected 'total_episodes' as Minari writes it, got '\"x\"'",
                "[]",
                "expected an object of JSON",
                POLE.replace("\\\"n\\\": 2", "\\\"n\\\": 1"),
                "expected an action of 1 choices, got [1.0] (episode 1, step 0")
            .entrySet()) {
      Files.writeString(metadata, wrong.getKey());
      refused(file, wrong.getValue(), folder.toString());
    }
    Files.delete(metadata);
    refused(file, "metadata.json", "expected the metadata of a Minari dataset");
  }

  @Test
  void arraysOfOtherShapesAreToldByTheirPath() throws IOException {
    Path file = pole();
    Files.writeString(
        folder.resolve("metadata.json"),
        POLE.replace("[2]", "[1]")
            .replace("[-4.5, -Infinity]", "[0]")
            .replace("[4.5, Infinity]", "[9]"));
    refused(file, "/episode_0/observations: expected an array of shape [3, 1], got [3, 2]");
  }

  @Test
  void anEndBeforeTheLastStepIsToldByItsPath() throws IOException {
    Path file = pole();
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      WritableGroup group = hdf.putGroup("episode_0");
      group.putDataset("observations", new float[3][2]);
      group.putDataset("actions", new long[] {1, 1});
      group.putDataset("rewards", new double[2]);
      group.putDataset("terminations", new boolean[] {true, false});
      group.putDataset("truncations", new boolean[2]);
    }
    Files.writeString(
        folder.resolve("metadata.json"),
        POLE.replace("\"total_episodes\": 2", "\"total_episodes\": 1"));
    refused(
        file, "/episode_0/terminations: expected an episode of 2 steps to end with its last one");
  }

  private static void refused(Path file, String... words) {
    assertThatThrownBy(() -> Retort.dataset(file))
        .isInstanceOf(RetortException.class)
        .message()
        .contains(words);
  }
}
