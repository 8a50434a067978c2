package dev.retort.film;

import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.env.geomagnetic.Geomagnetism;
import dev.retort.figure.Ground;
import dev.retort.figure.Raster;
import dev.retort.figure.Trace;
import dev.retort.figure.Tracks;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Maps of the field, drawn from the World Magnetic Model, and the ways of travelers over them.
 *
 * <p>Colors are horizontal intensity, from pale yellow, weak, to blue, strong; dark lines are
 * declination every 10°, that of 0°, where a compass shows true north, the darkest; white lines are
 * inclination every 20°. Longitude is to scale at the equator.
 */
public final class WorldMap {
  private static final Geomagnetism.Snapshot FIELD = Geomagnetism.wmm2025().on(2025.0);
  private static final int[] WEAK = {0xFD, 0xF6, 0xDC};
  private static final int[] MIDDLE = {0xA9, 0xD4, 0xC9};
  private static final int[] STRONG = {0x5B, 0x8D, 0xBE};
  private static final double WEAKEST = 8_000;
  private static final double STRONGEST = 42_000;
  private static final double DECLINATION = 10;
  private static final double INCLINATION = 20;
  private static final int SIDE = 20;
  private static final double MARGIN = 3;

  private WorldMap() {}

  /** The field of a part of the world, {@code pixels} to a degree. */
  public static Ground field(double south, double north, double west, double east, double pixels) {
    int width = (int) Math.round((east - west) * pixels);
    int height = (int) Math.round((north - south) * pixels);
    double[][][] b = new double[height + 1][width + 1][];
    for (int row = 0; row <= height; row++) {
      for (int column = 0; column <= width; column++) {
        b[row][column] = elements(north - (row + 0.5) / pixels, west + (column + 0.5) / pixels);
      }
    }
    int[][] colors = new int[height][width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        colors[row][column] = color(b[row][column], b[row][column + 1], b[row + 1][column]);
      }
    }
    return new Ground(west, east, south, north, Raster.of(colors));
  }

  /** H in nT, I and D in degrees. */
  private static double[] elements(double latitude, double longitude) {
    double[] b = new double[3];
    double east =
        longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
    FIELD.at(Math.max(-90, Math.min(90, latitude)), east, 0, b);
    double horizontal = Math.hypot(b[0], b[1]);
    return new double[] {
      horizontal,
      Math.toDegrees(Math.atan2(b[2], horizontal)),
      Math.toDegrees(Math.atan2(b[1], b[0]))
    };
  }

  private static int color(double[] here, double[] right, double[] below) {
    double share = Math.max(0, Math.min(1, (here[0] - WEAKEST) / (STRONGEST - WEAKEST)));
    int ground =
        share < 0.5 ? mixed(WEAK, MIDDLE, 2 * share) : mixed(MIDDLE, STRONG, 2 * share - 1);
    if (crosses(here[2], right[2], DECLINATION) || crosses(here[2], below[2], DECLINATION)) {
      boolean isZero = here[2] * right[2] <= 0 || here[2] * below[2] <= 0;
      return darker(ground, isZero ? 0.2 : 0.65);
    }
    if (crosses(here[1], right[1], INCLINATION) || crosses(here[1], below[1], INCLINATION)) {
      return mixed(parts(ground), new int[] {0xFF, 0xFF, 0xFF}, 0.7);
    }
    return ground;
  }

  private static boolean crosses(double one, double other, double step) {
    return Math.floor(one / step) != Math.floor(other / step) && Math.abs(one - other) < 90;
  }

  private static int[] parts(int color) {
    return new int[] {color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF};
  }

  private static int darker(int color, double share) {
    return mixed(new int[] {0x20, 0x2A, 0x36}, parts(color), share);
  }

  private static int mixed(int[] from, int[] to, double share) {
    int color = 0;
    for (int i = 0; i < from.length; i++) {
      color = color << 8 | (int) Math.round(from[i] + share * (to[i] - from[i]));
    }
    return color;
  }

  /** Outlines of the areas of an environment as one trace. */
  public static Trace areas(String name, Env family) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int area = 0; area < family.contexts(); area++) {
      Map<String, Double> corner = family.drawn(area);
      double inset = 0.7;
      double west = corner.get("west") + inset;
      double south = corner.get("south") + inset;
      double side = SIDE - 2 * inset;
      double[][] corners = {
        {west, south},
        {west, south + side},
        {west + side, south + side},
        {west + side, south},
        {west, south},
        {Double.NaN, Double.NaN}
      };
      for (double[] each : corners) {
        x.add(each[0]);
        y.add(each[1]);
      }
    }
    return new Trace(name, x, y);
  }

  /**
   * The world and areas in it.
   *
   * @param areas drawn by {@link #areas}
   */
  public static Tracks of(String title, Trace... areas) {
    return new Tracks(title, "longitude", "latitude", field(-60, 60, -180, 180, 2), List.of(areas));
  }

  /**
   * The way of a policy on a mission: longitude and latitude in degrees, from its start on.
   *
   * @param world where it acts, whose missions of a seed are the same for all
   * @param area which of its areas
   * @param seed names the mission
   */
  public static Trace way(String name, Policy policy, Env world, int area, long seed) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    VectorEnv envs = new VectorEnv(world, 1, copy -> RandomStream.of(seed, "mission", area));
    envs.reset(0, area);
    float[] action = new float[world.actions().size()];
    try (Actor actor = policy.actor(envs)) {
      add(envs.state(0), x, y);
      do {
        actor.greedy(envs.observations(), action);
        envs.step(action);
        add(envs.ended(0) ? envs.finalState(0) : envs.state(0), x, y);
      } while (!envs.ended(0));
    }
    return new Trace(name, x, y);
  }

  private static void add(double[] state, List<Double> x, List<Double> y) {
    double[] place = Geomagnetic.place(state);
    boolean wraps = !x.isEmpty() && Math.abs(place[1] - x.get(x.size() - 1)) > 180;
    if (wraps) {
      x.add(Double.NaN);
      y.add(Double.NaN);
    }
    x.add(place[1]);
    y.add(place[0]);
  }

  /** The goal of a mission as a small ring. */
  public static Trace goal(Env world, int area, long seed) {
    VectorEnv envs = new VectorEnv(world, 1, copy -> RandomStream.of(seed, "mission", area));
    envs.reset(0, area);
    double[] goal = Geomagnetic.goal(envs.state(0));
    double radius = 60 / 111.2;
    double[] angles = IntStream.rangeClosed(0, 24).mapToDouble(i -> i * Math.PI / 12).toArray();
    double across = radius / Math.cos(Math.toRadians(goal[0]));
    return Trace.of(
        "goal",
        Arrays.stream(angles).map(a -> goal[1] + across * Math.cos(a)).toArray(),
        Arrays.stream(angles).map(a -> goal[0] + radius * Math.sin(a)).toArray());
  }

  /** Ways of one mission over the field of its area. */
  public static Tracks mission(String title, Env world, int area, Trace... ways) {
    Map<String, Double> corner = world.drawn(area);
    double south = corner.get("south") - MARGIN;
    double west = corner.get("west") - MARGIN;
    double side = SIDE + 2 * MARGIN;
    return new Tracks(
        title,
        "longitude",
        "latitude",
        field(south, south + side, west, west + side, 24),
        List.of(ways));
  }
}
