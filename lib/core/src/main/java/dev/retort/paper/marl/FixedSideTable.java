package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;

/** EqualSpace of a given side, in which all agents in one place are no solution. */
final class FixedSideTable implements StudyPart {
  private static final List<MarlMethod> METHODS =
      List.of(MarlMethod.OURS, MarlMethod.IDT, MarlMethod.TEACHER);

  private final Lessons lessons;

  FixedSideTable(Lessons lessons) {
    this.lessons = lessons;
  }

  static List<MarlMethod> methods() {
    return METHODS;
  }

  @Override
  public String name() {
    return "fixed-side";
  }

  @Override
  public String explain(Scale scale) {
    return "fixed-side: %s in EqualSpace of a side of %s, where others are seen within %s"
        .formatted(
            METHODS, FIXED.words("the fixed side"), FIXED.words("sight with the fixed side"));
  }

  @Override
  public Found run(Scale scale) {
    TeamData of = TeamData.of(scale, TeamTask.FIXED_SIDE);
    List<Finding> findings = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    for (MarlMethod method : METHODS) {
      MethodReturns row = lessons.played(of, method);
      findings.add(row.row(of.toString()).reported());
      dots.add(row.dot());
    }
    for (Reference reference : Reference.values()) {
      MethodReturns row = reference.played(of);
      findings.add(row.row(of.toString()).reported());
      dots.add(row.dot());
    }
    return new Found(
        findings,
        List.of(new Dots(of.toString(), "team's return, test episodes", dots)),
        List.of("With a fixed side a blind walk to one corner is no way out."),
        lessons.seconds(of, METHODS));
  }
}
