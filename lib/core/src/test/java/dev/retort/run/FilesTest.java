package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.sun.management.ThreadMXBean;
import dev.retort.RetortException;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every file of a run checks itself, and no file hides the other runs. */
class FilesTest {
  @TempDir Path scratch;
  private Registry runs;

  @BeforeEach
  void aRunOfItsOwn() {
    runs = Registry.at(scratch.resolve("runs"));
    start();
  }

  private RunFolder start() {
    Job<float[]> job =
        new DelegatedJob<>(new ToyJob(3, 7)) {
          @Override
          public Tensors inputs() {
            return new Tensors().put("data", new float[] {1, 2, 3}).describe("kind", "data");
          }
        };
    Run<float[]> run =
        runs.start(job, RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(4)));
    run.await();
    return run.folder();
  }

  private static String shown(Curve curve) {
    return curve.columns() + Arrays.toString(curve.values());
  }

  private static String shown(Tensors tensors) {
    StringBuilder text = new StringBuilder(tensors.metadata().toString());
    tensors
        .all()
        .forEach(
            (name, tensor) ->
                text.append(name)
                    .append(Arrays.toString(tensor.shape()))
                    .append(Arrays.deepToString(new Object[] {tensor.array()})));
    return text.toString();
  }

  /** How each file of a run is read, as a text that differs wherever a number does. */
  private static Map<String, Function<RunFolder, String>> readers() {
    Map<String, Function<RunFolder, String>> readers = new LinkedHashMap<>();
    readers.put("spec.json", run -> run.kind() + run.title() + run.spec() + run.runSpec());
    readers.put("status.json", run -> run.status().toString());
    readers.put("curve.csv", run -> shown(run.curve()));
    readers.put("inputs.safetensors", run -> shown(run.inputs()));
    readers.put("result.safetensors", run -> shown(run.result()));
    readers.put(
        "checkpoint-4.safetensors", run -> shown(TensorFile.read(run.checkpoints().get(0))));
    return readers;
  }

  @Test
  void everyFileOfARunHasAReaderHere() throws IOException {
    try (Stream<Path> files = Files.list(runs.open(1).path())) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> !n.equals(".lock")))
          .containsExactlyInAnyOrderElementsOf(readers().keySet());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFlippedByteAndEveryLengthIsRefusedWithItsFile() {
    return readers().entrySet().stream()
        .map(
            reader ->
                DynamicTest.dynamicTest(
                    reader.getKey(), () -> assertRefused(reader.getKey(), reader.getValue())));
  }

  private void assertRefused(String name, Function<RunFolder, String> reader) throws IOException {
    RunFolder run = runs.open(1);
    Path file = run.path().resolve(name);
    byte[] whole = Files.readAllBytes(file);
    boolean isText = !name.endsWith(".safetensors"); // whose every bit another test flips
    assertThat(reader.apply(run)).isNotEmpty();
    for (int at = 0; at < whole.length; at++) {
      for (int flip : isText ? new int[] {1, 0x20, 0x80} : new int[] {1 << at % 8}) {
        byte[] other = whole.clone();
        other[at] ^= (byte) flip;
        Files.write(file, other);
        assertThatThrownBy(() -> reader.apply(run))
            .as("%s, byte %s, flipped by %s", name, at, flip)
            .isInstanceOf(RetortException.class)
            .hasMessageStartingWith("read '" + file + "': expected ");
      }
    }
    for (int length = 0; length < whole.length; length += isText ? 1 : 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> reader.apply(run))
          .as("%s of %s bytes", name, length)
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("read '" + file + "': expected ");
    }
    Files.write(file, whole);
    assertThat(reader.apply(run)).isNotEmpty();
  }

  @Test
  void whatIsWrongWithACurveIsSaidWithItsLine() throws IOException {
    RunFolder run = runs.open(1);
    String text = Files.readString(run.curveFile());
    assertCurve(
        text.replaceFirst("\n3,0,", "\n3,7,"), "a row that differs from its checksum (line 2)");
    assertCurve(
        text.replaceFirst("\n6,[^\n]*\n", "\n"),
        "the end of a file whose last rows are missing (line 3)");
    assertCurve(
        text.replaceFirst("\n3,[^\n]*\n", "\n"), "a row that differs from its checksum (line 2)");
    assertCurve(text + "9,0,1.0,1.0,1.0\n", "more behind the last row (line 4)");
    assertCurve(text.replaceFirst("norm", "form"), "other columns (line 1)");
    assertCurve(text.replaceFirst(",crc32c", ""), "other columns (line 1)");
    assertCurve("x".repeat(70_000), "a line of more than 65536 bytes (line 1)");
    assertCurve("", "an empty file (line 1)");
    RunFolder other = runs.open(1);
    Run<float[]> another = runs.start(new ToyJob(4, 7), RunOptions.standard());
    another.await();
    assertCurve(
        Files.readString(another.folder().curveFile()),
        "a row that differs from its checksum (line 2)");
    assertThat(other.id()).isEqualTo(1);
  }

  private void assertCurve(String text, String fault) throws IOException {
    RunFolder run = runs.open(1);
    Files.writeString(run.curveFile(), text);
    assertThatThrownBy(run::curve)
        .hasMessage(
            "read '%s': expected the rows that were written, got %s. Take another copy of the file."
                .formatted(run.curveFile(), fault));
  }

  @Test
  void aCurveWithoutRowsKnowsThatItHasNone() throws IOException {
    Run<float[]> run = runs.start(new ToyJob(3, 2), RunOptions.standard());
    run.await();
    assertThat(run.folder().curve().rows()).isZero();
    assertThat(run.folder().curveFile())
        .hasContent("step,member,position,norm,spread,crc32c-end\n");
  }

  @Test
  void theCurveIsPlainTextForOtherTools() {
    var table = tech.tablesaw.api.Table.read().csv(runs.open(1).curveFile().toFile());
    assertThat(table.columnNames())
        .containsExactly("step", "member", "position", "norm", "spread", "crc32c");
    assertThat(table.intColumn("step").asList()).containsExactly(3, 6);
  }

  /** Makes the files of a run what they were before they had checksums. */
  private static void age(RunFolder run) throws IOException {
    for (Path file : List.of(run.specFile(), run.statusFile())) {
      JsonObject json = Json.read(file);
      json.addProperty("format", 1);
      Files.writeString(file, Json.pretty(json));
    }
    Files.writeString(
        run.curveFile(), Files.readString(run.curveFile()).replaceAll("(?m),[^,\n]*$", ""));
  }

  @Test
  void runsOfBeforeOpenAsTheyDidAndAreNeverRaw() throws IOException {
    RunFolder run = runs.open(1);
    Map<String, String> expected = new LinkedHashMap<>();
    readers().forEach((name, reader) -> expected.put(name, reader.apply(run)));
    String curve = shown(run.curve());
    age(run);
    assertThat(shown(run.curve())).isEqualTo(curve);
    assertThat(run.summary().state()).isEqualTo(RunState.FINISHED);
    assertThat(run.runSpec().hash()).isEqualTo(runs.open(1).runSpec().hash());
    for (String name : List.of("spec.json", "status.json", "curve.csv")) {
      Path file = run.path().resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at++) {
        byte[] other = whole.clone();
        other[at] ^= 1;
        Files.write(file, other);
        try {
          assertThat(readers().get(name).apply(run)).isNotEmpty();
        } catch (RetortException inWords) {
          assertThat(inWords.getMessage()).startsWith("read '" + file + "': expected ");
        }
        assertThat(runs.all()).hasSize(1);
      }
      Files.write(file, whole);
    }
  }

  @Test
  void aRunOfBeforeThatWasStoppedGoesOnExactly() throws IOException {
    RunOptions often = RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(2));
    Run<float[]> run =
        runs.start(new ToyJob(3, 30).at(11, () -> runs.live(2).orElseThrow().stop()), often);
    assertThatThrownBy(run::await).isInstanceOf(RunStopped.class);
    age(run.folder());
    runs.resume(2, new ToyJob(3, 30), often).await();
    Run<float[]> whole = runs.start(new ToyJob(3, 30), often);
    whole.await();
    assertThat(Files.mismatch(run.folder().resultFile(), whole.folder().resultFile()))
        .isEqualTo(-1);
    assertThat(Files.mismatch(run.folder().curveFile(), whole.folder().curveFile())).isEqualTo(-1);
    assertThat(run.folder().curve().rows()).isEqualTo(10);
  }

  @Test
  void whatWasEditedByHandIsRefusedInWords() throws IOException {
    RunFolder run = runs.open(1);
    String status = Files.readString(run.statusFile());
    Files.writeString(run.statusFile(), status.replace("FINISHED", "STOPPED"));
    assertThat(runs.all().get(0).message())
        .isEqualTo(
            "read '%s': expected the SHA-256 of what was written, got another. It was changed or damaged after it was written: take another copy of the file."
                .formatted(run.statusFile()));
    Files.writeString(run.statusFile(), status.replaceFirst(",\n  \"checksum[^\n]*", ""));
    assertThat(runs.all().get(0).message())
        .contains("expected a last line with its checksum, got none.");
    Files.writeString(run.statusFile(), status);
    assertThat(runs.all().get(0).state()).isEqualTo(RunState.FINISHED);
  }

  @Test
  void oneBadRunNeverHidesTheOthers() throws Exception {
    Map<String, Spoiling> ways = new LinkedHashMap<>();
    ways.put("expected JSON, got nothing", run -> Files.delete(run.specFile()));
    ways.put("expected the rest", run -> Files.delete(run.statusFile()));
    for (String name : List.of("spec.json", "status.json")) {
      ways.put(name + " cut", run -> Files.writeString(run.path().resolve(name), "{\"kind\": \"t"));
      ways.put(name + " number", run -> Files.writeString(run.path().resolve(name), "7\n"));
      ways.put(name + " empty", run -> Files.write(run.path().resolve(name), new byte[0]));
      ways.put(name + " folder", run -> replaced(run, name, Files::createDirectory));
      ways.put(name + " pipe", run -> replaced(run, name, FilesTest::pipe));
      ways.put(
          name + " endless",
          run -> replaced(run, name, to -> Files.createSymbolicLink(to, Path.of("/dev/zero"))));
      ways.put(
          name + " loop",
          run -> replaced(run, name, to -> Files.createSymbolicLink(to, to.getFileName())));
      ways.put(
          name + " nowhere",
          run -> replaced(run, name, to -> Files.createSymbolicLink(to, Path.of("/nowhere"))));
      ways.put(name + " sparse", run -> replaced(run, name, FilesTest::sparse));
      ways.put(
          name + " deep",
          run ->
              Files.writeString(
                  run.path().resolve(name), "{\"spec\":" + "[".repeat(1 << 20) + "}"));
      ways.put(
          name + " nulls",
          run ->
              Files.writeString(
                  run.path().resolve(name), "{\"format\":1,\"state\":null,\"kind\":null}"));
    }
    ways.put("all a loop", FilesTest::loop);
    for (Spoiling way : ways.values()) {
      way.spoil(start());
    }
    RunFolder last = start();
    long before = allocated();
    List<RunSummary> all = runs.all();
    assertThat(allocated() - before).isLessThan(100_000_000);
    assertThat(all).hasSize(ways.size() + 2);
    assertThat(all.get(0).state()).isEqualTo(RunState.FINISHED);
    assertThat(all.get(all.size() - 1).id()).isEqualTo(last.id());
    assertThat(all.subList(1, all.size() - 1))
        .allSatisfy(
            line -> {
              assertThat(line.state()).isEqualTo(RunState.UNREADABLE);
              assertThat(line.message())
                  .startsWith("read '")
                  .contains(": expected ")
                  .doesNotContain("Exception")
                  .doesNotContain("null");
            });
  }

  @Test
  void hostileFilesOfARunAreRefusedBeforeMemoryIsTaken() throws Exception {
    RunFolder run = runs.open(1);
    for (String name : List.of("curve.csv", "result.safetensors", "inputs.safetensors")) {
      for (Making making : List.<Making>of(FilesTest::sparse, FilesTest::pipe)) {
        replaced(run, name, making);
        long before = allocated();
        assertThatThrownBy(() -> readers().get(name).apply(run))
            .isInstanceOf(RetortException.class)
            .hasMessageStartingWith("read '" + run.path().resolve(name) + "': expected ");
        assertThat(allocated() - before).isLessThan(10_000_000);
      }
    }
  }

  @Test
  void aLockThatIsAPipeKeepsNobodyWaiting() throws Exception {
    RunFolder run = runs.open(1);
    Files.writeString(
        run.statusFile(), Json.sealed(withState(run.status(), RunState.RUNNING).json()));
    replaced(run, ".lock", FilesTest::pipe);
    assertThat(runs.all().get(0).state()).isEqualTo(RunState.INTERRUPTED);
    assertThatThrownBy(() -> RunLock.take(run.path(), 1))
        .hasMessageContaining("'.lock' that is no file");
  }

  private static Status withState(Status status, RunState state) {
    return new Status(
        state,
        status.step(),
        "",
        List.of(),
        status.pid(),
        status.process(),
        status.started(),
        status.updated(),
        status.seconds());
  }

  /** Something that makes a run bad. */
  private interface Spoiling {
    void spoil(RunFolder run) throws Exception;
  }

  /** Something that is made in a file's place. */
  private interface Making {
    void make(Path file) throws Exception;
  }

  private static void replaced(RunFolder run, String name, Making making) throws Exception {
    Path file = run.path().resolve(name);
    Files.deleteIfExists(file);
    making.make(file);
  }

  private static void pipe(Path file) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
  }

  private static void sparse(Path file) throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(8L << 30);
    }
  }

  private static void loop(RunFolder run) throws IOException {
    Files.walkFileTree(
        run.path(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
    Files.delete(run.path());
    Files.createSymbolicLink(run.path(), run.path().getFileName());
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
