package dev.retort.distribution;

import dev.retort.loss.Normals;
import dev.retort.nn.Output;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import java.util.List;

/**
 * A normal distribution seen through the hyperbolic tangent, {@code u = μ + σ ε, t = tanh(u)}, and
 * stretched from {@code −1 .. 1} to the bounds of the actions; {@code z = (μ_1 .. μ_k, log σ_1 ..
 * log σ_k)}.
 *
 * <pre>
 * log π(t) = Σ −½ ε² − log σ − ½ log 2π − log(1 − tanh² u)
 * along a drawn ε:   ∂ log π/∂μ = 2 t        ∂ log π/∂ log σ = −1 + 2 t σ ε
 *                    ∂t/∂μ = 1 − t²          ∂t/∂ log σ = (1 − t²) σ ε
 * </pre>
 *
 * <p>{@code log σ} is kept between −20 and 2, beyond which it has no derivative.
 *
 * @param actions the space of actions
 */
public record SquashedNormal(Box actions) implements Distribution {
  /** Bounds of {@code log σ}. */
  public static final double LEAST = -20;

  /** Bounds of {@code log σ}. */
  public static final double MOST = 2;

  @Override
  public List<Output> outputs() {
    return List.of(Output.of("mean", actions.size()), Output.of("log-deviation", actions.size()));
  }

  @Override
  public String kind() {
    return "squashed-normal";
  }

  @Override
  public int size() {
    return 2 * actions.size();
  }

  @Override
  public void mode(float[] z, int at, float[] action, int to) {
    for (int i = 0; i < actions.size(); i++) {
      action[to + i] = Squash.stretch(Math.tanh(z[at + i]), actions, i);
    }
  }

  @Override
  public void sample(float[] z, int at, RandomStream random, float[] action, int to) {
    for (int i = 0; i < actions.size(); i++) {
      double u = z[at + i] + Math.exp(logDeviation(z, at, i)) * random.nextGaussian();
      action[to + i] = Squash.stretch(Math.tanh(u), actions, i);
    }
  }

  /**
   * Draws an action of one row and keeps what it takes to go back along it.
   *
   * @param epsilon receives what was drawn, {@code epsilon[to .. to + k)}
   * @param t receives the action between −1 and 1, {@code t[to .. to + k)}
   * @return {@code log π(t)}
   */
  public double draw(float[] z, int at, RandomStream random, float[] epsilon, float[] t, int to) {
    double logProbability = 0;
    for (int i = 0; i < actions.size(); i++) {
      double logDeviation = logDeviation(z, at, i);
      float drawn = (float) random.nextGaussian();
      double u = z[at + i] + Math.exp(logDeviation) * drawn;
      epsilon[to + i] = drawn;
      t[to + i] = (float) Math.tanh(u);
      // log(1 − tanh² u) without a difference of nearly equal numbers.
      double logSlope = 2 * (Math.log(2) - Math.abs(u) - Math.log1p(Math.exp(-2 * Math.abs(u))));
      logProbability += Normals.logDensity(logDeviation, drawn) - logSlope;
    }
    return logProbability;
  }

  private double logDeviation(float[] z, int at, int i) {
    return Math.min(MOST, Math.max(LEAST, z[at + actions.size() + i]));
  }

  /**
   * Gradient of {@code weight · log π(t)} and of a function of the action, along what was drawn.
   *
   * @param epsilon what was drawn, {@code epsilon[from .. from + k)}
   * @param dt the function's gradient by the action, {@code dt[from .. from + k)}
   * @param dz receives the gradient by the row's numbers, {@code dz[at .. at + 2k)}
   */
  public void chain(
      float[] z, int at, float[] epsilon, float[] dt, int from, double weight, float[] dz) {
    int k = actions.size();
    for (int i = 0; i < k; i++) {
      double raw = z[at + k + i];
      double spread = Math.exp(logDeviation(z, at, i)) * epsilon[from + i];
      double t = Math.tanh(z[at + i] + spread);
      double du = weight * 2 * t + dt[from + i] * Squash.slope(t);
      dz[at + i] = (float) du;
      dz[at + k + i] = raw < LEAST || raw > MOST ? 0 : (float) (du * spread - weight);
    }
  }
}
