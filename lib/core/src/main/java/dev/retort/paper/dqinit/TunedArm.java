package dev.retort.paper.dqinit;

import dev.retort.env.Env;
import dev.retort.evaluate.Statistics;
import dev.retort.paper.Tuned;
import dev.retort.paper.TuningGrid;
import dev.retort.teach.Algorithm;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** One way to begin a new task, whose number, where it has one, is chosen on tuning tasks. */
interface TunedArm {
  /** What tables call it. */
  String name();

  /** Over which its number is tuned; empty where it has none. */
  Optional<TuningGrid> grid();

  /** The learner with such a number. */
  DoubleFunction<? extends Algorithm> learner();

  /**
   * What its number reaches on tuning tasks; they are done before any target task is touched.
   *
   * @param reached what a trial came to, one a task
   */
  default Optional<Tuned> tuned(Env tasks, Function<TransferTrial, double[]> reached) {
    return grid()
        .map(
            values ->
                values.tuned(
                    value ->
                        Statistics.mean(
                            reached.apply(TransferTrial.of(tasks, 1, learner().apply(value))))));
  }

  /** The learner on target tasks, with the best of its number. */
  default TransferTrial trial(Env tasks, int seeds, Optional<Tuned> number) {
    return TransferTrial.of(tasks, seeds, learner().apply(best(number)));
  }

  /** The best of what was tuned; NaN where nothing is. */
  static double best(Optional<Tuned> number) {
    return number.map(Tuned::best).orElse(Double.NaN);
  }
}
