package dev.retort.bench;

import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.option.Schedule;
import dev.retort.run.Parallel;
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
 * How fast teachers learn: environment steps a second, acting, learning and all, of one seed and of
 * ten together. Nothing counts before the {@link WarmUp} is over. Trainings are so long that all of
 * a benchmark takes about a minute on one core. Figures say on how many cores: where the process
 * was given a single one, they are another thing than where it has all.
 */
final class TrainingBench {
  private TrainingBench() {}

  static Report ppo() {
    return measure("ppo-cartpole", "CartPole", new Ppo().steps(51_200));
  }

  /** Few copies and short updates, as others have it who compute many seeds at once. */
  static Report ppoSmall() {
    Ppo ppo =
        new Ppo()
            .hidden(64, 64)
            .environments(4)
            .rollout(128)
            .epochs(4)
            .batchSize(128)
            .learningRate(Schedule.linear(2.5e-4))
            .clip(0.2)
            .gamma(0.99)
            .lambda(0.95)
            .entropy(0.01)
            .steps(153_600);
    return measure("ppo-cartpole-small", "CartPole", ppo);
  }

  /** In the single form, as the published settings have it. */
  static Report dqn() {
    Algorithm dqn = new Dqn().target(Dqn.Target.SINGLE).steps(10_240).warmUp(1_024);
    return measure("dqn-cartpole", "CartPole", dqn);
  }

  /** Half of the steps are random, as in the published settings. */
  static Report td3() {
    return measure("td3-pendulum", "Pendulum", new Td3().steps(400).warmUp(200));
  }

  static Report sac() {
    return measure("sac-pendulum", "Pendulum", new Sac().steps(300));
  }

  private static Report measure(String name, String task, Algorithm algorithm) {
    Env env = Environments.get(task);
    WarmUp.USUAL.of(() -> train(env, algorithm, 1), System::nanoTime);
    return Report.here(
        name,
        List.of(
            Throughput.of("1 seed, " + cores(), "steps/s", rates(env, algorithm, 1, 3)),
            Throughput.of(
                "10 seeds together, " + cores(), "steps/s", rates(env, algorithm, 10, 2))));
  }

  /** The cores that the process may use. */
  static String cores() {
    return Parallel.cores() == 1 ? "one core" : "all %s cores".formatted(Parallel.cores());
  }

  /** Steps a second of all seeds. */
  private static Stream<Double> rates(Env env, Algorithm algorithm, int seeds, int runs) {
    List<Double> rates = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      long from = System.nanoTime();
      train(env, algorithm, seeds);
      rates.add(seeds * algorithm.steps() * 1e9 / (System.nanoTime() - from));
    }
    return rates.stream();
  }

  private static void train(Env env, Algorithm algorithm, int seeds) {
    algorithm.train(
        env, LongStream.range(0, seeds).toArray(), Session.unwatched(algorithm.columns()));
  }
}
