package dev.retort.bench;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One JMH benchmark with one choice of its parameters, as it was measured.
 *
 * @param choice the parameters by name
 * @param micros what one operation took in each iteration, in microseconds
 */
record Measurement(Map<String, String> choice, List<Double> micros) {
  /**
   * How long is measured: a fresh JVM for each choice of parameters, so that none profits or
   * suffers from what was compiled for another.
   *
   * @param warmUp milliseconds before anything counts, for the JVM to compile
   * @param iterations how many measurements there are
   * @param length of each, in milliseconds
   */
  record Effort(int warmUp, int iterations, int length) {
    static final Effort USUAL = new Effort(1_500, 9, 300);

    /** For whole trainings, of which Java compiles more, and later. */
    static final Effort TRAINING = new Effort(1_000 * WarmUp.USUAL.seconds(), 9, 300);
  }

  /**
   * Runs a benchmark for every choice of its parameters.
   *
   * @param benchmark a class with one method to measure
   * @param parameters the values of each parameter
   */
  static List<Measurement> all(
      Class<?> benchmark, Effort effort, Map<String, List<String>> parameters) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark.getName() + "."))
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(effort.warmUp()))
            .measurementIterations(effort.iterations())
            .measurementTime(TimeValue.milliseconds(effort.length()))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    parameters.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    List<Measurement> measurements = new ArrayList<>();
    try {
      for (RunResult result : new Runner(options.build()).run()) {
        measurements.add(of(result));
      }
    } catch (RunnerException e) {
      throw new RetortException(
          "bench: expected JMH to measure %s, got: %s"
              .formatted(benchmark.getSimpleName(), e.getMessage()),
          e);
    }
    return measurements;
  }

  private static Measurement of(RunResult result) {
    BenchmarkParams params = result.getParams();
    Map<String, String> choice = new TreeMap<>();
    params.getParamsKeys().forEach(name -> choice.put(name, params.getParam(name)));
    return new Measurement(
        choice,
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .map(IterationResult::getPrimaryResult)
            .map(primary -> primary.getScore())
            .toList());
  }

  /** The value of a parameter. */
  String get(String name) {
    return choice.get(name);
  }

  /** The value of a parameter that is a whole number. */
  int whole(String name) {
    return Integer.parseInt(get(name));
  }

  /** The time that an operation takes. */
  Throughput time(String name, String operation) {
    return Throughput.of(name, "µs/" + operation, micros.stream());
  }

  /** How much of something is done in a second, if an operation does so much of it. */
  Throughput rate(String name, String unit, double amount) {
    return Throughput.of(name, unit, micros.stream().map(each -> amount / each * 1e6));
  }

  /** The rate of arithmetic, if an operation takes so many additions and multiplications. */
  Throughput arithmetic(String name, double operations) {
    return rate(name, "GFLOP/s", operations / 1e9);
  }
}
