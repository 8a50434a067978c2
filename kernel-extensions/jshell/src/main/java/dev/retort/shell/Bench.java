package dev.retort.shell;

import dev.retort.RetortException;
import dev.retort.bench.Benchmark;
import dev.retort.bench.ForeignFigures;
import dev.retort.bench.Ratios;
import dev.retort.bench.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures. */
@Command(
    name = "bench",
    description =
        "Measure all, or one of: env-cartpole, environments, env-dealt, ppo-cartpole,"
            + " ppo-cartpole-small, dqn-cartpole, td3-pendulum, sac-pendulum, updates, architectures,"
            + " cloning, acting, distill-ensemble, matrix-product; or populations, 1 to 10,000"
            + " students, which all leaves out. Trainings are repeated for 10 s before they are"
            + " measured, until Java has compiled them.")
final class Bench implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "which benchmark, or all")
  private String name;

  @Option(names = "--json", description = "one line of JSON for each benchmark")
  private boolean json;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description =
          "print ratios to the figures of another program, in the form of --json; all measures"
              + " those benchmarks that the file has")
  private Path against;

  @Override
  public Integer call() {
    List<Benchmark> chosen =
        name.equals("all") ? Benchmark.usual() : List.of(Benchmark.named(name));
    Optional<ForeignFigures> foreign = Optional.ofNullable(against).map(ForeignFigures::read);
    if (foreign.isPresent()) {
      chosen = told(chosen, foreign.get());
    }
    boolean matched = false;
    for (Benchmark benchmark : chosen) {
      Report report = benchmark.run();
      System.out.println(json ? report.json() : report.toString());
      if (foreign.isPresent()) {
        Ratios ratios = foreign.get().against(report);
        System.out.println(json ? ratios.json() : ratios.toString());
        matched = matched || !ratios.rows().isEmpty();
      }
    }
    if (foreign.isPresent() && !matched) {
      throw new RetortException(
          "bench %s: expected '%s' to have a figure of the same name and unit, got none. Call it as we do."
              .formatted(name, against));
    }
    return 0;
  }

  /** Those of some benchmarks of which others have figures. */
  private List<Benchmark> told(List<Benchmark> some, ForeignFigures foreign) {
    List<Benchmark> told =
        some.stream().filter(each -> foreign.benchmarks().contains(each.word())).toList();
    List<String> unknown =
        foreign.benchmarks().stream().filter(each -> !Benchmark.words().contains(each)).toList();
    if (told.isEmpty()) {
      throw new RetortException(
          "bench %s: expected '%s' to have figures of it, got some of %s."
              .formatted(name, against, String.join(", ", foreign.benchmarks())));
    }
    if (!unknown.isEmpty()) {
      System.err.printf(Locale.ROOT, "without a benchmark here: %s%n", String.join(", ", unknown));
    }
    return told;
  }
}
