package dev.retort.policy;

import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Point;
import dev.retort.space.Discrete;
import java.util.List;

/**
 * Means over several policies: of probabilities where they choose, of action values where all of
 * them have such, and otherwise of actions, within their bounds.
 */
final class Averaging {
  private final Distribution mean;
  private final boolean ofValues;

  /** Of policies with these distributions over the same actions. */
  Averaging(List<Distribution> members) {
    this.ofValues = members.stream().allMatch(ActionValues.class::isInstance);
    this.mean = distribution(members.get(0));
  }

  private Distribution distribution(Distribution member) {
    if (member.actions() instanceof Discrete choices) {
      return ofValues ? new ActionValues(choices) : new Categorical(choices);
    }
    return new Point(member.actions());
  }

  /** What the means describe: action values, logarithms of probabilities, or an action. */
  Distribution distribution() {
    return mean;
  }

  /**
   * Adds what one policy says of a batch.
   *
   * @param numbers its outputs, from {@code from} on {@code (count, size of its distribution)}
   * @param sums {@code (count, size of the means)}
   */
  void add(Distribution member, float[] numbers, int from, int count, double[] sums) {
    int width = mean.size();
    float[] own = new float[Math.max(width, member.size())];
    for (int row = 0; row < count; row++) {
      int at = from + row * member.size();
      if (ofValues) {
        System.arraycopy(numbers, at, own, 0, member.size());
        ((ActionValues) member).combine(own, 1);
      } else if (member.actions() instanceof Discrete) {
        member.probabilities(numbers, at, own, 0);
      } else {
        member.mode(numbers, at, own, 0);
      }
      for (int k = 0; k < width; k++) {
        sums[row * width + k] += own[k];
      }
    }
  }

  /** The means of so many policies, from their sums. */
  void divide(double[] sums, int members, float[] outputs) {
    for (int i = 0; i < sums.length; i++) {
      double each = sums[i] / members;
      outputs[i] =
          (float) (mean instanceof Categorical ? Math.log(Math.max(each, Float.MIN_NORMAL)) : each);
    }
  }
}
