package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.paper.Effort;
import dev.retort.paper.Scale;
import dev.retort.paper.marl.MarlMethod.Asked;
import dev.retort.paper.marl.MarlMethod.Kind;
import dev.retort.paper.marl.MethodReturns.Episodes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How long what is learned from one set of data takes about, by speeds that were measured on one
 * core of a virtual machine.
 *
 * @param data what is learned from
 * @param methods that learn from it
 */
record MarlEffort(TeamData data, List<MarlMethod> methods) {
  static Effort of(Scale scale) {
    return Effort.none()
        .remarking("Runs keep what they learned from: some gigabytes.")
        .and("of learning", minutes(scale, MarlEffort::learning))
        .and("in which teachers are asked about the data", minutes(scale, MarlEffort::asking))
        .and("of acting", minutes(scale, MarlEffort::acting));
  }

  private static double minutes(Scale scale, ToDoubleFunction<MarlEffort> milliseconds) {
    return all(scale).stream().mapToDouble(milliseconds).sum() / 60_000;
  }

  private static List<MarlEffort> all(Scale scale) {
    List<MarlEffort> all = new ArrayList<>();
    for (TeamTask task : TeamTask.all(scale)) {
      TeamData main = TeamData.of(scale, task);
      List<MarlMethod> methods = new ArrayList<>(MethodTable.METHODS);
      methods.addAll(AblationTable.of(task, scale));
      all.add(new MarlEffort(main, methods));
      for (double share : FIXED.numbers("shares of the data", scale)) {
        if (share < 1) {
          all.add(new MarlEffort(main.first(share), AmountTable.methods(share, scale)));
        }
      }
      for (DataQuality quality : DataQuality.values()) {
        if (quality != main.quality()) {
          all.add(new MarlEffort(main.of(quality), QualityTable.METHODS));
        }
      }
    }
    all.add(new MarlEffort(TeamData.of(scale, TeamTask.FIXED_SIDE), FixedSideTable.METHODS));
    return all;
  }

  private Scale scale() {
    return data.scale();
  }

  private double rows() {
    return (double) FIXED.count("episodes of data", scale()) * data.env().horizon();
  }

  /** All trainings, evaluations on their way too. */
  private double learning() {
    return methods.stream()
        .mapToDouble(method -> Lessons.runs(data, method) * training(method))
        .sum();
  }

  /** A run's training. */
  private double training(MarlMethod method) {
    if (method.kind() == Kind.VALUES) {
      return FIXED.count("updates of action values", scale())
          * FIXED.number("ms of an update of action values");
    }
    String whose = method.kind() == Kind.TEACHER ? "a teacher" : "students";
    double update = FIXED.number("ms of an update of " + whose);
    if (method.asked().hasFeatures()) {
      update += FIXED.number("ms of the relation");
    }
    double updates = FIXED.count("updates", scale());
    double evaluations =
        method.isWatched() && data.isMain()
            ? updates
                / FIXED.count("updates between evaluations", scale())
                * FIXED.count("episodes of an evaluation", scale())
            : 0;
    return updates * update + evaluations * FIXED.number("ms of an episode");
  }

  /** What teachers are asked about the data. */
  private double asking() {
    int asked =
        asked(MarlMethod.OURS, it -> it == MarlMethod.OURS)
            + asked(MarlMethod.LITERAL, it -> it.asked().isLogged())
            + asked(MarlMethod.LITERAL, it -> it.asked() == Asked.GOAL_OF_EACH);
    return asked
        * data.share()
        * rows()
        * FIXED.number("ms of a row that a teacher is asked about");
  }

  /** As many teachers as those of a method, where any method here asks them. */
  private int asked(MarlMethod like, Predicate<MarlMethod> asks) {
    return methods.stream().anyMatch(asks) ? Lessons.teachers(data, like) : 0;
  }

  /** All evaluations, and collections. */
  private double acting() {
    int test = Episodes.TEST.count(scale());
    int each = test + Episodes.VALIDATION.count(scale());
    int watched = FIXED.numbers("temperatures", scale()).length * each;
    double episodes = 0;
    for (MarlMethod method : methods) {
      boolean isTempered = data.isMain() && TemperatureTable.METHODS.contains(method);
      episodes += Lessons.runs(data, method) * (isTempered ? watched : test);
    }
    return rows() * FIXED.number("ms of a step of data")
        + episodes * FIXED.number("ms of an episode");
  }
}
