package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.distribution.Categorical;
import dev.retort.nn.Engine;
import dev.retort.policy.Ensemble;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets whose observations stay in their file. */
class ColumnFolderTest {
  @TempDir Path folder;

  /** Episodes of ten steps whose action is the sign of the first number. */
  private static Dataset signs(long seed, int episodes, int width) {
    return signs(seed, episodes, 10, width);
  }

  /** Episodes of so many steps whose action is the sign of the first number. */
  static Dataset signs(long seed, int episodes, int steps, int width) {
    RandomStream random = RandomStream.of(seed, "signs");
    Recorder recorder =
        new Recorder(
            Box.of(-9, 9, width),
            new Discrete(2),
            Supervision.of(new Categorical(new Discrete(2))));
    float[] seen = new float[width];
    for (int episode = 0; episode < episodes; episode++) {
      for (int step = 0; step < steps; step++) {
        for (int k = 0; k < width; k++) {
          seen[k] = (float) (2 * random.nextDouble() - 1);
        }
        float sign = seen[0] > 0 ? 1 : 0;
        recorder.step(
            seen, 0, new float[] {sign}, 0, sign, new float[] {-3 * sign, 3 * sign - 2}, 0);
      }
      recorder.end(seen, 0, episode % 2 == 0 ? End.TASK : End.HORIZON, episode % 3);
    }
    return recorder.dataset("signs");
  }

  private Path grown() {
    Path columns = folder.resolve("signs.columns");
    signs(1, 4, 3).appendTo(columns);
    signs(2, 5, 3).appendTo(columns);
    return columns;
  }

  @Test
  void whatIsAddedIsReadBackWhereItLies() {
    Dataset mapped = Dataset.open(grown());
    Dataset data = signs(1, 4, 3).and(signs(2, 5, 3));
    assertThat(mapped.size()).isEqualTo(90);
    assertThat(mapped.columns()).isEqualTo(data.columns());
    float[] row = new float[3];
    float[] next = new float[3];
    float[] expected = new float[3];
    for (int i = 0; i < 90; i++) {
      mapped.column("observation").read(i, row, 0);
      assertThat(row)
          .containsExactly(data.obs()[3 * i], data.obs()[3 * i + 1], data.obs()[3 * i + 2]);
      mapped.nextObservation(i, next, 0);
      data.nextObservation(i, expected, 0);
      assertThat(next).isEqualTo(expected);
    }
    for (String column : List.of("action", "reward", "teacher.logits")) {
      assertThat(mapped.column(column).floats()).isEqualTo(data.column(column).floats());
    }
    for (int episode = 0; episode < 9; episode++) {
      assertThat(mapped.start(episode)).isEqualTo(data.start(episode));
      assertThat(mapped.how(episode)).isEqualTo(data.how(episode));
      assertThat(mapped.task(episode)).isEqualTo(data.task(episode));
    }
    assertThat(mapped.distinctObservations()).isEqualTo(data.distinctObservations());
  }

  @Test
  void someEpisodesAndOtherFormatsHaveTheNumbersThemselves() {
    Dataset mapped = Dataset.open(grown());
    Dataset some = mapped.where(episode -> episode.index() > 3);
    assertThat(some.obs()).isEqualTo(signs(2, 5, 3).obs());
    Path file = folder.resolve("signs.safetensors");
    mapped.save(file);
    assertThat(Dataset.open(file).obs()).hasSize(270);
    String refusal =
        "column 'observation': expected numbers in memory, got 270 that stay in '%s'. Read them row by row, data.column(\"observation\").read(row, to, 0), or take some episodes, data.where(..)."
            .formatted(folder.resolve("signs.columns").resolve("observations"));
    assertThatThrownBy(mapped::obs).isInstanceOf(RetortException.class).hasMessage(refusal);
    assertThatThrownBy(() -> mapped.and(some)).hasMessage(refusal);
    assertThatThrownBy(() -> some.and(mapped)).hasMessage(refusal);
  }

  @Test
  void bytesStayBytes() {
    Dataset data = signs(1, 1, 1);
    Dataset pictures =
        Dataset.of(
            data.tensors()
                .put(
                    "observations",
                    new byte[] {0, 1, (byte) 200, 3, 4, 5, 6, 7, 8, (byte) 255},
                    10,
                    1)
                .describe("observations", "{\"shape\":[1],\"low\":[\"0\"],\"high\":[\"255\"]}"));
    Path columns = folder.resolve("bytes.columns");
    pictures.appendTo(columns);
    assertThat(columns.resolve("observations")).hasSize(10);
    Column column = Dataset.open(columns).column("observation");
    assertThat(column.isBytes()).isTrue();
    assertThat(List.of(column.at(2, 0), column.at(9, 0))).containsExactly(200f, 255f);
  }

  @Test
  void studentsHaveTheSameBitsFromFileAndMemory() {
    Dataset mapped = Dataset.open(grown());
    Dataset data = signs(1, 4, 3).and(signs(2, 5, 3));
    Engine.start();
    Ensemble one = students(mapped);
    Ensemble other = students(data);
    float[] seen = {0.3f, -0.2f, 0.9f};
    assertThat(one.actor(1).outputs(seen)).isEqualTo(other.actor(1).outputs(seen));
  }

  private static Ensemble students(Dataset data) {
    return Retort.distill(data)
        .into(Retort.mlp(8))
        .members(2)
        .epochs(3)
        .batchSize(16)
        .quiet()
        .run();
  }

  @Test
  void rowsThatAKilledWriterLeftAreNotRead() throws IOException {
    Path columns = grown();
    Files.write(columns.resolve("observations"), new byte[1000], StandardOpenOption.APPEND);
    assertThat(Dataset.open(columns).size()).isEqualTo(90);
    signs(3, 1, 3).appendTo(columns);
    assertThat(columns.resolve("observations")).hasSize(100 * 3 * 4);
    assertThat(Dataset.open(columns).column("observation").at(99, 1))
        .isEqualTo(signs(3, 1, 3).obs()[9 * 3 + 1]);
  }

  @Test
  void damageIsToldWithTheFileAndTheSteps() throws IOException {
    Path numbers = grown().resolve("observations");
    byte[] whole = Files.readAllBytes(numbers);
    byte[] turned = whole.clone();
    turned[45 * 3 * 4] ^= 1;
    Files.write(numbers, turned);
    refused("'" + numbers + "'", "expected the checksum of steps 40 to 89, got another");
    Files.write(numbers, Arrays.copyOf(whole, 500));
    refused("expected 1080 bytes, got 500");
    Files.delete(numbers);
    refused("expected the numbers of a dataset, got none (NoSuchFileException)");
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> Dataset.open(folder.resolve("signs.columns")))
        .isInstanceOf(RetortException.class)
        .message()
        .contains(words);
  }

  @Test
  void otherSpacesAndFoldersThatAreThereAreRefused() {
    Path columns = grown();
    assertThatThrownBy(() -> signs(1, 1, 4).appendTo(columns))
        .hasMessageContaining("expected data whose observations are", "Begin another folder");
    assertThatThrownBy(() -> signs(1, 1, 3).save(columns))
        .hasMessageContaining("Say data.appendTo(..) to add to it");
    assertThatThrownBy(() -> signs(1, 1, 3).appendTo(folder.resolve("signs")))
        .hasMessageContaining("expected a file that ends in .columns");
    assertThat(Dataset.open(columns).size()).isEqualTo(90);
  }

  @Test
  @Tag("slow")
  void aDatasetOfThreeTimesTheHeapIsDistilledFrom() throws Exception {
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "-Dretort.runs=" + folder.resolve("runs"),
                "-cp",
                System.getProperty("java.class.path"),
                LargerThanMemory.class.getName(),
                folder.resolve("large.columns").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    assertThat(Files.size(folder.resolve("large.columns").resolve("observations")))
        .isEqualTo(400_000_000L);
    // A fair coin agrees in half of the states, a student of all 100,000 rows in nearly all.
    assertThat(Files.readString(log)).containsPattern("agreement (0\\.9\\d|1\\.00)");
  }
}
