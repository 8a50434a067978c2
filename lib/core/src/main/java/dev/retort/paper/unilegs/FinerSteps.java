package dev.retort.paper.unilegs;

import static dev.retort.paper.unilegs.ManyLegs.FIXED;

import dev.retort.env.legs.Morphology;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Teachers and students in a world whose physics takes finer steps: whether any order changes. */
final class FinerSteps implements StudyPart {
  @Override
  public String name() {
    return "steps";
  }

  @Override
  public String explain(Scale scale) {
    return "steps: transformers, perceptrons and teachers where the physics takes steps of %s s, %s students of each kind"
        .formatted(
            Numbers.of(FIXED.number("finer time step")), FIXED.count("students of rows", scale));
  }

  @Override
  public Found run(Scale scale) {
    Schooling schooling = new Schooling(scale);
    LegClaims claims = new LegClaims(scale, schooling.taught(), Morphology.LONG);
    List<Morphology> robots = LegStudentTable.robots(schooling);
    List<Walks> usual = LegTeacherTable.walks(schooling, Schooling.ROBOTS, false);
    Map<Morphology, String> invalid = claims.invalid(usual);
    List<Walks> teachers = LegTeacherTable.walks(schooling, robots, true);
    List<Finding> findings = new ArrayList<>();
    teachers.forEach(own -> findings.add(own.row("finer steps")));
    List<LegRatios> before = new ArrayList<>();
    List<LegRatios> after = new ArrayList<>();
    for (LegStudent kind : List.of(LegStudent.TRANSFORMER, LegStudent.PERCEPTRON)) {
      List<Walks> coarse =
          LegStudentTable.walked(
              kind.toString(), schooling.dagger(kind), schooling, Integer.MAX_VALUE, false);
      List<Walks> fine =
          LegStudentTable.walked(
              kind.toString(),
              schooling.dagger(kind),
              schooling,
              schooling.count("students of rows"),
              true);
      before.add(LegRatios.of(coarse, usual, invalid));
      after.add(LegRatios.of(fine, teachers, invalid));
      findings.addAll(after.get(after.size() - 1).rows("finer steps", fine));
    }
    findings.addAll(claims.finer(before, after));
    return new Found(findings, List.of(), List.of(), 0);
  }
}
