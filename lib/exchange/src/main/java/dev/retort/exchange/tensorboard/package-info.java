/**
 * Runs as event files that TensorBoard shows.
 *
 * <p>Said once, {@code logging("tensorboard")}, and every run from there on keeps event files in
 * its folder: the scalars of its curve, the hyper-parameters of its spec, and histograms of its
 * weights.
 *
 * <p>The files are a function of the curve. Where a run goes on, what stands in them and agrees
 * with the curve stays, the rest is cut off ({@link dev.retort.exchange.tensorboard.EventFile}); so
 * no step is there twice and none is missing, however the run ended.
 */
package dev.retort.exchange.tensorboard;
