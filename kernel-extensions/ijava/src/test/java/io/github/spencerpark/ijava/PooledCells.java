package io.github.spencerpark.ijava;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jshell.execution.DirectExecutionControl;

/** Runs cells in this JVM, in threads of a pool, and keeps their values as they are. */
final class PooledCells extends DirectExecutionControl {
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Map<String, Future<Object>> running = new ConcurrentHashMap<>();
  private final Map<String, Optional<Object>> values = new ConcurrentHashMap<>();

  /** The value behind a key that JShell was given in its place, or null; statements have none. */
  Object take(String key) {
    Optional<Object> value = values.remove(key);
    return value == null ? null : value.orElse(null);
  }

  /** Cancels what runs; whoever waits for it goes on at once. */
  void interrupt() {
    running.values().forEach(cell -> cell.cancel(true));
  }

  @Override
  protected String invoke(Method cell) throws Exception {
    String key = UUID.randomUUID().toString();
    Future<Object> future = pool.submit(() -> cell.invoke(null));
    running.put(key, future);
    try {
      values.put(key, Optional.ofNullable(future.get()));
      return key;
    } catch (CancellationException e) {
      throw new UserException("Execution interrupted.", "Interrupted", e.getStackTrace());
    } catch (ExecutionException e) {
      Throwable thrown =
          e.getCause() instanceof InvocationTargetException
              ? e.getCause().getCause()
              : e.getCause();
      throw new UserException(
          String.valueOf(thrown.getMessage()), thrown.getClass().getName(), thrown.getStackTrace());
    } finally {
      running.remove(key);
    }
  }
}
