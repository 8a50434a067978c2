/**
 * Runs: how a plan becomes a computation that can be watched, stopped and resumed exactly.
 *
 * <p>A {@link dev.retort.run.Job} knows only numbers. A run hands it a {@link
 * dev.retort.run.Session}, through which it is stopped, saved and resumed, and carries it on one
 * worker thread which nobody ever interrupts.
 *
 * <p>Depends on {@code store} alone.
 */
package dev.retort.run;
