package dev.retort.paper.marl;

import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;

/** The main table: ours, its rivals, the teacher, and rules that learn nothing. */
final class MethodTable implements StudyPart {
  private static final List<MarlMethod> METHODS =
      List.of(
          MarlMethod.OURS,
          MarlMethod.LITERAL,
          MarlMethod.IDT,
          MarlMethod.FALLING,
          MarlMethod.MADT,
          MarlMethod.CLONING,
          MarlMethod.CQL,
          MarlMethod.BCQ,
          MarlMethod.ICQ,
          MarlMethod.TEACHER,
          MarlMethod.CLONES);

  private final Lessons lessons;

  MethodTable(Lessons lessons) {
    this.lessons = lessons;
  }

  static List<MarlMethod> methods() {
    return METHODS;
  }

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

  /** The rivals of ours. */
  static List<MethodReturns> rivals(Lessons lessons, TeamData of) {
    return MarlMethod.rivals().stream().map(method -> lessons.played(of, method)).toList();
  }

  @Override
  public Found run(Scale scale) {
    MarlClaims claims = new MarlClaims(scale);
    List<Finding> findings = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    double seconds = 0;
    for (TeamTask task : TeamTask.all(scale)) {
      TeamData of = TeamData.of(scale, task);
      Finding gate = CentralGate.precondition(lessons, of);
      List<Dot> dots = new ArrayList<>();
      for (MarlMethod method : METHODS) {
        MethodReturns row = lessons.played(of, method);
        findings.add(PublishedReturns.beside(row.row(of.toString()), task, method).reported());
        dots.add(row.dot());
      }
      for (Reference reference : Reference.values()) {
        MethodReturns row = reference.played(of);
        findings.add(row.row(of.toString()).reported());
        dots.add(row.dot());
      }
      List<MarlMethod> more = new ArrayList<>(METHODS);
      more.removeAll(CentralGate.methods());
      seconds += lessons.seconds(of, more);
      claims(claims, of).forEach(claim -> findings.add(claim.provided(gate)));
      figures.add(new Dots(task + ": all methods", "team's return, test episodes", dots));
    }
    return new Found(
        findings,
        figures,
        List.of(
            "Clones of the teacher's roll-outs are a reference and no upper bound; blind policies tell how much of a return needs no sight."),
        seconds);
  }

  private List<Finding> claims(MarlClaims claims, TeamData of) {
    String where = of.toString();
    MethodReturns ours = lessons.played(of, MarlMethod.OURS);
    MethodReturns idt = lessons.played(of, MarlMethod.IDT);
    List<MethodReturns> rivals = rivals(lessons, of);
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
