package dev.retort.env.world;

import dev.retort.RetortException;
import dev.retort.option.Given;

/**
 * A body of a {@link PlanarWorld}, where it is when all couplings are at zero.
 *
 * @param name how couplings and questions call it
 * @param outline what it looks like to others
 * @param x center of mass, in meters to the right
 * @param y center of mass, in meters upward
 * @param angle in rad, counter-clockwise
 * @param mass in kg
 * @param inertia moment of inertia about the center of mass, in kg m²
 * @param friction Coulomb coefficient; between two, the root of their product counts
 * @param touch whom it collides with
 */
public record RigidBody(
    String name,
    Outline outline,
    double x,
    double y,
    double angle,
    double mass,
    double inertia,
    double friction,
    Touch touch) {
  /** Whom a body collides with. Bodies that are coupled never collide with each other. */
  public enum Touch {
    /** The terrain, and other bodies that touch everything. */
    EVERYTHING,
    /** The terrain alone, as legs that pass each other. */
    TERRAIN,
    /** Nothing. */
    NOTHING
  }

  /** Refuses what has no mass, no place, or a friction below 0. */
  public RigidBody {
    Given.given("body", "a name", name);
    Given.given("body '" + name + "'", "an outline", outline);
    Given.given("body '" + name + "'", "whom it touches", touch);
    if (!(Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(angle))) {
      throw new RetortException(
          "body '%s': expected a finite place and angle, got (%s, %s) m and %s rad."
              .formatted(name, x, y, angle));
    }
    if (!(Double.isFinite(mass) && mass > 0)) {
      throw new RetortException(
          "body '%s': expected a finite positive mass in kg, got %s.".formatted(name, mass));
    }
    if (!(Double.isFinite(inertia) && inertia > 0)) {
      throw new RetortException(
          "body '%s': expected a finite positive moment of inertia in kg m², got %s."
              .formatted(name, inertia));
    }
    if (!(Double.isFinite(friction) && friction >= 0)) {
      throw new RetortException(
          "body '%s': expected a finite friction of at least 0, got %s.".formatted(name, friction));
    }
  }

  /** A body of 1 kg at the origin, with a friction of 0.8, that touches everything. */
  public static RigidBody of(String name, Outline outline) {
    return new RigidBody(
        name,
        Given.given("body", "an outline", outline),
        0,
        0,
        0,
        1,
        outline.inertia(),
        0.8,
        Touch.EVERYTHING);
  }

  /** The same with its center of mass elsewhere, in meters. */
  public RigidBody at(double x, double y) {
    return new RigidBody(name, outline, x, y, angle, mass, inertia, friction, touch);
  }

  /** The same turned to an angle, in rad, counter-clockwise. */
  public RigidBody turned(double angle) {
    return new RigidBody(name, outline, x, y, angle, mass, inertia, friction, touch);
  }

  /** The same with another mass, in kg, evenly spread over its outline. */
  public RigidBody mass(double mass) {
    return new RigidBody(
        name, outline, x, y, angle, mass, mass * outline.inertia(), friction, touch);
  }

  /** The same with another moment of inertia about the center of mass, in kg m². */
  public RigidBody inertia(double inertia) {
    return new RigidBody(name, outline, x, y, angle, mass, inertia, friction, touch);
  }

  /** The same with another coefficient of friction. */
  public RigidBody friction(double friction) {
    return new RigidBody(name, outline, x, y, angle, mass, inertia, friction, touch);
  }

  /** The same colliding with others. */
  public RigidBody touching(Touch touch) {
    return new RigidBody(name, outline, x, y, angle, mass, inertia, friction, touch);
  }
}
