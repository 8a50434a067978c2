package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.List;

/**
 * An ensemble of policies of any kind, {@link Ensemble#of}. What they say is averaged as that of an
 * {@link Ensemble}; a policy that gives one choice gives it all of its probability, so that rules
 * vote.
 *
 * @param name for tables
 * @param policies the members, at least one
 */
record Averaged(String name, List<Policy> policies) implements Composite {
  /** Refuses policies that see or do different things. */
  Averaged {
    policies = List.copyOf(policies);
    Composite.requireAlike("ensemble", policies);
    Policy first = policies.get(0);
    for (Policy policy : policies) {
      Ensemble.requireSameSpaces(first, policy);
    }
    if (first.actions() instanceof Group) {
      throw new RetortException(
          "ensemble: expected members whose actions are choices or numbers, got %s."
              .formatted(first.actions().summary()));
    }
  }

  private Averaging averaging() {
    return new Averaging(policies.stream().map(Policy::distribution).toList());
  }

  @Override
  public Space observations() {
    return policies.get(0).observations();
  }

  @Override
  public Distribution distribution() {
    return averaging().distribution();
  }

  @Override
  public Recurrent forward(int batch) {
    List<Subpolicy> all = Subpolicy.of(this, batch);
    List<Distribution> each = policies.stream().map(Policy::distribution).toList();
    Averaging averaging = averaging();
    return new Recurrent() {
      @Override
      public void apply(float[] observations, float[] memory, int count, float[] outputs) {
        double[] sums = new double[count * averaging.distribution().size()];
        for (int member = 0; member < all.size(); member++) {
          Subpolicy own = all.get(member);
          own.apply(observations, memory, count, row -> true);
          averaging.add(each.get(member), own.outputs(), 0, count, sums);
        }
        averaging.divide(sums, all.size(), outputs);
      }

      @Override
      public void close() {
        Subpolicy.close(all);
      }
    };
  }

  @Override
  public String toString() {
    String members = String.join(", ", policies.stream().map(Policy::name).toList());
    return "%s: %s members, %s%s".formatted(name, policies.size(), members, Fit.home(this));
  }
}
