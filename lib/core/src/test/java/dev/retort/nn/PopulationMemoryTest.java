package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.nn.PopulationMemory.Available;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a population takes is known before it is allocated. */
class PopulationMemoryTest {
  private static final Mlp MLP = Mlp.of(64, 64);
  private static final long PARAMETERS = 8 * 64 + 64 + 64 * 64 + 64 + 64 * 4 + 4;

  private static PopulationMemory of(int members, boolean onDevice) {
    return PopulationMemory.of(
        MLP, InputShape.of(List.of(8)), 4, members, Rows.PER_MEMBER, 256, 1_000, onDevice);
  }

  @Test
  void everyArrayIsCounted() {
    PopulationMemory plain = of(10, false);
    assertThat(plain.parameters()).isEqualTo(PARAMETERS);
    assertThat(plain.java()).isEqualTo(10 * (16 * PARAMETERS + 4 * 1_000 + 4 * 256 * (8 + 2 * 4)));
    long layers = 2 * (64 + 64 + 4);
    assertThat(plain.engine()).isEqualTo(10 * (8 * PARAMETERS + 4 * 256 * (layers + 8 + 2 * 4)));
    PopulationMemory device = of(10, true);
    assertThat(device.java()).isEqualTo(10 * (16 * PARAMETERS + 4 * 1_000));
    PopulationMemory shared =
        PopulationMemory.of(MLP, InputShape.of(List.of(8)), 4, 10, Rows.SHARED, 256, 1_000, true);
    assertThat(device.java() - shared.java()).isEqualTo(9 * 4 * 1_000);
    assertThat(device.engine() - shared.engine()).isEqualTo(9 * 4 * 256 * 8);
    assertThat(device.engine())
        .isEqualTo(
            10 * (20 * PARAMETERS + 4 * 256 * (layers + 8 + 8 * 4)) + 4 * 1_000 * (8 + 4 + 3));
  }

  @Test
  void whatDoesNotFitIsRefusedWithNeedAndRoom() {
    PopulationMemory many =
        new PopulationMemory(10_000, 4_996, 800L << 20, (long) (20.25 * (1L << 30)), true);
    assertThat(many).hasToString("800 MB in Java and 20.3 GB on the GPU");
    assertThatCode(() -> many.require("distill", new Available(1L << 30, Optional.empty())))
        .doesNotThrowAnyException();
    assertThatCode(() -> many.require("distill", new Available(1L << 30, Optional.of(40L << 30))))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> many.require("distill", new Available(1L << 30, Optional.of(16L << 30))))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected 10,000 members of 4,996 parameters to fit into the GPU's free memory"
                + " of 16.0 GB, got a need of 20.3 GB. Take fewer members, or a smaller batch.");
    assertThatThrownBy(() -> many.require("distill", new Available(512L << 20, Optional.empty())))
        .hasMessage(
            "distill: expected 10,000 members of 4,996 parameters to fit into Java's heap of"
                + " 512 MB, got a need of 800 MB. Take fewer members, or start Java with a larger"
                + " -Xmx.");
  }

  @Test
  void aPopulationBeyondOneBlockOfMemoryIsRefused() {
    assertThatThrownBy(
            () ->
                Network.of(
                    Mlp.of(256, 256),
                    List.of(8),
                    List.of(Output.of("q", 4)),
                    Trunk.SHARED,
                    Initialization.FAN_IN,
                    new long[10_000]))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "network mlp:256,256: expected a population of at most 536,870,911 parameters, which"
                + " are 2 GB, got 10,000 members of 69,124. Take fewer members, or a smaller network.");
  }
}
