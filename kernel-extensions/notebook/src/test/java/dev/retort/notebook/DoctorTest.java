package dev.retort.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.nn.ComputeDevice;
import dev.retort.notebook.Doctor.Finding;
import dev.retort.notebook.Doctor.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor tells what works, and the fix for what does not. */
class DoctorTest {
  @Test
  void aMachineThatRunsTheseTestsIsHealthy() {
    Doctor doctor = Doctor.examine();
    assertThat(doctor.healthy()).isTrue();
    assertThat(doctor.findings())
        .extracting(Finding::what)
        .containsExactly(
            "java", "djl", "engine", "device", "gradient", "memory", "runs", "fonts", "charts");
    assertThat(doctor.toString()).contains("ok    gradient");
    assertThat(doctor.toString().lines()).hasSize(9);
    assertThat(doctor.html()).doesNotContain("<script").contains("#00845f");
  }

  @Test
  void theGradientOfTheEngineIsThatOfTheHand() {
    assertThat(Examination.gradient().health()).isEqualTo(Health.GOOD);
  }

  @Test
  void theDeviceIsToldTruly() {
    Finding used = Examination.device(new ComputeDevice(true, "a GPU", ""));
    assertThat(used).isEqualTo(new Finding("device", Health.GOOD, "a GPU", ""));
    Finding idle = Examination.device(new ComputeDevice(false, "a GPU, not used", "Do this."));
    assertThat(idle).isEqualTo(new Finding("device", Health.FAIR, "a GPU, not used", "Do this."));
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldWithTheFix(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Finding bad = Examination.writable(file.resolve("runs"));
    assertThat(bad.health()).isEqualTo(Health.BAD);
    assertThat(bad.fix()).contains("RETORT_RUNS");
    assertThat(Examination.writable(folder.resolve("a/b/runs")).health()).isEqualTo(Health.GOOD);
  }

  @Test
  void aLineThatFailsKeepsNoOtherFromBeingSeen() {
    Finding bad =
        Examination.guarded(
            "engine",
            () -> {
              throw new UnsatisfiedLinkError("no <b>library</b>\nmore");
            });
    assertThat(bad).isEqualTo(new Finding("engine", Health.BAD, "no <b>library</b>", ""));
    Doctor doctor = new Doctor(List.of(bad));
    assertThat(doctor.healthy()).isFalse();
    assertThat(doctor.html()).contains("&lt;b&gt;", "#c04000");
  }
}
