package dev.retort.exchange.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.exchange.Samples;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets as Parquet and as CSV. */
class TableFormatsTest {
  private static final String SPACES =
      "{\"name\": \"poles\", \"observations\": {\"shape\": [2], \"low\": [\"-Infinity\"], \"high\": [\"Infinity\"]}, \"actions\": {\"choices\": 2}}";

  @TempDir Path folder;

  @Test
  void whatIsSavedIsReadBackBitForBitWhateverTheSpaces() {
    Space place = Group.of("place", Box.of(-1, 1, 2, 3)).and("room", new Discrete(4));
    for (String name : List.of("sample.parquet", "sample.csv")) {
      for (Space seen : List.of(Box.of(-9, 9, 3), place, new Discrete(5))) {
        for (Space done : List.of(new Discrete(3), Box.of(-2, 2, 1))) {
          Dataset data =
              Samples.episodes("it's a \"sample\"", seen, done)
                  .with(Column.of("bytes", 1, new byte[] {0, 1, -1, -128, 127, 5, 6, 7, 8}));
          data.save(folder.resolve(name));
          Samples.assertSame(Retort.dataset(folder.resolve(name)), data);
        }
      }
    }
  }

  @Test
  void everyFiniteFloatKeepsItsBits() {
    RandomStream random = RandomStream.of(1, "bits");
    Dataset data = Samples.episodes("bits", Box.of(-9, 9, 1), new Discrete(2));
    float[] any = new float[data.size() * 1000];
    for (int i = 0; i < any.length; i++) {
      do {
        any[i] = Float.intBitsToFloat(random.nextInt(1 << 16) << 16 | random.nextInt(1 << 16));
      } while (!Float.isFinite(any[i]));
    }
    any[0] = Float.MIN_VALUE;
    any[1] = Float.MAX_VALUE;
    any[2] = -0f;
    Dataset wide = data.with(Column.of("any", 1000, any));
    for (String name : List.of("bits.parquet", "bits.csv")) {
      wide.save(folder.resolve(name));
      float[] got = Retort.dataset(folder.resolve(name)).column("any").floats();
      for (int i = 0; i < any.length; i++) {
        assertThat(Float.floatToRawIntBits(got[i])).isEqualTo(Float.floatToRawIntBits(any[i]));
      }
    }
  }

  @Test
  void linesOfAnotherProgramAreReadWithSpacesThatSomebodyWrote() throws IOException {
    Path file = poles();
    Dataset data = Retort.dataset(file);
    assertThat(data.obs()).containsExactly(1, 2, 3, 4, 7, 8);
    assertThat(data.finals()).containsExactly(5, 6, 9, 10);
    assertThat(data.taken()).containsExactly(0, 1, 1);
    assertThat(List.of(data.how(0), data.how(1))).containsExactly(End.TASK, End.HORIZON);
    assertThat(data.name()).isEqualTo("poles");
  }

  /** Two episodes, whose columns stand in an order of their own, with one that nobody asked for. */
  private Path poles() throws IOException {
    Path file = folder.resolve("poles.csv");
    Files.writeString(
        file,
        """
        episode;step;reward;terminated;truncated;action;observation_0;observation_1;note
        4;0;1;false;false;0;1;2;a
        4;1;1;true;false;1;3;4;b
        4;2;;;;;5;6;c
        9;0;1;false;true;1;7;8;d
        9;1;;;;;9;10;e
        """);
    Files.writeString(folder.resolve("poles.csv.json"), SPACES);
    return file;
  }

  @Test
  void aFileThatWasCutOffOrHasALineOfAnotherLengthIsToldByItsLine() throws IOException {
    Dataset data = Samples.episodes("sample", Box.of(-9, 9, 3), new Discrete(3));
    Path file = folder.resolve("sample.csv");
    data.save(file);
    String whole = Files.readString(file);
    int last = whole.lastIndexOf('\n', whole.length() - 2);
    refused(file, whole.substring(0, last + 3), "expected ");
    refused(file, whole.substring(0, last + 3), "Take another copy of the file, or mend the line.");
    refused(
        file,
        whole.replaceFirst(",(?=[^,\n]*\n[^\n]*\n$)", ""),
        "(line " + (whole.lines().count() - 1) + ")");
  }

  @Test
  void faultsAreToldWithFileAndRow() throws IOException {
    Path file = poles();
    String whole = Files.readString(file);
    refused(
        file,
        whole.replace("4;1;1;true", "4;7;1;true"),
        "row 1: expected step 1 of episode 4, in order, got step 7 of episode 4");
    refused(
        file,
        whole.replace("9;1;;;;;9;10;e\n", ""),
        "row 3: expected a first step of episode 9, and one row of each episode with its final observation alone, got more episodes");
    refused(
        file,
        whole.replace("0;1;2;a", "0;;2;a"),
        "row 0: expected a number in column 'observation_0', got none");
    refused(file, whole.replace("0;1;2;a", "0;x;2;a"), "Could not convert string 'x' to FLOAT");
    refused(
        file,
        whole.replace("1;7;8;d", "2;7;8;d"),
        "expected an action of 2 choices, got [2.0] (episode 1, step 0");
    refused(
        file,
        whole.replace("observation_1", "speed"),
        "expected a column 'observation_1', as the spaces demand, got only");
    refused(file, "", "poles.csv");
    Files.writeString(folder.resolve("poles.csv.json"), "{\"observations\": 3}");
    refused(
        file,
        whole,
        "poles.csv.json': expected spaces such as {\"name\"",
        "got '{\"observations\": 3}'");
    Files.delete(folder.resolve("poles.csv.json"));
    refused(file, whole, "expected its spaces in 'poles.csv.json', got nothing. Write there");
  }

  @Test
  void damagedParquetIsRefusedByName() throws IOException {
    Path file = folder.resolve("damaged.parquet");
    Samples.episodes("whole", Box.of(-9, 9, 3), new Discrete(2)).save(file);
    byte[] whole = Files.readAllBytes(file);
    for (int kept : new int[] {0, 3, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, kept));
      assertThatThrownBy(() -> Retort.dataset(file))
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("read '%s'", file);
    }
  }

  @Test
  void namesThatATableCannotTellFromEachOtherAreRefused() {
    Dataset data =
        Samples.episodes("twice", Box.of(-9, 9, 2), new Discrete(2))
            .with(Column.of("Observation-1", 1, new float[9]));
    assertThatThrownBy(() -> data.save(folder.resolve("twice.csv")))
        .hasMessageContaining("got 'Observation_1' twice (column 'Observation-1')");
    assertThat(folder.resolve("twice.csv")).doesNotExist();
  }

  private static void refused(Path file, String text, String... words) throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> Retort.dataset(file))
        .isInstanceOf(RetortException.class)
        .message()
        .contains(words)
        .contains(file.toString());
  }
}
