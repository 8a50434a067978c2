package dev.retort.kernel.engine;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread that the code of cells runs on, and the three steps of stopping it.
 *
 * <p>The caller waits for the cell on a thread that nobody interrupts, so that neither the compiler
 * nor a socket ever sees an interrupt.
 */
final class CellThread implements AutoCloseable {
  private static final long CHECKS_AFTER_MILLIS = 400;
  private static final long LEFT_AFTER_MILLIS = 3000;

  /** One call of cell code; calls are told apart by identity. */
  private static final class Call {
    private final Callable<Object> work;
    private final ClassLoader loader;
    private final CompletableFuture<Object> result = new CompletableFuture<>();

    Call(Callable<Object> work, ClassLoader loader) {
      this.work = work;
      this.loader = loader;
    }
  }

  private final Object lock = new Object();
  private final ScheduledThreadPoolExecutor clock;
  private Worker worker;
  private Call running;
  private boolean open;
  private boolean interrupted;

  CellThread() {
    clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "retort-interrupt");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    worker = new Worker();
  }

  /** Begins a cell: from now on interrupts count. */
  void open() {
    synchronized (lock) {
      open = true;
      interrupted = false;
    }
  }

  /** Ends a cell: an interrupt that comes later finds nothing to stop. */
  void shut() {
    synchronized (lock) {
      open = false;
    }
  }

  /** Whether the calling thread is the thread of cells. */
  boolean isCurrent() {
    synchronized (lock) {
      return worker.thread == Thread.currentThread();
    }
  }

  /** Whether the cell that is open, or was open last, has been interrupted. */
  boolean interrupted() {
    synchronized (lock) {
      return interrupted;
    }
  }

  /**
   * Does work on the thread of cells and returns its value.
   *
   * @throws InvocationTargetException around whatever the work threw
   */
  Object call(Callable<Object> work, ClassLoader loader) throws InvocationTargetException {
    if (isCurrent()) {
      return here(work); // evaluated from within a cell, as magics do
    }
    Call call = new Call(work, loader);
    synchronized (lock) {
      if (interrupted) {
        throw new InvocationTargetException(new CellStopped());
      }
      running = call;
      worker.calls.add(call);
    }
    try {
      return call.result.join();
    } catch (CompletionException e) {
      throw new InvocationTargetException(e.getCause());
    }
  }

  private static Object here(Callable<Object> work) throws InvocationTargetException {
    try {
      return work.call();
    } catch (Exception | Error e) {
      throw new InvocationTargetException(e);
    }
  }

  /** Interrupts the open cell; does nothing between cells. */
  void interrupt() {
    synchronized (lock) {
      if (!open) {
        return;
      }
      boolean again = interrupted;
      interrupted = true;
      Call call = running;
      if (call == null) {
        return;
      }
      worker.thread.interrupt();
      if (again) {
        checkFrom(call);
      } else {
        after(CHECKS_AFTER_MILLIS, () -> checkFrom(call));
        after(LEFT_AFTER_MILLIS, () -> leave(call));
      }
    }
  }

  private void after(long millis, Runnable step) {
    var unused = clock.schedule(step, millis, TimeUnit.MILLISECONDS);
  }

  /** The second step: the next loop or method of the cell throws. */
  private void checkFrom(Call call) {
    synchronized (lock) {
      if (running == call) {
        StopCheck.doom(worker.thread);
        if (sleepsInCell(worker.thread)) {
          worker.thread.interrupt();
        }
      }
    }
  }

  /**
   * Whether the cell itself sleeps or waits, not a library that it called. A library that was
   * interrupted once may be saving its work: a second interrupt would only harm.
   */
  private static boolean sleepsInCell(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      String owner = frame.getClassName();
      if (!owner.startsWith("java.") && !owner.startsWith("jdk.") && !owner.startsWith("sun.")) {
        return owner.startsWith(Frames.SNIPPET_PACKAGE);
      }
    }
    return false;
  }

  /** The last step: the thread stays doomed, and the next cell gets another. */
  private void leave(Call call) {
    synchronized (lock) {
      if (running == call) {
        running = null;
        Thread left = worker.thread;
        worker = new Worker();
        call.result.completeExceptionally(new CellStopped());
        System.err.println(
            "The interrupted cell called code that does not stop; it goes on in thread '"
                + left.getName()
                + "'. Restart the kernel to end it.");
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (lock) {
      worker.thread.interrupt();
    }
  }

  /** A thread that calls one method after the other, until it is left behind. */
  private final class Worker implements Runnable {
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this, "retort-cell");

    Worker() {
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void run() {
      while (true) {
        Call call;
        try {
          call = calls.take();
        } catch (InterruptedException e) {
          return; // closed
        }
        Object value = null;
        Throwable thrown = null;
        try {
          thread.setContextClassLoader(call.loader);
          value = call.work.call();
        } catch (Exception | Error e) {
          thrown = e;
        }
        boolean mine;
        synchronized (lock) {
          mine = running == call;
          if (mine) {
            running = null;
            StopCheck.spare(thread);
            Thread.interrupted();
          }
        }
        if (!mine) {
          StopCheck.spare(thread);
          return;
        }
        if (thrown == null) {
          call.result.complete(value);
        } else {
          call.result.completeExceptionally(thrown);
        }
      }
    }
  }
}
