/**
 * Robots that move differently find their way through the same rooms: bodies, rooms, what is seen,
 * and planners that know the map.
 */
package dev.retort.env.navigation;
