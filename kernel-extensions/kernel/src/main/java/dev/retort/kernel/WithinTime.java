package dev.retort.kernel;

/** Does things on the way down, and does not wait forever for any of them. */
final class WithinTime {
  private WithinTime() {}

  static void run(String name, long millis, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                System.err.println("kernel: closing " + name + " failed with " + e);
              }
            },
            "retort-close-" + name);
    thread.setDaemon(true);
    thread.start();
    join(thread, millis);
  }

  static void join(Thread thread, long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
