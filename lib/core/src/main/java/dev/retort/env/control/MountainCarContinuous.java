package dev.retort.env.control;

import static dev.retort.env.control.MountainCar.LEFT_END;
import static dev.retort.env.control.MountainCar.RIGHT_END;
import static dev.retort.env.control.MountainCar.START_LEFT;
import static dev.retort.env.control.MountainCar.START_RIGHT;

import dev.retort.env.Env;
import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The car in the valley with a throttle: 100 for reaching the flag, less the effort.
 *
 * <p>The state is {@code (x, v)}. With action {@code a},
 *
 * <pre>
 *   v ← clip(v + clip(a, ±1) power − gravity cos 3x, ±maxSpeed)      x ← clip(x + v, −1.2, 0.6)
 *   r = 100 [reached] − 0.1 a²
 * </pre>
 *
 * <p>where the effort is that of the action as it was asked for, beyond ±1 too. An episode begins
 * at rest, uniformly in −0.6 to −0.4, and is terminated at {@code goal} with at least {@code
 * goalSpeed}. The defaults are those of MountainCarContinuous-v0 in Gymnasium 1.x, to which it
 * conforms bit by bit. That one keeps its state as float32 from the first step on, and computes
 * with NumPy's promotion rules: {@code 3x} is rounded to float32, and so are the sums in which a
 * clipped number takes part. A state that is exact as float32 is treated so here.
 *
 * <p>Andrew W. Moore, "Efficient memory-based learning for robot control", 1990 (PhD thesis,
 * Cambridge); the continuous reward is Olivier Sigaud's, in Gymnasium.
 *
 * @param gravity the acceleration down the steepest slope, a step squared
 * @param power the acceleration at full throttle, a step squared
 * @param noise the largest disturbance of that acceleration, uniform either way
 * @param maxSpeed the largest speed either way, a step
 * @param goal where the flag stands, above −0.4
 * @param goalSpeed the least speed with which the flag counts as reached
 * @param horizon the steps after which an episode is truncated
 */
public record MountainCarContinuous(
    double gravity,
    double power,
    double noise,
    double maxSpeed,
    double goal,
    double goalSpeed,
    int horizon)
    implements Env {
  private static final List<String> NAMES =
      List.of("gravity", "power", "noise", "maxSpeed", "goal", "goalSpeed", "horizon");
  private static final String NAME = "MountainCarContinuous";

  /** Refuses numbers that describe no valley. */
  public MountainCarContinuous {
    Parameters.notNegative(NAME, "gravity", gravity);
    Parameters.positive(NAME, "power", power);
    Parameters.notNegative(NAME, "noise", noise);
    Parameters.positive(NAME, "maxSpeed", maxSpeed);
    Parameters.between(NAME, "goal", goal, Math.nextUp(START_RIGHT), RIGHT_END);
    Parameters.between(NAME, "goalSpeed", goalSpeed, 0, maxSpeed);
    Parameters.steps(NAME, horizon);
  }

  /** MountainCarContinuous-v0 as it is known. */
  public MountainCarContinuous() {
    this(0.0025, 0.0015, 0, 0.07, 0.45, 0, 999);
  }

  @Override
  public Space observations() {
    return Hill.space(maxSpeed);
  }

  @Override
  public Space actions() {
    return Box.within(1);
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
    double throttle = Parameters.clipped(NAME, action, 0, 1);
    double push = throttle * power;
    if (noise > 0) {
      push += (2 * random.nextDouble() - 1) * noise;
    }
    double x = state[0];
    boolean narrow = x == (float) x;
    double slope = Angle.cos(narrow ? (float) (3 * x) : 3 * x);
    double change = push - gravity * slope;
    boolean clipped = throttle != action[0];
    double speed = narrow && clipped ? (float) (state[1] + (float) change) : state[1] + change;
    if (Math.abs(speed) > maxSpeed) {
      speed = Math.copySign(maxSpeed, speed);
      clipped = true;
    }
    x = narrow && clipped ? (float) (x + (float) speed) : x + speed;
    x = Math.max(LEFT_END, Math.min(RIGHT_END, x));
    state[0] = (float) x;
    state[1] = x == LEFT_END && speed < 0 ? 0 : (float) speed;
    double effort = (double) action[0] * action[0] * 0.1;
    return (terminated(state) ? 100 : 0) - effort;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[0] >= (float) goal && state[1] >= goalSpeed;
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
    return OptionalDouble.of(90);
  }

  /** Throttles and slopes of other strengths. */
  @Override
  public List<Env> variants() {
    return List.of(
        this.varying("power", 0.0013, 0.0018).varying("gravity", 0.0022, 0.0028).named("varied"));
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(NAMES, gravity, power, noise, maxSpeed, goal, goalSpeed, horizon);
  }

  @Override
  public MountainCarContinuous with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public MountainCarContinuous withParameters(double... p) {
    return new MountainCarContinuous(p[0], p[1], p[2], p[3], p[4], p[5], (int) p[6]);
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

  /** The name, and whatever differs from MountainCarContinuous-v0. */
  @Override
  public String toString() {
    return Parameters.text(this, new MountainCarContinuous());
  }
}
