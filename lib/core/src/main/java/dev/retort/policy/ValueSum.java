package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Distribution;
import dev.retort.space.Space;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The choice of the highest sum of two policies' action values,
 *
 * <pre>
 * Q(s, a) = base(s, a) + scale · addition(s, a)
 * </pre>
 *
 * <p>What {@link Residual} is for continuous actions.
 *
 * @param base whose action values are added to
 * @param addition what is added, in the same units
 * @param scale what it is multiplied with, above 0
 */
record ValueSum(Policy base, Policy addition, double scale) implements Composite {
  /** Refuses what has no action values, and policies that see different things. */
  ValueSum {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new RetortException("plus: expected a scale above 0, got %s.".formatted(scale));
    }
    Composite.requireSameSight("plus", base, addition);
    if (!(addition.distribution() instanceof ActionValues)
        || !addition.actions().equals(base.actions())) {
      throw new RetortException(
          "plus: expected action values of %s, as '%s' has, got '%s', a %s over %s."
              .formatted(
                  base.actions().summary(),
                  base.name(),
                  addition.name(),
                  addition.distribution().kind(),
                  addition.actions().summary()));
    }
  }

  @Override
  public List<Policy> policies() {
    return List.of(base, addition);
  }

  @Override
  public String name() {
    String factor = scale == 1 ? "" : scale + " × ";
    return "%s plus %s%s".formatted(base.name(), factor, addition.name());
  }

  @Override
  public Space observations() {
    return base.observations();
  }

  @Override
  public Distribution distribution() {
    return new ActionValues(values(base).actions());
  }

  /** That of the base, where what is added has the same or says none. */
  @Override
  public OptionalDouble discount() {
    boolean differs =
        addition.discount().isPresent() && !addition.discount().equals(base.discount());
    return differs ? OptionalDouble.empty() : base.discount();
  }

  /** At home where both are; it came about as what is added did. */
  @Override
  public Provenance origin() {
    return Composite.super.origin().with(addition.origin().traits());
  }

  @Override
  public ValueSum made(Provenance from) {
    return new ValueSum(base, addition.made(from), scale);
  }

  private static ActionValues values(Policy policy) {
    return (ActionValues) policy.distribution();
  }

  @Override
  public Recurrent forward(int batch) {
    int choices = distribution().size();
    return Subpolicy.joined(
        this,
        batch,
        (both, count, outputs) -> {
          float[] first = both.get(0).outputs();
          float[] second = both.get(1).outputs();
          values(base).combine(first, count);
          values(addition).combine(second, count);
          for (int i = 0; i < count * choices; i++) {
            outputs[i] = (float) (first[i] + scale * second[i]);
          }
        });
  }

  @Override
  public String toString() {
    return name();
  }
}
