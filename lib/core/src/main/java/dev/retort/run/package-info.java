/**
 * Runs: how a plan becomes a computation that can be watched, stopped and resumed exactly.
 *
 * <p>A {@link dev.retort.run.Job} knows only numbers. A {@link dev.retort.run.Run} carries it on
 * one worker thread which nobody ever interrupts, and hands it a {@link dev.retort.run.Session},
 * through which it is stopped, saved and resumed:
 *
 * <pre>{@code
 * Run<float[]> run = Runs.start(job, RunOptions.standard());
 * long step = run.progress().step();
 * float[] weights = run.await();    // or: run 0001 stopped at step 512 of 9,000: resume it with resume(1)
 * Curve curve = Runs.open(1).curve();
 * Runs.resume(1, job, RunOptions.standard()).await();
 * }</pre>
 *
 * <p>Each run has a number and a folder, {@code runs/0001}, with its spec, its status, its curve,
 * its last two checkpoints and in the end its result. A checkpoint holds all that there is to know,
 * the curve too, so whatever ends a run, an interrupt, a {@code kill -9}, a power cut, a full disk,
 * the resumed run repeats the uninterrupted one bit for bit. Who wants to see it go listens, on a
 * thread of its own ({@link dev.retort.run.RunListener}); {@link dev.retort.run.Finite} keeps what
 * is not a number from the weights.
 *
 * <p>Every file of a run checks itself: arrays by SHA-256, {@code spec.json} and {@code
 * status.json} by a last member {@code checksum}, {@code curve.csv} by a last column {@code
 * crc32c}. Whether a run is being carried is said by the lock on its folder, which dies with its
 * process.
 *
 * <p>Populations use all cores: a {@link dev.retort.run.Team} deals them out in groups that work
 * side by side, by way of {@link dev.retort.run.Parallel}.
 *
 * <p>Depends on {@code store} alone.
 */
package dev.retort.run;
