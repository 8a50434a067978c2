package dev.retort.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a cell: the lead, which its code begins on, and the hands that its parallel
 * streams take beside it.
 *
 * <p>Parallel streams work in the pool of the thread that begins them. As the lead is a thread of a
 * pool of its own, they never reach the pool that all of the JVM shares: a crew is stopped as a
 * whole, and with it nothing else. A crew that was stopped is not used again.
 */
final class Crew {
  private static final AtomicInteger MADE = new AtomicInteger();

  private final String name;
  private final Set<Hand> hands = ConcurrentHashMap.newKeySet();
  private final Pool pool;
  private volatile boolean doomed;
  private volatile Thread lead;

  /** Gathers a crew, whose lead does the given work until that returns. */
  Crew(Runnable work) {
    int number = MADE.incrementAndGet();
    name = number == 1 ? "retort-cell" : "retort-cell-" + number;
    pool = new Pool(this);
    pool.execute(
        () -> {
          lead = Thread.currentThread();
          lead.setName(name);
          work.run();
        });
  }

  /** A pool whose waiting tasks can be dropped without an interrupt for those at work. */
  private static final class Pool extends ForkJoinPool {
    Pool(Crew crew) {
      super(Runtime.getRuntime().availableProcessors(), any -> new Hand(any, crew), null, false);
    }

    void drop() {
      List<ForkJoinTask<?>> waiting = new ArrayList<>();
      int dropped = drainTasksTo(waiting);
      if (dropped > 0) {
        waiting.forEach(task -> task.cancel(false));
      }
    }
  }

  /** A thread that knows its crew. */
  private static final class Hand extends ForkJoinWorkerThread {
    private final Crew crew;

    Hand(ForkJoinPool pool, Crew crew) {
      super(pool);
      this.crew = crew;
      setDaemon(true);
      setName(crew.name + "-hand");
      crew.hands.add(this);
    }

    @Override
    protected void onTermination(Throwable exception) {
      crew.hands.remove(this);
      super.onTermination(exception);
    }
  }

  /** What the lead is called. */
  String name() {
    return name;
  }

  /** Whether a thread is of a crew that is to stop. */
  static boolean isDoomed(Thread thread) {
    return thread instanceof Hand hand && hand.crew.doomed;
  }

  /** Whether a thread is of a crew. */
  static boolean isOfCell(Thread thread) {
    return thread instanceof Hand;
  }

  boolean isLead(Thread thread) {
    return thread == lead;
  }

  /** Every thread of this crew that has not ended. */
  List<Thread> threads() {
    return List.copyOf(hands);
  }

  /** Interrupts the lead; it has one as soon as it works. */
  void interruptLead() {
    Thread thread = lead;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Lets every loop and method of the cell throw from now on, and drops the work that waits. */
  void doom() {
    doomed = true;
    StopCheck.arm();
    pool.drop();
  }

  boolean isDoomed() {
    return doomed;
  }

  /** Takes no more work; threads without any end, those at work meet the checks. */
  void dismiss() {
    doom();
    pool.shutdown();
  }
}
