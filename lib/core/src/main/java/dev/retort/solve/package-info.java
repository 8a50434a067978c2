/**
 * Exact solutions of tasks that are small and known, to measure what is learned against.
 *
 * <p>A {@link dev.retort.solve.Model} is a finite Markov decision process in numbers. It is written
 * down by hand, or read off an environment that says how its steps may turn out ({@link
 * dev.retort.solve.EnvModel}); {@link dev.retort.solve.ValueIteration} finds its values:
 *
 * <pre>{@code
 * EnvModel lake = EnvModel.of(new FrozenLake());
 * Values values = new ValueIteration(0.99, 1e-10, 100_000).solve(lake.model());
 * values.fromStart();                                    // 0.5420, expected return
 * Policy best = new Solution(lake, values).policy();
 * }</pre>
 *
 * <p>Depends on {@code env}, {@code policy}, {@code table} and {@code figure}.
 */
package dev.retort.solve;
