package dev.retort.exchange.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.run.CheckpointInterval;
import dev.retort.run.Curve;
import dev.retort.run.Registry;
import dev.retort.run.Run;
import dev.retort.run.RunOptions;
import dev.retort.run.RunState;
import dev.retort.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {
  private static final RunOptions OFTEN =
      RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(4));

  @TempDir Path folder;

  @AfterEach
  void logNoMore() {
    Runs.logging();
  }

  private Path file(String part) {
    return folder
        .resolve("0001/tensorboard")
        .resolve(part)
        .resolve("events.out.tfevents.0000000000.retort");
  }

  /** The rows of a member as the file has them: step, then a number for each tag. */
  private static List<String> rows(Path file) throws IOException {
    return EventReader.read(file).stream()
        .filter(event -> !event.scalars().isEmpty())
        .map(event -> event.step() + " " + event.scalars())
        .toList();
  }

  /** The same as the curve has them. */
  private static List<String> rows(Curve curve, int member) {
    double[] values = curve.values();
    int columns = curve.columns().size();
    return Stream.iterate(0, row -> row + 1)
        .limit(curve.rows())
        .filter(row -> values[row * columns + 1] == member)
        .map(
            row -> {
              Map<String, Float> scalars = new java.util.TreeMap<>();
              for (int column = 2; column < columns; column++) {
                double value = values[row * columns + column];
                if (!Double.isNaN(value)) {
                  scalars.put(curve.columns().get(column), (float) value);
                }
              }
              return (long) values[row * columns] + " " + scalars;
            })
        .toList();
  }

  @Test
  void noRunIsLoggedUnlessThatIsSaid() {
    Registry.at(folder).start(new Walking(20), OFTEN).await();
    assertThat(folder.resolve("0001/curve.csv")).exists();
    assertThat(folder.resolve("0001/tensorboard")).doesNotExist();
  }

  @Test
  void everyRowOfEveryMemberIsAScalarAtItsStep() throws IOException {
    Runs.logging("tensorboard");
    Run<?> run = Registry.at(folder).start(new Walking(20), OFTEN);
    run.await();
    Curve curve = run.progress().curve();
    assertThat(rows(curve, 1)).hasSize(20);
    for (int member = 0; member < 2; member++) {
      assertThat(rows(file("member-" + member))).isEqualTo(rows(curve, member));
    }
    assertThat(run.notes()).isEmpty();
  }

  @Test
  void theHeadOfAFileHasItsVersionAndTheSettings() throws IOException {
    Runs.logging("TensorBoard");
    Registry.at(folder).start(new Walking(8), OFTEN).await();
    List<EventReader.Read> events = EventReader.read(file("member-1"));
    assertThat(events.get(0).version()).isEqualTo("brain.Event:2");
    assertThat(events.get(1).hyperParameters())
        .containsEntry("steps", 8.0)
        .containsEntry("settings.rate", 0.25)
        .containsEntry("settings.network", "mlp:64")
        .containsEntry("settings.clips", true)
        .containsEntry("settings.discount", 0.98)
        .containsEntry("member", 1.0)
        .hasSize(6);
    assertThat(events.get(1).text()).contains("| settings.network | mlp:64 |");
    assertThat(events.get(events.size() - 1).tags()).containsExactly("_hparams_/session_end_info");
  }

  @Test
  void weightsHaveAHistogramForEachLayerOfEachMemberAtEveryCheckpoint() throws IOException {
    Runs.logging("tensorboard");
    Registry.at(folder).start(new Walking(10), OFTEN).await();
    List<EventReader.Read> events = EventReader.read(file("member-1/weights"));
    assertThat(events.stream().skip(1).map(EventReader.Read::step)).containsExactly(4L, 8L);
    Map<String, double[]> last = events.get(2).histograms();
    assertThat(last.keySet()).containsExactlyInAnyOrder("actor/in.weight", "actor/in.bias");
    float[] all = Walking.weightsAt(8, 1);
    float[] weights = Arrays.copyOfRange(all, Walking.FIRST, all.length);
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    for (float weight : weights) {
      sum += weight;
      least = Math.min(least, weight);
    }
    double[] histogram = last.get("actor/in.bias");
    assertThat(histogram[0]).isEqualTo(least);
    assertThat(histogram[2]).isEqualTo(weights.length);
    assertThat(histogram[3]).isCloseTo(sum, within(1e-9));
    assertThat(histogram[5]).as("numbers in all buckets").isEqualTo(weights.length);
  }

  @Test
  void aResumedRunHasEveryStepOnce() throws Exception {
    Runs.logging("tensorboard");
    Registry runs = Registry.at(folder);
    Run<?> run = runs.start(new Walking(60).stoppingAt(33, this::stop), OFTEN);
    run.awaitEnd(10, TimeUnit.SECONDS);
    assertThat(run.state()).isEqualTo(RunState.STOPPED);
    Run<?> resumed = runs.resume(1, new Walking(60), OFTEN);
    resumed.await();
    Curve curve = resumed.progress().curve();
    assertThat(rows(curve, 0)).hasSize(60);
    assertThat(rows(file("member-0"))).isEqualTo(rows(curve, 0));
    assertThat(rows(file("member-1"))).isEqualTo(rows(curve, 1));
    assertThat(EventReader.read(file("member-1/weights")).stream().map(EventReader.Read::step))
        .doesNotHaveDuplicates()
        .contains(32L, 57L);
  }

  private void stop() {
    Registry.at(folder).live(1).orElseThrow().stop();
  }

  /**
   * What is written beyond the checkpoint, and half a record, as a process leaves that is killed.
   */
  @Test
  void whatAProcessWroteBeyondItsLastCheckpointIsCutOffAndWrittenOnce() throws Exception {
    Runs.logging("tensorboard");
    Registry runs = Registry.at(folder);
    Run<?> run = runs.start(new Walking(60).stoppingAt(33, this::stop), OFTEN);
    run.awaitEnd(10, TimeUnit.SECONDS);
    List<String> before = rows(file("member-0"));
    EventFile later = EventFile.open(file("member-0"));
    for (byte[] next = later.next(); next.length > 0; next = later.next()) {
      later.keep(next);
    }
    later.put(Event.summary(34, List.of(Event.scalar("return", 77))));
    Files.write(file("member-0"), new byte[] {9, 0, 0, 0, 0}, StandardOpenOption.APPEND);
    Files.write(file("member-0/weights"), new byte[] {1}, StandardOpenOption.APPEND);
    Run<?> resumed = runs.resume(1, new Walking(60), OFTEN);
    resumed.await();
    List<String> after = rows(file("member-0"));
    assertThat(after).isEqualTo(rows(resumed.progress().curve(), 0));
    assertThat(after.subList(0, 30)).isEqualTo(before.subList(0, 30));
    assertThat(EventReader.read(file("member-0/weights"))).isNotEmpty();
    assertThat(resumed.notes()).isEmpty();
  }

  @Test
  void whatStandsAndAgreesKeepsItsTime() throws Exception {
    Runs.logging("tensorboard");
    Registry runs = Registry.at(folder);
    runs.start(new Walking(60).stoppingAt(33, this::stop), OFTEN).awaitEnd(10, TimeUnit.SECONDS);
    double[] before =
        EventReader.read(file("member-0")).stream().mapToDouble(EventReader.Read::time).toArray();
    Thread.sleep(20);
    runs.resume(1, new Walking(60), OFTEN).await();
    double[] after =
        EventReader.read(file("member-0")).stream().mapToDouble(EventReader.Read::time).toArray();
    assertThat(List.of(after[0], after[30])).isEqualTo(List.of(before[0], before[30]));
    assertThat(after[after.length - 1]).isGreaterThan(before[before.length - 1]);
  }

  @Test
  void aRunThatIsLoggedOnlyAfterItWasResumedHasAllItsRows() throws Exception {
    Registry runs = Registry.at(folder);
    runs.start(new Walking(60).stoppingAt(33, this::stop), OFTEN).awaitEnd(10, TimeUnit.SECONDS);
    Runs.logging("tensorboard");
    Run<?> resumed = runs.resume(1, new Walking(60), OFTEN);
    resumed.await();
    assertThat(rows(file("member-1"))).isEqualTo(rows(resumed.progress().curve(), 1));
  }

  @Test
  void aLogThatCannotBeWrittenIsANoteOfTheRunAndNothingElse() throws Exception {
    Registry runs = Registry.at(folder);
    runs.start(new Walking(60).stoppingAt(33, this::stop), OFTEN).awaitEnd(10, TimeUnit.SECONDS);
    Files.createFile(folder.resolve("0001/tensorboard"));
    Runs.logging("tensorboard");
    Run<?> resumed = runs.resume(1, new Walking(60), OFTEN);
    resumed.await();
    assertThat(resumed.notes())
        .singleElement()
        .asString()
        .contains("log 'tensorboard'", "expected the folder of a run's events");
    assertThat(resumed.progress().curve().rows()).isEqualTo(120);
  }

  @Test
  void anUnknownFormatIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> Runs.logging("tensorbord"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("log format 'tensorbord'")
        .hasMessageContaining("tensorboard");
  }
}
