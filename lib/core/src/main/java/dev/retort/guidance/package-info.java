/**
 * What a learner is given of solved tasks: priors, weights, guides, teachers.
 *
 * <p>A {@link dev.retort.guidance.Guidance} is an immutable value that goes with a learner's
 * settings; at work it is a {@link dev.retort.guidance.Companion}, whom the learner asks at each
 * point of its loop:
 *
 * <pre>{@code
 * Guidance init = new DqInit(prior).knownAfter(300).auxiliary(true);
 * Dqn dqn = new Dqn().guidedBy(init);
 * }</pre>
 *
 * <p>{@link dev.retort.guidance.DqInit} believes a prior where little is known ({@link
 * dev.retort.guidance.Knownness}); {@link dev.retort.guidance.WarmStart}, {@link
 * dev.retort.guidance.JumpStart} and {@link dev.retort.guidance.Kickstart} serve every learner of
 * networks, {@link dev.retort.guidance.ResidualGuide} those of continuous actions.
 *
 * <p>Depends on {@code prior} and what lies below it.
 */
package dev.retort.guidance;
