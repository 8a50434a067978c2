package dev.retort.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings are repeated until the compiler has had its time. */
class WarmUpTest {
  @ParameterizedTest
  @CsvSource({"4, 3", "5, 2", "10, 1", "60, 1"})
  void trainingsAreRepeatedUntilTheTimeHasPassedAndAtLeastOnce(int secondsOfOne, int expected) {
    AtomicLong now = new AtomicLong(-7_000_000_000L);
    AtomicInteger trainings = new AtomicInteger();
    new WarmUp(10)
        .of(
            () -> {
              now.addAndGet(secondsOfOne * 1_000_000_000L);
              trainings.incrementAndGet();
            },
            now::get);
    assertThat(trainings).hasValue(expected);
  }
}
