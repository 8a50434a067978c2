package dev.retort.paper.marl;

import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import java.util.List;
import java.util.stream.Stream;

/** Gate A0: is there anything to distill? */
record CentralGate(Lessons lessons) implements TaskPart {
  /** Transformers that have no teacher. */
  static final List<MarlMethod> ALONE =
      List.of(MarlMethod.IDT, MarlMethod.MADT, MarlMethod.CLONING);

  /** Those whose trainings are counted here. */
  static final List<MarlMethod> METHODS =
      Stream.concat(Stream.of(MarlMethod.TEACHER), ALONE.stream()).toList();

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

  /**
   * The four parts of the gate, where one of which is missed all claims about the task are void.
   */
  static List<Finding> gates(Lessons lessons, TeamData of) {
    return new MarlClaims(of.scale())
        .gate(
            of.toString(),
            lessons.played(of, MarlMethod.TEACHER),
            lessons.played(of, ALONE),
            lessons.data(of).returns());
  }

  @Override
  public List<String> notes() {
    return List.of(
        "What a pilot tried before the data were as they are, on validation data of its own: uniform walks on 5 × 5 cells, where the teacher had -6.77, IDT -6.57 and cloning -6.69; walks with a fixed drift, teacher over IDT between -0.1 and 0.4; a teacher whose tokens join all agents, -13.34 on FillIn where IDT had -11.68; then the noisy heuristic and a token an agent, by which the gate was met: teacher over IDT 1.22 on FillIn and 2.24 on EqualSpace. Collect as piloted would be void: the teacher was below the data.",
        "At cpu size the gate was missed on FillIn while all agents started in one cell: teacher over IDT 0.03, over MADT 0.23. Other data were tried, of other seeds, two runs each, 700 or 1,000 updates; teacher over IDT: the same again -0.07; 3 × 3 cells seen -0.13; 9 × 9 cells 0.02, with 3 × 3 seen -0.03, with four agents -0.07; 50 steps -0.04; 400 episodes -0.02; windows of 25 steps -0.15, with 3 × 3 seen -0.15. Where each agent starts in a cell that is drawn for it, it is 0.53, over MADT 0.29; on 9 × 9 cells 0.60 and 0.47. So they start apart.");
  }

  @Override
  public Found found(TeamData main) {
    Figure figure =
        new Dots(
            main.task() + ": a teacher that sees all",
            "team's return",
            lessons.played(main, METHODS).stream().map(MethodReturns::dot).toList());
    return new Found(
        gates(lessons, main), List.of(figure), List.of(), lessons.seconds(main, METHODS));
  }
}
