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
import java.util.stream.Stream;

/**
 * How fast teachers learn: environment steps of each seed a second, acting, learning and all, with
 * one seed and with ten together. The first training compiles, and does not count.
 */
final class TrainingBench {
  private TrainingBench() {}

  static Report ppo() {
    return measure("ppo-cartpole", "CartPole", new Ppo().steps(51_200));
  }

  /** In the single form, as the published settings have it. */
  static Report dqn() {
    Algorithm dqn = new Dqn().target(Dqn.Target.SINGLE).steps(10_240).warmUp(1_024);
    return measure("dqn-cartpole", "CartPole", dqn);
  }

  /** Half of the steps are random, as in the published settings. */
  static Report td3() {
    return measure("td3-pendulum", "Pendulum", new Td3().steps(1_000).warmUp(500));
  }

  static Report sac() {
    return measure("sac-pendulum", "Pendulum", new Sac().steps(300));
  }

  private static Report measure(String name, String task, Algorithm algorithm) {
    Env env = Environments.get(task);
    rates(env, algorithm, 1, 1);
    return Report.here(
        name,
        List.of(
            Throughput.of("1 seed", "steps/s", rates(env, algorithm, 1, 3)),
            Throughput.of("10 seeds, each", "steps/s", rates(env, algorithm, 10, 2))));
  }

  private static Stream<Double> rates(Env env, Algorithm algorithm, int seeds, int runs) {
    List<Double> rates = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      long from = System.nanoTime();
      algorithm.train(
          env, LongStream.range(0, seeds).toArray(), Session.unwatched(algorithm.columns()));
      rates.add(algorithm.steps() * 1e9 / (System.nanoTime() - from));
    }
    return rates.stream();
  }
}
