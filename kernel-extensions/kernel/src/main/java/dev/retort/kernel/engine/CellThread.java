package dev.retort.kernel.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The thread that the code of cells runs on, and the steps of stopping it.
 *
 * <p>The caller waits for the cell on a thread that nobody interrupts, so that neither the compiler
 * nor a socket ever sees an interrupt.
 */
final class CellThread implements AutoCloseable {
  private static final long CHECKS_AFTER_MILLIS = 400;
  private static final long ENDED_AFTER_MILLIS = 600;
  private static final long LEFT_AFTER_MILLIS = 800;
  private static final long SAVING_MILLIS = 3000;
  private static final String LIBRARY = "dev.retort.";
  private static final String KERNEL = "dev.retort.kernel.";

  /** What came of a call: a value, or what it threw. */
  private record End(Object value, Thrown thrown) {}

  /** One call of cell code; calls are distinguished by identity. */
  private static final class Call {
    private final Callable<Object> work;
    private final ClassLoader loader;
    private final CompletableFuture<End> end = new CompletableFuture<>();

    Call(Callable<Object> work, ClassLoader loader) {
      this.work = work;
      this.loader = loader;
    }
  }

  private final Object lock = new Object();
  private final Consumer<String> notes;
  private final ScheduledThreadPoolExecutor clock;
  private Worker worker;
  private Call running;
  private boolean open;
  private boolean interrupted;
  private volatile boolean closed;

  /** Makes the thread; it is handed what the user is to know beside the outcome of a cell. */
  CellThread(Consumer<String> notes) {
    this.notes = notes;
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
      return worker.crew.isLead(Thread.currentThread());
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
   * @throws CellFailed with whatever the work threw
   */
  Object call(Callable<Object> work, ClassLoader loader) throws CellFailed {
    End end = isCurrent() ? end(work) : await(new Call(work, loader));
    if (end.thrown() != null) {
      throw new CellFailed(end.thrown());
    }
    return end.value();
  }

  private End await(Call call) {
    synchronized (lock) {
      if (interrupted) {
        return stopped();
      }
      worker.calls.add(call);
      running = call;
    }
    return call.end.join();
  }

  /** Works here: on the thread of cells, or evaluated from within a cell, as magics do. */
  private static End end(Callable<Object> work) {
    try {
      return new End(work.call(), null);
    } catch (CellFailed e) {
      return new End(null, e.thrown());
    } catch (Throwable e) { // whatever a cell throws, forced ends of its thread included
      MemoryReserve.releaseIfScarce();
      return new End(null, Thrown.of(e));
    }
  }

  private static End stopped() {
    return new End(null, Thrown.of(new CellStopped()));
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
      worker.crew.interruptLead();
      if (again) {
        checkFrom(call);
      } else {
        after(CHECKS_AFTER_MILLIS, () -> checkFrom(call));
        after(ENDED_AFTER_MILLIS, () -> endOf(call));
        after(LEFT_AFTER_MILLIS, () -> leaveUnlessSaving(call));
        after(SAVING_MILLIS, () -> leave(call));
      }
    }
  }

  private void after(long millis, Runnable step) {
    if (!closed) {
      var unused = clock.schedule(step, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** The second step: the next loop or method of the cell throws. */
  private void checkFrom(Call call) {
    synchronized (lock) {
      if (running == call) {
        worker.crew.doom();
        for (Thread thread : worker.crew.threads()) {
          if (sleepsInCell(thread)) {
            thread.interrupt();
          }
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
        return owner.startsWith(StackFrames.SNIPPET_PACKAGE);
      }
    }
    return false;
  }

  /** The third step: what computes inside the JDK ends, if the JDK has a way for that. */
  private void endOf(Call call) {
    Crew crew;
    synchronized (lock) {
      if (running != call) {
        return;
      }
      crew = worker.crew;
    }
    crew.threads().forEach(ThreadEnd::ask);
  }

  private void leaveUnlessSaving(Call call) {
    Crew crew;
    synchronized (lock) {
      crew = worker.crew;
    }
    if (crew.threads().stream().noneMatch(CellThread::isInLibrary)) {
      leave(call);
    }
  }

  /** Whether a thread is in code of Retort itself, which hears interrupts and saves its work. */
  private static boolean isInLibrary(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      String owner = frame.getClassName();
      if (owner.startsWith(LIBRARY) || owner.startsWith(StackFrames.SNIPPET_PACKAGE)) {
        return !owner.startsWith(KERNEL) && !owner.startsWith(StackFrames.SNIPPET_PACKAGE);
      }
    }
    return false;
  }

  /** The last step: the thread stays doomed, and the next cell gets another. */
  private void leave(Call call) {
    Crew left;
    synchronized (lock) {
      if (running != call) {
        return;
      }
      running = null;
      left = replaceWorker();
    }
    notes.accept(
        "The interrupted cell called code that does not stop; it goes on in the background, in"
            + " thread '"
            + left.name()
            + "' at the lowest priority. Restart the kernel to end it.");
    call.end.complete(stopped());
  }

  /** Lets the crew go that was stopped, and gathers another. */
  private Crew replaceWorker() {
    Crew crew = worker.crew;
    crew.dismiss();
    after(ENDED_AFTER_MILLIS - CHECKS_AFTER_MILLIS, () -> quiet(crew));
    worker = new Worker();
    return crew;
  }

  /** Whoever of a dismissed crew is still at work is ended, or else disturbs nobody. */
  @SuppressWarnings("ThreadPriorityCheck") // what it does is of no use to anybody any more
  private static void quiet(Crew crew) {
    for (Thread thread : crew.threads()) {
      ThreadEnd.ask(thread);
      thread.setPriority(Thread.MIN_PRIORITY);
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      clock.shutdownNow();
      worker.crew.interruptLead();
    }
  }

  /** Calls one method after the other, on the lead of a crew, until it is left behind. */
  private final class Worker {
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Crew crew = new Crew(this::work);

    private void work() {
      boolean goesOn = true;
      while (goesOn) {
        try {
          goesOn = work(calls.take());
        } catch (InterruptedException e) {
          goesOn = !closed; // a cell that interrupts all threads must not end this one
        } catch (OutOfMemoryError e) {
          MemoryReserve.release();
        }
      }
    }

    private boolean work(Call call) {
      Thread.currentThread().setContextClassLoader(call.loader);
      End end = end(call.work);
      if (crew.isDoomed() && end.thrown() != null) {
        end = new End(null, end.thrown().stopped());
      }
      MemoryReserve.releaseIfScarce();
      boolean mine;
      boolean last = false;
      synchronized (lock) {
        mine = running == call;
        if (mine) {
          running = null;
          last = crew.isDoomed();
          if (last) {
            replaceWorker();
          }
        }
      }
      boolean unused = Thread.interrupted();
      if (mine) {
        call.end.complete(end);
      } else {
        notes.accept("Thread '" + crew.name() + "', left behind by its cell, has ended.");
      }
      return mine && !last;
    }
  }
}
