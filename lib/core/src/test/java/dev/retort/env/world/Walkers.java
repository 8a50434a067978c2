package dev.retort.env.world;

/** Robots with a trunk and legs of two links, and a gait that looks at nothing. */
final class Walkers {
  private Walkers() {}

  static PlanarWorld quadruped() {
    return robot(4);
  }

  static PlanarWorld robot(int legs) {
    PlanarWorld world =
        PlanarWorld.empty().with(RigidBody.of("trunk", Outline.box(1, 0.16)).at(0, 0.55).mass(5));
    for (int leg = 0; leg < legs; leg++) {
      double x = -0.45 + 0.9 * leg / (legs - 1);
      world =
          world
              .with(limb("thigh " + leg, 0.4).at(x, 0.43))
              .with(limb("shank " + leg, 0.3).at(x, 0.19))
              .with(
                  Coupling.hinge("hip " + leg, "trunk", "thigh " + leg)
                      .at(x, 0.55)
                      .within(-1.2, 1.2)
                      .drivenBy(Motor.servo(15, 20).fastest(8)))
              .with(
                  Coupling.hinge("knee " + leg, "thigh " + leg, "shank " + leg)
                      .at(x, 0.31)
                      .within(-2, 2)
                      .drivenBy(Motor.servo(15, 20).fastest(8)));
    }
    return world;
  }

  private static RigidBody limb(String name, double mass) {
    return RigidBody.of(name, Outline.capsule(0.24, 0.03))
        .turned(-Math.PI / 2)
        .mass(mass)
        .touching(RigidBody.Touch.TERRAIN);
  }

  /** What hips and knees are told at a step: every other leg half a cycle later. */
  static double[] gait(int step, int legs) {
    double[] told = new double[2 * legs];
    for (int leg = 0; leg < legs; leg++) {
      double phase = 2 * Math.PI * (0.015 * step + 0.5 * (leg % 2));
      told[2 * leg] = 0.35 * Math.sin(phase);
      told[2 * leg + 1] = -0.6 * Math.max(0, Math.cos(phase));
    }
    return told;
  }
}
