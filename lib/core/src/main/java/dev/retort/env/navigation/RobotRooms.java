package dev.retort.env.navigation;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.env.Split;
import dev.retort.env.control.Angle;
import dev.retort.option.Given;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A robot finds its way to a goal through a room of which it has no map; robots differ in how they
 * move, where they collide and from what height they look.
 *
 * <p>Every 0.1 s it is commanded {@code (v_x, v_y, ω)}, brought within the limits of the {@link
 * Robot}. It sees the parts
 *
 * <pre>
 *   range        64 rays over 120° ahead, the leftmost first: r / (r + 1 m), 1 for nothing
 *   classes      what each ray meets: wall, rack, box, low box, {@code (4, 64)}; zeros for nothing
 *   route        the straight way to the goal in its frame: 10 segments (x₀, y₀, x₁, y₁) of 1 m
 *   velocity     its own, (v_x, v_y, ω)
 *   command      the last one, as it was carried out
 *   goalHeading  cos, sin of the heading that is asked for at the goal, in its frame
 *   embodiment   which robot it is, a 1 among zeros
 *   truth        what a {@link Planner} has to know, only {@code with("truth", 1)}
 * </pre>
 *
 * <p>The goal is reached within 0.5 m of it at a speed below 0.1 m/s, and {@code
 * with("headingGate", 1)} also turning at less than 0.1 rad/s and less than 0.1 rad from the
 * heading that is asked for. Touching anything fails, and so does a fall. With the distance {@code
 * d} from the goal the reward is
 *
 * <pre>
 *   0.1 rewardScale (−d + 2000 [reached] − 1000 [touched or fallen])
 * </pre>
 *
 * <p>The measures beside success and its steps: <em>travel time</em> in s, of successes;
 * <em>bump</em> and <em>fall</em>, by which an episode failed.
 *
 * <p><b>A context is a room</b>; start, heading and goal are drawn for each episode. Rooms to learn
 * in, to choose hyper-parameters in and to report results of are {@link RoomType#SINGLE_RACKS} and
 * {@link RoomType#OFFICE}, all of them different; {@link RoomType#MULTI_RACKS} and {@link
 * RoomType#HALL} are those of the part {@code unseen}. The whole family has rooms of its own, of
 * all four types.
 *
 * <p><b>From the authors' code:</b> commands, route, goal heading, both gates, reward and goals.
 * <b>Reconstructed:</b> rooms, sensor and robots, which stand for their simulator.
 *
 * <p>Wei Liu and others, "COMPASS: Cross-embodiment Mobility Policy via Residual RL and Skill
 * Synthesis", 2025, arXiv 2502.16372.
 *
 * @param robot who moves
 * @param eachRobot 1 where every seed of a training drives another robot, seed {@code s} that of
 *     the number {@code s} modulo their count; else 0
 * @param room which type of room only, from 1; 0 for all types of the part
 * @param headingGate 1 where the goal asks for a heading; else 0
 * @param farGoals the chance that a goal is at least 2 m away along both axes, 0 to 1
 * @param fallsAbove the acceleration that a humanoid does not stand, in m/s²
 * @param sensorHeight how high the sensor is, in m; 0 for the robot's own
 * @param rewardScale what rewards are multiplied by
 * @param truth 1 where the state is seen as a planner needs it; else 0
 * @param familySeed what rooms are derived from
 * @param horizon the steps after which an episode is truncated
 * @param part which part of the family rooms are drawn from
 * @param contexts how many rooms there are; {@code Integer.MAX_VALUE} for the whole family
 */
public record RobotRooms(
    Robot robot,
    int eachRobot,
    int room,
    int headingGate,
    double farGoals,
    double fallsAbove,
    double sensorHeight,
    double rewardScale,
    int truth,
    long familySeed,
    int horizon,
    Part part,
    int contexts)
    implements Env {
  /** How near the goal it is reached, in m. */
  static final double ARRIVAL = 0.5;

  /** The greatest speed in m/s and turn in rad/s of a robot that has arrived. */
  static final double RESTING = 0.1;

  private static final double HEADING_ERROR = 0.1;
  private static final double SLIP_SHARE = 0.3;
  private static final double STANDS = 0.6;
  private static final long DEFAULT_SEED = 2502_16372;
  private static final String TRAVEL_TIME = "travel time";
  private static final String BUMP = "bump";
  private static final String FALL = "fall";
  private static final List<String> NAMES =
      List.of(
          "robot",
          "eachRobot",
          "room",
          "headingGate",
          "farGoals",
          "fallsAbove",
          "sensorHeight",
          "rewardScale",
          "truth",
          "familySeed",
          "horizon");

  /** A part of the family. */
  public enum Part {
    /** Rooms of all types. */
    FAMILY(RoomType.values()),
    /** Rooms to learn in. */
    TRAIN(RoomType.SINGLE_RACKS, RoomType.OFFICE),
    /** Rooms to choose hyper-parameters in. */
    VALIDATION(RoomType.SINGLE_RACKS, RoomType.OFFICE),
    /** Rooms to report results of. */
    TEST(RoomType.SINGLE_RACKS, RoomType.OFFICE),
    /** Rooms of the types that no other part has. */
    UNSEEN(RoomType.MULTI_RACKS, RoomType.HALL);

    @SuppressWarnings("ImmutableEnumChecker") // a list that cannot be changed
    private final List<RoomType> types;

    Part(RoomType... types) {
      this.types = List.of(types);
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses numbers that describe no robot, and rooms that there are not. */
  public RobotRooms {
    Parameters.between("RobotRooms", "eachRobot", eachRobot, 0, 1);
    Parameters.between("RobotRooms", "room", room, 0, RoomType.values().length);
    Parameters.between("RobotRooms", "headingGate", headingGate, 0, 1);
    Parameters.between("RobotRooms", "farGoals", farGoals, 0, 1);
    Parameters.positive("RobotRooms", "fallsAbove", fallsAbove);
    Parameters.notNegative("RobotRooms", "sensorHeight", sensorHeight);
    Parameters.positive("RobotRooms", "rewardScale", rewardScale);
    Parameters.between("RobotRooms", "truth", truth, 0, 1);
    Parameters.steps("RobotRooms", horizon);
    if (contexts < 1 || (part == Part.FAMILY && contexts != Integer.MAX_VALUE)) {
      throw new RetortException(
          "RobotRooms: expected at least 1 %s room, got %s.".formatted(part.word(), contexts));
    }
    if (room > 0 && !part.types.contains(RoomType.of(room))) {
      throw new RetortException(
          "RobotRooms: expected a type of the %s rooms, %s, got %s (%s). Say with(\"room\", 0) for all of them."
              .formatted(
                  part.word(),
                  part.types.stream()
                      .map(type -> type.number() + " (" + type.word() + ")")
                      .toList(),
                  room,
                  RoomType.of(room).word()));
    }
  }

  /** A differential drive in rooms of all types. */
  public RobotRooms() {
    this(Robot.DIFFERENTIAL);
  }

  /** A robot in rooms of all types. */
  public RobotRooms(Robot robot) {
    this(
        Given.given("RobotRooms", "a robot", robot),
        0,
        0,
        0,
        0,
        STANDS,
        0,
        0.01,
        0,
        DEFAULT_SEED,
        256,
        Part.FAMILY,
        Integer.MAX_VALUE);
  }

  /** The name, with robot and part where they are not the usual ones. */
  @Override
  public String name() {
    return "RobotRooms"
        + (robot == Robot.DIFFERENTIAL ? "" : "-" + robot.word())
        + (part == Part.FAMILY ? "" : "/" + part.word() + "-" + contexts);
  }

  /** The other robots. */
  @Override
  public List<Env> variants() {
    return List.of(
        new RobotRooms(Robot.QUADRUPED), new RobotRooms(Robot.HUMANOID), new RobotRooms(Robot.CAR));
  }

  @Override
  public Space observations() {
    return RobotSight.space(this);
  }

  @Override
  public Space actions() {
    float most = (float) Robot.GREATEST;
    return Box.within(most, most, most);
  }

  @Override
  public int stateSize() {
    return RobotState.SIZE;
  }

  @Override
  public RobotRooms split(Split split, int count) {
    Given.given(name(), "a part such as TRAIN", split);
    return narrowed(Part.valueOf(split.name()), count);
  }

  @Override
  public RobotRooms narrowed(String name, int count) {
    Given.given(name(), "the name of a part", name);
    return narrowed(
        Arrays.stream(Part.values())
            .filter(part -> part != Part.FAMILY && part.word().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        "part of RobotRooms",
                        name,
                        Arrays.stream(Part.values()).skip(1).map(Part::word).toList())),
        count);
  }

  /** The first {@code count} rooms of a part. */
  public RobotRooms narrowed(Part narrower, int count) {
    Given.given(name(), "a part", narrower);
    return new RobotRooms(
        robot,
        eachRobot,
        room,
        headingGate,
        farGoals,
        fallsAbove,
        sensorHeight,
        rewardScale,
        truth,
        familySeed,
        horizon,
        narrower,
        count);
  }

  /** The rooms for one robot, where every seed drives another one. */
  @Override
  public RobotRooms ofSeed(long seed) {
    return eachRobot == 0
        ? this
        : with("eachRobot", 0).with("robot", Math.floorMod(seed, Robot.COUNT));
  }

  /** The type of a context's room. */
  public RoomType roomType(int context) {
    return type(stream(context));
  }

  /** The number of a context's {@link RoomType}, from 1, as {@code with("room", ..)} takes it. */
  @Override
  public Map<String, Double> drawn(int context) {
    return Map.of("room", (double) roomType(context).number());
  }

  private RoomType type(RandomStream chance) {
    RoomType drawn = part.types.get(chance.nextInt(part.types.size()));
    return room == 0 ? drawn : RoomType.of(room);
  }

  private RandomStream stream(int context) {
    if (context < 0 || context >= contexts) {
      throw new RetortException(
          "%s: expected a room from 0 to %s, got %s.".formatted(name(), contexts - 1, context));
    }
    return RandomStream.of(familySeed, "RobotRooms " + part.word(), context);
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    reset(random.nextInt(contexts), state, random);
  }

  @Override
  public void reset(int context, double[] state, RandomStream random) {
    RandomStream chance = stream(context);
    Arrays.fill(state, 0, RobotState.SIZE, 0);
    type(chance).furnish(chance, state);
    state[RobotState.ROBOT] = robot.number();
    state[RobotState.GATE] = headingGate;
    Mission.draw(random, robot, farGoals, state);
    if (robot == Robot.QUADRUPED) {
      state[RobotState.SLIP] = SLIP_SHARE * (2 * random.nextDouble() - 1);
    }
    RobotState.mark(state, horizon);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    if (terminated(state)) {
      return 0;
    }
    robot.command(action, state);
    robot.move(state);
    state[RobotState.STEPS]++;
    RobotState.mark(state, horizon);
    double points = -RobotState.distance(state);
    if (Obstacles.clearance(state, robot) <= 0) {
      state[RobotState.STATUS] = RobotState.BUMPED;
      points -= 1000;
    } else if (RobotState.felt(state) > fallsAbove) {
      state[RobotState.STATUS] = RobotState.FALLEN;
      points -= 1000;
    } else if (isThere(state)) {
      state[RobotState.STATUS] = RobotState.REACHED;
      points += 2000;
    }
    return Robot.STEP * rewardScale * points;
  }

  private boolean isThere(double[] state) {
    if (RobotState.distance(state) >= ARRIVAL || RobotState.speed(state) >= RESTING) {
      return false;
    }
    double asked = Angle.wrapped(state[RobotState.GOAL + 2] - state[RobotState.HEADING]);
    return headingGate == 0
        || (Math.abs(state[RobotState.VELOCITY + 2]) < RESTING && Math.abs(asked) < HEADING_ERROR);
  }

  /** How high the sensor is, in m. */
  double height() {
    return sensorHeight == 0 ? robot.sensorHeight() : sensorHeight;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[RobotState.STATUS] != 0;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    RobotSight.write(this, state, observation);
  }

  /** Minus the length of the route, as far as it is seen. */
  @Override
  public double potential(float[] observation, int at) {
    return -Route.length(observation, at + RobotSight.ROUTE);
  }

  @Override
  public List<String> measures() {
    return List.of(SUCCESS, STEPS_TO_SUCCESS, TRAVEL_TIME, BUMP, FALL);
  }

  @Override
  public boolean isLowerBetter(String measure) {
    return Env.super.isLowerBetter(measure) || List.of(TRAVEL_TIME, BUMP, FALL).contains(measure);
  }

  @Override
  public void measure(double[] state, double[] measured) {
    boolean reached = state[RobotState.STATUS] == RobotState.REACHED;
    measured[0] = reached ? 1 : 0;
    measured[1] = Double.NaN; // counted by those who play
    measured[2] = reached ? Robot.STEP * state[RobotState.STEPS] : Double.NaN;
    measured[3] = state[RobotState.STATUS] == RobotState.BUMPED ? 1 : 0;
    measured[4] = state[RobotState.STATUS] == RobotState.FALLEN ? 1 : 0;
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(
        NAMES,
        robot.number(),
        eachRobot,
        room,
        headingGate,
        farGoals,
        fallsAbove,
        sensorHeight,
        rewardScale,
        truth,
        (double) familySeed,
        horizon);
  }

  @Override
  public RobotRooms with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public RobotRooms withParameters(double... p) {
    Parameters.requireWhole("RobotRooms", NAMES, p, 0, 1, 2, 3, 8, 9, 10);
    Parameters.between("RobotRooms", "robot", p[0], 0, Robot.values().length - 1);
    return new RobotRooms(
        Robot.of(p[0]),
        (int) p[1],
        (int) p[2],
        (int) p[3],
        p[4],
        p[5],
        p[6],
        p[7],
        (int) p[8],
        (long) p[9],
        (int) p[10],
        part,
        contexts);
  }

  @Override
  public List<Sign> legend() {
    return RobotRoomsDrawing.signs(robot);
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    new RobotRoomsDrawing(this, state, canvas, width, height).draw();
  }

  /** The name, and whatever differs from the usual world of this robot. */
  @Override
  public String toString() {
    return Parameters.text(this, new RobotRooms(robot));
  }
}
