package dev.retort.env.control;

import dev.retort.env.Env;
import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A car in a valley is too weak to climb out of it; the task is to rock back and forth until it
 * reaches the flag on the right hill.
 *
 * <p>The state is {@code (x, v)}. With {@code a} one of −1, 0, 1,
 *
 * <pre>
 *   v ← clip(v + a force − gravity cos 3x, ±maxSpeed)      x ← clip(x + v, −1.2, 0.6)
 * </pre>
 *
 * <p>and a car that moves into the left wall stands. An episode begins at rest, uniformly in −0.6
 * to −0.4, and is terminated at {@code goal} with at least {@code goalSpeed}. The reward is −1 a
 * step. The defaults are those of MountainCar-v0 in Gymnasium 1.x, to which it conforms to 1e-14 a
 * step. Positions are the publication's numbers without a unit; time is counted in steps.
 *
 * <p>Andrew W. Moore, "Efficient memory-based learning for robot control", 1990 (PhD thesis,
 * Cambridge); the numbers of Satinder P. Singh, Richard S. Sutton, "Reinforcement learning with
 * replacing eligibility traces", 1996.
 *
 * @param gravity the acceleration down the steepest slope, a step squared
 * @param force the acceleration of a push, a step squared
 * @param noise the largest disturbance of that acceleration, uniform either way
 * @param maxSpeed the largest speed either way, a step
 * @param goal where the flag stands, above −0.4
 * @param goalSpeed the least speed with which the flag counts as reached
 * @param horizon the steps after which an episode is truncated
 */
public record MountainCar(
    double gravity,
    double force,
    double noise,
    double maxSpeed,
    double goal,
    double goalSpeed,
    int horizon)
    implements Env {
  /** The action that pushes the car to the left. */
  public static final int LEFT = 0;

  /** The action that lets the car roll. */
  public static final int ROLL = 1;

  /** The action that pushes the car to the right. */
  public static final int RIGHT = 2;

  static final double LEFT_END = -1.2;
  static final double RIGHT_END = 0.6;
  static final double START_LEFT = -0.6;
  static final double START_RIGHT = -0.4;

  private static final List<String> NAMES =
      List.of("gravity", "force", "noise", "maxSpeed", "goal", "goalSpeed", "horizon");

  /** Refuses numbers that describe no valley. */
  public MountainCar {
    Parameters.notNegative("MountainCar", "gravity", gravity);
    Parameters.positive("MountainCar", "force", force);
    Parameters.notNegative("MountainCar", "noise", noise);
    Parameters.positive("MountainCar", "maxSpeed", maxSpeed);
    Parameters.between("MountainCar", "goal", goal, Math.nextUp(START_RIGHT), RIGHT_END);
    Parameters.between("MountainCar", "goalSpeed", goalSpeed, 0, maxSpeed);
    Parameters.steps("MountainCar", horizon);
  }

  /** MountainCar-v0 as it is known. */
  public MountainCar() {
    this(0.0025, 0.001, 0, 0.07, 0.5, 0, 200);
  }

  @Override
  public Space observations() {
    return Hill.space(maxSpeed);
  }

  @Override
  public Space actions() {
    return new Discrete(3);
  }

  @Override
  public int stateSize() {
    return 2;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    state[0] = START_LEFT + random.nextDouble() * (START_RIGHT - START_LEFT);
    state[1] = 0;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double push = (Parameters.choice("MountainCar", action, 3) - 1) * force;
    if (noise > 0) {
      push += (2 * random.nextDouble() - 1) * noise;
    }
    double speed = state[1] + (push + Angle.cos(3 * state[0]) * -gravity);
    speed = Math.max(-maxSpeed, Math.min(maxSpeed, speed));
    double x = Math.max(LEFT_END, Math.min(RIGHT_END, state[0] + speed));
    state[0] = x;
    state[1] = x == LEFT_END && speed < 0 ? 0 : speed;
    return -1;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[0] >= goal && state[1] >= goalSpeed;
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
    observation[0] = (float) state[0];
    observation[1] = (float) state[1];
  }

  @Override
  public OptionalDouble solvedAt() {
    return OptionalDouble.of(-110);
  }

  /** Pushes and slopes of other strengths: what is drawn for the transfer of values. */
  @Override
  public List<Env> variants() {
    return List.of(
        this.varying("force", 0.0009, 0.0014).varying("gravity", 0.0022, 0.0028).named("varied"));
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(NAMES, gravity, force, noise, maxSpeed, goal, goalSpeed, horizon);
  }

  @Override
  public MountainCar with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public MountainCar withParameters(double... p) {
    return new MountainCar(p[0], p[1], p[2], p[3], p[4], p[5], (int) p[6]);
  }

  @Override
  public double aspect() {
    return Hill.ASPECT;
  }

  @Override
  public List<Sign> legend() {
    return Hill.SIGNS;
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    Hill.draw(state, goal, canvas, width, height);
  }

  /** The name, and whatever differs from MountainCar-v0. */
  @Override
  public String toString() {
    return Parameters.text(this, new MountainCar());
  }
}
