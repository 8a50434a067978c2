package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.Point;
import dev.retort.distribution.SquashedNormal;
import dev.retort.distribution.SquashedPoint;
import dev.retort.loss.BehaviorCloning;
import dev.retort.loss.Distance;
import dev.retort.loss.Mse;
import dev.retort.loss.ProbabilityMse;
import dev.retort.nn.Output;
import dev.retort.space.Bounded;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What students of a dataset are under a loss: their distribution, their outputs, and what these
 * are compared with.
 *
 * <pre>
 * the distance compares   choices, teacher has       numbers, teacher has
 *   choices               logits or values: logits   –
 *   numbers               values: values             an action: an action, squashed into its bounds
 *                         logits: logits
 *   normals               –                          means and deviations: the same
 *   what was taken        logits                     an action, or means and deviations
 * </pre>
 */
record StudentKind(Loss loss, Dataset data) {
  /** How the numbers that act are compared. */
  private Distance behavior() {
    return loss.behavior()
        .orElseThrow(
            () ->
                new RetortException(
                    "distill: expected a loss of what is done, such as kl() or mse(), got '%s', which predicts. Say fit(network).to(data)."
                        .formatted(loss)));
  }

  /** Distribution of a student's actions. */
  Distribution distribution() {
    if (data.actions() instanceof Discrete choices) {
      boolean regresses = behavior().compares() == Distance.Compares.NUMBERS;
      return regresses && first() instanceof ActionValues
          ? new ActionValues(choices)
          : new Categorical(choices);
    }
    Box box = (Box) data.actions();
    return switch (behavior().compares()) {
      case NORMALS ->
          first() instanceof SquashedNormal ? new SquashedNormal(box) : new Normal(box, false);
      case TAKEN_NUMBERS -> new Normal(box, false);
      default -> new SquashedPoint(box);
    };
  }

  /** Distribution of the first teacher; a point where there is none. */
  private Distribution first() {
    return data.teachers().isEmpty()
        ? new Point(data.actions())
        : data.teacher(data.teachers().get(0));
  }

  /** Outputs of a student: those that act, and one a term. */
  List<Output> outputs() {
    List<Output> outputs = new ArrayList<>(distribution().outputs());
    for (Loss.Term term : loss.terms()) {
      String column = data.teachers().get(0) + "." + term.output();
      outputs.add(Output.of(term.output(), data.column(column).width()));
    }
    return List.copyOf(outputs);
  }

  /** Whether the loss asks a teacher for what it does. */
  boolean usesTeacher() {
    Distance.Compares compares = behavior().compares();
    return compares != Distance.Compares.TAKEN && compares != Distance.Compares.TAKEN_NUMBERS;
  }

  /** Distance of the numbers that act; cloning of numbers is by their squares. */
  Distance distance() {
    boolean clones = behavior() instanceof BehaviorCloning;
    return clones && !(data.actions() instanceof Discrete) ? new Mse() : behavior();
  }

  /** What the acting numbers are compared with, {@code (rows, targets)}. */
  float[] targets(String whose) {
    if (!usesTeacher()) {
      return data.taken();
    }
    Distribution teacher = data.teacher(whose);
    float[] rows = numbers(data, whose);
    if (teacher instanceof ActionValues values) {
      values.combine(rows, data.size());
      int n = values.actions().n();
      return values.isDueling() ? Arrays.copyOf(rows, data.size() * n) : rows;
    }
    boolean asTheyAre =
        teacher instanceof Categorical || behavior().compares() == Distance.Compares.NORMALS;
    if (asTheyAre) {
      return rows;
    }
    boolean isChoice = data.actions() instanceof Discrete;
    int width = isChoice ? ((Discrete) data.actions()).n() : data.actions().size();
    float[] targets = new float[data.size() * width];
    for (int row = 0; row < data.size(); row++) {
      if (isChoice) { // who only names a choice says that it is worth one, and every other none
        teacher.probabilities(rows, row * teacher.size(), targets, row * width);
      } else {
        teacher.mode(rows, row * teacher.size(), targets, row * width);
      }
    }
    return targets;
  }

  /** Numbers of a teacher's distribution, {@code (rows, size)}. */
  static float[] numbers(Dataset data, String whose) {
    Distribution teacher = data.teacher(whose);
    float[] rows = new float[data.size() * teacher.size()];
    int from = 0;
    for (Output output : teacher.outputs()) {
      for (int row = 0; row < data.size(); row++) {
        data.column(whose + "." + output.name()).read(row, rows, row * teacher.size() + from);
      }
      from += output.size();
    }
    return rows;
  }

  /** Refuses a loss that the data cannot serve, and says which can. */
  void require() {
    if (data.actions() instanceof Group) {
      throw new RetortException(
          "distill: expected actions that are choices or numbers, got %s (dataset '%s')."
              .formatted(data.actions().summary(), data.name()));
    }
    boolean needsChoices =
        behavior().compares() == Distance.Compares.TAKEN
            && !(behavior() instanceof BehaviorCloning);
    if (needsChoices && !(data.actions() instanceof Discrete)) {
      throw new RetortException(
          "distill: expected actions that are choices for loss '%s', which compares the one that was taken, got %s (dataset '%s')."
              .formatted(behavior(), data.actions().summary(), data.name()));
    }
    if (usesTeacher() && data.teachers().isEmpty()) {
      throw new RetortException(
          "distill: expected a dataset with a teacher's outputs, got '%s' with columns %s. Say labeledBy(teacher), or clone what was done with behavior-cloning."
              .formatted(data.name(), String.join(", ", data.columns())));
    }
    for (String whose : usesTeacher() ? data.teachers() : List.<String>of()) {
      requireServes(data.teacher(whose));
    }
    for (Loss.Term term : loss.terms()) {
      for (String whose : data.teachers()) {
        data.column(whose + "." + term.output());
      }
      if (data.teachers().isEmpty()) {
        data.column(Dataset.TEACHER + "." + term.output());
      }
    }
    loss.weight().ifPresent(this::requireWeight);
    if (distribution() instanceof SquashedPoint) {
      Bounded.require("distill", "to scale to", data.actions(), "dataset '" + data.name() + "'");
    }
  }

  private void requireWeight(String column) {
    if (data.column(column).width() != 1) {
      throw new RetortException(
          "distill: expected one number a row to weight by, got %s of '%s' (dataset '%s')."
              .formatted(data.column(column).width(), column, data.name()));
    }
  }

  private void requireServes(Distribution teacher) {
    boolean hasValues = teacher instanceof ActionValues;
    boolean hasLogits = teacher instanceof Categorical;
    boolean isChoice = data.actions() instanceof Discrete;
    boolean serves =
        switch (behavior().compares()) {
          case CHOICES -> isChoice && (hasLogits || !(behavior() instanceof ProbabilityMse));
          case NUMBERS -> true;
          case NORMALS -> teacher instanceof Normal || teacher instanceof SquashedNormal;
          default -> true;
        };
    if (!serves) {
      String use = isChoice ? "nll" : "mse";
      use = hasLogits ? "kl or mse" : hasValues ? "kl:0.01 or mse" : use;
      throw new RetortException(
          "distill: expected a loss that serves a teacher with %s, got %s (dataset '%s'). Use %s."
              .formatted(words(teacher), behavior(), data.name(), use));
    }
  }

  /** What a teacher gives, in words. */
  private static String words(Distribution teacher) {
    if (teacher instanceof ActionValues) {
      return "action values";
    }
    if (teacher.actions() instanceof Discrete) {
      return teacher instanceof Categorical ? "logits" : "one choice";
    }
    return teacher.outputs().size() == 2 ? "means and deviations" : "continuous actions";
  }
}
