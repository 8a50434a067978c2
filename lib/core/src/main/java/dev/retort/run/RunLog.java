package dev.retort.run;

import dev.retort.store.Tensors;

/**
 * The log of one run in some {@link LogFormat}: written where the run writes {@code curve.csv}, by
 * the same thread, so that it says the same.
 */
public interface RunLog {
  /**
   * Takes what there is to know.
   *
   * @param step how many steps are done
   * @param curve all rows up to there
   * @param state the state of a checkpoint, or the result; live, not to be changed or kept
   */
  void save(long step, Curve curve, Tensors state);

  /**
   * Takes the last rows of a run that has ended, and closes.
   *
   * @param state how it ended
   * @param curve all rows
   */
  void end(RunState state, Curve curve);
}
