package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;

/** Students that leave ours in one thing or more: the relation, its mappings, and what is asked. */
final class AblationTable implements StudyPart {
  private final Lessons lessons;

  AblationTable(Lessons lessons) {
    this.lessons = lessons;
  }

  @Override
  public String name() {
    return "ablations";
  }

  /** Those that are done in a task. */
  static List<MarlMethod> of(TeamTask task, Scale scale) {
    boolean isAll =
        List.of(FIXED.words("tasks of all ablations", scale).split(" ", -1))
            .contains(task.toString());
    return isAll ? MarlMethod.ablations() : MarlMethod.fewAblations();
  }

  @Override
  public String explain(Scale scale) {
    List<String> each = new ArrayList<>();
    for (TeamTask task : TeamTask.all(scale)) {
      each.add("%s kinds of students in %s".formatted(of(task, scale).size(), task));
    }
    return "ablations: %s, %s of each, of %s teachers"
        .formatted(
            String.join(", ", each),
            FIXED.count("students of a variant", scale),
            FIXED.count("teachers of a variant", scale));
  }

  @Override
  public Found run(Scale scale) {
    MarlClaims claims = new MarlClaims(scale);
    List<Finding> findings = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    double seconds = 0;
    for (TeamTask task : TeamTask.all(scale)) {
      TeamData of = TeamData.of(scale, task);
      MethodReturns ours = lessons.played(of, MarlMethod.OURS);
      List<Dot> dots = new ArrayList<>(List.of(ours.dot()));
      List<MarlMethod> methods = new ArrayList<>(of(task, scale));
      if (methods.contains(MarlMethod.OF_EACH)) {
        methods.add(MarlMethod.TEACHER_OF_EACH);
      }
      for (MarlMethod method : methods) {
        MethodReturns row = lessons.played(of, method);
        dots.add(row.dot());
        Measured measured = PublishedReturns.beside(row.row(of.toString()), task, method);
        double[] gains = row.pairs(ours);
        if (gains.length > 0) {
          measured = measured.how("over ours, same teacher", MethodReturns.words(gains));
        }
        findings.add(measured.reported());
      }
      seconds += lessons.seconds(of, methods);
      angles(of).forEach(findings::add);
      Finding gate = CentralGate.precondition(lessons, of);
      claims
          .relation(
              of.toString(),
              lessons.played(of, MarlMethod.FULL),
              ours,
              lessons.played(of, MarlMethod.ONE_MAPPING))
          .forEach(claim -> findings.add(claim.provided(gate)));
      figures.add(new Dots(task + ": ablations", "team's return, test episodes", dots));
    }
    return new Found(
        findings,
        figures,
        List.of(
            "Ablations leave ours, which is KL alone: what has no KL learns what was done at the return that came, since nothing else says what to do. The term of eq. 2, the distance of features, counts %s times their squared distance."
                .formatted(FIXED.words("distance of features"))),
        seconds);
  }

  /**
   * How far the angles are spread behind the mappings: 0 where a mapping makes all features one.
   */
  private List<Finding> angles(TeamData of) {
    List<Finding> all = new ArrayList<>();
    for (String whose : List.of("teacher-angles", "student-angles")) {
      double[] last =
          lessons.learned(of, MarlMethod.FULL).runs().stream()
              .mapToDouble(run -> run.last(whose))
              .toArray();
      all.add(
          Measured.of(
                  "%s, %s, %s".formatted(of, MarlMethod.FULL, whose.replace('-', ' ')),
                  "standard deviation of angles behind the mapping at the end of learning, rad",
                  last)
              .reported());
    }
    return all;
  }
}
