package dev.retort.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.env.Environments;
import dev.retort.evaluate.Metric;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.run.Curve;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ComparingTest {
  /** Two members whose episodes all last and return the same. */
  private static Curves curves(int length, double result, int until) {
    Curve curve = new Curve("return", "length");
    for (int step = length; step <= until; step += length) {
      curve.add(step, 0, result, length);
      curve.add(step, 1, result + 1, length);
    }
    Policy nobody =
        Scripted.of("nobody", Environments.get("CartPole"), (seen, action) -> action[0] = 0);
    return new Curves("curves", curve, Collections.nCopies(2, nobody));
  }

  @Test
  void trainingsThatEndWithinAnEpisodeOfEachOtherAreComparedOverTheSameSteps() {
    var found = Comparing.of("short", curves(30, 5, 1_000)).and("long", curves(70, 9, 1_000)).run();
    assertThat(found.table().doubleColumn("IQM").asDoubleArray()).containsExactly(5.5, 9.5);
    assertThatThrownBy(
            () -> Comparing.of("half", curves(30, 5, 500)).and("all", curves(30, 5, 1_000)).run())
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("Train both equally long");
  }

  @Test
  void episodesAreComparedOneByOne() {
    Comparing plan =
        Comparing.of("short", curves(30, 5, 300))
            .and("long", curves(70, 9, 1_000))
            .overEpisodes(8)
            .by(Metric.jumpStart(3));
    assertThat(plan.run().table().doubleColumn("IQM").asDoubleArray()).containsExactly(5.5, 9.5);
    assertThatThrownBy(() -> plan.overEpisodes(0)).isInstanceOf(RetortException.class);
  }
}
