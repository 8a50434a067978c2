package dev.retort.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.bench.Measurement.Effort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JMH measures what it is asked to, and says nothing. */
class MeasurementTest {
  private static final Effort SMALL = new Effort(10, 3, 10);

  @Test
  void everyChoiceIsMeasuredByItself() {
    List<Measurement> all =
        Measurement.all(
            Stepping.class, SMALL, Map.of("environment", List.of("CartPole", "Pendulum")));
    assertThat(all)
        .extracting(each -> each.get("environment"))
        .containsExactly("CartPole", "Pendulum");
    assertThat(all)
        .allSatisfy(each -> assertThat(each.micros()).hasSize(3).allMatch(micros -> micros > 0));
  }

  @Test
  void figuresAreTimesRatesAndArithmetic() {
    Measurement measured = new Measurement(Map.of("batch", "64"), List.of(4.0, 2.0, 8.0));
    assertThat(measured.time("batch 64", "call"))
        .isEqualTo(new Throughput("batch 64", "µs/call", 4, 2, 8, 3));
    assertThat(measured.rate("batch 64", "actions/s", measured.whole("batch")))
        .isEqualTo(new Throughput("batch 64", "actions/s", 16e6, 8e6, 32e6, 3));
    assertThat(measured.arithmetic("batch 64", 8e3))
        .isEqualTo(new Throughput("batch 64", "GFLOP/s", 2, 1, 4, 3));
  }

  @Test
  void aBenchmarkThatFailsIsNamed() {
    assertThatThrownBy(
            () -> Measurement.all(Stepping.class, SMALL, Map.of("environment", List.of("Nowhere"))))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("bench: expected JMH to measure Stepping, got: ");
  }
}
