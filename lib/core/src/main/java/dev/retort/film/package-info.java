/**
 * Films and maps: what a policy does, for a person to look at.
 *
 * <p>A {@link dev.retort.film.Film} is an animated GIF of below 2 MB that any notebook shows, and a
 * contact sheet for places where nothing moves:
 *
 * <pre>{@code
 * Film film = Film.of(env, policy, new Take(300, 25, 0), 480, 344);
 * film.save(Path.of("cartpole.gif"));
 * byte[] png = film.contactSheetPng(6);
 * }</pre>
 *
 * <p>Nothing is shown on a screen, and where a machine has no fonts the captions stay away.
 *
 * <p>{@link dev.retort.film.WorldMap} draws the ways of policies over the field of the Earth.
 *
 * <p>Depends on {@code env}, {@code policy}, {@code space}, {@code figure} and {@code random}.
 */
package dev.retort.film;
