package dev.retort.env.world;

/**
 * Where a body is and how it moves.
 *
 * @param x of its center of mass, in meters
 * @param y of its center of mass, in meters upward
 * @param angle in rad, counter-clockwise; full turns are counted
 * @param speedX of its center of mass, in m/s
 * @param speedY of its center of mass, in m/s
 * @param spin in rad/s
 */
public record Pose(double x, double y, double angle, double speedX, double speedY, double spin) {}
