package dev.retort.dagger;

import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.policy.Policy;
import java.util.Arrays;
import java.util.List;

/**
 * How much each teacher counts at each state: alike, by numbers such as how often each succeeds, or
 * by how likely its task is there.
 */
final class Weighing {
  private final Dagger dagger;
  private final List<Policy> teachers;

  /** Rows of each task in a round. */
  private final int[] sizes;

  Weighing(Dagger dagger, Faculty faculty) {
    this.dagger = dagger;
    this.teachers = faculty.teachers();
    this.sizes = new int[faculty.size()];
    Arrays.setAll(sizes, task -> faculty.steps(task, dagger.stepsEach()));
  }

  /**
   * What was visited in a round, as students learn from it. Where teachers count alike it is the
   * same: each row has the label of its own task's teacher.
   *
   * @param visited the tasks one behind the other
   * @param first the rounds so far, which begin with the first; where this is the first, itself
   */
  Dataset of(Dataset visited, Dataset first) {
    if (!dagger.gatedBy().isEmpty()) {
      return gated(visited, first);
    }
    if (dagger.weighing().isEmpty()) {
      return visited;
    }
    float[] weights = new float[visited.size()];
    int row = 0;
    for (int task = 0; task < sizes.length; task++) {
      Arrays.fill(weights, row, row + sizes[task], weight(task));
      row += sizes[task];
    }
    return visited.with(Gate.column(Dataset.TEACHER, weights));
  }

  private Dataset gated(Dataset visited, Dataset first) {
    Dataset labeled = visited;
    Gate gate =
        new Gate(
            View.parts(dagger.gatedBy().toArray(String[]::new))
                .selection(visited.observations())
                .orElseThrow(),
            first,
            sizes);
    float[][] shares = gate.shares(visited);
    List<String> more = dagger.distillation().minimizing().outputs();
    for (int teacher = 0; teacher < sizes.length; teacher++) {
      String whose = teacher == 0 ? Dataset.TEACHER : Dataset.TEACHER + (teacher + 1);
      for (int row = 0; row < visited.size(); row++) {
        shares[teacher][row] *= weight(teacher);
      }
      labeled =
          labeled
              .labeledBy(whose, teachers.get(teacher), more)
              .with(Gate.column(whose, shares[teacher]));
    }
    return labeled;
  }

  /** How much a teacher counts, 1 on average. */
  private float weight(int teacher) {
    List<Double> all = dagger.weighing();
    double sum = all.stream().mapToDouble(Double::doubleValue).sum();
    return all.isEmpty() ? 1 : (float) (all.get(teacher) * all.size() / sum);
  }
}
