package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.run.PhaseMarker.Phase;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  @TempDir Path scratch;

  @Tag("slow")
  @Test
  void aRunKilledAnywhereAndResumedRepeatsTheUninterruptedRunBitForBit() throws Exception {
    KillHarness harness = KillHarness.of(ToyMain.class, "7", "120", "1500").kills(20, 20250);
    KillHarness.Report report = harness.run(scratch);
    String reproduce = "reproduce with " + harness + ": " + report;
    assertThat(report.landed().values().stream().mapToInt(n -> n).sum()).isEqualTo(20);
    assertThat(report.landed()).as(reproduce).containsKeys(Phase.STEP, Phase.UPDATE, Phase.SAVE);
    assertThat(report.finished()).as(reproduce).isGreaterThan(1);
    System.getLogger("retort.test").log(System.Logger.Level.INFO, reproduce);
  }
}
