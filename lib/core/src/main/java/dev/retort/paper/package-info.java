/**
 * Experiments that can be done again: papers and benchmarks, each with its published numbers and
 * with criteria that were fixed before the run.
 *
 * <p>A {@link dev.retort.paper.Study} is one page: what is trained, on what, and what the outcome
 * is held against. It comes in three sizes ({@link dev.retort.paper.Scale}); what it finds is a
 * value ({@link dev.retort.paper.Findings}) that prints as a table, draws its figures, and is kept
 * as {@code summary.json} with every number, interval, seed and setting:
 *
 * <pre>{@code
 * Findings found = reproduce("benchmarks").preset("unit").run();
 * found.plot();
 * Findings committed = Findings.open(Path.of("docs/benchmarks/summary.json"));
 * }</pre>
 *
 * <p>Each training of a study is a run of its own. A study that was interrupted goes on where it
 * was, and one that is repeated uses the runs that are there.
 *
 * <p>Depends on every package but the root.
 */
package dev.retort.paper;
