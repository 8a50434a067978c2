/**
 * A vertical plane in which bodies stand, fall, walk and push each other: {@link
 * dev.retort.env.world.PlanarWorld}, from which environments with robots are built, one's own too.
 *
 * <p>{@code Mechanism} is the tree of bodies, {@code Motion} where they are and how they would move
 * alone, {@code Contacts} and {@code Meeting} find what touches, {@code Impulses} keep a step
 * within what is possible, {@code Sightings} are rays and pixels.
 *
 * <p>Why an engine of its own: a state has to decide the future alone, and engines of the Box2D
 * family keep part of it in hidden objects. dyn4j 6.0.0 was measured first, with warm starting off
 * and nothing asleep, as an adapter would use it that holds the whole state: a stack of ten boxes
 * falls within 10 s, and a double pendulum that is let go from level loses more than half of the
 * energy that falling gives in 10 s of steps of 0.01 s, more than a fifth in steps of 0.002 s
 * ({@code ForeignEnginesTest}). Here it is off by 2 % and 0.2 % at most, the stack stands, and a
 * robot of 15 bodies is moved at least 4,000 times a second by two steps of 0.01 s each ({@code
 * PlanarWorldTest}, which prints how often: 22,454 times on flat ground and 16,716 over bumps on
 * one core of an AMD EPYC).
 *
 * <p>Without contacts it agrees with MuJoCo 2.2.2 within 1e-4 m or rad a frame on an inverted
 * pendulum and within 3e-5 rad on an arm with rotors, both in steps of 0.001 s ({@code
 * ForeignEnginesTest}).
 */
package dev.retort.env.world;
