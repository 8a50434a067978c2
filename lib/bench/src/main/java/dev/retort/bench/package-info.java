/**
 * Benchmarks: how fast, on which machine, measured how.
 *
 * <p>A {@link dev.retort.bench.Benchmark} does its work several times and gives a {@link
 * dev.retort.bench.Figure} for each quantity: the median, with the least and the largest beside it,
 * because machines are noisy:
 *
 * <pre>{@code
 * Report report = Benchmark.named("env-cartpole").run();
 * report.json();
 * }</pre>
 *
 * <p>Depends on the library alone.
 */
package dev.retort.bench;
