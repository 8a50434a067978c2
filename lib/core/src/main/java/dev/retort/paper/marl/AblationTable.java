package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import java.util.ArrayList;
import java.util.List;

/** Students that leave ours in one thing or more: the relation, its mappings, and what is asked. */
record AblationTable(Lessons lessons) implements TaskPart {
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
  public List<String> notes() {
    return List.of(
        "Ablations leave ours, which is KL alone: what has no KL learns what was done at the return that came, since nothing else says what to do. The term of eq. 2, the distance of features, counts %s times their squared distance."
            .formatted(FIXED.words("distance of features")));
  }

  @Override
  public Found found(TeamData main) {
    MethodReturns ours = lessons.played(main, MarlMethod.OURS);
    List<MarlMethod> methods = new ArrayList<>(of(main.task(), main.scale()));
    if (methods.contains(MarlMethod.OF_EACH)) {
      methods.add(MarlMethod.TEACHER_OF_EACH);
    }
    List<MethodReturns> rows = lessons.played(main, methods);
    List<Finding> findings = new ArrayList<>();
    rows.forEach(row -> findings.add(beside(ours, row, main.task())));
    findings.addAll(angles(main));
    List<Finding> gates = CentralGate.gates(lessons, main);
    new MarlClaims(main.scale())
        .relation(
            main.toString(),
            lessons.played(main, MarlMethod.FULL),
            ours,
            lessons.played(main, MarlMethod.ONE_MAPPING))
        .forEach(claim -> findings.add(claim.provided(gates)));
    List<MethodReturns> all = new ArrayList<>(List.of(ours));
    all.addAll(rows);
    return new Found(
        findings,
        List.of(MethodReturns.dots(main + ": ablations", all)),
        List.of(),
        lessons.seconds(main, methods));
  }

  private static Finding beside(MethodReturns ours, MethodReturns row, TeamTask task) {
    Measured measured = PublishedReturns.beside(row, task);
    double[] gains = row.pairs(ours);
    return (gains.length == 0
            ? measured
            : measured.how("over ours, run by run", MethodReturns.words(gains)))
        .reported();
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
