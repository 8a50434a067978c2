package dev.retort.dagger;

import dev.retort.data.Dataset;
import dev.retort.distribution.Distribution;
import dev.retort.nn.Output;
import dev.retort.policy.Policy;
import dev.retort.space.Discrete;
import java.util.List;

/** How often a policy prefers what a teacher was recorded to prefer. */
final class Agreement {
  private static final String STUDENT = "student";

  private Agreement() {}

  /** Share of a dataset's states, from 0 to 1; NaN for actions that are no choices. */
  static double of(Policy policy, Dataset data) {
    if (!(data.actions() instanceof Discrete)) {
      return Double.NaN;
    }
    Dataset asked = data.labeledBy(STUDENT, policy, List.of());
    int same = 0;
    for (int row = 0; row < data.size(); row++) {
      same += preferred(STUDENT, asked, row) == preferred(Dataset.TEACHER, asked, row) ? 1 : 0;
    }
    return (double) same / data.size();
  }

  /** The choice that somebody prefers. */
  private static float preferred(String whose, Dataset data, int row) {
    Distribution distribution = data.teacher(whose);
    float[] numbers = new float[distribution.size()];
    int at = 0;
    for (Output output : distribution.outputs()) {
      data.column(whose + "." + output.name()).read(row, numbers, at);
      at += output.size();
    }
    float[] action = new float[1];
    distribution.mode(numbers, 0, action, 0);
    return action[0];
  }
}
