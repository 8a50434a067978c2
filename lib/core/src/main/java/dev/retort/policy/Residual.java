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
 * actions:
 *
 * <pre>
 * a = clip(base(s) + scale · addition(s))
 * </pre>
 *
 * <p>Where the addition is normally distributed, so is the sum; otherwise it is one action.
 *
 * <p>Tom Silver, Kelsey Allen, Josh Tenenbaum, Leslie Kaelbling, "Residual policy learning", 2018,
 * arXiv 1812.06298.
 *
 * @param base whose greedy action is added to
 * @param addition what is added, in the same units
 * @param scale what it is multiplied with, above 0
 */
public record Residual(Policy base, Policy addition, double scale) implements Composite {
  /** Refuses actions that cannot be added, and policies that see different things. */
  public Residual {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new RetortException("plus: expected a scale above 0, got %s.".formatted(scale));
    }
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
    String factor = scale == 1 ? "" : scale + " × ";
    return "%s plus %s%s".formatted(base.name(), factor, addition.name());
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

  /** At home where both are; it came about as what is added did. */
  @Override
  public Provenance origin() {
    return Composite.super.origin().with(addition.origin().traits());
  }

  @Override
  public Residual made(Provenance from) {
    return new Residual(base, addition.made(from), scale);
  }

  /** Component {@code i} of the sum, within the bounds of the actions. */
  public static float sum(Box actions, int i, float preferred, double scale, float added) {
    return actions.clipped(i, (float) (preferred + scale * added));
  }

  @Override
  public Recurrent forward(int batch) {
    Distribution first = base.distribution();
    Distribution second = addition.distribution();
    Box box = (Box) base.actions();
    int n = box.size();
    int size = distribution().size();
    float[] preferred = new float[n];
    float[] added = new float[n];
    return Subpolicy.joined(
        this,
        batch,
        (both, count, outputs) -> {
          for (int row = 0; row < count; row++) {
            first.mode(both.get(0).outputs(), row * first.size(), preferred, 0);
            float[] own = both.get(1).outputs();
            if (second instanceof Normal) {
              for (int i = 0; i < n; i++) {
                outputs[row * size + i] = (float) (preferred[i] + scale * own[row * size + i]);
                outputs[row * size + n + i] = (float) (own[row * size + n + i] + Math.log(scale));
              }
            } else {
              second.mode(own, row * second.size(), added, 0);
              for (int i = 0; i < n; i++) {
                outputs[row * size + i] = sum(box, i, preferred[i], scale, added[i]);
              }
            }
          }
        });
  }

  @Override
  public String toString() {
    return name();
  }
}
