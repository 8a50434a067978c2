package dev.retort.bench;

import dev.retort.env.Environments;
import dev.retort.env.VectorEnv;
import dev.retort.random.RandomStream;
import java.util.List;

/** How fast environments step, with actions drawn beforehand so that only stepping is measured. */
final class Stepping {
  private static final int COPIES = 64;
  private static final int STEPS = 100_000;
  private static final int RUNS = 9;

  private Stepping() {}

  static Report cartPole() {
    VectorEnv envs =
        new VectorEnv(
            Environments.get("CartPole"), COPIES, copy -> RandomStream.of(0, "bench", copy));
    RandomStream random = RandomStream.of(0, "actions");
    float[][] actions = new float[128][COPIES];
    for (float[] row : actions) {
      for (int copy = 0; copy < COPIES; copy++) {
        row[copy] = random.nextInt(2);
      }
    }
    envs.reset();
    double[] rates = new double[RUNS];
    for (int run = -3; run < RUNS; run++) {
      long from = System.nanoTime();
      for (int step = 0; step < STEPS; step++) {
        envs.step(actions[step % actions.length]);
      }
      double seconds = (System.nanoTime() - from) / 1e9;
      if (run >= 0) {
        rates[run] = (double) STEPS * COPIES / seconds;
      }
    }
    return Report.here(
        "env-cartpole", List.of(Figure.of("CartPole, " + COPIES + " copies", "steps/s", rates)));
  }
}
