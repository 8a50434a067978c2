package dev.retort.exchange.tensorboard;

import dev.retort.run.CheckpointInterval;
import dev.retort.run.Registry;
import dev.retort.run.RunOptions;
import dev.retort.run.Runs;
import java.nio.file.Path;

/** Begins or goes on with a logged run in the folder that is its argument. */
final class LoggedMain {
  static final int STEPS = 3000;

  private LoggedMain() {}

  public static void main(String[] args) {
    Runs.logging("tensorboard");
    Registry runs = Registry.at(Path.of(args[0]));
    RunOptions often = RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(7));
    Walking job = new Walking(STEPS);
    (runs.all().isEmpty() ? runs.start(job, often) : runs.resume(1, job, often)).await();
  }
}
