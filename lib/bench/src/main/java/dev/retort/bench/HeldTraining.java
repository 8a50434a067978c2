package dev.retort.bench;

import dev.retort.env.Env;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import dev.retort.run.Stopped;
import dev.retort.store.Tensors;
import dev.retort.teach.Algorithm;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A training that waits before each block of its updates and after it, so that the block can be
 * measured without the playing between.
 *
 * <p>An algorithm asks its session at every environment step and every update whether it shall
 * stop; the first update of a block is therefore known by counting.
 */
final class HeldTraining implements Session {
  private final Curve curve;
  private final int played;
  private final Thread thread;
  private final Semaphore waiting = new Semaphore(0);
  private final Semaphore goOn = new Semaphore(0);
  private volatile boolean over;
  private int checks;

  /**
   * A training that waits for its beginning.
   *
   * @param played how often it steps its environments between two blocks of updates
   */
  HeldTraining(Algorithm algorithm, Env env, int played) {
    this.curve = new Curve(algorithm.columns());
    this.played = played;
    this.thread =
        new Thread(
            () -> {
              try {
                hold();
                algorithm.train(env, new long[] {0}, this);
              } catch (Stopped e) {
                // As it was asked to.
              } finally {
                over = true;
                waiting.release();
              }
            },
            "retort-bench");
    thread.setDaemon(true);
    thread.start();
    waiting.acquireUninterruptibly();
  }

  /** Lets the training run to where it waits next: before a block of updates, or after it. */
  void goOn() {
    goOn.release();
    waiting.acquireUninterruptibly();
    if (over) {
      throw new IllegalStateException("bench: expected a training that goes on, got its end.");
    }
  }

  private void hold() {
    waiting.release();
    goOn.acquireUninterruptibly();
    if (over) {
      throw new Stopped();
    }
  }

  @Override
  public void check() {
    if (++checks == played + 1) {
      hold();
    }
  }

  @Override
  public void boundary(long step, Supplier<Tensors> state) {
    if (checks > played) {
      hold();
    }
    checks = 0;
  }

  @Override
  public Optional<Tensors> resumed() {
    return Optional.empty();
  }

  @Override
  public Curve curve() {
    return curve;
  }

  /** Ends the training and waits until it has ended. */
  void end() throws InterruptedException {
    over = true;
    goOn.release();
    thread.join();
  }
}
