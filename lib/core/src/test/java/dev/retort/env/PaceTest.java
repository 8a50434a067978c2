package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();

  /** Goes through a whole period in which every round that is timed takes so long. */
  private int period(long nanos) {
    int timed = 0;
    for (int round = 0; round < Pace.PERIOD; round++) {
      if (pace.isTimed()) {
        timed++;
        pace.took(nanos);
      }
    }
    return timed;
  }

  @Test
  void fewOfManyRoundsAreTimed() {
    assertThat(period(1)).isEqualTo(Pace.TIMED);
    assertThat(period(1)).isEqualTo(Pace.TIMED);
  }

  @Test
  void whatIsDearIsKnownFromTheSecondRoundOn() {
    assertThat(pace.isTimed()).isTrue();
    pace.took(Pace.DEAR_NANOS);
    assertThat(pace.isDear()).isFalse();
    assertThat(pace.isTimed()).isTrue();
    pace.took(Pace.DEAR_NANOS);
    assertThat(pace.isDear()).isTrue();
  }

  @Test
  void oneShortRoundTellsThatTheLongOnesWereHeldUp() {
    for (int round = 0; round < Pace.TIMED; round++) {
      assertThat(pace.isTimed()).isTrue();
      pace.took(round == 5 ? Pace.DEAR_NANOS - 1 : 50 * Pace.DEAR_NANOS);
      assertThat(pace.isDear()).isEqualTo(round > 0 && round < 5);
    }
  }

  @Test
  void whatBecomesDearOrCheapIsMeasuredAgain() {
    period(10);
    assertThat(pace.isDear()).isFalse();
    period(Pace.DEAR_NANOS);
    assertThat(pace.isDear()).isTrue();
    period(10);
    assertThat(pace.isDear()).isFalse();
  }
}
