package dev.retort.kernel;

import java.util.Optional;

/** Ends the kernel when the process that started it is gone: no kernel is left an orphan. */
final class ParentWatch {
  private static final long EVERY_MILLIS = 1000;

  private ParentWatch() {}

  /** Watches the process of the given id, as Jupyter names it in {@code JPY_PARENT_PID}. */
  static void start(String pid, Runnable gone) {
    Optional<ProcessHandle> parent;
    try {
      parent = ProcessHandle.of(Long.parseLong(pid.strip()));
    } catch (NumberFormatException e) {
      return; // on Windows the variable holds a handle, which means nothing here
    }
    Thread thread =
        new Thread(
            () -> {
              while (parent.isPresent() && parent.get().isAlive()) {
                try {
                  Thread.sleep(EVERY_MILLIS);
                } catch (InterruptedException e) {
                  return;
                }
              }
              gone.run();
            },
            "retort-parent-watch");
    thread.setDaemon(true);
    thread.start();
  }
}
