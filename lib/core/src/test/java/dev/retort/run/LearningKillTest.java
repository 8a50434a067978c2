package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.retort.guidance.Guidance;
import dev.retort.plan.Plan;
import dev.retort.run.PhaseMarker.Phase;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills runs of every kind, all at once, again and again; {@code -Dretort.kills=100} makes long
 * rounds, and {@code -Dretort.clock=1} lets the standard interval go by people's clock.
 */
class LearningKillTest {
  private static final Map<String, Plan<?>> PLANS = Kinds.plans(env -> env);
  private static final List<String> KINDS = List.copyOf(PLANS.keySet());
  private static final Map<String, Long> TOTALS =
      PLANS.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, plan -> plan.getValue().job().total()));
  private static final int KILLS = Integer.getInteger("retort.kills", 3);

  /** What steps an environment, updates and saves. */
  private static final List<String> LEARNERS =
      Algorithms.supplied().stream().map(Algorithm::name).toList();

  private static final Phase[] MET = {Phase.STEP, Phase.UPDATE, Phase.SAVE};

  /** After so long a run of the standard interval saves itself at its next boundary. */
  private static final Duration DUE = Duration.ofSeconds(10).dividedBy(LearningMain.FASTER);

  private static final Duration JITTER = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int KILLED = 137;

  @TempDir Path scratch;

  private final List<Process> lives = new CopyOnWriteArrayList<>();

  @AfterEach
  void nobodyLivesOn() {
    lives.forEach(Process::destroyForcibly);
  }

  @Test
  void everyKindOfRunHasItsPlanHere() {
    assertThat(KINDS).containsAll(Algorithms.supplied().stream().map(Algorithm::name).toList());
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
            PLANS.values().stream()
                .map(plan -> plan.getClass().getName())
                .collect(Collectors.toSet()))
        .hasSizeGreaterThan(5)
        .isEqualTo(verbs);
  }

  @Tag("once")
  @Tag("slow")
  @Test
  void everyKindOfRunKilledAnywhereAndResumedRepeatsTheUninterruptedRunBitForBit()
      throws Exception {
    Life reference = new Life("reference", LearningMain.OFTEN, "-XX:TieredStopAtLevel=1");
    Life other = new Life("other", LearningMain.STANDARD, "-XX:+UseParallelGC");
    List.of(
            CompletableFuture.runAsync(reference::toItsEnd),
            CompletableFuture.runAsync(other::toItsEnd))
        .forEach(CompletableFuture::join);
    reference.assertSame(other);
    List<Kills> rounds =
        List.of(
            new Kills(LearningMain.OFTEN, 1, KILLS), new Kills(LearningMain.STANDARD, 2, KILLS));
    rounds.stream()
        .map(round -> CompletableFuture.runAsync(() -> round.run(reference)))
        .toList()
        .forEach(CompletableFuture::join);
    for (Kills round : rounds) {
      System.getLogger("retort.test").log(System.Logger.Level.INFO, round.toString());
      assertThat(round.killed).as("%s", round).containsAll(KINDS);
      assertThat(round.resumed).as("%s", round).containsAll(KINDS);
      assertThat(round.landed).as("%s", round).containsKeys(MET);
    }
  }

  /** Kills at places that a seed decides, and what they met. */
  private final class Kills {
    private final String interval;
    private final long seed;
    private final int count;
    private final Map<Phase, Integer> landed = new EnumMap<>(Phase.class);

    /** What was killed at work, and what had a checkpoint to go on from then. */
    private final Set<String> killed = new HashSet<>();

    private final Set<String> resumed = new HashSet<>();

    Kills(String interval, long seed, int count) {
      this.interval = interval;
      this.seed = seed;
      this.count = count;
    }

    void run(Life reference) {
      SplittableRandom random = new SplittableRandom(seed);
      Life life = new Life(interval + " killed", interval, "-XX:TieredStopAtLevel=1");
      for (int kill = 0; kill < count; kill++) {
        double share = 0.05 + 0.8 * (kill + random.nextDouble()) / count;
        life.kill(share, MET[kill % MET.length], random);
        note(life);
      }
      life.toItsEnd();
      reference.assertSame(life);
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
      return "%s kills at the interval '%s', seed %s: landed %s, without checkpoint %s"
          .formatted(count, interval, seed, landed, never);
    }
  }

  /** All kinds of runs in one folder, carried by one process after the other. */
  private final class Life {
    private final Path folder;
    private final String interval;
    private final String flag;
    private final Map<String, PhaseMarker> markers = new HashMap<>();

    Life(String name, String interval, String flag) {
      this.folder = scratch.resolve(name);
      this.interval = interval;
      this.flag = flag;
    }

    Path runs() {
      return folder.resolve("runs");
    }

    PhaseMarker marker(String kind) {
      return markers.computeIfAbsent(
          kind, name -> PhaseMarker.in(folder.resolve("markers").resolve(name)));
    }

    /** Lives to the end. */
    void toItsEnd() {
      try {
        Process process = start(Double.POSITIVE_INFINITY);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output()).isZero();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /**
     * Lives until every run has done a share of its steps, and so long that many a one has to save
     * itself, and on until one of them is in the phase that is aimed at, and some nanoseconds more.
     */
    void kill(double share, Phase phase, SplittableRandom random) {
      try {
        Process process = start(share);
        await(process, () -> haveDone(share));
        long until = System.nanoTime() + random.nextLong(2 * DUE.toNanos());
        await(process, () -> System.nanoTime() >= until);
        List<String> left =
            LEARNERS.stream().filter(kind -> marker(kind).step() < TOTALS.get(kind)).toList();
        PhaseMarker aimed = marker(left.get(random.nextInt(left.size())));
        aimed.aim(phase);
        KINDS.forEach(kind -> marker(kind).open());
        await(process, aimed::isHeld);
        LockSupport.parkNanos(random.nextLong(JITTER.toNanos()));
        process.destroyForcibly();
        assertThat(process.waitFor()).as(output()).isEqualTo(KILLED);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private void await(Process process, BooleanSupplier there) throws IOException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!there.getAsBoolean()) {
        assertThat(process.isAlive()).as(output()).isTrue();
        assertThat(System.nanoTime()).as(output()).isLessThan(deadline);
        LockSupport.parkNanos(1_000_000);
      }
    }

    private boolean haveDone(double share) {
      return KINDS.stream().allMatch(kind -> marker(kind).step() >= share * TOTALS.get(kind));
    }

    /** Begins a life in which no run goes on beyond a share of its steps, until gates open. */
    private Process start(double share) throws IOException {
      Files.createDirectories(folder.resolve("markers"));
      KINDS.forEach(kind -> marker(kind).reset((long) Math.ceil(share * TOTALS.get(kind))));
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  flag,
                  "-Xshare:auto",
                  "-Dretort.clock=" + LearningMain.FASTER,
                  "-cp",
                  System.getProperty("java.class.path"),
                  LearningMain.class.getName(),
                  runs().toString(),
                  folder.resolve("markers").toString(),
                  interval)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output.txt").toFile())
              .start();
      lives.add(process);
      return process;
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
