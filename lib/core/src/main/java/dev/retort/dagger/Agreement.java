package dev.retort.dagger;

import dev.retort.data.Dataset;
import dev.retort.distribution.Distribution;
import dev.retort.nn.Output;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.space.Discrete;

/** How often a policy prefers what a teacher was recorded to prefer. */
final class Agreement {
  private static final int BATCH = 1024;

  private Agreement() {}

  /** Share of a dataset's states, from 0 to 1; NaN for actions that are no choices. */
  static double of(Policy policy, Dataset data) {
    if (!(data.actions() instanceof Discrete)) {
      return Double.NaN;
    }
    int width = data.observations().size();
    int batch = Math.min(BATCH, data.size());
    float[] seen = new float[batch * width];
    float[] own = new float[batch];
    int same = 0;
    try (Actor actor = policy.actor(batch)) {
      for (int from = 0; from < data.size(); from += batch) {
        int count = Math.min(batch, data.size() - from);
        System.arraycopy(data.obs(), from * width, seen, 0, count * width);
        actor.greedy(seen, own);
        for (int row = 0; row < count; row++) {
          same += own[row] == preferred(data, from + row) ? 1 : 0;
        }
      }
    }
    return (double) same / data.size();
  }

  /** The choice that the teacher preferred. */
  private static float preferred(Dataset data, int row) {
    Distribution teacher = data.teacher(Dataset.TEACHER);
    float[] numbers = new float[teacher.size()];
    int at = 0;
    for (Output output : teacher.outputs()) {
      data.column(Dataset.TEACHER + "." + output.name()).read(row, numbers, at);
      at += output.size();
    }
    float[] action = new float[1];
    teacher.mode(numbers, 0, action, 0);
    return action[0];
  }
}
