package dev.retort.kernel;

import java.util.Optional;

/**
 * Ends the kernel when the process that started it is gone: no kernel is left an orphan.
 *
 * <p>Only an ancestor of this process is watched. A number that comes from elsewhere, such as from
 * outside of a container, names nothing here, or something that has nothing to do with the kernel.
 */
final class ParentWatch {
  private static final long EVERY_MILLIS = 1000;
  private static final long INIT = 1;

  private final ProcessHandle watched;
  private final boolean direct;

  private ParentWatch(ProcessHandle watched) {
    this.watched = watched;
    this.direct = isParent(watched);
  }

  /** Watches the process of the given id, as Jupyter names it in {@code JPY_PARENT_PID}. */
  static void start(String pid, Runnable gone) {
    of(pid, ProcessHandle.current()).ifPresent(watch -> watch.start(gone));
  }

  /** The watch over an ancestor of a process, if the id is that of one that can end before it. */
  static Optional<ParentWatch> of(String pid, ProcessHandle process) {
    long id;
    try {
      id = Long.parseLong(pid.strip());
    } catch (NumberFormatException e) {
      return Optional.empty(); // on Windows it is a handle, which means nothing here
    }
    Optional<ProcessHandle> ancestor = process.parent();
    while (ancestor.isPresent() && ancestor.get().pid() != id) {
      ancestor = ancestor.get().parent();
    }
    return ancestor.filter(found -> id > INIT).map(ParentWatch::new);
  }

  private void start(Runnable gone) {
    Thread thread =
        new Thread(
            () -> {
              while (!isGone()) {
                try {
                  Thread.sleep(EVERY_MILLIS);
                } catch (InterruptedException e) { // a cell may interrupt every thread it finds
                  Thread.onSpinWait();
                }
              }
              gone.run();
            },
            "retort-parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** A parent that nobody has reaped is still listed, but it is nobody's parent any more. */
  private boolean isGone() {
    return !watched.isAlive() || (direct && !isParent(watched));
  }

  private static boolean isParent(ProcessHandle process) {
    return ProcessHandle.current().parent().filter(process::equals).isPresent();
  }
}
