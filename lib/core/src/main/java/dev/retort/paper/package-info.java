/**
 * Experiments that can be done again: papers and benchmarks, each with its published numbers and
 * with criteria that were fixed before the run.
 *
 * <p>Here stands what all of them have in common. A {@link dev.retort.paper.Study} is a list of
 * parts, tables and figures, each with a {@link dev.retort.paper.Finding} for every number; what is
 * fixed before anything is trained is its {@link dev.retort.paper.Registration}, a table beside its
 * code whose hash goes with the outcome. It comes in three sizes ({@link dev.retort.paper.Scale});
 * what it finds is a value ({@link dev.retort.paper.Findings}) that prints as a table, draws its
 * figures, and is kept as {@code summary.json} with every number, interval, seed and setting:
 *
 * <pre>{@code
 * Findings found = reproduce("benchmarks").preset("unit").run();
 * found.plot();
 * Findings committed = Findings.open(Path.of("docs/benchmarks/summary.json"));
 * }</pre>
 *
 * <p>A study of a paper that is known in part is a {@link dev.retort.paper.Reconstruction}: its
 * plan tells how long it takes, what is left out, and its whole registration.
 *
 * <p>A claim is met, missed, or void: void where its precondition failed, say where a teacher that
 * is to be distilled has not learned. It is printed with its reason, never dropped.
 *
 * <p>Each training of a study is a run of its own. A study that was interrupted goes on where it
 * was, and one that is repeated uses the runs that are there. Each paper has a package of its own,
 * which stands where a user stands: it is written in the words of {@code dev.retort.Retort}, is
 * found as a service, and knows no other paper.
 *
 * <p>Depends on every package but the root.
 */
package dev.retort.paper;
