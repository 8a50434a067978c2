package dev.retort.env.reach;

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
 * An arm of two links reaches for a target; the tasks of the family differ in the arm's pose and in
 * the rotation of everything about the target.
 *
 * <p>The target is the origin, the shoulder stands on the unit circle, both links are 0.5 m long,
 * so that only the stretched arm gets there. A context is {@code (a₁, a₂, r)} in degrees: with
 * {@code Rot} turning counter-clockwise,
 *
 * <pre>
 *   s = (0, 1)      e = s + Rot(a₁) (0, −0.5)      h = e + Rot(a₂) (−0.5 e / |e|)
 * </pre>
 *
 * <p>for shoulder, elbow and hand, all turned by {@code Rot(r)}. With torques {@code τ} clipped to
 * ±2, steps of 0.05 s, unit masses, no gravity and angular speeds {@code w} clipped to ±4, a step
 * first turns the hand about the elbow and then elbow and hand about the shoulder:
 *
 * <pre>
 *   w_e ← w_e + 0.05 τ₁      h ← e + Rot(0.05 w_e) (h − e)
 *   w_s ← w_s + 0.05 τ₀      e ← s + Rot(0.05 w_s) (e − s)      h ← s + Rot(0.05 w_s) (h − s)
 * </pre>
 *
 * <p>Let {@code d} be the distance of the origin from the segment that the hand moved along. Below
 * 0.01 the reward is 1 and the episode is terminated; a {@code d} below the best so far, which
 * begins as {@code |h|}, is rewarded with {@code (1 − d/2) / (horizon/2)}; all else with 0.
 *
 * <p>The state is {@code (s, e, h, w_s, w_e, best, whether the target is reached)}; what is seen
 * are {@code s, e, h}, and with some {@link Sight}s two velocities. <b>From the authors' code:</b>
 * dynamics, reward, start and test rotations, and {@link Sight#ABSOLUTE_VELOCITIES}, which the
 * version with this reward shows; the paper's text says six numbers, and another version shows
 * {@link Sight#VELOCITIES}. <b>Decided here:</b> which rotations validation and the pose family's
 * test take, so that no context lies in two parts.
 *
 * <p>Max Weltevrede, Moritz A. Zanger, Matthijs T. J. Spaan, Wendelin Böhmer, "How Ensembles of
 * Distilled Policies Improve Generalisation in Reinforcement Learning", 2025, arXiv 2505.16581.
 *
 * @param sight what the agent sees
 * @param horizon the steps after which an episode is truncated, {@code T} in the reward
 * @param familySeed what random poses are derived from
 * @param rotations {@code n} for the published pose in the {@code n} rotations of the cyclic group,
 *     1 to 16; 0 for the family of all poses in all rotations
 * @param part which part of the family tasks are drawn from
 * @param contexts how many contexts there are; {@code Integer.MAX_VALUE} for all poses
 */
public record Reacher(
    Sight sight, int horizon, long familySeed, int rotations, Part part, int contexts)
    implements Env {
  static final int ELBOW = 2;
  static final int HAND = 4;
  static final int SHOULDER_SPEED = 6;
  static final int ELBOW_SPEED = 7;
  static final int BEST = 8;
  static final int REACHED = 9;
  static final double LINK = 0.5;

  private static final double TAU = 0.05;
  private static final double MOST_TORQUE = 2;
  private static final double FASTEST = 4;
  private static final double NEAR = 0.01;
  private static final int PUBLISHED_HORIZON = 200;
  private static final long DEFAULT_SEED = 2505_16581;
  private static final List<String> NAMES =
      List.of("velocities", "horizon", "familySeed", "rotations");

  /** What an agent sees. */
  public enum Sight {
    /** Shoulder, elbow and hand: 6 numbers. */
    POSITIONS,
    /** The same, and the velocities of elbow and hand, each relative to its joint: 10 numbers. */
    VELOCITIES,
    /**
     * The same with {@code w_s (−e_y, e_x)} and {@code w_e (−h_y, h_x)} in their place: the
     * velocities that elbow and hand had if they turned about the target.
     */
    ABSOLUTE_VELOCITIES
  }

  /** A part of the family. */
  public enum Part {
    /** Every task there is. */
    FAMILY,
    /** Rotations of the group; among poses, each in one of the four quarter turns. */
    TRAIN,
    /** The first four training poses, each in all quarter turns: up to 16. */
    SYMMETRIC,
    /** Tasks to choose hyper-parameters on, in rotations that no other part takes. */
    VALIDATION,
    /** Tasks to report results on, in rotations that no training task takes. */
    TEST,
    /** The published pose in every whole degree, to be looked at: it holds the training tasks. */
    SWEEP
  }

  /** Refuses groups and parts that there are not. */
  public Reacher {
    Parameters.steps("Reacher", horizon);
    if (rotations < 0 || rotations > 16) {
      throw new RetortException(
          "Reacher: expected rotations from 1 to 16, or 0 for all poses, got %s."
              .formatted(rotations));
    }
    int most = ReacherContext.size(part, rotations);
    if (contexts < 1 || contexts > most || (part == Part.FAMILY && contexts != most)) {
      throw new RetortException(
          "%s: expected 1 to %s %s contexts, got %s."
              .formatted(base(rotations), most, word(part), contexts));
    }
  }

  /** All poses in all rotations, seen as positions. */
  public Reacher() {
    this(Sight.POSITIONS, PUBLISHED_HORIZON, DEFAULT_SEED, 0, Part.FAMILY, Integer.MAX_VALUE);
  }

  /** The published pose in the {@code n} rotations of the cyclic group, from 0 on. */
  public Reacher symmetry(int n) {
    return new Reacher(sight, horizon, familySeed, n, Part.FAMILY, n == 0 ? Integer.MAX_VALUE : n);
  }

  /** The same tasks seen in another way. */
  public Reacher seeing(Sight other) {
    Given.given("Reacher", "a sight", other);
    return new Reacher(other, horizon, familySeed, rotations, part, contexts);
  }

  /** The name, with group and part where they narrow the family. */
  @Override
  public String name() {
    return base(rotations) + (part == Part.FAMILY ? "" : "/" + word(part) + "-" + contexts);
  }

  private static String base(int rotations) {
    return "Reacher" + (rotations == 0 ? "" : "-C" + rotations);
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The published training groups. */
  @Override
  public List<Env> variants() {
    return List.of(symmetry(2), symmetry(4), symmetry(8), symmetry(16));
  }

  @Override
  public Space observations() {
    return ReacherSight.of(sight);
  }

  @Override
  public Space actions() {
    return Box.within((float) MOST_TORQUE, (float) MOST_TORQUE);
  }

  @Override
  public int stateSize() {
    return 10;
  }

  @Override
  public Reacher split(Split split, int count) {
    Given.given(name(), "a part such as TRAIN", split);
    return narrowed(
        switch (split) {
          case TRAIN -> Part.TRAIN;
          case VALIDATION -> Part.VALIDATION;
          case TEST -> Part.TEST;
        },
        count);
  }

  @Override
  public Reacher train(int count) {
    return narrowed(Part.TRAIN, count);
  }

  @Override
  public Reacher validation(int count) {
    return narrowed(Part.VALIDATION, count);
  }

  @Override
  public Reacher test(int count) {
    return narrowed(Part.TEST, count);
  }

  @Override
  public Reacher narrowed(String name, int count) {
    return narrowed(
        Arrays.stream(Part.values())
            .filter(part -> part != Part.FAMILY && word(part).equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        "part of " + base(rotations),
                        name,
                        Arrays.stream(Part.values()).skip(1).map(Reacher::word).toList())),
        count);
  }

  /** The first {@code count} contexts of a part. */
  public Reacher narrowed(Part narrower, int count) {
    Given.given(name(), "a part", narrower);
    return new Reacher(sight, horizon, familySeed, rotations, narrower, count);
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    reset(random.nextInt(contexts), state, random);
  }

  @Override
  public void reset(int context, double[] state, RandomStream random) {
    if (context < 0 || context >= contexts) {
      throw new RetortException(
          "%s: expected a context from 0 to %s, got %s.".formatted(name(), contexts - 1, context));
    }
    begin(ReacherContext.of(this, context), state);
  }

  /** Writes the initial state of a context. */
  void begin(ReacherContext context, double[] state) {
    state[0] = 0;
    state[1] = 1;
    state[ELBOW] = 0;
    state[ELBOW + 1] = 1 - LINK;
    double upper = Math.toRadians(context.shoulderDegrees());
    turn(state, ELBOW, 0, Angle.sin(upper), Angle.cos(upper));
    double far = Math.sqrt(square(state[ELBOW]) + square(state[ELBOW + 1]));
    state[HAND] = state[ELBOW] - LINK * state[ELBOW] / far;
    state[HAND + 1] = state[ELBOW + 1] - LINK * state[ELBOW + 1] / far;
    double lower = Math.toRadians(context.elbowDegrees());
    turn(state, HAND, ELBOW, Angle.sin(lower), Angle.cos(lower));

    double all = Math.toRadians(context.rotationDegrees());
    double sin = Angle.sin(all);
    double cos = Angle.cos(all);
    for (int point = 0; point <= HAND; point += 2) {
      double x = state[point];
      double y = state[point + 1];
      state[point] = x * cos - y * sin;
      state[point + 1] = x * sin + y * cos;
    }
    state[SHOULDER_SPEED] = 0;
    state[ELBOW_SPEED] = 0;
    state[BEST] = Math.sqrt(square(state[HAND]) + square(state[HAND + 1]));
    state[REACHED] = 0;
  }

  /** Turns a point of the state about another one, counter-clockwise. */
  private static void turn(double[] state, int point, int about, double sin, double cos) {
    double x = state[point] - state[about];
    double y = state[point + 1] - state[about + 1];
    state[point] = state[about] + x * cos - y * sin;
    state[point + 1] = state[about + 1] + x * sin + y * cos;
  }

  private static double square(double x) {
    return x * x;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double shoulder = Parameters.clipped("Reacher", action, 0, MOST_TORQUE);
    double elbow = Parameters.clipped("Reacher", action, 1, MOST_TORQUE);
    if (terminated(state)) {
      return 0;
    }
    double fromX = state[HAND];
    double fromY = state[HAND + 1];
    double elbowTurn = faster(state, ELBOW_SPEED, elbow);
    turn(state, HAND, ELBOW, Angle.sin(elbowTurn), Angle.cos(elbowTurn));
    double shoulderTurn = faster(state, SHOULDER_SPEED, shoulder);
    double sin = Angle.sin(shoulderTurn);
    double cos = Angle.cos(shoulderTurn);
    turn(state, ELBOW, 0, sin, cos);
    turn(state, HAND, 0, sin, cos);

    double distance = distance(fromX, fromY, state[HAND], state[HAND + 1]);
    if (distance < NEAR) {
      state[REACHED] = 1;
      return 1;
    }
    if (distance < state[BEST]) {
      state[BEST] = distance;
      return (1 - distance / 2) / (horizon / 2.0);
    }
    return 0;
  }

  /** Speeds a joint up; how far it turns in this step, in rad. */
  private static double faster(double[] state, int joint, double torque) {
    double speed = Math.max(-FASTEST, Math.min(FASTEST, state[joint] + TAU * torque));
    state[joint] = speed;
    return TAU * speed;
  }

  /** How far the origin is from the segment between two points. */
  static double distance(double ax, double ay, double bx, double by) {
    double x = bx - ax;
    double y = by - ay;
    double length = x * x + y * y;
    double along = length == 0 ? 0 : Math.max(0, Math.min(1, -(ax * x + ay * y) / length));
    return Math.sqrt(square(ax + along * x) + square(ay + along * y));
  }

  @Override
  public boolean terminated(double[] state) {
    return state[REACHED] != 0;
  }

  @Override
  public List<String> measures() {
    return List.of(SUCCESS, STEPS_TO_SUCCESS);
  }

  @Override
  public void measure(double[] state, double[] measured) {
    measured[0] = terminated(state) ? 1 : 0;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    ReacherSight.observe(sight, state, observation);
  }

  @Override
  public Map<String, Double> parameters() {
    double velocities = List.of(Sight.values()).indexOf(sight);
    return Parameters.named(NAMES, velocities, horizon, (double) familySeed, rotations);
  }

  @Override
  public Reacher with(String parameter, double value) {
    if (!parameters().containsKey(parameter)) {
      throw new UnknownNameException("parameter of Reacher", parameter, NAMES);
    }
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw new RetortException(
          "Reacher: expected %s to be a whole number, got %s.".formatted(parameter, value));
    }
    return switch (parameter) {
      case "velocities" -> {
        Parameters.between("Reacher", parameter, value, 0, Sight.values().length - 1);
        yield seeing(Sight.values()[(int) value]);
      }
      case "horizon" -> new Reacher(sight, (int) value, familySeed, rotations, part, contexts);
      case "familySeed" -> new Reacher(sight, horizon, (long) value, rotations, part, contexts);
      default -> value == rotations ? this : symmetry((int) value);
    };
  }

  @Override
  public List<Sign> legend() {
    return ReacherDrawing.SIGNS;
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    ReacherDrawing.draw(state, canvas, width, height);
  }

  /** The name, and whatever else differs from the published family. */
  @Override
  public String toString() {
    String changes =
        (sight == Sight.POSITIONS ? "" : ", " + word(sight))
            + (horizon == PUBLISHED_HORIZON ? "" : ", horizon " + horizon)
            + (familySeed == DEFAULT_SEED ? "" : ", seed " + familySeed);
    return changes.isEmpty() ? name() : name() + "(" + changes.substring(2) + ")";
  }
}
