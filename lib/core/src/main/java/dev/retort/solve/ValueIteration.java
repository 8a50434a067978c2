package dev.retort.solve;

import dev.retort.RetortException;
import java.util.Locale;

/**
 * Value iteration: sweeps over all states until the values settle,
 *
 * <pre>
 * V(s) ← max_a Σ_s' p(s'|s,a) (r(s,a,s') + γ V(s'))        V(s) = 0 where s is terminal
 * </pre>
 *
 * <p>every sweep from the values of the one before. With the residual {@code δ = max_s |V_k+1(s) −
 * V_k(s)|} of the last sweep, no value is further than {@code γ δ / (1 − γ)} from the best that can
 * be done; sweeps end when that bound is within the tolerance. Without discounting there is no such
 * bound: sweeps then end when the residual is within the tolerance.
 *
 * <p>Richard Bellman, "Dynamic programming", 1957; the bound: Martin L. Puterman, "Markov decision
 * processes", 1994, theorem 6.3.1.
 *
 * @param discount γ, 0 to 1
 * @param tolerance how far values may be from the best ones, above 0
 * @param sweeps how many at most
 */
public record ValueIteration(double discount, double tolerance, long sweeps) {
  /** Refuses numbers that end nowhere. */
  public ValueIteration {
    if (!(discount >= 0 && discount <= 1)) {
      throw new RetortException("solve: expected a discount from 0 to 1, got " + discount + ".");
    }
    if (!(tolerance > 0)) {
      throw new RetortException("solve: expected a tolerance above 0, got " + tolerance + ".");
    }
    if (sweeps < 1) {
      throw new RetortException("solve: expected at least 1 sweep, got " + sweeps + ".");
    }
  }

  /** Solves a model. */
  public Values solve(Model model) {
    double[] values = new double[model.states()];
    double[] better = new double[model.states()];
    double residual = Double.POSITIVE_INFINITY;
    for (long sweep = 1; sweep <= sweeps; sweep++) {
      residual = sweep(model, values, better);
      double[] spent = values;
      values = better;
      better = spent;
      if ((discount < 1 ? bound(discount, residual) : residual) <= tolerance) {
        return new Values(model, discount, values, sweep, residual);
      }
    }
    throw new RetortException(
        String.format(
            Locale.ROOT,
            "solve: expected values to settle within %,d sweeps at a discount of %s, got a change of %s in the last. Discount more, or allow more sweeps or a larger tolerance.",
            sweeps,
            discount,
            residual));
  }

  private double sweep(Model model, double[] values, double[] better) {
    double residual = 0;
    for (int state = 0; state < better.length; state++) {
      double best = model.isTerminal(state) ? 0 : Double.NEGATIVE_INFINITY;
      for (int action = 0; action < model.actions() && !model.isTerminal(state); action++) {
        best = Math.max(best, model.actionValue(state, action, discount, values));
      }
      better[state] = best;
      residual = Math.max(residual, Math.abs(best - values[state]));
    }
    return residual;
  }

  /** {@code γ δ / (1 − γ)}; infinite without discounting. */
  static double bound(double discount, double residual) {
    return discount < 1 ? discount * residual / (1 - discount) : Double.POSITIVE_INFINITY;
  }
}
