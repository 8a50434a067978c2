package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.Point;
import dev.retort.space.Box;
import dev.retort.space.Space;
import java.util.List;

/**
 * What a policy prefers plus what another one adds to it, within the bounds of the first one's
 * actions. Where the addition is normally distributed, so is the sum; otherwise it is one action.
 *
 * <p>Tom Silver, Kelsey Allen, Josh Tenenbaum, Leslie Kaelbling, "Residual policy learning", 2018,
 * arXiv 1812.06298.
 *
 * @param base whose preferred action is added to
 * @param addition what is added, in the same units
 */
public record Residual(Policy base, Policy addition) implements Composite {
  /** Refuses actions that cannot be added, and policies that see different things. */
  public Residual {
    Composite.requireSameSight("plus", base, addition);
    if (!(base.actions() instanceof Box box)
        || !(addition.actions() instanceof Box more)
        || !box.shape().equals(more.shape())) {
      throw new RetortException(
          "plus: expected policies whose actions are as many numbers, got '%s' with %s and '%s' with %s."
              .formatted(
                  base.name(),
                  base.actions().summary(),
                  addition.name(),
                  addition.actions().summary()));
    }
    for (Policy policy : List.of(base, addition)) {
      if (policy.isAlwaysDrawn()) {
        throw new RetortException(
            "plus: expected policies that prefer an action, got '%s', which draws all of its."
                .formatted(policy.name()));
      }
    }
  }

  @Override
  public List<Policy> policies() {
    return List.of(base, addition);
  }

  @Override
  public String name() {
    return "%s plus %s".formatted(base.name(), addition.name());
  }

  @Override
  public Space observations() {
    return base.observations();
  }

  @Override
  public Distribution distribution() {
    Box box = (Box) base.actions();
    return addition.distribution() instanceof Normal normal
        ? new Normal(box, normal.isFree())
        : new Point(box);
  }

  @Override
  public Recurrent forward(int batch) {
    List<Subpolicy> both = Subpolicy.of(this, batch);
    Distribution first = base.distribution();
    Distribution second = addition.distribution();
    Box box = (Box) base.actions();
    int n = box.size();
    int size = distribution().size();
    float[] preferred = new float[n];
    float[] added = new float[size];
    return new Recurrent() {
      @Override
      public void apply(float[] observations, float[] memory, int count, float[] outputs) {
        both.forEach(each -> each.apply(observations, memory, count, row -> true));
        for (int row = 0; row < count; row++) {
          first.mode(both.get(0).outputs(), row * first.size(), preferred, 0);
          if (second instanceof Normal) {
            System.arraycopy(both.get(1).outputs(), row * size, added, 0, size);
          } else {
            second.mode(both.get(1).outputs(), row * second.size(), added, 0);
          }
          for (int i = 0; i < n; i++) {
            added[i] += preferred[i];
            if (!(second instanceof Normal)) {
              added[i] = Math.min(box.high().get(i), Math.max(box.low().get(i), added[i]));
            }
          }
          System.arraycopy(added, 0, outputs, row * size, size);
        }
      }

      @Override
      public void close() {
        Subpolicy.close(both);
      }
    };
  }

  @Override
  public String toString() {
    return name();
  }
}
