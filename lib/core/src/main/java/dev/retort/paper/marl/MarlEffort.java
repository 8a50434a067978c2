package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.figure.Numbers;
import dev.retort.paper.Scale;
import dev.retort.paper.marl.MarlMethod.Kind;
import dev.retort.paper.marl.MethodReturns.Episodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long a size takes about, in processor minutes, from speeds that were measured on one core of
 * a virtual machine.
 *
 * @param learning minutes of all trainings, evaluations on their way too
 * @param asking minutes in which teachers are asked about data
 * @param acting minutes of all evaluations, and of collections
 */
record MarlEffort(double learning, double asking, double acting) {
  /** What is learned from one set of data. */
  private record Lesson(TeamData data, List<MarlMethod> methods) {}

  static MarlEffort of(Scale scale) {
    double learning = 0;
    double asking = 0;
    double acting = 0;
    double ask = FIXED.number("ms of a row that a teacher is asked about");
    double act = FIXED.number("ms of an episode");
    int temperatures = FIXED.numbers("temperatures", scale).length;
    for (Lesson lesson : lessons(scale)) {
      TeamData of = lesson.data;
      int rows = FIXED.count("episodes of data", scale) * of.env().horizon();
      boolean asksAtGoal = lesson.methods.stream().anyMatch(it -> it == MarlMethod.OURS);
      boolean asksLogged = lesson.methods.stream().anyMatch(it -> it.asked().isLogged());
      boolean asksOther = lesson.methods.contains(MarlMethod.OF_EACH);
      int variant = Lessons.teachers(of, MarlMethod.LITERAL);
      int asked =
          (asksAtGoal ? Lessons.teachers(of, MarlMethod.OURS) : 0)
              + (asksLogged ? variant : 0)
              + (asksOther ? variant : 0);
      asking += asked * of.share() * rows * ask;
      acting += rows * FIXED.number("ms of a step of data");
      for (MarlMethod method : lesson.methods) {
        int runs = Lessons.runs(of, method);
        learning += runs * milliseconds(of, method);
        int episodes = Episodes.TEST.count(scale);
        int more = temperatures * (episodes + Episodes.VALIDATION.count(scale));
        acting += runs * act * (of.isMain() && method.isWatched() ? more : episodes);
      }
    }
    return new MarlEffort(minutes(learning), minutes(asking), minutes(acting));
  }

  private static List<Lesson> lessons(Scale scale) {
    List<Lesson> all = new ArrayList<>();
    for (TeamTask task : TeamTask.all(scale)) {
      TeamData main = TeamData.of(scale, task);
      List<MarlMethod> methods = new ArrayList<>(MethodTable.methods());
      methods.addAll(AblationTable.of(task, scale));
      all.add(new Lesson(main, methods));
      for (double share : FIXED.numbers("shares of the data", scale)) {
        if (share < 1) {
          all.add(new Lesson(main.first(share), AmountTable.methods(share, scale)));
        }
      }
      for (DataQuality quality : DataQuality.values()) {
        if (quality != main.quality()) {
          all.add(new Lesson(main.of(quality), QualityTable.methods()));
        }
      }
    }
    all.add(new Lesson(TeamData.of(scale, TeamTask.FIXED_SIDE), FixedSideTable.methods()));
    return all;
  }

  /** Milliseconds of a run's training. */
  private static double milliseconds(TeamData of, MarlMethod method) {
    Scale scale = of.scale();
    if (method.kind() == Kind.VALUES) {
      return FIXED.count("updates of action values", scale)
          * FIXED.number("ms of an update of action values");
    }
    String whose = method.kind() == Kind.TEACHER ? "a teacher" : "students";
    double update = FIXED.number("ms of an update of " + whose);
    if (method.asked().hasFeatures()) {
      update += FIXED.number("ms of the relation");
    }
    int updates = FIXED.count("updates", scale);
    double evaluations =
        method.isWatched() && of.isMain()
            ? (double) updates
                / FIXED.count("updates between evaluations", scale)
                * FIXED.count("episodes of an evaluation", scale)
            : 0;
    return updates * update + evaluations * FIXED.number("ms of an episode");
  }

  private static double minutes(double milliseconds) {
    return milliseconds / 60_000;
  }

  /** Processor minutes of all. */
  double all() {
    return learning + asking + acting;
  }

  @Override
  public String toString() {
    List<String> words =
        Arrays.stream(new double[] {all(), learning, asking, acting})
            .mapToObj(each -> Numbers.of(Math.max(1, Math.rint(each))))
            .toList();
    return "About %s processor minutes by speeds of parts that the registration has: %s of learning, %s in which teachers are asked about the data, %s of acting. On two cores it takes little more than half of that; each training goes on where it was stopped. Runs keep what they learned from: some gigabytes."
        .formatted(words.get(0), words.get(1), words.get(2), words.get(3));
  }
}
