package dev.retort.env.geomagnetic;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.env.Split;
import dev.retort.env.control.Angle;
import dev.retort.option.Given;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A traveler without map or position looks for a place of which it knows what a magnetometer shows
 * there.
 *
 * <p>The Earth from 40° south to 40° north is parted into 72 areas of 20° × 20°: these are the
 * tasks. A mission leads from a place of the area to another one at least 500 km away. An action
 * {@code (a₀, a₁)} within ±1 sets the heading, north by {@code a₀} and east by {@code a₁}, and the
 * traveler moves 50 km along the great circle that sets out there. With {@code b = (H, I, D)} the
 * reading, {@code b*} that of the goal, {@code S = (2000 nT, 5°, 5°)} and {@code ψ} the heading, it
 * sees the parts
 *
 * <pre>
 *   goal      e/|e|, log |e|             with e = (b* − b) / S
 *   field     (H − 25000)/10000, I/60, D/20
 *   move      cos ψ, sin ψ, 10 Δb/S      of the last move, zeros before the first
 *   jacobian  10 J                       with J ← J + ½ (Δb/S − J u) uᵀ,  u = (cos ψ, sin ψ)
 *   bearing   cos, sin of the true bearing of the goal, only {@code with("bearing", 1)}
 * </pre>
 *
 * <p>where {@code J}, how the reading changes with a move to north or east, is what C. G. Broyden
 * ("A class of methods for solving nonlinear simultaneous equations", 1965) would make of the moves
 * until now. Within 60 km of the goal, judged by the true position, the mission has succeeded:
 * reward 1. Farther than 3° outside of its area it has failed: reward −1. Every move costs 0.01.
 *
 * <p>The measures beside success and its steps: <em>path ratio</em>, the way over the great circle
 * from start to goal, of successes; <em>path efficiency</em>, success over the path ratio where
 * that is above 1, of all missions; <em>direct</em>, whether it succeeded within 1.5 great circles;
 * <em>heading deviation</em>, the mean angle between heading and goal in degrees; and <em>field
 * test</em>, whether the first reading with {@code |e| < fieldTest}, by which a traveler would
 * believe that it has arrived, came within 60 km of the goal. Readings repeat: many goals have a
 * twin elsewhere in their area.
 *
 * <p>Areas are put into an order by {@code familySeed}: the first 32 are for training, 4 for
 * validation, 36 for tests.
 *
 * <p><b>Reconstructed</b> after the abstract of Wenqi Bai and others, "Exploring the
 * Generalizability of Geomagnetic Navigation: A Deep Reinforcement Learning approach with Policy
 * Distillation", 2025, arXiv 2502.05069, who navigate by declination, inclination and horizontal
 * intensity: all numbers here are ours.
 *
 * @param noise standard deviation of the noise of each field component in nT; the goal's reading
 *     has none
 * @param anomaly standard deviation of the crust's field in nT
 * @param fieldTest how near a reading has to be to the goal's to be taken for it, in units of S
 * @param bearing 1 where the true bearing of the goal is seen, which makes an oracle; else 0
 * @param familySeed what decides which part an area belongs to
 * @param horizon the steps after which an episode is truncated
 * @param part which part of the areas missions are drawn from
 * @param contexts how many areas there are
 */
public record Geomagnetic(
    double noise,
    double anomaly,
    double fieldTest,
    int bearing,
    long familySeed,
    int horizon,
    Part part,
    int contexts)
    implements Env {
  /** Length of a move in km. */
  static final double MOVE = 50;

  /** How near the goal a mission has succeeded, in km. */
  static final double ARRIVAL = 60;

  static final int GOAL = 2;
  static final int START = 4;
  static final int STATUS = 25;
  static final int AREA = 26;
  static final int HEADING = 15;
  static final int MOVES = 23;
  static final double MARGIN = 3;

  private static final int SIGNATURE = 6;
  private static final int READING = 9;
  private static final int CHANGE = 12;
  private static final int JACOBIAN = 17;
  private static final int DEVIATION = 24;
  private static final int TESTED = 28;
  private static final int SIZE = 29;
  private static final double SHORTEST_MISSION = 500;
  private static final double[] SCALE = {2000, 5, 5};
  private static final double GAIN = 10;
  private static final float FARTHEST = 100;
  private static final double COST = 0.01;
  private static final double DIRECT = 1.5;
  private static final double ARRIVED = 1;
  private static final double LEFT = 2;
  private static final long DEFAULT_SEED = 2502_05069;
  private static final String PATH_RATIO = "path ratio";
  private static final String HEADING_DEVIATION = "heading deviation";
  private static final List<String> NAMES =
      List.of("noise", "anomaly", "fieldTest", "bearing", "familySeed", "horizon");

  /** A part of the areas. */
  public enum Part {
    /** All 72. */
    FAMILY(0, Area.COUNT),
    /** Areas that teachers may learn in: up to 32. */
    TRAIN(0, 32),
    /** Areas to choose hyper-parameters in: up to 4. */
    VALIDATION(32, 4),
    /** Areas to report results of: up to 36. */
    TEST(36, 36);

    private final int first;
    private final int size;

    Part(int first, int size) {
      this.first = first;
      this.size = size;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses numbers that describe no instrument, and areas that there are not. */
  public Geomagnetic {
    Parameters.notNegative("Geomagnetic", "noise", noise);
    Parameters.notNegative("Geomagnetic", "anomaly", anomaly);
    Parameters.positive("Geomagnetic", "fieldTest", fieldTest);
    Parameters.between("Geomagnetic", "bearing", bearing, 0, 1);
    Parameters.steps("Geomagnetic", horizon);
    if (contexts < 1 || contexts > part.size || (part == Part.FAMILY && contexts != part.size)) {
      throw new RetortException(
          "Geomagnetic: expected 1 to %s %s areas, got %s; the nearest is %s."
              .formatted(
                  part.size, part.word(), contexts, Math.max(1, Math.min(part.size, contexts))));
    }
  }

  /** All areas, with noise of 20 nT. */
  public Geomagnetic() {
    this(20, 0, 0.14, 0, DEFAULT_SEED, 60, Part.FAMILY, Area.COUNT);
  }

  @Override
  public String name() {
    return "Geomagnetic" + (part == Part.FAMILY ? "" : "/" + part.word() + "-" + contexts);
  }

  @Override
  public Space observations() {
    Group seen =
        Group.of(
                "goal", new Box(List.of(-1f, -1f, -1f, -20f), List.of(1f, 1f, 1f, 10f), List.of(4)))
            .and("field", Box.within(10, 1.5f, 9))
            .and("move", Box.within(1, 1, FARTHEST, FARTHEST, FARTHEST))
            .and("jacobian", Box.of(-FARTHEST, FARTHEST, 6));
    return bearing == 0 ? seen : seen.and("bearing", Box.within(1, 1));
  }

  @Override
  public Space actions() {
    return Box.within(1, 1);
  }

  @Override
  public int stateSize() {
    return SIZE;
  }

  @Override
  public Geomagnetic split(Split split, int count) {
    Given.given(name(), "a part such as TRAIN", split);
    return narrowed(Part.valueOf(split.name()), count);
  }

  /** The first {@code count} areas of a part. */
  public Geomagnetic narrowed(Part narrower, int count) {
    Given.given(name(), "a part", narrower);
    return new Geomagnetic(
        noise, anomaly, fieldTest, bearing, familySeed, horizon, narrower, count);
  }

  /** Where the traveler of a state is: latitude and longitude in degrees. */
  public static double[] place(double[] state) {
    return new double[] {state[0], state[1]};
  }

  /** Where the goal of a state lies: latitude and longitude in degrees. */
  public static double[] goal(double[] state) {
    return new double[] {state[GOAL], state[GOAL + 1]};
  }

  /** The area of a context: its sides in words, such as {@code 20°N to 40°N, 100°E to 120°E}. */
  public String area(int context) {
    return areaOf(context).toString();
  }

  private Area areaOf(int context) {
    if (context < 0 || context >= contexts) {
      throw new RetortException(
          "%s: expected an area from 0 to %s, got %s; the nearest is %s."
              .formatted(
                  name(), contexts - 1, context, Math.max(0, Math.min(contexts - 1, context))));
    }
    return Area.at(familySeed, part.first + context);
  }

  /** Where the area's south-western corner lies, in degrees. */
  @Override
  public Map<String, Double> drawn(int context) {
    Area area = areaOf(context);
    return Parameters.named(List.of("south", "west"), area.south(), area.west());
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    reset(random.nextInt(contexts), state, random);
  }

  @Override
  public void reset(int context, double[] state, RandomStream random) {
    Area area = areaOf(context);
    Arrays.fill(state, 0, SIZE, 0);
    state[AREA] = area.south();
    state[AREA + 1] = area.west();
    do {
      area.draw(random, state, START);
      area.draw(random, state, GOAL);
    } while (missionLength(state) < SHORTEST_MISSION);
    state[0] = state[START];
    state[1] = state[START + 1];
    Magnetometer.read(state, GOAL, anomaly, 0, random, state, SIGNATURE);
    Magnetometer.read(state, 0, anomaly, noise, random, state, READING);
  }

  private static Area areaIn(double[] state) {
    return new Area((int) state[AREA], (int) state[AREA + 1]);
  }

  /** The great circle from start to goal in km. */
  private static double missionLength(double[] state) {
    return Globe.distance(state[START], state[START + 1], state[GOAL], state[GOAL + 1]);
  }

  /** Where the goal lies, in degrees clockwise from north. */
  private static double bearingOfGoal(double[] state) {
    return Globe.bearing(state[0], state[1], state[GOAL], state[GOAL + 1]);
  }

  /** How far the goal is in km. */
  static double distance(double[] state) {
    return Globe.distance(state[0], state[1], state[GOAL], state[GOAL + 1]);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double north = Parameters.clipped("Geomagnetic", action, 0, 1);
    double east = Parameters.clipped("Geomagnetic", action, 1, 1);
    if (terminated(state)) {
      return 0;
    }
    double length = Math.sqrt(north * north + east * east);
    north = length == 0 ? 1 : north / length;
    east = length == 0 ? 0 : east / length;
    double heading = Math.toDegrees(StrictMath.atan2(east, north));
    state[DEVIATION] += Math.abs(Globe.wrapped(heading - bearingOfGoal(state)));
    state[HEADING] = north;
    state[HEADING + 1] = east;
    state[MOVES]++;
    Globe.move(state, 0, north, east, MOVE);
    sense(state, random);

    boolean near = distance(state) < ARRIVAL;
    if (state[TESTED] == 0 && error(state) < fieldTest) {
      state[TESTED] = near ? ARRIVED : LEFT;
    }
    if (near) {
      state[STATUS] = ARRIVED;
      return 1 - COST;
    }
    if (!areaIn(state).holds(state[0], state[1], MARGIN)) {
      state[STATUS] = LEFT;
      return -1 - COST;
    }
    return -COST;
  }

  /** Reads the instrument anew, and learns from the change how readings change with moves. */
  private void sense(double[] state, RandomStream random) {
    double[] before = {state[READING], state[READING + 1], state[READING + 2]};
    Magnetometer.read(state, 0, anomaly, noise, random, state, READING);
    double north = state[HEADING];
    double east = state[HEADING + 1];
    for (int element = 0; element < 3; element++) {
      double change = difference(state[READING + element], before[element], element);
      state[CHANGE + element] = change;
      int row = JACOBIAN + 2 * element;
      double surprise = change - state[row] * north - state[row + 1] * east;
      state[row] += 0.5 * surprise * north;
      state[row + 1] += 0.5 * surprise * east;
    }
  }

  /** A difference of readings in units of S; declinations differ by half a turn at most. */
  private static double difference(double later, double earlier, int element) {
    double change = later - earlier;
    return (element == 2 ? Globe.wrapped(change) : change) / SCALE[element];
  }

  /** How far the reading is from the goal's, in units of S. */
  private static double error(double[] state) {
    double sum = 0;
    for (int element = 0; element < 3; element++) {
      double e = difference(state[SIGNATURE + element], state[READING + element], element);
      sum += e * e;
    }
    return Math.sqrt(sum);
  }

  @Override
  public boolean terminated(double[] state) {
    return state[STATUS] != 0;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    double error = Math.max(1e-8, error(state));
    for (int element = 0; element < 3; element++) {
      double e = difference(state[SIGNATURE + element], state[READING + element], element);
      observation[element] = (float) (e / error);
      observation[9 + element] = bounded(GAIN * state[CHANGE + element]);
    }
    observation[3] = (float) StrictMath.log(error);
    observation[4] = (float) ((state[READING] - 25_000) / 10_000);
    observation[5] = (float) (state[READING + 1] / 60);
    observation[6] = (float) (state[READING + 2] / 20);
    observation[7] = (float) state[HEADING];
    observation[8] = (float) state[HEADING + 1];
    for (int i = 0; i < 6; i++) {
      observation[12 + i] = bounded(GAIN * state[JACOBIAN + i]);
    }
    if (bearing == 1) {
      double angle = Math.toRadians(bearingOfGoal(state));
      observation[18] = (float) Angle.cos(angle);
      observation[19] = (float) Angle.sin(angle);
    }
  }

  private static float bounded(double value) {
    return (float) Math.max(-FARTHEST, Math.min(FARTHEST, value));
  }

  /** {@code −|e|}: how far the reading is from the goal's, which the traveler knows itself. */
  @Override
  public double potential(float[] observation, int at) {
    return -StrictMath.exp(observation[at + 3]);
  }

  @Override
  public List<String> measures() {
    return List.of(
        SUCCESS,
        STEPS_TO_SUCCESS,
        PATH_RATIO,
        "path efficiency",
        "direct",
        HEADING_DEVIATION,
        "field test");
  }

  @Override
  public boolean isLowerBetter(String measure) {
    return Env.super.isLowerBetter(measure)
        || measure.equals(PATH_RATIO)
        || measure.equals(HEADING_DEVIATION);
  }

  @Override
  public void measure(double[] state, double[] measured) {
    boolean arrived = state[STATUS] == ARRIVED;
    double ratio = state[MOVES] * MOVE / missionLength(state);
    measured[0] = arrived ? 1 : 0;
    measured[1] = Double.NaN; // counted by those who play
    measured[2] = arrived ? ratio : Double.NaN;
    measured[3] = arrived ? 1 / Math.max(1, ratio) : 0;
    measured[4] = arrived && ratio <= DIRECT ? 1 : 0;
    measured[5] = state[MOVES] == 0 ? Double.NaN : state[DEVIATION] / state[MOVES];
    measured[6] = state[TESTED] == ARRIVED ? 1 : 0;
  }

  @Override
  public int shortestPath(double[] state) {
    return (int) Math.max(1, Math.ceil((distance(state) - ARRIVAL) / MOVE));
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(
        NAMES, noise, anomaly, fieldTest, bearing, (double) familySeed, horizon);
  }

  @Override
  public Geomagnetic with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public Geomagnetic withParameters(double... p) {
    Parameters.requireWhole("Geomagnetic", NAMES, p, 3, 4, 5);
    return new Geomagnetic(p[0], p[1], p[2], (int) p[3], (long) p[4], (int) p[5], part, contexts);
  }

  @Override
  public List<Sign> legend() {
    return GeomagneticDrawing.SIGNS;
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    GeomagneticDrawing.draw(areaIn(state), state, canvas, width, height);
  }

  /** The name, and whatever differs from the usual world. */
  @Override
  public String toString() {
    return Parameters.text(this, new Geomagnetic());
  }
}
