package dev.retort.env.control;

import dev.retort.env.Env;
import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;

/**
 * A rod turns about its end, driven by a torque too weak to lift it; the task is to swing it up and
 * to keep it there with little effort.
 *
 * <p>The state is {@code (θ, θ̇)}, with θ from upright, counted on beyond ±π. With torque {@code
 * u}, mass {@code m} and length {@code l},
 *
 * <pre>
 *   θ̈ = 3 g / (2 l) sin θ + 3 u / (m l²)
 *   r = −(wrap(θ)² + 0.1 θ̇² + 0.001 u²)
 * </pre>
 *
 * <p>integrated by semi-implicit Euler steps: the angle moves with the new speed, which is clipped
 * to ±{@code maxSpeed}. The reward is that of the old state and of the clipped torque. An episode
 * begins uniformly in ±π and ±1 and is never terminated. The agent sees {@code (cos θ, sin θ, θ̇)}.
 * The defaults are those of Pendulum-v1 in Gymnasium 1.x, to which it conforms to 1e-14 a step.
 *
 * <p>Katsuhisa Furuta, Masaki Yamakita, Seiji Kobayashi, "Swing-up control of inverted pendulum
 * using pseudo-state feedback", 1992, posed the swing-up; the numbers are Gymnasium's.
 *
 * @param gravity {@code g} in m/s²
 * @param mass {@code m} in kg
 * @param length {@code l} in m
 * @param maxTorque the largest torque either way, in N m
 * @param maxSpeed the largest speed either way, in rad/s
 * @param noise the largest disturbance of the torque, uniform either way, in N m
 * @param tau the length of a step in s
 * @param horizon the steps after which an episode is truncated
 */
public record Pendulum(
    double gravity,
    double mass,
    double length,
    double maxTorque,
    double maxSpeed,
    double noise,
    double tau,
    int horizon)
    implements Env {
  private static final List<String> NAMES =
      List.of("gravity", "mass", "length", "maxTorque", "maxSpeed", "noise", "tau", "horizon");
  private static final double START_SPEED = 1;

  /** Refuses numbers that describe no rod. */
  public Pendulum {
    Parameters.notNegative("Pendulum", "gravity", gravity);
    Parameters.positive("Pendulum", "mass", mass);
    Parameters.positive("Pendulum", "length", length);
    Parameters.positive("Pendulum", "maxTorque", maxTorque);
    Parameters.between("Pendulum", "maxSpeed", maxSpeed, START_SPEED, Float.MAX_VALUE);
    Parameters.notNegative("Pendulum", "noise", noise);
    Parameters.positive("Pendulum", "tau", tau);
    Parameters.steps("Pendulum", horizon);
  }

  /** Pendulum-v1 as it is known. */
  public Pendulum() {
    this(10, 1, 1, 2, 8, 0, 0.05, 200);
  }

  @Override
  public Space observations() {
    return Box.within(1, 1, (float) maxSpeed);
  }

  @Override
  public Space actions() {
    return Box.within((float) maxTorque);
  }

  @Override
  public int stateSize() {
    return 2;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    state[0] = (2 * random.nextDouble() - 1) * Math.PI;
    state[1] = (2 * random.nextDouble() - 1) * START_SPEED;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double angle = state[0];
    double speed = state[1];
    double torque = Parameters.clipped("Pendulum", action, 0, maxTorque);
    double lean = Angle.wrapped(angle);
    double cost = lean * lean + 0.1 * (speed * speed) + 0.001 * (torque * torque);
    if (noise > 0) {
      torque += (2 * random.nextDouble() - 1) * noise;
    }
    double faster =
        speed
            + (3 * gravity / (2 * length) * Angle.sin(angle)
                    + 3.0 / (mass * (length * length)) * torque)
                * tau;
    state[1] = Math.max(-maxSpeed, Math.min(maxSpeed, faster));
    state[0] = angle + state[1] * tau;
    return -cost;
  }

  @Override
  public boolean terminated(double[] state) {
    return false;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = (float) Angle.cos(state[0]);
    observation[1] = (float) Angle.sin(state[0]);
    observation[2] = (float) state[1];
  }

  /** Gravity, mass and length within 30 % of their usual values. */
  @Override
  public List<Env> variants() {
    return List.of(
        this.varying("gravity", 7, 13)
            .varying("mass", 0.7, 1.3)
            .varying("length", 0.7, 1.3)
            .named("varied"));
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(NAMES, gravity, mass, length, maxTorque, maxSpeed, noise, tau, horizon);
  }

  @Override
  public Pendulum with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public Pendulum withParameters(double... p) {
    return new Pendulum(p[0], p[1], p[2], p[3], p[4], p[5], p[6], (int) p[7]);
  }

  @Override
  public List<Sign> legend() {
    return PendulumDrawing.SIGNS;
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    PendulumDrawing.draw(this, state, canvas, width, height);
  }

  /** The name, and whatever differs from Pendulum-v1. */
  @Override
  public String toString() {
    return Parameters.text(this, new Pendulum());
  }
}
