package dev.retort.env.legs;

import dev.retort.RetortException;
import dev.retort.env.Parameters;
import dev.retort.env.control.Angle;
import dev.retort.env.world.Coupling;
import dev.retort.env.world.Motor;
import dev.retort.env.world.Outline;
import dev.retort.env.world.PlanarWorld;
import dev.retort.env.world.RigidBody;
import dev.retort.option.Given;
import java.util.ArrayList;
import java.util.List;

/**
 * What a legged robot is built like: a trunk, and legs of a thigh and a shank, a hip and a knee,
 * evenly spread along it.
 *
 * <pre>{@code
 * Morphology own = new Morphology("own", 4, 0.9, 0.25, 0.22, 5, 0.4, 15);
 * PlanarWorld world = own.world(0.01);
 * UniLegs walks = UniLegs.of(own.limbs(1.1));
 * }</pre>
 *
 * <p>All angles are 0 where it stands: knees bent by 0.7 rad, feet below the hips. Legs touch the
 * ground and not each other.
 *
 * @param name what it is called
 * @param legs how many, 2 to 8
 * @param trunk its length in m
 * @param thigh from hip to knee in m
 * @param shank from knee to foot in m
 * @param trunkMass in kg
 * @param limbMass of each thigh and each shank, in kg
 * @param torque the most that each motor has, in N m
 */
public record Morphology(
    String name,
    int legs,
    double trunk,
    double thigh,
    double shank,
    double trunkMass,
    double limbMass,
    double torque) {
  /** The most legs of a robot. */
  public static final int MOST_LEGS = 8;

  /** A quadruped of middle size. */
  public static final Morphology A = new Morphology("A", 4, 0.8, 0.24, 0.24, 5, 0.4, 15);

  /** A small and weak one. */
  public static final Morphology B = new Morphology("B", 4, 0.7, 0.2, 0.2, 4, 0.3, 10);

  /** A large and strong one. */
  public static final Morphology C = new Morphology("C", 4, 1, 0.3, 0.28, 8, 0.6, 25);

  /** Six legs. */
  public static final Morphology HEXAPOD = new Morphology("hexapod", 6, 1, 0.22, 0.22, 6, 0.35, 15);

  /** Eight legs. */
  public static final Morphology OCTOPOD = new Morphology("octopod", 8, 1.2, 0.2, 0.2, 7, 0.3, 12);

  /**
   * A quadruped whose trunk is longer than those of A, B and C, and which lies between them else.
   */
  public static final Morphology LONG = new Morphology("long", 4, 1.15, 0.25, 0.24, 6, 0.45, 18);

  /** A quadruped between A, B and C. */
  public static final Morphology SHORT = new Morphology("short", 4, 0.75, 0.22, 0.24, 5, 0.35, 13);

  /** Three legs. */
  public static final Morphology TRIPOD = new Morphology("tripod", 3, 0.7, 0.22, 0.22, 4, 0.4, 15);

  /** Five legs. */
  public static final Morphology PENTAPOD =
      new Morphology("pentapod", 5, 0.9, 0.22, 0.22, 5.5, 0.35, 15);

  /** Seven legs. */
  public static final Morphology HEPTAPOD =
      new Morphology("heptapod", 7, 1.1, 0.21, 0.21, 6.5, 0.3, 13);

  private static final double KNEE = 0.7;
  private static final double SPREAD = 0.9;
  private static final double HIP_RANGE = 1;
  private static final double KNEE_BENDS = -1.2;
  private static final double KNEE_STRETCHES = 0.6;
  private static final double THICK = 0.12;
  private static final double ROUND = 0.03;
  private static final double GAIN = 20;
  private static final double FASTEST = 10;

  /** Refuses what cannot be built. */
  public Morphology {
    Given.given("morphology", "a name", name);
    if (legs < 2 || legs > MOST_LEGS) {
      throw new RetortException(
          "morphology '%s': expected 2 to %s legs, got %s.".formatted(name, MOST_LEGS, legs));
    }
    String owner = "morphology '" + name + "'";
    Parameters.positive(owner, "trunk", trunk);
    Parameters.positive(owner, "thigh", thigh);
    Parameters.positive(owner, "shank", shank);
    Parameters.positive(owner, "trunkMass", trunkMass);
    Parameters.positive(owner, "limbMass", limbMass);
    Parameters.positive(owner, "torque", torque);
  }

  /** The same with thighs and shanks that are so many times as long. */
  public Morphology limbs(double factor) {
    Parameters.positive("morphology '" + name + "'", "the factor of limbs", factor);
    return new Morphology(
        name + "×" + factor,
        legs,
        trunk,
        factor * thigh,
        factor * shank,
        trunkMass,
        limbMass,
        torque);
  }

  /** How many hips and knees there are. */
  public int joints() {
    return 2 * legs;
  }

  /** All of it, in kg. */
  public double mass() {
    return trunkMass + joints() * limbMass;
  }

  /** Where a leg's hip is, in m ahead of the middle of the trunk. */
  double hip(int leg) {
    return SPREAD * trunk * ((double) leg / (legs - 1) - 0.5);
  }

  /** Angle of a thigh that stands, in rad before the plumb line. */
  private double lean() {
    return StrictMath.atan2(shank * Angle.sin(KNEE), thigh + shank * Angle.cos(KNEE));
  }

  /** How high the middle of the trunk is where it stands on flat ground, in m. */
  public double height() {
    return thigh * Angle.cos(lean()) + shank * Angle.cos(KNEE - lean()) + ROUND;
  }

  /**
   * The robot as bodies and hinges, standing at the origin. Bodies are {@code trunk}, {@code thigh
   * 0}, {@code shank 0} and so on, hinges {@code hip 0}, {@code knee 0} and so on, each driven by a
   * servo that is told its angle in rad.
   *
   * @param timeStep of the physics, in s
   */
  public PlanarWorld world(double timeStep) {
    PlanarWorld world =
        PlanarWorld.empty()
            .timeStep(timeStep)
            .with(
                RigidBody.of("trunk", Outline.box(trunk, THICK))
                    .at(0, height())
                    .mass(trunkMass)
                    .friction(1)
                    .touching(RigidBody.Touch.TERRAIN));
    for (int leg = 0; leg < legs; leg++) {
      double x = hip(leg);
      double kneeX = x + thigh * Angle.sin(lean());
      double kneeY = height() - thigh * Angle.cos(lean());
      world =
          world
              .with(limb("thigh " + leg, thigh, x, height(), lean()))
              .with(limb("shank " + leg, shank, kneeX, kneeY, lean() - KNEE))
              .with(
                  Coupling.hinge("hip " + leg, "trunk", "thigh " + leg)
                      .at(x, height())
                      .within(-HIP_RANGE, HIP_RANGE)
                      .drivenBy(motor()))
              .with(
                  Coupling.hinge("knee " + leg, "thigh " + leg, "shank " + leg)
                      .at(kneeX, kneeY)
                      .within(KNEE_BENDS, KNEE_STRETCHES)
                      .drivenBy(motor()));
    }
    return world;
  }

  private Motor motor() {
    return Motor.servo(torque, GAIN).fastest(FASTEST);
  }

  /** A limb that hangs from a point, so many rad before the plumb line. */
  private RigidBody limb(String name, double length, double x, double y, double before) {
    return RigidBody.of(name, Outline.capsule(length, ROUND))
        .at(x + length / 2 * Angle.sin(before), y - length / 2 * Angle.cos(before))
        .turned(before - Math.PI / 2)
        .mass(limbMass)
        .friction(1)
        .touching(RigidBody.Touch.TERRAIN);
  }

  /** Waves along the trunk, each half as long as the one before. */
  private static final int WAVES = 3;

  /** How many numbers {@link #describe} writes. */
  static final int DESCRIPTION = 10 + 2 * WAVES;

  /**
   * Writes what there is to know of a joint: length and mass of what it moves, where its leg is
   * along the trunk, hip or knee, its range and strength, and the trunk.
   *
   * <p>Where its leg is, {@code x} from −0.9 to 0.9, is told by {@code sin} and {@code cos} of
   * {@code π x}, {@code 2π x} and {@code 4π x} too. Legs side by side may do the opposite, and what
   * changes so fast along a single number is learned late: Matthew Tancik and others, "Fourier
   * features let networks learn high frequency functions in low dimensional domains", 2020, arXiv
   * 2006.10739. From one of eight legs to the next the shortest wave turns by half.
   *
   * @param joint which: {@code 2 leg} is a hip, {@code 2 leg + 1} a knee
   */
  void describe(int joint, float[] to, int at) {
    boolean isHip = joint % 2 == 0;
    double place = 2 * hip(joint / 2) / trunk;
    double[] numbers = {
      4 * (isHip ? thigh : shank),
      2 * limbMass,
      place,
      isHip ? 1 : 0,
      isHip ? 0 : 1,
      isHip ? -HIP_RANGE : KNEE_BENDS,
      isHip ? HIP_RANGE : KNEE_STRETCHES,
      torque / 15,
      trunk,
      trunkMass / 5
    };
    for (int i = 0; i < numbers.length; i++) {
      to[at + i] = (float) numbers[i];
    }
    for (int wave = 0; wave < WAVES; wave++) {
      double turned = Math.PI * (1 << wave) * place;
      to[at + numbers.length + 2 * wave] = (float) Angle.sin(turned);
      to[at + numbers.length + 2 * wave + 1] = (float) Angle.cos(turned);
    }
  }

  /** The same robots with limbs a fifth shorter, and a fifth longer. */
  static List<Morphology> scaled(List<Morphology> robots) {
    List<Morphology> scaled = new ArrayList<>();
    for (Morphology each : robots) {
      scaled.add(each.limbs(0.8));
      scaled.add(each.limbs(1.2));
    }
    return List.copyOf(scaled);
  }
}
