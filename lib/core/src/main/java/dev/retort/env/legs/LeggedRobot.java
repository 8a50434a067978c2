package dev.retort.env.legs;

import dev.retort.env.world.PlanarWorld;
import dev.retort.env.world.Terrain;
import dev.retort.random.RandomStream;

/**
 * A robot of some {@link Morphology} as a mechanism: where its numbers stand in a state, and how it
 * takes a step. Equal morphologies and steps are equal robots.
 */
final class LeggedRobot {
  private static final String TRUNK = "trunk";

  final Morphology morphology;
  final PlanarWorld world;

  /** Where x, y and angle of the trunk stand, and their speeds. */
  final int trunk;

  final int trunkSpeed;

  private final double timeStep;
  private final String[] joint;
  private final String[] foot;
  private final int[] angle;
  private final int[] spin;

  LeggedRobot(Morphology morphology, double timeStep) {
    this.morphology = morphology;
    this.timeStep = timeStep;
    this.world = morphology.world(timeStep);
    this.trunk = world.free(TRUNK);
    int joints = morphology.joints();
    this.joint = new String[joints];
    this.angle = new int[joints];
    this.spin = new int[joints];
    for (int j = 0; j < joints; j++) {
      joint[j] = (j % 2 == 0 ? "hip " : "knee ") + j / 2;
      angle[j] = world.place(joint[j]);
      spin[j] = world.speed(joint[j]);
    }
    this.trunkSpeed = trunk + spin[0] - angle[0];
    this.foot = new String[morphology.legs()];
    for (int leg = 0; leg < foot.length; leg++) {
      foot[leg] = "shank " + leg;
    }
  }

  int joints() {
    return joint.length;
  }

  /** Angle of a joint in rad from where it stands. */
  double angle(double[] state, int of) {
    return state[angle[of]];
  }

  /** Speed of a joint in rad/s. */
  double spin(double[] state, int of) {
    return state[spin[of]];
  }

  /** With what torque the motor of a joint drove it in the last step, in N m. */
  double torque(double[] state, int of) {
    return world.drive(state, joint[of]);
  }

  /** Whether a leg stood on the ground at the end of the last step. */
  boolean stands(double[] state, int leg) {
    return world.load(state, foot[leg]) > 0;
  }

  /** Whether the trunk lay on the ground at the end of the last step. */
  boolean lies(double[] state) {
    return world.load(state, TRUNK) > 0;
  }

  /** How high the trunk is above the ground below it, less where it stands, in m. */
  double rise(double[] state, Terrain terrain) {
    return state[trunk + 1] - terrain.height(state[trunk]) - morphology.height();
  }

  /** Puts it down on flat ground at the origin, with joints a little off where it stands. */
  void start(double[] state, RandomStream random) {
    world.start(state);
    for (int j = 0; j < joint.length; j++) {
      state[angle[j]] = random.nextDouble(-0.05, 0.05);
    }
  }

  /** Gives the trunk a speed, in m/s ahead, that all of it shares. */
  void push(double[] state, double speed) {
    world.push(state, TRUNK, speed * morphology.mass(), 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LeggedRobot same
        && morphology.equals(same.morphology)
        && timeStep == same.timeStep;
  }

  @Override
  public int hashCode() {
    return 31 * morphology.hashCode() + Double.hashCode(timeStep);
  }

  @Override
  public String toString() {
    return morphology.toString();
  }
}
