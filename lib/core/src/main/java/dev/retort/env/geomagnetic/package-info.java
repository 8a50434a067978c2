/**
 * Navigation by the Earth's magnetic field: models of the field, which stand on nothing else of
 * Retort, and the world in which somebody finds a place by what a magnetometer would show there.
 */
package dev.retort.env.geomagnetic;
