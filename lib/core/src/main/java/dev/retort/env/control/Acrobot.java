package dev.retort.env.control;

import dev.retort.env.Env;
import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Two links hang from a bar, and only the joint between them is driven; the task is to swing the
 * free end above a line.
 *
 * <p>The state is {@code (θ₁, θ₂, θ̇₁, θ̇₂)}, with θ₁ from hanging and θ₂ relative to the first
 * link. With torque {@code τ}, masses {@code m}, length {@code l₁}, centers of mass {@code c} and
 * inertia {@code I}, the equations of the book are
 *
 * <pre>
 *   d₁ = m₁ c₁² + m₂ (l₁² + c₂² + 2 l₁ c₂ cos θ₂) + 2 I      d₂ = m₂ (c₂² + l₁ c₂ cos θ₂) + I
 *   φ₂ = m₂ c₂ g cos(θ₁ + θ₂ − π/2)
 *   φ₁ = −m₂ l₁ c₂ θ̇₂ (θ̇₂ + 2 θ̇₁) sin θ₂ + (m₁ c₁ + m₂ l₁) g cos(θ₁ − π/2) + φ₂
 *   θ̈₂ = (τ + d₂ φ₁ / d₁ − m₂ l₁ c₂ θ̇₁² sin θ₂ − φ₂) / (m₂ c₂² + I − d₂² / d₁)
 *   θ̈₁ = −(d₂ θ̈₂ + φ₁) / d₁
 * </pre>
 *
 * <p>integrated by one Runge-Kutta step of fourth order; then the angles are wrapped to ±π and the
 * speeds clipped to ±4π and ±9π. An episode begins uniformly in ±0.1, and is terminated when {@code
 * −l₁ cos θ₁ − l₂ cos(θ₁ + θ₂) > height}. The reward is −1 a step and 0 for the terminating one.
 * The defaults are those of Acrobot-v1 in Gymnasium 1.x, to which it conforms to 1e-14 a step.
 *
 * <p>Richard S. Sutton, "Generalization in reinforcement learning: successful examples using sparse
 * coarse coding", 1996 (NIPS); the equations as corrected in Richard S. Sutton, Andrew G. Barto,
 * "Reinforcement learning: an introduction", 2018.
 *
 * @param gravity {@code g} in m/s²
 * @param mass1 {@code m₁}, of the upper link, in kg
 * @param mass2 {@code m₂}, of the lower link, in kg
 * @param length1 {@code l₁} in m
 * @param length2 {@code l₂} in m, which only says how high the free end is
 * @param center1 {@code c₁}, from the upper link's joint to its center of mass, in m
 * @param center2 {@code c₂}, from the lower link's joint to its center of mass, in m
 * @param inertia {@code I}, of each link about its center of mass, in kg m²
 * @param torque the size of a push, in N m
 * @param noise the largest disturbance of the torque, uniform either way, in N m
 * @param tau the length of a step in s
 * @param height how high above the bar the line is, in m
 * @param horizon the steps after which an episode is truncated
 */
public record Acrobot(
    double gravity,
    double mass1,
    double mass2,
    double length1,
    double length2,
    double center1,
    double center2,
    double inertia,
    double torque,
    double noise,
    double tau,
    double height,
    int horizon)
    implements Env {
  private static final List<String> NAMES =
      List.of(
          "gravity", "mass1", "mass2", "length1", "length2", "centre1", "centre2", "inertia",
          "torque", "noise", "tau", "height", "horizon");
  private static final double FASTEST_1 = 4 * Math.PI;
  private static final double FASTEST_2 = 9 * Math.PI;
  private static final double START = 0.1;
  private static final double MANY_TURNS = 1e3;

  /** Refuses numbers that describe no links. */
  public Acrobot {
    Parameters.notNegative("Acrobot", "gravity", gravity);
    Parameters.positive("Acrobot", "mass1", mass1);
    Parameters.positive("Acrobot", "mass2", mass2);
    Parameters.positive("Acrobot", "length1", length1);
    Parameters.positive("Acrobot", "length2", length2);
    Parameters.positive("Acrobot", "centre1", center1);
    Parameters.positive("Acrobot", "centre2", center2);
    Parameters.positive("Acrobot", "inertia", inertia);
    Parameters.positive("Acrobot", "torque", torque);
    Parameters.notNegative("Acrobot", "noise", noise);
    Parameters.positive("Acrobot", "tau", tau);
    Parameters.between("Acrobot", "height", height, 0, length1 + length2);
    Parameters.steps("Acrobot", horizon);
  }

  /** Acrobot-v1 as it is known. */
  public Acrobot() {
    this(9.8, 1, 1, 1, 1, 0.5, 0.5, 1, 1, 0, 0.2, 1, 500);
  }

  @Override
  public Space observations() {
    return Box.within(1, 1, 1, 1, (float) FASTEST_1, (float) FASTEST_2);
  }

  @Override
  public Space actions() {
    return new Discrete(3);
  }

  @Override
  public int stateSize() {
    return 4;
  }

  /** Begins with numbers that are exact as floats, as Gymnasium does. */
  @Override
  public void reset(double[] state, RandomStream random) {
    for (int i = 0; i < 4; i++) {
      state[i] = (float) ((2 * random.nextDouble() - 1) * START);
    }
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double push = (Parameters.choice("Acrobot", action, 3) - 1) * torque;
    if (noise > 0) {
      push += (2 * random.nextDouble() - 1) * noise;
    }
    rungeKutta(state, push);
    state[0] = wrapped(state[0]);
    state[1] = wrapped(state[1]);
    state[2] = Math.max(-FASTEST_1, Math.min(FASTEST_1, state[2]));
    state[3] = Math.max(-FASTEST_2, Math.min(FASTEST_2, state[3]));
    return terminated(state) ? 0 : -1;
  }

  /** Moves the state on by {@code tau} under a constant torque. */
  private void rungeKutta(double[] state, double push) {
    double[] k1 = new double[4];
    double[] k2 = new double[4];
    double[] k3 = new double[4];
    double[] k4 = new double[4];
    double half = tau / 2.0;
    rates(state, k1, 0, push, k1);
    rates(state, k1, half, push, k2);
    rates(state, k2, half, push, k3);
    rates(state, k3, tau, push, k4);
    for (int i = 0; i < 4; i++) {
      state[i] += tau / 6.0 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    }
  }

  /**
   * The time derivative at {@code state + ahead * slope}.
   *
   * @param rates receives it, {@code (4)}
   */
  private void rates(double[] state, double[] slope, double ahead, double push, double[] rates) {
    double angle1 = state[0] + ahead * slope[0];
    double angle2 = state[1] + ahead * slope[1];
    double spin1 = state[2] + ahead * slope[2];
    double spin2 = state[3] + ahead * slope[3];
    double cos2 = Angle.cos(angle2);
    double sin2 = Angle.sin(angle2);
    double d1 =
        mass1 * (center1 * center1)
            + mass2 * (length1 * length1 + center2 * center2 + 2 * length1 * center2 * cos2)
            + inertia
            + inertia;
    double d2 = mass2 * (center2 * center2 + length1 * center2 * cos2) + inertia;
    double coupling = mass2 * length1 * center2;
    double phi2 = mass2 * center2 * gravity * Angle.cos(angle1 + angle2 - Math.PI / 2);
    double phi1 =
        -coupling * (spin2 * spin2) * sin2
            - 2 * coupling * spin2 * spin1 * sin2
            + (mass1 * center1 + mass2 * length1) * gravity * Angle.cos(angle1 - Math.PI / 2)
            + phi2;
    double ratio = d2 / d1;
    double acceleration2 =
        (push + ratio * phi1 - coupling * (spin1 * spin1) * sin2 - phi2)
            / (mass2 * (center2 * center2) + inertia - d2 * d2 / d1);
    rates[0] = spin1;
    rates[1] = spin2;
    rates[2] = -(d2 * acceleration2 + phi1) / d1;
    rates[3] = acceleration2;
  }

  private static double wrapped(double angle) {
    double turn = 2 * Math.PI;
    double x = Math.abs(angle) > MANY_TURNS ? Math.IEEEremainder(angle, turn) : angle;
    while (x > Math.PI) {
      x -= turn;
    }
    while (x < -Math.PI) {
      x += turn;
    }
    return x;
  }

  @Override
  public boolean terminated(double[] state) {
    return -length1 * Angle.cos(state[0]) - length2 * Angle.cos(state[1] + state[0]) > height;
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
    observation[0] = (float) Angle.cos(state[0]);
    observation[1] = (float) Angle.sin(state[0]);
    observation[2] = (float) Angle.cos(state[1]);
    observation[3] = (float) Angle.sin(state[1]);
    observation[4] = (float) state[2];
    observation[5] = (float) state[3];
  }

  @Override
  public OptionalDouble solvedAt() {
    return OptionalDouble.of(-100);
  }

  /** Gravity and masses within 30 % of their usual values. */
  @Override
  public List<Env> variants() {
    return List.of(
        this.varying("gravity", 6.86, 12.74)
            .varying("mass1", 0.7, 1.3)
            .varying("mass2", 0.7, 1.3)
            .named("varied"));
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(
        NAMES, gravity, mass1, mass2, length1, length2, center1, center2, inertia, torque, noise,
        tau, height, horizon);
  }

  @Override
  public Acrobot with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public Acrobot withParameters(double... p) {
    return new Acrobot(
        p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10], p[11], (int) p[12]);
  }

  @Override
  public List<Sign> legend() {
    return AcrobotDrawing.SIGNS;
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    AcrobotDrawing.draw(this, state, canvas, width, height);
  }

  /** The name, and whatever differs from Acrobot-v1. */
  @Override
  public String toString() {
    return Parameters.text(this, new Acrobot());
  }
}
