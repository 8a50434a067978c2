/**
 * Random numbers as arguments.
 *
 * <p>Nothing in this library draws from a global generator. Whoever needs chance is handed a {@link
 * dev.retort.random.RandomStream}, named after what it is for:
 *
 * <pre>{@code
 * RandomStream exploration = RandomStream.of(seed, "exploration", member);
 * double u = exploration.nextDouble();
 * long here = exploration.state();          // goes into a checkpoint
 * RandomStream again = RandomStream.at(here);
 * }</pre>
 *
 * <p>Streams of different purposes, members or steps share nothing, so adding a draw in one place
 * changes no draw in another, and the whole state of a stream is one {@code long}, so an
 * interrupted computation can go on exactly.
 *
 * <p>Depends on nothing.
 */
package dev.retort.random;
