package dev.retort.run;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Independent pieces of work on all cores at once.
 *
 * <p>Whoever asks takes part, and waits only for pieces that others have begun: pieces may ask for
 * pieces of their own, and two runs that ask at the same time share the cores.
 */
public final class Parallel {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final ThreadPoolExecutor HELPERS = helpers();

  private Parallel() {}

  private static ThreadPoolExecutor helpers() {
    int count = Math.max(1, CORES - 1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            count,
            count,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            work -> RunThread.of("retort-helper", work));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** How many pieces can be done at once. */
  public static int cores() {
    return CORES;
  }

  /**
   * Whether the calling thread may wait for others: it is a run's, and nobody interrupts or kills
   * it. The thread of a notebook's cell is interrupted within whatever it does, and pieces of that
   * on other threads would not hear of it.
   */
  public static boolean mayWait() {
    return Thread.currentThread() instanceof RunThread;
  }

  /**
   * Does all pieces, in any order. Where some fail, all that come before the first of these are
   * done all the same, so that it is the one that would have failed in a loop.
   *
   * @throws RuntimeException what the first of the pieces that fail threw, when all that had begun
   *     have ended; of those behind it, none is begun any more
   */
  public static void all(List<? extends Runnable> pieces) {
    if (pieces.size() == 1) {
      pieces.get(0).run();
      return;
    }
    Shared shared = new Shared(pieces);
    for (int helper = 1; helper < Math.min(pieces.size(), CORES); helper++) {
      HELPERS.execute(shared);
    }
    shared.run();
    takeBack(shared);
    shared.await();
  }

  /** Where helpers are busy, what is asked for over and over must not pile up before them. */
  private static void takeBack(Shared shared) {
    boolean taken = true;
    while (taken) {
      taken = HELPERS.remove(shared);
    }
  }

  /** Pieces that several threads take from, one after the other. */
  private static final class Shared implements Runnable {
    private final List<? extends Runnable> pieces;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final Throwable[] failures;
    private final AtomicInteger firstFailed = new AtomicInteger(Integer.MAX_VALUE);

    Shared(List<? extends Runnable> pieces) {
      this.pieces = pieces;
      this.left = new CountDownLatch(pieces.size());
      this.failures = new Throwable[pieces.size()];
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < pieces.size(); i = next.getAndIncrement()) {
        try {
          if (i < firstFailed.get()) {
            pieces.get(i).run();
          }
        } catch (RuntimeException | Error e) {
          failures[i] = e;
          firstFailed.accumulateAndGet(i, Math::min);
        } finally {
          left.countDown();
        }
      }
    }

    /** An interrupt is kept for later: pieces must not outlive what they work on. */
    void await() {
      boolean interrupted = false;
      while (left.getCount() > 0) {
        try {
          left.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      for (Throwable failure : failures) {
        if (failure instanceof RuntimeException mistake) {
          throw mistake;
        }
        if (failure instanceof Error error) {
          throw error;
        }
      }
    }
  }
}
