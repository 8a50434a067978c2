package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.retort.kernel.wire.WireMessage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An interrupt stops the cells that were sent before it, and no other. */
class InterruptsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Interrupts interrupts = new Interrupts();

  private static WireMessage sent(String session, long millis) {
    WireMessage message = WireMessage.of("any", session, new JsonObject());
    message.header().addProperty("date", NOON.plusMillis(millis).toString());
    return message;
  }

  private boolean isStopped(WireMessage cell) {
    interrupts.take(cell);
    boolean stopped = interrupts.stopped();
    interrupts.release();
    return stopped;
  }

  @Test
  void aCellThatWaitsForItsTurnIsStopped() {
    interrupts.take(sent("a", 0));
    assertThat(interrupts.stopped()).isFalse();
    assertThat(interrupts.asked(sent("other", 5))).isTrue();
    assertThat(interrupts.stopped()).isTrue();
    interrupts.release();
    assertThat(isStopped(sent("a", 10))).isFalse();
  }

  @Test
  void anInterruptThatOvertookTheCellStopsItAllTheSame() {
    assertThat(interrupts.asked(sent("a", 5))).isFalse();
    assertThat(isStopped(sent("a", 0))).isTrue();
    assertThat(isStopped(sent("a", 4))).isTrue();
    assertThat(isStopped(sent("b", 0))).as("another clock").isFalse();
    assertThat(isStopped(sent("a", 6))).isFalse();
  }

  @Test
  void anInterruptThatWasOvertakenByALaterCellDoesNotStopThat() {
    interrupts.take(sent("a", 100));
    assertThat(interrupts.asked(sent("a", 50))).isFalse();
    assertThat(interrupts.stopped()).isFalse();
    assertThat(interrupts.asked(sent("a", -60_000))).as("the clock was set back").isTrue();
  }

  @Test
  void whereThereIsNoDateWhatWaitsIsStoppedAndWhatComesLaterIsNot() {
    WireMessage undated = sent("a", 0);
    undated.header().remove("date");
    assertThat(interrupts.asked(undated)).isFalse();
    assertThat(isStopped(undated)).isFalse();
    interrupts.take(undated);
    assertThat(interrupts.asked(undated)).isTrue();
    assertThat(List.of(interrupts.stopped(), interrupts.signalled())).containsOnly(true);
  }
}
