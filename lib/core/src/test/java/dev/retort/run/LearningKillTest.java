package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.retort.guidance.Guidance;
import dev.retort.plan.Plan;
import dev.retort.run.PhaseMarker.Phase;
import dev.retort.teach.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills runs of every kind, all at once, again and again; {@code -Dretort.kills=100} makes long
 * rounds.
 */
class LearningKillTest {
  private static final List<String> KINDS = List.copyOf(Kinds.plans(env -> env).keySet());
  private static final int KILLS = Integer.getInteger("retort.kills", 7);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KILLED = 137;

  @TempDir Path scratch;

  @Test
  void everyKindOfRunHasItsPlanHere() {
    assertThat(KINDS).containsAll(Algorithm.all().stream().map(Algorithm::name).toList());
    assertThat(KINDS)
        .containsAll(
            Arrays.stream(Guidance.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
    Set<String> verbs =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.retort")
                .stream()
                .filter(type -> type.isAssignableTo(Plan.class) && !type.isInterface())
                .map(type -> type.getName())
                .collect(Collectors.toSet());
    assertThat(
            Kinds.plans(env -> env).values().stream()
                .map(plan -> plan.getClass().getName())
                .collect(Collectors.toSet()))
        .hasSizeGreaterThan(5)
        .isEqualTo(verbs);
  }

  @Test
  void everyKindOfRunKilledAnywhereAndResumedRepeatsTheUninterruptedRunBitForBit()
      throws Exception {
    Life reference = new Life("reference", LearningMain.OFTEN, "-XX:TieredStopAtLevel=1");
    Life other = new Life("other", LearningMain.STANDARD, "-XX:+UseParallelGC");
    CompletableFuture<Long> working = CompletableFuture.supplyAsync(reference::wholeNanos);
    long span = Math.max(other.wholeNanos(), working.join());
    reference.assertSame(other);
    List<Kills> rounds =
        List.of(
            new Kills(LearningMain.OFTEN, 1, KILLS), new Kills(LearningMain.STANDARD, 2, KILLS));
    rounds.stream()
        .map(round -> CompletableFuture.runAsync(() -> round.run(reference, span)))
        .toList()
        .forEach(CompletableFuture::join);
    for (Kills round : rounds) {
      System.getLogger("retort.test").log(System.Logger.Level.INFO, round.toString());
      assertThat(round.killed).as("%s", round).containsAll(KINDS);
      assertThat(round.resumed).as("%s", round).containsAll(KINDS);
      assertThat(round.landed).as("%s", round).containsKeys(Phase.STEP, Phase.UPDATE);
    }
    assertThat(rounds.get(0).landed).containsKey(Phase.SAVE);
  }

  /** Kills at places that a seed decides, and what they met. */
  private final class Kills {
    private final String rhythm;
    private final long seed;
    private final int count;
    private final Map<Phase, Integer> landed = new EnumMap<>(Phase.class);

    /** What was killed at work, and what had a checkpoint to go on from then. */
    private final Set<String> killed = new HashSet<>();

    private final Set<String> resumed = new HashSet<>();
    private int runs;

    Kills(String rhythm, long seed, int count) {
      this.rhythm = rhythm;
      this.seed = seed;
      this.count = count;
    }

    void run(Life reference, long span) {
      SplittableRandom random = new SplittableRandom(seed);
      Life life = life();
      for (int done = 0; done < count; ) {
        double share = random.nextDouble();
        if (life.killed((long) (share * span / 2))) {
          done++;
          note(life);
        } else {
          reference.assertSame(life);
          life = life();
        }
      }
      life.wholeNanos();
      reference.assertSame(life);
    }

    private Life life() {
      runs++;
      return new Life(rhythm + runs, rhythm, "-XX:TieredStopAtLevel=1");
    }

    private void note(Life life) {
      for (RunSummary run : Registry.at(life.runs()).all()) {
        if (run.state() == RunState.INTERRUPTED) {
          String kind = KINDS.get(run.id() - 1);
          killed.add(kind);
          landed.merge(life.marker(kind).phase(), 1, Integer::sum);
          if (!Registry.at(life.runs()).open(run.id()).checkpoints().isEmpty()) {
            resumed.add(kind);
          }
        }
      }
    }

    @Override
    public String toString() {
      List<String> never = new ArrayList<>(KINDS);
      never.removeAll(resumed);
      return "%s kills at the rhythm '%s', seed %s: landed %s in %s lives, without checkpoint %s"
          .formatted(count, rhythm, seed, landed, runs, never);
    }
  }

  /** All kinds of runs in one folder, carried by one process after the other. */
  private final class Life {
    private final Path folder;
    private final String rhythm;
    private final String flag;

    Life(String name, String rhythm, String flag) {
      this.folder = scratch.resolve(name);
      this.rhythm = rhythm;
      this.flag = flag;
    }

    Path runs() {
      return folder.resolve("runs");
    }

    PhaseMarker marker(String kind) {
      return PhaseMarker.in(folder.resolve("markers").resolve(kind));
    }

    /** Lives to the end, and tells how long the runs worked. */
    long wholeNanos() {
      try {
        Process process = start();
        long begun = awaitBegun(process);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output()).isZero();
        return System.nanoTime() - begun;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Lives so many nanoseconds from where all runs have begun; whether it was killed then. */
    boolean killed(long nanos) {
      try {
        Process process = start();
        awaitBegun(process);
        LockSupport.parkNanos(nanos);
        process.destroyForcibly();
        int code = process.waitFor();
        assertThat(code).as(output()).isIn(0, KILLED);
        return code == KILLED;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private Process start() throws IOException {
      Files.createDirectories(folder.resolve("markers"));
      marker(LearningMain.BEGUN).step(0);
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              flag,
              "-Xshare:auto",
              "-cp",
              System.getProperty("java.class.path"),
              LearningMain.class.getName(),
              runs().toString(),
              folder.resolve("markers").toString(),
              rhythm)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("output.txt").toFile())
          .start();
    }

    private long awaitBegun(Process process) throws IOException {
      PhaseMarker begun = marker(LearningMain.BEGUN);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (begun.step() == 0 && process.isAlive()) {
        assertThat(System.nanoTime()).as(output()).isLessThan(deadline);
        LockSupport.parkNanos(200_000);
      }
      return System.nanoTime();
    }

    private String output() throws IOException {
      return folder + ": " + Files.readString(folder.resolve("output.txt"));
    }

    void assertSame(Life actual) {
      for (int run = 1; run <= KINDS.size(); run++) {
        Path expected = runs().resolve(RunFolder.name(run));
        Path own = actual.runs().resolve(RunFolder.name(run));
        try (Stream<Path> files = Files.list(own)) {
          for (String file : List.of("spec.json", "curve.csv", "result.safetensors")) {
            assertThat(Files.mismatch(expected.resolve(file), own.resolve(file)))
                .as("first byte that differs in %s of %s, %s", file, KINDS.get(run - 1), own)
                .isEqualTo(-1);
          }
          assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".tmp"));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
