package dev.retort.kernel.engine;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Stacks for compilers, whose recursion goes as deep as the code is nested.
 *
 * <p>What the parser gets through on its stack, the phases after it get through on theirs, which is
 * 32 times as large; so it is the parser that refuses code, before anything is done.
 */
enum Stack {
  PARSER(4L << 20),
  COMPILER(128L << 20);

  private final long bytes;

  Stack(long bytes) {
    this.bytes = bytes;
  }

  /** Does work on such a stack while the caller waits, and returns or throws what came of it. */
  <T> T call(Supplier<T> work) {
    AtomicReference<T> result = new AtomicReference<>();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.set(work.get());
              } catch (RuntimeException | Error e) {
                thrown.set(e);
              }
            },
            "retort-" + name().toLowerCase(Locale.ROOT),
            bytes);
    thread.setDaemon(true);
    thread.start();
    await(thread);
    if (thrown.get() instanceof Error error) {
      throw error;
    }
    if (thrown.get() instanceof RuntimeException exception) {
      throw exception;
    }
    return result.get();
  }

  private static void await(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // not meant for the compiler
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
