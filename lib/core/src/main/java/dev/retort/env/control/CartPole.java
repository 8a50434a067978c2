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
 * A pole stands on a cart that is pushed left or right; the task is to keep it up.
 *
 * <p>The state is {@code (x, ẋ, θ, θ̇)}, with θ from the vertical. With force {@code F}, masses
 * {@code m_c} and {@code m_p}, {@code m = m_c + m_p} and half-length {@code l},
 *
 * <pre>
 *   u = (F + m_p l θ̇² sin θ) / m
 *   θ̈ = (g sin θ − u cos θ) / (l (4/3 − m_p cos² θ / m))
 *   ẍ = u − m_p l θ̈ cos θ / m
 * </pre>
 *
 * <p>integrated by explicit Euler steps: the positions move with the old velocities. An episode
 * begins uniformly in ±0.05, and is terminated beyond {@code trackLimit} or {@code angleLimit}. The
 * reward is 1 a step, the terminating one included, and 0 from a state that is terminated already.
 * The defaults are those of CartPole-v1 in Gymnasium 1.x, to which it conforms to 1e-14 a step.
 *
 * <p>Andrew G. Barto, Richard S. Sutton, Charles W. Anderson, "Neuronlike adaptive elements that
 * can solve difficult learning control problems", 1983.
 *
 * @param gravity {@code g} in m/s²
 * @param massCart {@code m_c} in kg
 * @param massPole {@code m_p} in kg
 * @param halfLength {@code l}, from the joint to the pole's center, in m
 * @param force {@code F}, the size of a push, in N
 * @param tau the length of a step in s
 * @param trackLimit how far the cart may go either way, in m
 * @param angleLimit how far the pole may lean either way, in rad
 * @param noise the largest disturbance of a push, uniform either way, in N
 * @param horizon the steps after which an episode is truncated
 */
public record CartPole(
    double gravity,
    double massCart,
    double massPole,
    double halfLength,
    double force,
    double tau,
    double trackLimit,
    double angleLimit,
    double noise,
    int horizon)
    implements Env {
  /** The action that pushes the cart to the left. */
  public static final int LEFT = 0;

  /** The action that pushes the cart to the right. */
  public static final int RIGHT = 1;

  private static final double START = 0.05;
  private static final List<String> NAMES =
      List.of(
          "gravity",
          "massCart",
          "massPole",
          "halfLength",
          "force",
          "tau",
          "trackLimit",
          "angleLimit",
          "noise",
          "horizon");

  /** Refuses numbers that describe no cart and no pole. */
  public CartPole {
    Parameters.notNegative("CartPole", "gravity", gravity);
    Parameters.positive("CartPole", "massCart", massCart);
    Parameters.positive("CartPole", "massPole", massPole);
    Parameters.positive("CartPole", "halfLength", halfLength);
    Parameters.positive("CartPole", "force", force);
    Parameters.positive("CartPole", "tau", tau);
    Parameters.positive("CartPole", "trackLimit", trackLimit);
    Parameters.positive("CartPole", "angleLimit", angleLimit);
    Parameters.notNegative("CartPole", "noise", noise);
    Parameters.steps("CartPole", horizon);
  }

  /** CartPole-v1 as it is known. */
  public CartPole() {
    this(9.8, 1.0, 0.1, 0.5, 10.0, 0.02, 2.4, 12 * 2 * Math.PI / 360, 0, 500);
  }

  @Override
  public Space observations() {
    float open = Float.POSITIVE_INFINITY;
    return Box.within((float) (2 * trackLimit), open, (float) (2 * angleLimit), open);
  }

  @Override
  public Space actions() {
    return new Discrete(2);
  }

  @Override
  public int stateSize() {
    return 4;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    for (int i = 0; i < 4; i++) {
      state[i] = (2 * random.nextDouble() - 1) * START;
    }
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double x = state[0];
    double speed = state[1];
    double angle = state[2];
    double spin = state[3];
    boolean over = terminated(x, angle);

    double push = Math.copySign(force, action[0] - 0.5); // without a branch: half the time
    if (noise > 0) {
      push += (2 * random.nextDouble() - 1) * noise;
    }
    double cos = SmallAngle.cos(angle);
    double sin = SmallAngle.sin(angle);
    double perMass = 1 / (massPole + massCart); // one division, out of the chain
    double poleMoment = massPole * halfLength;
    double u = (push + poleMoment * (spin * spin) * sin) * perMass;
    double spinRate =
        (gravity * sin - cos * u) / (halfLength * (4.0 / 3.0 - massPole * (cos * cos) * perMass));
    double speedRate = u - poleMoment * spinRate * cos * perMass;

    state[0] = x + tau * speed;
    state[1] = speed + tau * speedRate;
    state[2] = angle + tau * spin;
    state[3] = spin + tau * spinRate;
    return over ? 0 : 1;
  }

  @Override
  public boolean terminated(double[] state) {
    return terminated(state[0], state[2]);
  }

  @Override
  public List<String> measures() {
    return List.of(SUCCESS);
  }

  @Override
  public void measure(double[] state, double[] measured) {
    measured[0] = !terminated(state) ? 1 : 0;
  }

  private boolean terminated(double x, double angle) {
    return x < -trackLimit || x > trackLimit || angle < -angleLimit || angle > angleLimit;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = (float) state[0];
    observation[1] = (float) state[1];
    observation[2] = (float) state[2];
    observation[3] = (float) state[3];
  }

  @Override
  public OptionalDouble solvedAt() {
    return OptionalDouble.of(horizon * 0.95);
  }

  /** Gravity, pole, push and cart within 30 % of their usual values. */
  @Override
  public List<Env> variants() {
    return List.of(
        this.varying("gravity", 6.86, 12.74)
            .varying("halfLength", 0.35, 0.65)
            .varying("force", 7, 13)
            .varying("massCart", 0.7, 1.3)
            .named("varied"));
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(
        NAMES,
        gravity,
        massCart,
        massPole,
        halfLength,
        force,
        tau,
        trackLimit,
        angleLimit,
        noise,
        horizon);
  }

  @Override
  public CartPole with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public CartPole withParameters(double... p) {
    return new CartPole(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], (int) p[9]);
  }

  @Override
  public double aspect() {
    return 1.5;
  }

  @Override
  public List<Sign> legend() {
    return CartPoleDrawing.SIGNS;
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    CartPoleDrawing.draw(this, state, canvas, width, height);
  }

  /** The name, and whatever differs from CartPole-v1. */
  @Override
  public String toString() {
    return Parameters.text(this, new CartPole());
  }
}
