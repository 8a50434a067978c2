package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.run.PhaseMarker.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Kills a run in a JVM of its own, again and again, and holds what comes out against the
 * uninterrupted run, byte by byte.
 *
 * <p>The main class calls {@link #carry} and nothing else:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   KillHarness.carry(args, (own, marker) -> marker.marking(job(own)), options);
 * }
 * }</pre>
 *
 * A job that can tell environment steps from updates marks {@link Phase#STEP} itself.
 *
 * @param main the class whose main method carries the job
 * @param args its own arguments
 * @param jvm flags for its JVM
 * @param phases the phases in which kills must land, in turn
 * @param kills how many kills
 * @param seed decides where
 * @param jitter how long after the step and the phase are reached a kill comes at the latest
 * @param patience how long a life may take
 */
public record KillHarness(
    Class<?> main,
    List<String> args,
    List<String> jvm,
    List<Phase> phases,
    int kills,
    long seed,
    Duration jitter,
    Duration patience) {
  private static final List<String> COMPARED = List.of("curve.csv", "result.safetensors");
  private static final int KILLED = 137;

  /** What happened: in which phases the kills landed, and how many runs reached their end. */
  public record Report(Map<Phase, Integer> landed, int finished) {}

  /** A harness for a class with a flag set that starts fast. */
  public static KillHarness of(Class<?> main, String... args) {
    return new KillHarness(
        main,
        List.of(args),
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"),
        List.of(Phase.UPDATE, Phase.STEP, Phase.SAVE),
        20,
        1,
        Duration.ofNanos(300_000),
        Duration.ofSeconds(60));
  }

  /** The same with so many kills at places that a seed decides. */
  public KillHarness kills(int count, long where) {
    return new KillHarness(main, args, jvm, phases, count, where, jitter, patience);
  }

  /**
   * What the main class does: starts run 1 in the folder, or resumes it, and waits for its end.
   *
   * @param args the arguments that main got
   * @param job makes the job out of its own arguments and the marker
   * @param options how it is carried
   */
  public static void carry(
      String[] args, BiFunction<List<String>, PhaseMarker, Job<?>> job, RunOptions options) {
    List<String> own = List.of(args).subList(0, args.length - 2);
    Registry registry = Registry.at(Path.of(args[args.length - 2]));
    PhaseMarker marker = PhaseMarker.in(Path.of(args[args.length - 1]));
    Job<?> made = job.apply(own, marker);
    Run<?> run =
        registry.all().isEmpty()
            ? registry.start(made, options)
            : registry.resume(1, made, options);
    run.await();
  }

  /** Runs all rounds in an empty folder and fails if a byte differs. */
  public Report run(Path scratch) throws IOException, InterruptedException {
    Life reference = new Life(scratch.resolve("reference"));
    assertThat(reference.live(Long.MAX_VALUE, Phase.START, 0)).isZero();
    long total = reference.marker.step();
    SplittableRandom random = new SplittableRandom(seed);
    Map<Phase, Integer> landed = new EnumMap<>(Phase.class);
    int done = 0;
    int finished = 0;
    while (done < kills) {
      Life life = new Life(scratch.resolve("run-" + finished));
      boolean ended = false;
      while (!ended) {
        long target =
            done < kills
                ? life.marker.step() + 1 + random.nextLong(Math.max(1, total / 4))
                : Long.MAX_VALUE;
        Phase wanted = phases.get(done % phases.size());
        int code = life.live(target, wanted, random.nextLong(jitter.toNanos()));
        if (code == KILLED) {
          landed.merge(life.marker.phase(), 1, Integer::sum);
          done++;
        } else {
          assertThat(code).as(life.output()).isZero();
          ended = true;
        }
      }
      compare(reference, life);
      finished++;
    }
    return new Report(landed, finished);
  }

  private static void compare(Life reference, Life life) throws IOException {
    for (String file : COMPARED) {
      assertThat(Files.mismatch(reference.file(file), life.file(file)))
          .as("first byte that differs in %s of %s", file, life.folder)
          .isEqualTo(-1);
    }
    try (Stream<Path> files = Files.list(life.folder.resolve("runs/0001"))) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".tmp"));
    }
  }

  /** One run, carried by one process after the other. */
  private final class Life {
    private final Path folder;
    private final PhaseMarker marker;

    Life(Path folder) throws IOException {
      this.folder = Files.createDirectories(folder);
      this.marker = PhaseMarker.in(folder.resolve("marker"));
    }

    Path file(String name) {
      return folder.resolve("runs/0001").resolve(name);
    }

    String output() throws IOException {
      return Files.readString(folder.resolve("output.txt"));
    }

    /** Lives until a step and a phase are reached and so many nanoseconds more; the exit code. */
    int live(long target, Phase wanted, long nanos) throws IOException, InterruptedException {
      marker.enter(Phase.START);
      marker.step(0);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvm);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
      command.addAll(args);
      command.add(folder.resolve("runs").toString());
      command.add(folder.resolve("marker").toString());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output.txt").toFile())
              .start();
      long deadline = System.nanoTime() + patience.toNanos();
      try {
        if (target == Long.MAX_VALUE) {
          assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
          return process.exitValue();
        }
        while (process.isAlive()) {
          if (marker.step() >= target && marker.phase() == wanted) {
            LockSupport.parkNanos(nanos);
            process.destroyForcibly();
            break;
          }
          assertThat(System.nanoTime()).as("still alive: " + output()).isLessThan(deadline);
          LockSupport.parkNanos(20_000);
        }
        return process.waitFor();
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
