/**
 * Running normalization: observations centerd and scaled, rewards scaled, by statistics that are
 * gathered while learning.
 *
 * <p>An environment is a function of its state, so statistics that grow from step to step are not
 * its business. They stand between {@link dev.retort.env.VectorEnv} and the learner, which holds
 * them, saves them with every checkpoint, and gives every policy its own as a fixed {@link
 * dev.retort.env.normalize.Normalization}. Members of a population have statistics each, since they
 * share nothing:
 *
 * <pre>{@code
 * VectorEnv envs = new VectorEnv(env, 8, copy -> RandomStream.of(0, "rollout", copy));
 * ObservationNormalizer observations = new ObservationNormalizer(2, env.observations().size(), 10);
 * float[] seen = new float[envs.observations().length];
 * envs.reset();
 * observations.update(envs.observations());
 * observations.apply(envs.observations(), seen);
 * Normalization carried = observations.frozen(0);
 * }</pre>
 *
 * <p>Depends on {@code store}.
 */
package dev.retort.env.normalize;
