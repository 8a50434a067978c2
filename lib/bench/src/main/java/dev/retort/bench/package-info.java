/**
 * Benchmarks: how fast, on which machine, measured how.
 *
 * <p>A {@link dev.retort.bench.Benchmark} does its work several times and gives a {@link
 * dev.retort.bench.Throughput} for each quantity: the median, with the least and the largest beside
 * it, because machines are noisy:
 *
 * <pre>{@code
 * Report report = Benchmark.named("updates").run();
 * report.json();
 * }</pre>
 *
 * <p>What takes less than a second is measured by JMH, each choice of parameters in a JVM of its
 * own; the classes that JMH makes subclasses of are therefore open. Whole trainings are measured
 * here, some times each.
 *
 * <p>Depends on the library alone.
 */
package dev.retort.bench;
