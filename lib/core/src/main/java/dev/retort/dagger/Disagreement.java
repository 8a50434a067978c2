package dev.retort.dagger;

import dev.retort.data.Dataset;
import dev.retort.distribution.Distribution;
import dev.retort.loss.Cosine;
import dev.retort.nn.Output;
import dev.retort.policy.Policy;
import dev.retort.space.Discrete;
import java.util.ArrayList;
import java.util.List;

/**
 * How differently teachers would act: where they disagree, a student of all of them learns what
 * none of them does.
 */
public final class Disagreement {
  private Disagreement() {}

  /**
   * The mean over states and pairs of teachers: of choices whether they prefer different ones, of
   * numbers the cosine distance {@code 1 − cos}, from 0 to 2, of their actions.
   *
   * @param teachers at least two, of one kind
   * @param states where they are asked
   */
  public static double of(List<? extends Policy> teachers, Dataset states) {
    List<float[]> all = new ArrayList<>();
    teachers.forEach(teacher -> all.add(preferred(teacher, states)));
    int n = states.actions().size();
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += distance(states, all.get(i), all.get(j), n);
        pairs++;
      }
    }
    return sum / pairs;
  }

  /** What a teacher prefers in each state, {@code (rows, actionSize)}. */
  private static float[] preferred(Policy teacher, Dataset states) {
    Dataset asked = states.unlabeled().labeledBy(teacher);
    Distribution distribution = asked.teacher(Dataset.TEACHER);
    int n = states.actions().size();
    float[] numbers = new float[distribution.size()];
    float[] actions = new float[states.size() * n];
    for (int row = 0; row < states.size(); row++) {
      int at = 0;
      for (Output output : distribution.outputs()) {
        asked.column(Dataset.TEACHER + "." + output.name()).read(row, numbers, at);
        at += output.size();
      }
      distribution.mode(numbers, 0, actions, row * n);
    }
    return actions;
  }

  private static double distance(Dataset states, float[] one, float[] other, int n) {
    double sum = 0;
    if (states.actions() instanceof Discrete) {
      for (int row = 0; row < states.size(); row++) {
        sum += one[row] == other[row] ? 0 : 1;
      }
      return sum / states.size();
    }
    Cosine cosine = new Cosine();
    float[] targets = cosine.prepare(other, states.size(), n);
    float[] slope = new float[one.length];
    for (int row = 0; row < states.size(); row++) {
      sum += cosine.at(one, row * n, targets, row * n, n, slope);
    }
    return sum / states.size();
  }
}
