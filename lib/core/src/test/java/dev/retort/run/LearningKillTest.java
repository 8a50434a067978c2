package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.run.PhaseMarker.Phase;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningKillTest {
  @TempDir Path scratch;

  @Test
  void learningKilledAnywhereAndResumedRepeatsTheUninterruptedRunBitForBit() {
    // Two cores: the harnesses go side by side.
    List<CompletableFuture<KillHarness.Report>> reports = new ArrayList<>();
    List<KillHarness> harnesses =
        List.of(
            KillHarness.of(LearningMain.class, "ppo").kills(7, 1),
            KillHarness.of(LearningMain.class, "dqn").kills(7, 2),
            KillHarness.of(LearningMain.class, "q-learning")
                .phases(Phase.STEP, Phase.SAVE)
                .kills(2, 4),
            KillHarness.of(LearningMain.class, "delayed-q")
                .phases(Phase.STEP, Phase.SAVE)
                .kills(2, 6),
            KillHarness.of(LearningMain.class, "r-max").phases(Phase.STEP, Phase.SAVE).kills(2, 7),
            KillHarness.of(LearningMain.class, "es").phases(Phase.STEP, Phase.SAVE).kills(2, 5),
            KillHarness.of(LearningMain.class, "distill")
                .phases(Phase.UPDATE, Phase.SAVE)
                .kills(6, 3));
    for (KillHarness harness : harnesses) {
      reports.add(CompletableFuture.supplyAsync(() -> report(harness)));
    }
    Map<Phase, Integer> landed = new EnumMap<>(Phase.class);
    for (int i = 0; i < harnesses.size(); i++) {
      KillHarness.Report report = reports.get(i).join();
      System.getLogger("retort.test")
          .log(System.Logger.Level.INFO, "reproduce with " + harnesses.get(i) + ": " + report);
      report.landed().forEach((phase, kills) -> landed.merge(phase, kills, Integer::sum));
    }
    assertThat(landed.values().stream().mapToInt(kills -> kills).sum()).isEqualTo(28);
    assertThat(landed).containsKeys(Phase.STEP, Phase.UPDATE, Phase.SAVE);
  }

  private KillHarness.Report report(KillHarness harness) {
    try {
      return harness.run(Files.createDirectory(scratch.resolve(harness.args().get(0))));
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theSamePlansInTwoProcessesGiveTheSameBits() throws Exception {
    Process one = start("one", "-XX:TieredStopAtLevel=1");
    Process two = start("two", "-XX:+UseParallelGC");
    List<String> first = hashes("one", one);
    assertThat(first).hasSize(2 * LearningMain.KINDS.size()).doesNotHaveDuplicates();
    assertThat(hashes("two", two)).isEqualTo(first);
  }

  private Process start(String folder, String flag) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            flag,
            "-cp",
            System.getProperty("java.class.path"),
            LearningMain.class.getName(),
            scratch.resolve(folder).toString())
        .redirectErrorStream(true)
        .redirectOutput(scratch.resolve(folder + ".txt").toFile())
        .start();
  }

  private List<String> hashes(String folder, Process process) throws Exception {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(scratch.resolve(folder + ".txt"))).isZero();
    List<String> hashes = new ArrayList<>();
    for (int run = 1; run <= LearningMain.KINDS.size(); run++) {
      for (String file : List.of("curve.csv", "result.safetensors")) {
        byte[] bytes =
            Files.readAllBytes(
                scratch
                    .resolve(folder)
                    .resolve(String.format(Locale.ROOT, "%04d", run))
                    .resolve(file));
        hashes.add(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
      }
    }
    return hashes;
  }
}
