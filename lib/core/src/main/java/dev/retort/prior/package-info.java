/**
 * Action values of solved tasks as a prior of new ones.
 *
 * <p>{@link dev.retort.prior.Extraction} lets whoever solved a task play it and keeps its action
 * values, cell by cell; {@link dev.retort.prior.QPrior} joins the tables of several tasks by an
 * {@link dev.retort.prior.Aggregation}, and tells what was never seen from what is of value 0:
 *
 * <pre>{@code
 * QPrior prior = QPrior.open(Path.of("valleys.safetensors"));
 * double[] values = new double[prior.actions().n()];
 * prior.values(observation, 0, values);                   // NaN where no task knows anything
 * }</pre>
 *
 * <p>Value-function initialization from compact tables follows the abstract of Soumia Mehimeh,
 * "Value Function Initialization for Knowledge Transfer and Jump-start in Deep Reinforcement
 * Learning", 2025, arXiv 2508.09277; how tables are taken, discretized and joined here is a
 * reconstruction.
 *
 * <p>Depends on {@code env}, {@code policy}, {@code evaluate}, {@code table} and {@code figure}.
 */
package dev.retort.prior;
