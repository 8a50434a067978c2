package dev.retort.env.reach;

import dev.retort.random.RandomStream;

/**
 * One task, derived from its index without a table.
 *
 * <p>Training tasks turn by multiples of 22.5° or 90°, tasks to test on by whole degrees that are
 * no multiples of those, tasks to validate on by fractions of degrees: no task lies in two parts.
 *
 * @param shoulderDegrees the turn of the upper link, from pointing at the target
 * @param elbowDegrees the turn of the lower link, from pointing at the target
 * @param rotationDegrees the turn of everything about the target
 */
record ReacherContext(double shoulderDegrees, double elbowDegrees, double rotationDegrees) {
  private static final double SHOULDER = 45;
  private static final double ELBOW = -45;
  private static final int[] TEST = {-9, 13, 71, 102, 158, 199, 247, 335};
  private static final int VALIDATION = 16;
  private static final int DEGREES = 360;
  private static final int QUARTERS = 4;
  private static final int QUARTER = 90;

  /** How many contexts a part can give. */
  static int size(Reacher.Part part, int rotations) {
    boolean poses = rotations == 0;
    return switch (part) {
      case FAMILY, TRAIN -> poses ? Integer.MAX_VALUE : rotations;
      case SYMMETRIC -> poses ? QUARTERS * QUARTERS : 0;
      case VALIDATION -> poses ? Integer.MAX_VALUE : VALIDATION;
      case TEST -> poses ? Integer.MAX_VALUE : TEST.length;
      case SWEEP -> poses ? 0 : DEGREES;
    };
  }

  static ReacherContext of(Reacher family, int context) {
    return family.rotations() == 0 ? posed(family, context) : turned(family, context);
  }

  /** The published pose. */
  private static ReacherContext turned(Reacher family, int context) {
    double rotation =
        switch (family.part()) {
          case VALIDATION -> 11.25 + 22.5 * context;
          case TEST -> TEST[context];
          case SWEEP -> context;
          default -> (double) DEGREES * context / family.rotations();
        };
    return new ReacherContext(SHOULDER, ELBOW, rotation);
  }

  /** A random pose of whole degrees. */
  private static ReacherContext posed(Reacher family, int context) {
    int pose = family.part() == Reacher.Part.SYMMETRIC ? context % QUARTERS : context;
    String purpose =
        switch (family.part()) {
          case FAMILY -> "Reacher family";
          case TRAIN, SYMMETRIC -> "Reacher train";
          case VALIDATION -> "Reacher validation";
          case TEST, SWEEP -> "Reacher test";
        };
    RandomStream chance = RandomStream.of(family.familySeed(), purpose, pose);
    int shoulder = chance.nextInt(DEGREES);
    int elbow = chance.nextInt(DEGREES);
    double rotation =
        switch (family.part()) {
          case FAMILY -> chance.nextInt(DEGREES);
          case TRAIN -> QUARTER * (context % QUARTERS);
          case SYMMETRIC -> QUARTER * ((context + context / QUARTERS) % QUARTERS);
          case VALIDATION -> chance.nextInt(DEGREES) + 0.5;
          case TEST, SWEEP -> {
            int between = chance.nextInt(DEGREES - QUARTERS);
            yield between + 1 + between / (QUARTER - 1);
          }
        };
    return new ReacherContext(shoulder, elbow, rotation);
  }
}
