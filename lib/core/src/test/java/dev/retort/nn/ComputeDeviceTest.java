package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.nn.Hardware.Card;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The device is decided by what was asked and seen, and told truly. */
class ComputeDeviceTest {
  private static final Hardware NONE = new Hardware(false, Optional.empty());
  private static final Hardware NAMED =
      new Hardware(true, Optional.of(new Card("NVIDIA A100", 40L << 30, 39L << 30)));
  private static final Hardware NAMELESS = new Hardware(true, Optional.empty());
  private static final Optional<String> WORKS = Optional.empty();

  @Test
  void withoutAGpuTheCpuIsUsed() {
    assertThat(ComputeDevice.decide(false, NONE, false, WORKS, 1))
        .isEqualTo(new ComputeDevice(false, "no GPU: running on 1 CPU thread", ""));
    assertThat(ComputeDevice.decide(true, NONE, true, WORKS, 2))
        .hasToString(
            "no GPU: running on 2 CPU threads."
                + " One was asked for: install NVIDIA's driver if this machine has one.");
  }

  @Test
  void aGpuThatNobodyAskedForIsNamedAndNotUsed() {
    assertThat(ComputeDevice.decide(false, NAMED, true, WORKS, 1))
        .isEqualTo(
            new ComputeDevice(
                false,
                "NVIDIA A100, not used: running on 1 CPU thread",
                "Start with ./retort --gpu to use it."));
  }

  @Test
  void aGpuWithoutALibraryForItIsNotUsed() {
    ComputeDevice device = ComputeDevice.decide(true, NAMELESS, false, WORKS, 1);
    assertThat(device.isGpu()).isFalse();
    assertThat(device)
        .hasToString(
            "a GPU, but the engine's library is not one for CUDA: running on 1 CPU thread."
                + " Start with ./retort --gpu; docs/gpu.md tells how to use a library of your own.");
  }

  @Test
  void aGpuOnWhichTheEngineFailsIsNotUsedAndTheReasonIsTold() {
    ComputeDevice device =
        ComputeDevice.decide(true, NAMED, true, Optional.of("driver too old"), 1);
    assertThat(device.isGpu()).isFalse();
    assertThat(device)
        .hasToString(
            "NVIDIA A100, but the engine cannot compute on it: driver too old;"
                + " running on 1 CPU thread. docs/gpu.md tells what it needs.");
  }

  @Test
  void aGpuThatWorksAndWasAskedForIsUsed() {
    ComputeDevice device = ComputeDevice.decide(true, NAMED, true, WORKS, 1);
    assertThat(device.isGpu()).isTrue();
    assertThat(device)
        .hasToString(
            "NVIDIA A100: students that are perceptrons learn on it,"
                + " all else is running on 1 CPU thread");
  }

  @Test
  void theDriversAnswerIsReadOrLeft() {
    assertThat(Card.parse("NVIDIA H100 80GB HBM3, 81559, 81007\n"))
        .contains(new Card("NVIDIA H100 80GB HBM3", 81_559L << 20, 81_007L << 20));
    assertThat(Card.parse("Tesla T4, 15360, 15000\nTesla T4, 15360, 15100\n"))
        .contains(new Card("Tesla T4", 15_360L << 20, 15_000L << 20));
    assertThat(Card.parse("")).isEmpty();
    assertThat(Card.parse("NVIDIA GB10, [N/A], [N/A]")).isEmpty();
    assertThat(Card.parse("No devices were found")).isEmpty();
  }

  @Test
  void aLibraryThatIsNotForCudaSaysSoWhenItIsTried() {
    assertThat(Engine.device().isGpu()).isEqualTo(Engine.usesGpu());
    if (!Engine.usesGpu() && !Hardware.look().driver()) {
      assertThat(Engine.failureOnGpu()).isPresent();
    }
  }
}
