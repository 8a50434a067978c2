package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.loss.Softmax;
import dev.retort.space.Space;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The choice of highest value among those that another policy is likely enough to make,
 *
 * <pre>
 *   argmax { Q(s, a) : μ(a|s) ≥ threshold · max_b μ(b|s) }
 * </pre>
 *
 * <p>Values of other choices say nothing where nobody tried them. Scott Fujimoto, Edoardo Conti,
 * Mohammad Ghavamzadeh, Joelle Pineau, "Benchmarking batch deep reinforcement learning algorithms",
 * 2019, arXiv 1910.01708.
 *
 * @param values Q
 * @param behavior μ
 * @param threshold part of the likeliest choice's probability, from 0 to 1
 */
public record Constrained(Policy values, Policy behavior, double threshold) implements Composite {
  /** Value of a choice that is left out: so low that a softmax gives it no share. */
  private static final float LEFT_OUT = -1e30f;

  /** Refuses what has no values or no probabilities, and policies that see different things. */
  public Constrained {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new RetortException(
          "among: expected a threshold from 0 to 1, got %s.".formatted(threshold));
    }
    Composite.requireSameSight("among", values, behavior);
    Composite.requireAlike("among", List.of(values, behavior));
    if (!(values.distribution() instanceof ActionValues)
        || !(behavior.distribution() instanceof Categorical)
        || !behavior.actions().equals(values.actions())) {
      throw new RetortException(
          "among: expected action values and probabilities of the same choices, got '%s' with %s and '%s' with %s."
              .formatted(
                  values.name(),
                  values.distribution().kind(),
                  behavior.name(),
                  behavior.distribution().kind()));
    }
  }

  /**
   * Leaves choices out in place: their values become so low that they are neither the highest nor
   * have a share in a softmax.
   *
   * @param q action values, {@code (rows, n)}
   * @param logits of μ, {@code (rows, n)}; not changed
   * @param threshold part of the likeliest choice's probability
   */
  public static void constrain(float[] q, float[] logits, int rows, int n, double threshold) {
    double least = Math.log(threshold);
    for (int row = 0; row < rows; row++) {
      float most = logits[row * n + Softmax.argmax(logits, row * n, n)];
      for (int i = row * n; i < (row + 1) * n; i++) {
        q[i] = (double) logits[i] - most >= least ? q[i] : LEFT_OUT;
      }
    }
  }

  @Override
  public List<Policy> policies() {
    return List.of(values, behavior);
  }

  @Override
  public String name() {
    return values.name();
  }

  @Override
  public Space observations() {
    return values.observations();
  }

  @Override
  public Distribution distribution() {
    return new ActionValues(valued().actions());
  }

  private ActionValues valued() {
    return (ActionValues) values.distribution();
  }

  @Override
  public OptionalDouble discount() {
    return values.discount();
  }

  @Override
  public Provenance origin() {
    return values.origin();
  }

  @Override
  public Constrained made(Provenance from) {
    return new Constrained(values.made(from), behavior, threshold);
  }

  @Override
  public Recurrent forward(int batch) {
    int choices = distribution().size();
    return Subpolicy.joined(
        this,
        batch,
        (both, count, outputs) -> {
          float[] q = both.get(0).outputs();
          valued().combine(q, count);
          System.arraycopy(q, 0, outputs, 0, count * choices);
          constrain(outputs, both.get(1).outputs(), count, choices, threshold);
        });
  }

  @Override
  public String toString() {
    return name();
  }
}
