package dev.retort.paper.marl;

import dev.retort.paper.Artifact;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The main table: ours, its rivals, the teacher, and rules that learn nothing. */
record MethodTable(Lessons lessons) implements TaskPart {
  static final List<MarlMethod> METHODS =
      List.of(
          MarlMethod.OURS,
          MarlMethod.LITERAL,
          MarlMethod.EQUATION_4,
          MarlMethod.IDT,
          MarlMethod.FALLING,
          MarlMethod.MADT,
          MarlMethod.CLONING,
          MarlMethod.CQL,
          MarlMethod.BCQ,
          MarlMethod.ICQ,
          MarlMethod.TEACHER,
          MarlMethod.CLONES);

  @Override
  public String name() {
    return "methods";
  }

  @Override
  public String explain(Scale scale) {
    TeamData of = TeamData.of(scale, TeamTask.FILL_IN);
    return "methods: %s in each of %s, %s students of %s teachers of ours, %s runs of variants; beside %s"
        .formatted(
            METHODS,
            TeamTask.all(scale),
            Lessons.runs(of, MarlMethod.OURS),
            Lessons.teachers(of, MarlMethod.OURS),
            Lessons.runs(of, MarlMethod.LITERAL),
            List.of(Reference.values()));
  }

  @Override
  public List<String> notes() {
    return List.of(
        "Clones of the teacher's roll-outs are a reference and no upper bound; blind policies tell how much of a return needs no sight.");
  }

  @Override
  public Found found(TeamData main) {
    List<Finding> gates = CentralGate.gates(lessons, main);
    List<MethodReturns> rows = new ArrayList<>(lessons.played(main, METHODS));
    rows.addAll(Reference.all(main));
    List<Finding> findings = new ArrayList<>();
    rows.forEach(row -> findings.add(PublishedReturns.beside(row, main.task()).reported()));
    claims(main).forEach(claim -> findings.add(claim.provided(gates)));
    findings.add(
        new MarlClaims(main.scale())
            .relationAsWritten(
                main.toString(),
                lessons.played(main, MarlMethod.EQUATION_4),
                lessons.played(main, MarlMethod.LITERAL)));
    List<MarlMethod> more = new ArrayList<>(METHODS);
    more.removeAll(CentralGate.METHODS);
    return new Found(
        findings,
        List.of(MethodReturns.dots(main + ": all methods", rows)),
        List.of(),
        lessons.seconds(main, more),
        policies(main));
  }

  /** The first of each, as they act in the main table, to be watched. */
  List<Artifact> policies(TeamData of) {
    return Stream.of(MarlMethod.TEACHER, MarlMethod.OURS, MarlMethod.IDT)
        .map(
            method ->
                Artifact.of(
                    of.task() + "-" + method,
                    lessons
                        .learned(of, method)
                        .policies()
                        .get(0)
                        .tempered(OfflineAgents.FIXED.number("temperature"))))
        .toList();
  }

  private List<Finding> claims(TeamData of) {
    MarlClaims claims = new MarlClaims(of.scale());
    String where = of.toString();
    MethodReturns ours = lessons.played(of, MarlMethod.OURS);
    MethodReturns idt = lessons.played(of, MarlMethod.IDT);
    List<MethodReturns> rivals = lessons.played(of, MarlMethod.rivals());
    MethodReturns cloning = lessons.played(of, MarlMethod.CLONING);
    List<MethodReturns> others = new ArrayList<>(rivals);
    others.remove(cloning);
    List<Finding> all = new ArrayList<>(claims.rivals(where, ours, rivals));
    all.addAll(claims.gain(where, ours, idt, Reference.HEURISTIC.played(of)));
    all.addAll(claims.cloning(where, cloning, others));
    all.add(claims.gap(where, ours, idt, lessons.played(of, MarlMethod.TEACHER)));
    all.add(claims.literal(where, lessons.played(of, MarlMethod.LITERAL), idt, ours));
    return all;
  }
}
