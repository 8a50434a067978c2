package dev.retort.env.legs;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.env.Parameters;
import dev.retort.env.Scratch;
import dev.retort.env.Sign;
import dev.retort.env.Split;
import dev.retort.env.world.Terrain;
import dev.retort.option.Given;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Group;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Robots with any number of legs walk in a vertical plane at the speed that they are told, over
 * bumps and against pushes.
 *
 * <p>Every 0.02 s each joint is told the angle {@code 0.6 a} rad from where it stands, to which a
 * servo of limited torque takes it. All robots have the numbers of the largest, 16 joints; those
 * that a robot lacks are 0 wherever they are seen, and nothing follows from their actions. It sees
 * the parts
 *
 * <pre>
 *   command      v*, the speed that is asked for, in m/s
 *   body         pitch in rad, pitch rate in rad/s
 *   clock        sin, cos of a clock of 1.5 Hz
 *   estimate     of velocity, by an estimator on board that is off by some cm/s
 *   joints       of each joint angle in rad, speed in 10 rad/s, last action, {@code (16, 3)}
 *   past         the same of the three steps before, {@code (16, 9)}
 *   description  of each joint what {@link Morphology} says of it, {@code (16, 16)}
 *   present      1 for each joint that there is, else 0, {@code (16)}
 *   velocity     of the trunk: ahead and up in m/s; how high it is in m, less where it stands
 *   contacts     1 for each leg on the ground, else 0, {@code (8)}
 *   ground       friction; heights at 8 places from 0.6 m behind to 0.8 m ahead, in 10 cm
 * </pre>
 *
 * <p>of which the last three are privileged: no robot measures them. The estimator is not
 * simulated: its errors are Ornstein-Uhlenbeck processes that last 0.2 s, of {@code estimateError},
 * 0.05 m/s, and in height of a fifth of it in m. With {@code τ} in N m and means over the joints
 * that there are, the reward is
 *
 * <pre>
 *   exp(−(v − v*)² / 0.05) − 0.3 pitch² − 0.05 rate² − 0.5 ((z − z₀) / z₀)²
 *     − 8e-4 mean τ² − 0.08 mean Δa² + 0.8 Σ_landed air / legs − 0.5 Σ_legs max(0, s cos φ) / legs
 * </pre>
 *
 * <p>where {@code air} is how long a leg that lands was in the air, 0.4 s at most. By the last term
 * legs step by the clock {@code φ}, every other one half a turn later: {@code s} is 1 for a leg
 * that stands and −1 for one that does not (Jonah Siekmann and others, "Sim-to-Real Learning of All
 * Common Bipedal Gaits via Periodic Reward Composition", 2021, arXiv 2011.01387). Both count where
 * more than 0.1 m/s are asked for. A task is over where the trunk touches the ground or pitches by
 * more than 0.8 rad.
 *
 * <p>The speed asked for is drawn from −{@code fastest} to {@code fastest} every 5 s, the friction
 * of legs on the ground from 0.5 to 1.25 for each episode; a push comes every 4 s in the mean.
 *
 * <p>The measures: <em>success</em>, no fall and a speed error below 0.1 m/s; <em>speed error</em>,
 * how far the mean speed under each command is from it, its first second left out, in m/s;
 * <em>tracking</em>, the mean of the first term of the reward over the horizon, 0 for the steps
 * that a fall leaves out; <em>fall</em>; <em>power</em> of all motors for each kilogram, in W/kg.
 *
 * <p><b>A context is a robot.</b> Robots to learn on are {@link Morphology#A}, {@link
 * Morphology#B}, {@link Morphology#C}, {@link Morphology#HEXAPOD} and {@link Morphology#OCTOPOD};
 * to report results of is {@link Morphology#LONG}; parts of other names are {@code topology}, 3, 5
 * and 7 legs, and {@code scaled}, the robots to learn on with limbs a fifth shorter and longer.
 *
 * <p><b>Reconstructed</b> after the abstract of Weijie Xi and others, "UniLegs: Universal
 * Multi-Legged Robot Control through Morphology-Agnostic Policy Distillation", 2025, arXiv
 * 2507.22653: robots, world, reward and all numbers are ours; there is no left and right in a
 * plane.
 */
public final class UniLegs implements Env {
  /** How long a step is, in s. */
  static final double STEP = 0.02;

  /** The parts of an observation that robots do not measure. */
  public static final List<String> PRIVILEGED = List.of("velocity", "contacts", "ground");

  /** What an action of 1 turns a joint by, in rad. */
  static final double REACH = 0.6;

  static final double CLOCK = 1.5;
  private static final int COMMAND_STEPS = 250;
  private static final int SETTLING = 50;
  private static final double PUSHES = 1 / 200.0;
  private static final double STEEPEST = 0.8;
  private static final double SUCCEEDS = 0.1;
  private static final double LEAST_FRICTION = 0.5;
  private static final double MOST_FRICTION = 1.25;
  private static final double ESTIMATE_LASTS = 0.2;
  private static final double BUMP_SPACING = 0.15;
  private static final double FLAT = 1;
  private static final int MOST_BUMPS = 1 << 30;
  private static final String SPEED_ERROR = "speed error";
  private static final String FALL = "fall";
  private static final String POWER = "power";
  private static final List<String> NAMES =
      List.of("fastest", "bumps", "push", "estimateError", "timeStep", "horizon");
  private static final List<String> OF_ROBOT =
      List.of("legs", "trunk", "thigh", "shank", "trunkMass", "limbMass", "torque");

  /** Where what is not of the world begins in a state: all robots have room there. */
  private static final int AT = Morphology.OCTOPOD.world(STEP).stateSize();

  private static final Scratch<double[]> TOLD = Scratch.of(() -> new double[LegState.MOST_JOINTS]);

  /** A part of the robots. */
  public enum Part {
    /** All but those with scaled limbs. */
    FAMILY(
        Morphology.A,
        Morphology.B,
        Morphology.C,
        Morphology.HEXAPOD,
        Morphology.OCTOPOD,
        Morphology.SHORT,
        Morphology.LONG,
        Morphology.TRIPOD,
        Morphology.PENTAPOD,
        Morphology.HEPTAPOD),
    /** Robots to learn on. */
    TRAIN(Morphology.A, Morphology.B, Morphology.C, Morphology.HEXAPOD, Morphology.OCTOPOD),
    /** A robot to choose hyper-parameters on. */
    VALIDATION(Morphology.SHORT),
    /** A robot to report results of. */
    TEST(Morphology.LONG),
    /** Robots with numbers of legs that no other part has. */
    TOPOLOGY(Morphology.TRIPOD, Morphology.PENTAPOD, Morphology.HEPTAPOD),
    /** Robots to learn on, with limbs a fifth shorter and a fifth longer. */
    SCALED(Morphology.scaled(TRAIN.robots).toArray(Morphology[]::new)),
    /** A robot of one's own. */
    OWN;

    @SuppressWarnings("ImmutableEnumChecker") // a list that cannot be changed
    private final List<Morphology> robots;

    Part(Morphology... robots) {
      this.robots = List.of(robots);
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Part part;
  private final List<LeggedRobot> robots;
  private final double fastest;
  private final double bumps;
  private final double push;
  private final double estimateError;
  private final double timeStep;
  private final int horizon;

  private UniLegs(
      Part part,
      List<Morphology> robots,
      double fastest,
      double bumps,
      double push,
      double estimateError,
      double timeStep,
      int horizon) {
    Parameters.between("UniLegs", "fastest", fastest, 0, 10);
    Parameters.between("UniLegs", "bumps", bumps, 0, 0.2);
    Parameters.between("UniLegs", "push", push, 0, 10);
    Parameters.between("UniLegs", "estimateError", estimateError, 0, 10);
    Parameters.between("UniLegs", "timeStep", timeStep, 1e-4, STEP);
    Parameters.steps("UniLegs", horizon);
    if (Math.abs(STEP / timeStep - Math.rint(STEP / timeStep)) > 1e-9) {
      throw new RetortException(
          "UniLegs: expected a timeStep that divides %s s, got %s.".formatted(STEP, timeStep));
    }
    this.part = part;
    this.robots = robots.stream().map(each -> new LeggedRobot(each, timeStep)).toList();
    this.fastest = fastest;
    this.bumps = bumps;
    this.push = push;
    this.estimateError = estimateError;
    this.timeStep = timeStep;
    this.horizon = horizon;
  }

  /** All robots but those with scaled limbs. */
  public UniLegs() {
    this(Part.FAMILY, Part.FAMILY.robots);
  }

  private UniLegs(Part part, List<Morphology> robots) {
    this(part, robots, 0.6, 0.02, 0.3, 0.05, 0.01, 1_000);
  }

  /** The same for a robot of one's own; its numbers are parameters like the others. */
  public static UniLegs of(Morphology robot) {
    return new UniLegs(Part.OWN, List.of(Given.given("UniLegs", "a robot", robot)));
  }

  /** The robots, one a context. */
  public List<Morphology> robots() {
    return robots.stream().map(each -> each.morphology).toList();
  }

  /** The name, with the part or the robot where it is not the whole family. */
  @Override
  public String name() {
    return switch (part) {
      case FAMILY -> "UniLegs";
      case OWN -> "UniLegs-" + robots.get(0).morphology.name();
      default -> "UniLegs/" + part.word() + "-" + robots.size();
    };
  }

  @Override
  public Group observations() {
    return LegSight.SPACE;
  }

  @Override
  public Box actions() {
    return Box.of(-1, 1, LegState.MOST_JOINTS);
  }

  @Override
  public int horizon() {
    return horizon;
  }

  @Override
  public int stateSize() {
    return AT + LegState.SIZE;
  }

  @Override
  public int contexts() {
    return robots.size();
  }

  @Override
  public UniLegs split(Split split, int count) {
    Given.given(name(), "a part such as TRAIN", split);
    return narrowed(split.name(), count);
  }

  @Override
  public UniLegs narrowed(String name, int count) {
    Given.given(name(), "the name of a part", name);
    List<Part> parts =
        Arrays.stream(Part.values()).filter(one -> one != Part.FAMILY && one != Part.OWN).toList();
    return narrowed(
        parts.stream()
            .filter(one -> one.word().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        "part of UniLegs", name, parts.stream().map(Part::word).toList())),
        count);
  }

  /** The first {@code count} robots of a part. */
  public UniLegs narrowed(Part narrower, int count) {
    int most = Given.given(name(), "a part", narrower).robots.size();
    if (part == Part.OWN || narrower == Part.OWN) {
      throw new RetortException(
          "%s: expected a part of the family, such as env(\"UniLegs\").train(5), got that of a robot of one's own. Take it as it is."
              .formatted(name()));
    }
    if (count < 1 || count > most) {
      throw new RetortException(
          "UniLegs: expected 1 to %s %s robots, got %s; the nearest is %s."
              .formatted(most, narrower.word(), count, Math.max(1, Math.min(most, count))));
    }
    return new UniLegs(
        narrower,
        narrower.robots.subList(0, count),
        fastest,
        bumps,
        push,
        estimateError,
        timeStep,
        horizon);
  }

  /** How long the parts of a context's robot are, by the names of {@link Morphology}. */
  @Override
  public Map<String, Double> drawn(int context) {
    Morphology is = robot(context).morphology;
    return part == Part.OWN
        ? Map.of()
        : Parameters.named(OF_ROBOT.subList(0, 4), is.legs(), is.trunk(), is.thigh(), is.shank());
  }

  private static double[] built(LeggedRobot robot) {
    Morphology is = robot.morphology;
    return new double[] {
      is.legs(), is.trunk(), is.thigh(), is.shank(), is.trunkMass(), is.limbMass(), is.torque()
    };
  }

  private LeggedRobot robot(int context) {
    if (context < 0 || context >= robots.size()) {
      throw new RetortException(
          "%s: expected a robot from 0 to %s, got %s."
              .formatted(name(), robots.size() - 1, context));
    }
    return robots.get(context);
  }

  /** The robot of a state. */
  LeggedRobot robot(double[] state) {
    return robots.get((int) state[AT + LegState.ROBOT]);
  }

  /** The ground of a state. */
  Terrain terrain(double[] state) {
    long which = (long) state[AT + LegState.BUMPS];
    Terrain shape = bumps == 0 ? Terrain.flat() : Terrain.bumps(which, BUMP_SPACING, bumps, FLAT);
    double friction = state[AT + LegState.FRICTION];
    return shape.friction(friction * friction); // with the 1 of legs the root is taken of it
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    reset(random.nextInt(robots.size()), state, random);
  }

  @Override
  public void reset(int context, double[] state, RandomStream random) {
    LeggedRobot robot = robot(context);
    Arrays.fill(state, 0, stateSize(), 0);
    robot.start(state, random);
    state[AT + LegState.ROBOT] = context;
    state[AT + LegState.COMMAND] = command(random);
    state[AT + LegState.PHASE] = random.nextDouble(0, 2 * Math.PI);
    state[AT + LegState.BUMPS] = random.nextInt(MOST_BUMPS);
    state[AT + LegState.FRICTION] = random.nextDouble(LEAST_FRICTION, MOST_FRICTION);
    LegState.estimate(state, AT, 0, estimateError, random);
    LegState.begin(state, AT, robot);
  }

  private double command(RandomStream random) {
    return fastest * (2 * random.nextDouble() - 1);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double[] told = TOLD.here();
    for (int j = 0; j < told.length; j++) {
      told[j] = REACH * Parameters.clipped("UniLegs", action, j, 1);
    }
    if (terminated(state)) {
      return 0;
    }
    LeggedRobot robot = robot(state);
    Terrain terrain = terrain(state);
    if (random.nextDouble() < PUSHES) {
      robot.push(state, push * (2 * random.nextDouble() - 1));
    }
    double torques = 0;
    for (long left = Math.round(STEP / timeStep); left > 0; left--) {
      robot.world.step(state, told, terrain);
      for (int j = 0; j < robot.joints(); j++) {
        double torque = robot.torque(state, j);
        torques += torque * torque * timeStep / STEP;
        state[AT + LegState.WORK] += timeStep * Math.abs(torque * robot.spin(state, j));
      }
      if (robot.lies(state)) {
        state[AT + LegState.FALLEN] = 1;
      }
    }
    if (Math.abs(state[robot.trunk + 2]) > STEEPEST) {
      state[AT + LegState.FALLEN] = 1;
    }
    double reward = LegReward.of(state, AT, robot, terrain, told, torques / robot.joints());
    state[AT + LegState.STEPS]++;
    if (state[AT + LegState.STEPS] % COMMAND_STEPS > SETTLING) {
      LegState.count(state, AT, state[robot.trunkSpeed]);
    }
    LegState.remember(state, AT, robot);
    for (int j = 0; j < robot.joints(); j++) {
      state[LegState.action(AT, j)] = told[j] / REACH;
    }
    LegState.estimate(state, AT, 1 - STEP / ESTIMATE_LASTS, estimateError, random);
    if (state[AT + LegState.STEPS] % COMMAND_STEPS == 0) {
      LegState.command(state, AT, command(random));
    }
    return reward;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[AT + LegState.FALLEN] == 1;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    LegSight.write(robot(state), terrain(state), state, AT, observation);
  }

  @Override
  public List<String> measures() {
    return List.of(SUCCESS, SPEED_ERROR, "tracking", FALL, POWER);
  }

  @Override
  public boolean isLowerBetter(String measure) {
    return Env.super.isLowerBetter(measure) || List.of(SPEED_ERROR, FALL, POWER).contains(measure);
  }

  @Override
  public void measure(double[] state, double[] measured) {
    boolean fell = terminated(state);
    double steps = state[AT + LegState.STEPS];
    double error = LegState.error(state, AT);
    measured[0] = !fell && error < SUCCEEDS ? 1 : 0;
    measured[1] = error;
    measured[2] = state[AT + LegState.TRACKED] / (fell ? horizon : steps);
    measured[3] = fell ? 1 : 0;
    measured[4] = state[AT + LegState.WORK] / (steps * STEP * robot(state).morphology.mass());
  }

  @Override
  public Map<String, Double> parameters() {
    double[] usual = {fastest, bumps, push, estimateError, timeStep, horizon};
    if (part != Part.OWN) {
      return Parameters.named(NAMES, usual);
    }
    List<String> names = Stream.concat(NAMES.stream(), OF_ROBOT.stream()).toList();
    double[] own = built(robots.get(0));
    double[] all = Arrays.copyOf(usual, usual.length + own.length);
    System.arraycopy(own, 0, all, usual.length, own.length);
    return Parameters.named(names, all);
  }

  @Override
  public UniLegs with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public UniLegs withParameters(double... p) {
    List<Morphology> same = robots();
    if (part == Part.OWN) {
      int legs = Parameters.whole("UniLegs", List.of("legs"), p[6])[0];
      same =
          List.of(new Morphology(same.get(0).name(), legs, p[7], p[8], p[9], p[10], p[11], p[12]));
    }
    return new UniLegs(part, same, p[0], p[1], p[2], p[3], p[4], (int) p[5]);
  }

  @Override
  public List<Sign> legend() {
    return UniLegsDrawing.SIGNS;
  }

  @Override
  public double aspect() {
    return 2;
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    UniLegsDrawing.draw(
        robot(state), terrain(state), state, state[AT + LegState.COMMAND], canvas, width, height);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UniLegs that
        && part == that.part
        && robots.equals(that.robots)
        && parameters().equals(that.parameters());
  }

  @Override
  public int hashCode() {
    return Objects.hash(part, robots, parameters());
  }

  /** The name, and whatever differs from the usual world. */
  @Override
  public String toString() {
    return Parameters.text(this, new UniLegs(part, robots()));
  }
}
