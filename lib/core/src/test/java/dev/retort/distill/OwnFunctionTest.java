package dev.retort.distill;

import static dev.retort.Retort.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.loss.Distance;
import dev.retort.loss.Mse;
import dev.retort.loss.OwnDistance;
import dev.retort.loss.Pinball;
import org.junit.jupiter.api.Test;

/** A function that is a loss: one alone where it is written, as in a cell. */
class OwnFunctionTest {
  private static Distance times(double factor) {
    return (z, i, t, j, n, dz) -> factor * new Mse().at(z, i, t, j, n, dz);
  }

  private static String text(Distance distance) {
    return Loss.of(distance).toString();
  }

  @Test
  void itIsKnownByAMarkOfItsCodeAndOfWhatItHasCaptured() {
    assertThat(text(times(2))).matches("own-[0-9a-f]{8}").isEqualTo(text(times(2)));
    assertThat(text(times(3))).isNotEqualTo(text(times(2)));
    assertThat(text(new Pinball(2).function())).isNotEqualTo(text(times(2)));
    Loss loss = Loss.of(times(2));
    assertThat(Loss.type().read("distill", "minimizing", loss.toString())).isEqualTo(loss);
    assertThat(loss.own()).extracting(OwnDistance::imprint).allMatch(it -> it.unknown().isEmpty());
  }

  @Test
  void itHasAnyNameThatItIsGiven() {
    Distance doubled = times(2);
    Distance named = register("doubled", doubled);
    assertThat(Loss.of("reward", doubled)).hasToString("1.0 reward doubled");
    assertThat(Loss.type().read("fit", "minimizing", "1 reward Doubled"))
        .isEqualTo(Loss.of("reward", named));
  }
}
