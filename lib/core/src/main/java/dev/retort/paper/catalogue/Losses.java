package dev.retort.paper.catalogue;

import static dev.retort.Retort.consistent;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.mse;

import dev.retort.data.Dataset;
import dev.retort.distill.Loss;
import java.util.ArrayList;
import java.util.List;

/** The arms that compare losses: the teacher acts, and is asked in every state. */
final class Losses {
  /** The name of the arm whose students treat transformed states alike. */
  static final String CONSISTENT = "consistency";

  private final Conditions all;

  Losses(Conditions all) {
    this.all = all;
  }

  List<Arm> arms() {
    Dataset data = all.data(all.teacher(), all.steps());
    List<Arm> arms = new ArrayList<>();
    for (Loss loss : every()) {
      arms.add(arm(String.valueOf(loss), data, loss));
    }
    Loss usual = Loss.of(all.usual());
    arms.add(arm(few(all), all.data(all.teacher(), all.count("few labels")), usual));
    arms.add(arm(CONSISTENT, data, usual.and(1, consistent(all.course().group()))));
    return arms;
  }

  /** The name of the arm by the usual loss. */
  static String usual(Conditions all) {
    return String.valueOf(Loss.of(all.usual()));
  }

  /** The name of that where labels are few. */
  static String few(Conditions all) {
    return usual(all) + ", few labels";
  }

  private Arm arm(String name, Dataset data, Loss loss) {
    int rows = data.size();
    return all.students(
        name,
        distill(all.teacher()).from(data).minimizing(loss),
        rows,
        rows,
        Arm.TEACHER_ACTS + loss);
  }

  /** Every distance that can be taken of such a teacher, and the terms that are added to one. */
  private List<Loss> every() {
    List<String> names =
        all.isOfChoices()
            ? List.of(
                "kl:1",
                "kl:0.1",
                "kl:5",
                "cross-entropy:1",
                "reverse-kl:1",
                "jensen-shannon:1",
                "nll",
                "behavior-cloning",
                "mse",
                "probability-mse",
                "cosine",
                "huber:1",
                "l1")
            : List.of(
                "normal-kl", "reverse-normal-kl", "normal-nll", "mse", "cosine", "huber:1", "l1");
    List<Loss> losses = new ArrayList<>();
    names.forEach(each -> losses.add(Loss.of(Conditions.distance(each))));
    losses.add(Loss.of(all.usual()).and(0.1, "features", mse()));
    losses.add(Loss.of(all.usual()).and(0.1, "value", mse()));
    return losses;
  }
}
