package dev.retort.distill;

import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Squash;
import dev.retort.distribution.SquashedPoint;
import dev.retort.loss.BehaviorCloning;
import dev.retort.loss.CrossEntropy;
import dev.retort.loss.Distance;
import dev.retort.loss.Kl;
import dev.retort.loss.Mse;
import dev.retort.loss.Nll;
import dev.retort.loss.ProbabilityMse;
import dev.retort.loss.Softmax;
import dev.retort.nn.Output;
import dev.retort.nn.Targets;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A loss as it is computed for one dataset: which of a student's numbers are compared with what.
 * All that depends on the targets alone is computed when it is made.
 */
final class Objective {
  /**
   * One comparison.
   *
   * @param from where the compared numbers begin in a student's row
   * @param n how many there are
   * @param prepared targets as the distance reads them, {@code (rows, distance.prepared(n))}
   * @param counts how much it counts at each row, {@code (rows)}; none where as much at all
   */
  @SuppressWarnings("ArrayRecordComponent") // a view over an array, compared by nobody
  private record Part(
      double factor, Distance distance, int from, int n, float[] prepared, float[] counts) {
    double factor(int row) {
      return counts.length == 0 ? factor : factor * counts[row];
    }

    double at(int row, float[] z, int at, float[] dz) {
      return distance.at(z, at + from, prepared, row * distance.prepared(n), n, dz);
    }
  }

  private final int width;
  private final List<Part> parts = new ArrayList<>();
  private final Squash squash;
  private final int squashed;
  private final float[] weights;
  private final int[] preferred;
  private final float[] own;

  Objective(Loss loss, Dataset data) {
    this.weights =
        loss.weight().map(column -> data.column(column).floats()).orElseGet(() -> new float[0]);
    if (loss.behavior().isEmpty()) {
      PredictedColumns kind = new PredictedColumns(loss, data);
      kind.require();
      this.width = Output.width(kind.outputs());
      this.squash = Squash.none();
      this.squashed = 0;
      this.preferred = new int[0];
      predict(kind);
    } else {
      StudentKind kind = new StudentKind(loss, data);
      kind.require();
      this.width = Output.width(kind.outputs());
      boolean squashes = kind.distribution() instanceof SquashedPoint;
      this.squash = squashes ? Squash.into((Box) data.actions()) : Squash.none();
      this.squashed = squashes ? data.actions().size() : 0;
      this.preferred = preferred(data);
      imitate(kind);
    }
    this.own = new float[width];
  }

  /** Every term and the column of its name. */
  private void predict(PredictedColumns kind) {
    int from = 0;
    for (Loss.Term term : kind.loss().terms()) {
      Column column = kind.column(term);
      float[] targets = column.floats();
      parts.add(part(term.factor(), term.distance(), from, column.width(), targets, new float[0]));
      from += column.width();
    }
  }

  /**
   * What acts and what every teacher does, and every term and the teachers' outputs of its name;
   * teachers count alike, or by their columns {@link Dataset#WEIGHT}.
   */
  private void imitate(StudentKind kind) {
    Dataset data = kind.data();
    Distribution student = kind.distribution();
    List<Output> outputs = kind.outputs();
    List<String> teachers = kind.usesTeacher() ? data.teachers() : List.of(Dataset.TEACHER);
    for (String whose : teachers) {
      Distance distance = kind.distance();
      float[] targets = kind.targets(whose);
      float[] counts = counts(data, whose);
      double factor = counts.length == 0 ? 1.0 / teachers.size() : 1;
      parts.add(part(factor, distance, 0, student.size(), targets, counts));
    }
    int from = student.size();
    for (int i = 0; i < kind.loss().terms().size(); i++) {
      Loss.Term term = kind.loss().terms().get(i);
      int n = outputs.get(student.outputs().size() + i).size();
      for (String whose : data.teachers()) {
        float[] targets = data.column(whose + "." + term.output()).floats();
        float[] counts = counts(data, whose);
        double factor = counts.length == 0 ? term.factor() / data.teachers().size() : term.factor();
        parts.add(part(factor, term.distance(), from, n, targets, counts));
      }
      from += n;
    }
  }

  private static Part part(
      double factor, Distance distance, int from, int n, float[] targets, float[] counts) {
    float[] prepared = distance.prepare(targets, targets.length / distance.targets(n), n);
    return new Part(factor, distance, from, n, prepared, counts);
  }

  /** How much a teacher counts at each row; none where the dataset does not say it. */
  private static float[] counts(Dataset data, String whose) {
    String column = whose + "." + Dataset.WEIGHT;
    return data.columns().contains(column) ? data.column(column).floats() : new float[0];
  }

  /** Choice that the first teacher prefers in each row; none where actions are no choices. */
  private static int[] preferred(Dataset data) {
    if (!(data.actions() instanceof Discrete) || data.teachers().isEmpty()) {
      return new int[0];
    }
    String whose = data.teachers().get(0);
    Distribution teacher = data.teacher(whose);
    float[] rows = StudentKind.numbers(data, whose);
    float[] action = new float[1];
    int[] preferred = new int[data.size()];
    for (int row = 0; row < preferred.length; row++) {
      teacher.mode(rows, row * teacher.size(), action, 0);
      preferred[row] = (int) action[0];
    }
    return preferred;
  }

  /** Numbers that a student gives for a row. */
  int width() {
    return width;
  }

  /** Choice that the teacher prefers in each row; empty where there is none. */
  int[] preferred() {
    return preferred;
  }

  /** Bounds into which the first outputs are squashed before they are compared; none for others. */
  Squash squash() {
    return squash;
  }

  /**
   * The loss of one row, and its gradient times a weight.
   *
   * @param row of the dataset
   * @param z a student's numbers, {@code z[at .. at + width)}, of which actions are squashed in
   *     place
   * @param weight multiplies the gradient
   * @param dz receives it at the same place
   */
  double at(int row, float[] z, int at, double weight, float[] dz) {
    double counts = weights.length == 0 ? 1 : weights[row];
    squash.applyRow(z, at);
    double loss = 0;
    if (isPlain()) {
      loss = counts * parts.get(0).at(row, z, at, dz);
    } else {
      Arrays.fill(own, 0);
      for (Part part : parts) {
        double factor = part.factor(row);
        loss += counts * factor * part.at(row, z, at, dz);
        for (int k = part.from(); k < part.from() + part.n(); k++) {
          own[k] += (float) (factor * dz[at + k]);
        }
      }
      System.arraycopy(own, 0, dz, at, width);
    }
    squash.chainRow(z, dz, at, weight * counts);
    for (int k = squashed; k < width; k++) {
      dz[at + k] *= (float) (weight * counts);
    }
    return loss;
  }

  /** Whether there is one comparison of all numbers, as it is. */
  private boolean isPlain() {
    return parts.size() == 1 && parts.get(0).factor() == 1 && parts.get(0).counts().length == 0;
  }

  /**
   * 1 where a student prefers the teacher's choice, 0 where not, NaN where there are no choices.
   */
  double agreement(int row, float[] z, int at, int choices) {
    if (preferred.length == 0) {
      return Double.NaN;
    }
    return Softmax.argmax(z, at, choices) == preferred[row] ? 1 : 0;
  }

  /**
   * The same loss as a device computes it, where it can: one distance of all numbers, among those
   * that its text knows.
   */
  Optional<Targets> onDevice() {
    if (!isPlain() || weights.length > 0) {
      return Optional.empty();
    }
    Part part = parts.get(0);
    int n = part.n();
    int stride = part.distance().prepared(n);
    int rows = part.prepared().length / stride;
    if (part.distance() instanceof Mse) {
      return Optional.of(Targets.numbers(n, part.prepared()));
    }
    if (part.distance() instanceof ProbabilityMse) {
      return Optional.of(Targets.probabilities(n, part.prepared()));
    }
    float[] p = new float[rows * n];
    float[] offsets = new float[rows];
    if (part.distance() instanceof Kl || part.distance() instanceof CrossEntropy) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(part.prepared(), row * stride, p, row * n, n);
        offsets[row] = stride > n ? part.prepared()[row * stride + n] : 0;
      }
      return Optional.of(Targets.distributions(n, p, offsets));
    }
    if (part.distance() instanceof BehaviorCloning || part.distance() instanceof Nll) {
      for (int row = 0; row < rows; row++) {
        p[row * n + (int) part.prepared()[row * stride]] = 1;
      }
      return Optional.of(Targets.distributions(n, p, offsets));
    }
    return Optional.empty();
  }

  /** Whether a device can compute a loss of some data. */
  static boolean isOnDevice(Loss loss, Dataset data) {
    if (loss.behavior().isEmpty()) {
      Loss.Term first = loss.terms().get(0);
      return loss.terms().size() == 1
          && loss.weight().isEmpty()
          && first.factor() == 1
          && first.distance() instanceof Mse;
    }
    Distance distance = new StudentKind(loss, data).distance();
    boolean isKnown =
        distance instanceof Mse
            || distance instanceof ProbabilityMse
            || distance instanceof Kl
            || distance instanceof CrossEntropy
            || distance instanceof Nll
            || distance instanceof BehaviorCloning;
    return isKnown
        && loss.terms().isEmpty()
        && loss.weight().isEmpty()
        && data.teachers().size() <= 1
        && data.teachers().stream().noneMatch(whose -> counts(data, whose).length > 0);
  }
}
