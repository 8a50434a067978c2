package dev.retort.plan;

/**
 * A plan whose runs can be found again.
 *
 * @param <R> what it gives
 */
public interface Lasting<R> extends Plan<R> {
  /**
   * What a run of this very plan in the folder of runs gives: one that has finished, one that was
   * stopped, which goes on, or a new one.
   */
  R once();

  @Override
  default Quietly.Lasting<R> quiet() {
    return new Quietly.Lasting<>(this);
  }
}
