package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelTest {
  private static List<Runnable> pieces(int count, java.util.function.IntConsumer work) {
    return IntStream.range(0, count).mapToObj(i -> (Runnable) () -> work.accept(i)).toList();
  }

  @Test
  void everyPieceIsDoneOnceAndBeforeTheReturn() {
    for (int round = 0; round < 200; round++) {
      AtomicIntegerArray done = new AtomicIntegerArray(17);
      Parallel.all(pieces(17, done::incrementAndGet));
      for (int i = 0; i < 17; i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void nothingIsNoWork() {
    Parallel.all(List.of());
  }

  @Test
  void asManyPiecesAsCoresAreDoneAtTheSameTime() {
    CountDownLatch met = new CountDownLatch(Parallel.cores());
    Parallel.all(
        pieces(
            Parallel.cores(),
            i -> {
              met.countDown();
              try {
                assertThat(met.await(20, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }));
  }

  @Test
  void piecesMayAskForPiecesOfTheirOwn() {
    AtomicInteger done = new AtomicInteger();
    Parallel.all(
        pieces(
            40,
            i ->
                Parallel.all(
                    pieces(5, j -> Parallel.all(pieces(3, k -> done.getAndIncrement()))))));
    assertThat(done).hasValue(600);
  }

  @Test
  void aFailureIsThrownWhenAllThatHadBegunHaveEnded() {
    AtomicInteger running = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Parallel.all(
                    pieces(
                        30,
                        i -> {
                          running.incrementAndGet();
                          try {
                            if (i == 3) {
                              throw new IllegalArgumentException("piece 3");
                            }
                          } finally {
                            running.decrementAndGet();
                          }
                        })))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("piece 3");
    assertThat(running).hasValue(0);
  }

  @Test
  void theFirstPieceThatFailsIsToldHoweverLateItFails() {
    assumeTrue(Parallel.cores() > 1);
    CountDownLatch later = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                Parallel.all(
                    pieces(
                        30,
                        i -> {
                          try {
                            if (i == 2) {
                              assertThat(later.await(20, TimeUnit.SECONDS)).isTrue();
                              throw new IllegalArgumentException("piece 2");
                            }
                            if (i == 7) {
                              throw new IllegalArgumentException("piece 7");
                            }
                          } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                          } finally {
                            if (i == 7) {
                              later.countDown();
                            }
                          }
                        })))
        .hasMessage("piece 2");
  }

  @Test
  void onlyThreadsOfRunsMayWaitForOthers() throws Exception {
    assertThat(Parallel.mayWait()).isFalse();
    Worker.does(() -> assertThat(Parallel.mayWait()).isTrue());
  }

  @Test
  void anInterruptDoesNotEndTheWaitAndIsKept() {
    AtomicInteger done = new AtomicInteger();
    Thread.currentThread().interrupt();
    Parallel.all(pieces(8, i -> done.incrementAndGet()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).hasValue(8);
  }
}
