package dev.retort.bench;

import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.run.Session;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Dqn;
import dev.retort.teach.Ppo;
import dev.retort.teach.Sac;
import dev.retort.teach.Td3;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** How fast teachers learn: environment steps of one seed a second, acting, learning and all. */
final class Training {
  private static final int RUNS = 3;

  private Training() {}

  static Report ppo() {
    return measure("ppo-cartpole", "CartPole", new Ppo().steps(20_480));
  }

  static Report dqn() {
    return measure("dqn-cartpole", "CartPole", new Dqn().steps(10_240));
  }

  /** Half of the steps are random, as in the published settings. */
  static Report td3() {
    return measure("td3-pendulum", "Pendulum", new Td3().steps(1_000).warmUp(500));
  }

  static Report sac() {
    return measure("sac-pendulum", "Pendulum", new Sac().steps(600));
  }

  private static Report measure(String name, String task, Algorithm algorithm) {
    Env env = Environments.get(task);
    List<Figure> figures = new ArrayList<>();
    for (int seeds : new int[] {1, 10}) {
      double[] rates = new double[RUNS];
      for (int run = -1; run < RUNS; run++) {
        long from = System.nanoTime();
        algorithm.train(
            env, LongStream.range(0, seeds).toArray(), Session.unwatched(algorithm.columns()));
        double seconds = (System.nanoTime() - from) / 1e9;
        if (run >= 0) {
          rates[run] = (double) algorithm.steps() / seconds;
        }
      }
      figures.add(Figure.of(seeds == 1 ? "1 seed" : seeds + " seeds, each", "steps/s", rates));
    }
    return Report.here(name, figures);
  }
}
