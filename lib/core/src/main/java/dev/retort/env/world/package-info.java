/**
 * A vertical plane in which bodies stand, fall, walk and push each other: {@link
 * dev.retort.env.world.PlanarWorld}, from which environments with robots are built, one's own too.
 *
 * <p>{@code Mechanism} is the tree of bodies, {@code Motion} where they are and how they would move
 * alone, {@code Contacts} and {@code Meeting} find what touches, {@code Impulses} keep a step
 * within what is possible, {@code Sightings} are rays and pixels.
 *
 * <p>Why an engine of its own: a state has to decide the future alone, and engines of the Box2D
 * family keep part of it in hidden objects. dyn4j 6.0.0 was measured first, with its state loaded
 * before every step, warm starting off and nothing asleep, as an adapter would use it. A fresh
 * world that was given the state of another differed from it in the next step; a stack of ten boxes
 * fell within 10 s (with warm starting, whose impulses are hidden, it stood); a free double
 * pendulum, let go from level, was off by 65 % of the energy that it can fall through after 10 s in
 * steps of 0.01 s and by 28 % in steps of 0.002 s. Here they are off by 1.5 % and 0.03 % of it at
 * most, the stack stands, and a robot of 15 bodies takes as many steps a second, some 15,000 with
 * two of 0.01 s each.
 *
 * <p>Without contacts it agrees with MuJoCo 2.2.2 within 1e-4 m or rad a frame on an inverted
 * pendulum and within 3e-5 rad on an arm with rotors, both in steps of 0.001 s.
 */
package dev.retort.env.world;
