package dev.retort.shell;

import dev.retort.bench.Benchmark;
import dev.retort.bench.Report;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures. */
@Command(
    name = "bench",
    description =
        "Measure all, or one of: env-cartpole, environments, ppo-cartpole, dqn-cartpole,"
            + " td3-pendulum, sac-pendulum, updates, cloning, acting, distill-ensemble,"
            + " matrix-product; or populations, 1 to 10,000 students, which all leaves out.")
final class Bench implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "which benchmark, or all")
  private String name;

  @Option(names = "--json", description = "one line of JSON for each benchmark")
  private boolean json;

  @Override
  public Integer call() {
    List<Benchmark> chosen =
        name.equals("all") ? Benchmark.usual() : List.of(Benchmark.named(name));
    for (Benchmark benchmark : chosen) {
      Report report = benchmark.run();
      System.out.println(json ? report.json() : report.toString());
    }
    return 0;
  }
}
