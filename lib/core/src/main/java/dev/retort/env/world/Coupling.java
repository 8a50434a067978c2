package dev.retort.env.world;

import dev.retort.RetortException;
import dev.retort.option.Given;
import java.util.Optional;

/**
 * What holds two bodies together and leaves them one way to move: a hinge turns, a slide shifts.
 *
 * @param name how questions call it
 * @param slides whether it shifts along an axis, in place of turning about a point
 * @param parent the body that holds, or {@link PlanarWorld#GROUND}
 * @param child the body that is held; a body is held by one coupling at most
 * @param x of the point about which a hinge turns, in meters, where all couplings are at zero
 * @param y of that point
 * @param axis direction of a slide, in rad, where all couplings are at zero
 * @param low the smallest angle (rad) or shift (m); the pose of the description is 0
 * @param high the largest
 * @param damping resistance for each rad/s (N m) or m/s (N)
 * @param armature inertia of what turns with the motor alone, kg m² of a hinge and kg of a slide
 * @param motor what drives it; empty where it is passive
 */
public record Coupling(
    String name,
    boolean slides,
    String parent,
    String child,
    double x,
    double y,
    double axis,
    double low,
    double high,
    double damping,
    double armature,
    Optional<Motor> motor) {
  /** Refuses ranges without the pose of the description, and negative resistance. */
  public Coupling {
    Given.given("coupling", "a name", name);
    Given.given("coupling '" + name + "'", "a parent", parent);
    Given.given("coupling '" + name + "'", "a child", child);
    if (!(Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(axis))) {
      throw new RetortException(
          "coupling '%s': expected a finite point and axis, got (%s, %s) m and %s rad."
              .formatted(name, x, y, axis));
    }
    if (!(low <= 0 && high >= 0 && low < high)) {
      throw new RetortException(
          "coupling '%s': expected a range about 0, which is the pose of the description, got %s to %s."
              .formatted(name, low, high));
    }
    if (!(damping >= 0 && armature >= 0 && Double.isFinite(damping + armature))) {
      throw new RetortException(
          "coupling '%s': expected finite damping and armature of at least 0, got %s and %s."
              .formatted(name, damping, armature));
    }
  }

  /** A hinge that turns freely about the origin. */
  public static Coupling hinge(String name, String parent, String child) {
    return new Coupling(
        name,
        false,
        parent,
        child,
        0,
        0,
        0,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        0,
        0,
        Optional.empty());
  }

  /** A slide that shifts freely along the x axis. */
  public static Coupling slide(String name, String parent, String child) {
    Coupling hinge = hinge(name, parent, child);
    return new Coupling(
        name, true, parent, child, 0, 0, 0, hinge.low, hinge.high, 0, 0, Optional.empty());
  }

  /** The same turning about another point, in meters. */
  public Coupling at(double x, double y) {
    return new Coupling(
        name, slides, parent, child, x, y, axis, low, high, damping, armature, motor);
  }

  /** The same slide along another direction, in rad. */
  public Coupling along(double axis) {
    return new Coupling(
        name, slides, parent, child, x, y, axis, low, high, damping, armature, motor);
  }

  /** The same within a range, in rad or m from the pose of the description. */
  public Coupling within(double low, double high) {
    return new Coupling(
        name, slides, parent, child, x, y, axis, low, high, damping, armature, motor);
  }

  /** The same with resistance that grows with the speed. */
  public Coupling damping(double damping) {
    return new Coupling(
        name, slides, parent, child, x, y, axis, low, high, damping, armature, motor);
  }

  /** The same with inertia that moves with the motor alone. */
  public Coupling armature(double armature) {
    return new Coupling(
        name, slides, parent, child, x, y, axis, low, high, damping, armature, motor);
  }

  /** The same driven by a motor. */
  public Coupling drivenBy(Motor motor) {
    return new Coupling(
        name,
        slides,
        parent,
        child,
        x,
        y,
        axis,
        low,
        high,
        damping,
        armature,
        Optional.of(Given.given("coupling '" + name + "'", "a motor", motor)));
  }
}
