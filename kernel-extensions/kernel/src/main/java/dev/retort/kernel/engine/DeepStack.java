package dev.retort.kernel.engine;

import java.util.function.Supplier;

/**
 * Does work on a thread whose stack is deep enough for a compiler: a sum of thousands of terms, or
 * thousands of branches, nest as deeply as they are long.
 *
 * <p>The stack takes memory as it is used, and gives it back with the thread.
 */
final class DeepStack {
  private static final long BYTES = 512L << 20;

  private DeepStack() {}

  private static final class Deep<T> extends Thread {
    private final Supplier<T> work;
    private T value;
    private Throwable thrown;

    Deep(Supplier<T> work) {
      super(null, null, "retort-compiler", BYTES);
      this.work = work;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        value = work.get();
      } catch (RuntimeException | Error e) {
        thrown = e;
      }
    }
  }

  /** Does work and returns its value, or throws what it threw; an interrupt waits. */
  static <T> T call(Supplier<T> work) {
    if (Thread.currentThread() instanceof Deep) {
      return work.get();
    }
    Deep<T> deep = new Deep<>(work);
    try {
      deep.start();
    } catch (OutOfMemoryError e) { // no room for such a stack
      return work.get();
    }
    join(deep);
    if (deep.thrown instanceof RuntimeException mistake) {
      throw mistake;
    }
    if (deep.thrown instanceof Error error) {
      throw error;
    }
    return deep.value;
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
