package dev.retort.exchange.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what another thread does, and can be interrupted while that computes natively. */
final class SqlWait<T> {
  private static final long MOST_SECONDS = 5;

  private final FutureTask<T> task;

  SqlWait(Callable<T> work) {
    this.task = new FutureTask<>(work);
    Thread worker = new Thread(task, "sql");
    worker.setDaemon(true);
    worker.start();
  }

  /** The result, or what went wrong. */
  T get() throws SQLException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      if (cause instanceof SQLException fault) {
        throw fault;
      } else if (cause instanceof RuntimeException fault) {
        throw fault;
      } else if (cause instanceof Error fault) {
        throw fault;
      }
      throw new IllegalStateException(cause);
    }
  }

  /** Waits a while until the other thread has ended, whatever comes of it. */
  void end() {
    try {
      T unused = task.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It was cancelled, which is what was wanted.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
