package dev.retort.kernel.zmtp;

/**
 * A daemon that cannot be interrupted: a cell may interrupt every thread that it finds, and the
 * channels of an interrupted thread are closed.
 */
public final class SteadyThread extends Thread {
  /** A thread that runs a body until that returns. */
  public SteadyThread(Runnable body, String name) {
    super(body, name);
    setDaemon(true);
  }

  @Override
  public void interrupt() {
    // whoever wants it to end says so by other means
  }
}
