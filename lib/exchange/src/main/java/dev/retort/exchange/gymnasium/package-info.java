/**
 * Environments of Gymnasium, played in Python processes beside this one: {@code
 * env("gym:CartPole-v1")}.
 *
 * <p>An {@link dev.retort.env.Env} is a function of its state, and an environment in Python is not:
 * it keeps what it is in. But what it is in follows from its seed and the actions since, so these
 * are the state here ({@link dev.retort.exchange.gymnasium.GymEnv}). A Python process has a copy
 * that stands where a state says ({@link dev.retort.exchange.gymnasium.GymCopies}); where it has
 * none, since the state was saved yesterday or is stepped a second time, a copy is begun from the
 * seed and takes the actions again, and what it shows must be what it showed.
 *
 * <p>Nothing of this is asked of anybody who names no such environment: neither Python nor
 * Gymnasium has to be there.
 */
package dev.retort.exchange.gymnasium;
