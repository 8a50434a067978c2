/**
 * Losses: how far outputs are from targets, row by row, in plain arithmetic.
 *
 * <p>A {@link dev.retort.loss.Distance} gives the loss of one row and its gradient. Targets are
 * what a teacher gave: logits, action values, numbers, means with log-deviations, or the action
 * that was taken. They do not change while students learn, so all that depends on them alone is
 * computed once:
 *
 * <pre>{@code
 * float[] t = {1, 0, 0, 2};                  // two rows of a teacher's action values
 * float[] z = {0, 0, 0, 0};                  // two rows of a student's logits
 * float[] dz = new float[z.length];
 * Distance kl = new Kl(0.01);
 * float[] prepared = kl.prepare(t, 2, 2);
 * double loss = kl.at(z, 2, prepared, kl.prepared(2), 2, dz);    // of the second row
 * }</pre>
 *
 * <p>In every divergence the first argument is the target: {@code KL(p ‖ q)} has the teacher's
 * {@code p} first and is called forward; {@link dev.retort.loss.ReverseKl} turns it around. A
 * temperature divides the teacher's values, never the student's: below 1 it sharpens, above 1 it
 * softens. A logit of −∞ is a choice that cannot be made: where teacher and student both have it,
 * it adds nothing to the loss and its derivative is zero.
 *
 * <p>{@link dev.retort.loss.Distances} lists all of them with their formulas and reads them from
 * text. A distance of your own is one method, and may be a lambda; {@link
 * dev.retort.loss.DistanceContract} looks whether its gradient is that of its loss. A loss of a
 * batch, and weights of rows, are the caller's.
 *
 * <p>Depends on {@code option}, {@code code} and {@code random}.
 */
package dev.retort.loss;
