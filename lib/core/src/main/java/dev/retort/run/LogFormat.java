package dev.retort.run;

import dev.retort.store.Tensors;
import java.util.Optional;

/**
 * A form in which runs are written down a second time, for the tools of others.
 *
 * <p>It is found by its name, among the lines of {@code META-INF/services/dev.retort.run.LogFormat}
 * on the class path, and asked for with {@link Runs#logging}. What it throws becomes a note of the
 * run, and changes nothing else.
 */
public interface LogFormat {
  /** The name that it is asked for by, such as {@code tensorboard}. */
  String name();

  /**
   * Begins the log of a run, or goes on with it.
   *
   * @param folder the run's folder, which has its spec
   * @param step where the run goes on from; 0 for a new one
   * @param curve the rows up to there. What an earlier process wrote beyond them is void: the run
   *     records it again
   * @param state the state that it goes on from; empty for a new run
   */
  RunLog open(RunFolder folder, long step, Curve curve, Optional<Tensors> state);
}
