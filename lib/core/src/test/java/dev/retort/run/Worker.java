package dev.retort.run;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A thread like those of runs, which nobody interrupts, for tests of what only these do. */
public final class Worker {
  private Worker() {}

  /** Does something on such a thread, and waits for it. */
  public static void does(Runnable work) throws Exception {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              work.run();
              return true;
            });
    RunThread.of("retort-test", task).start();
    task.get(60, TimeUnit.SECONDS);
  }
}
