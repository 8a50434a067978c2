package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Density;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.Product;
import dev.retort.distribution.SquashedNormal;
import dev.retort.space.Space;
import java.util.List;

/**
 * A policy at a temperature, {@code π_T(a|s) ∝ π(a|s)^(1/T)}: above 1 it draws more widely, below 1
 * nearer to what it prefers, which stays the same.
 *
 * <p>Logits are divided by {@code T}, and so are action values, which become the logits of a
 * softmax; the deviation of a normal distribution is multiplied by {@code √T}, of a squashed one
 * before it is squashed.
 *
 * @param policy whose actions are drawn
 * @param temperature {@code T > 0}
 */
public record Tempered(Policy policy, double temperature) implements Composite {
  /** Refuses what is no temperature, and policies without a distribution to temper. */
  public Tempered {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new RetortException(
          "tempered: expected a temperature above 0, got %s.".formatted(temperature));
    }
    if (!canBeTempered(policy.distribution())) {
      throw new RetortException(
          "tempered: expected a policy with logits, action values or deviations, got '%s', a %s."
              .formatted(policy.name(), policy.distribution().kind()));
    }
  }

  private static boolean canBeTempered(Distribution each) {
    return each instanceof Categorical
        || each instanceof ActionValues
        || each instanceof Normal
        || each instanceof SquashedNormal
        || (each instanceof Product product
            && product.parts().values().stream().allMatch(Tempered::canBeTempered));
  }

  @Override
  public List<Policy> policies() {
    return List.of(policy);
  }

  @Override
  public String name() {
    return "%s at temperature %s".formatted(policy.name(), temperature);
  }

  @Override
  public Space observations() {
    return policy.observations();
  }

  @Override
  public Distribution distribution() {
    return policy.distribution() instanceof ActionValues values
        ? new Categorical(values.actions())
        : policy.distribution();
  }

  @Override
  public Recurrent forward(int batch) {
    Forward forward = policy.forward(batch);
    float[] numbers = new float[batch * policy.distribution().size()];
    return new Recurrent() {
      @Override
      public void apply(float[] observations, float[] memory, int count, float[] outputs) {
        forward.apply(observations, memory, count, numbers);
        if (policy.distribution() instanceof ActionValues values) {
          values.combine(numbers, count);
        }
        int size = distribution().size();
        System.arraycopy(numbers, 0, outputs, 0, count * size);
        for (int row = 0; row < count; row++) {
          temper(distribution(), outputs, row * size);
        }
      }

      @Override
      public void close() {
        forward.close();
      }
    };
  }

  private void temper(Distribution each, float[] z, int at) {
    if (each instanceof Product product) {
      int own = at;
      for (Density part : product.parts().values()) {
        temper(part, z, own);
        own += part.size();
      }
    } else if (each instanceof Categorical) {
      for (int i = 0; i < each.size(); i++) {
        z[at + i] = (float) (z[at + i] / temperature);
      }
    } else {
      for (int i = each.size() / 2; i < each.size(); i++) {
        z[at + i] = (float) (z[at + i] + Math.log(temperature) / 2);
      }
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
