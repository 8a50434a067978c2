package dev.retort.paper.marl;

import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gate A0: is there anything to distill? */
final class CentralGate implements StudyPart {
  private static final List<MarlMethod> OTHERS =
      List.of(MarlMethod.IDT, MarlMethod.MADT, MarlMethod.CLONING);
  private static final List<MarlMethod> ALL =
      List.of(MarlMethod.TEACHER, MarlMethod.IDT, MarlMethod.MADT, MarlMethod.CLONING);

  private final Lessons lessons;

  CentralGate(Lessons lessons) {
    this.lessons = lessons;
  }

  /** Those whose trainings are counted here. */
  static List<MarlMethod> methods() {
    return ALL;
  }

  @Override
  public String name() {
    return "gate";
  }

  @Override
  public String explain(Scale scale) {
    TeamData of = TeamData.of(scale, TeamTask.FILL_IN);
    return "gate: A0 in each of %s, %s central teachers beside %s of IDT, %s of MADT and of cloning"
        .formatted(
            TeamTask.all(scale),
            Lessons.runs(of, MarlMethod.TEACHER),
            Lessons.runs(of, MarlMethod.IDT),
            Lessons.runs(of, MarlMethod.MADT));
  }

  /** The four parts of the gate. */
  static List<Finding> gates(Lessons lessons, TeamData of) {
    return new MarlClaims(of.scale())
        .gate(
            of.toString(),
            lessons.played(of, MarlMethod.TEACHER),
            OTHERS.stream().map(method -> lessons.played(of, method)).toList(),
            lessons.data(of).returns());
  }

  /** What makes all claims about the task void where it is missed. */
  static Finding precondition(Lessons lessons, TeamData of) {
    return MarlClaims.failing(gates(lessons, of));
  }

  @Override
  public Found run(Scale scale) {
    List<Finding> findings = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    double seconds = 0;
    for (TeamTask task : TeamTask.all(scale)) {
      TeamData of = TeamData.of(scale, task);
      findings.addAll(gates(lessons, of));
      seconds += lessons.seconds(of, ALL);
      Stream<MethodReturns> rows = ALL.stream().map(method -> lessons.played(of, method));
      figures.add(
          new Dots(
              "%s: a teacher that sees all".formatted(task),
              "team's return",
              rows.map(MethodReturns::dot).toList()));
    }
    return new Found(
        findings,
        figures,
        List.of(
            "What a pilot tried before the data were as they are, on validation data of its own: uniform walks on 5 × 5 cells, where the teacher had -6.77, IDT -6.57 and cloning -6.69; walks with a fixed drift, teacher over IDT between -0.1 and 0.4; a teacher whose tokens join all agents, -13.34 on FillIn where IDT had -11.68; then the noisy heuristic and a token an agent, by which the gate was met: teacher over IDT 1.22 on FillIn and 2.24 on EqualSpace. Collect as piloted would be void: the teacher was below the data."),
        seconds);
  }
}
