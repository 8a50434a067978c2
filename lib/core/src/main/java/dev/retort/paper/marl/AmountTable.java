package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.evaluate.Estimate;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Claim (h), and claim (f) of few data: the amount of data, of which the teacher has no more. */
final class AmountTable implements StudyPart {
  private static final List<MarlMethod> METHODS =
      List.of(MarlMethod.OURS, MarlMethod.LITERAL, MarlMethod.IDT, MarlMethod.TEACHER);

  private final Lessons lessons;

  AmountTable(Lessons lessons) {
    this.lessons = lessons;
  }

  /** Those that learn from a share of the data; of claim (f) few and all of them are enough. */
  static List<MarlMethod> methods(double share, Scale scale) {
    boolean isBetween = share < 1 && share != FIXED.numbers("shares of the data", scale)[0];
    return METHODS.stream().filter(method -> !isBetween || method != MarlMethod.LITERAL).toList();
  }

  @Override
  public String name() {
    return "amount";
  }

  @Override
  public String explain(Scale scale) {
    return "amount: %s from shares %s of the episodes"
        .formatted(METHODS, FIXED.words("shares of the data", scale).replace(" ", ", "));
  }

  @Override
  public Found run(Scale scale) {
    MarlClaims claims = new MarlClaims(scale);
    double[] shares = FIXED.numbers("shares of the data", scale);
    List<Finding> findings = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    double seconds = 0;
    for (TeamTask task : TeamTask.all(scale)) {
      TeamData all = TeamData.of(scale, task);
      Map<MarlMethod, Map<Double, MethodReturns>> rows = new EnumMap<>(MarlMethod.class);
      for (double share : shares) {
        TeamData of = all.first(share);
        for (MarlMethod method : methods(share, scale)) {
          MethodReturns row = lessons.played(of, method);
          rows.computeIfAbsent(method, any -> new TreeMap<>()).put(100 * share, row);
          findings.add(row.row(all.equals(of) ? of + ", all data" : of.toString()).reported());
        }
        seconds += all.equals(of) ? 0 : lessons.seconds(of, methods(share, scale));
      }
      TeamData few = all.first(shares[0]);
      MethodReturns idt = lessons.played(few, MarlMethod.IDT);
      Finding gate = CentralGate.precondition(lessons, all);
      String where = task.toString();
      findings.add(claims.few(where, lessons.played(few, MarlMethod.OURS), idt).provided(gate));
      findings.add(
          claims.literalOfFew(where, lessons.played(few, MarlMethod.LITERAL), idt).provided(gate));
      List<Line> lines = new ArrayList<>();
      rows.forEach((method, each) -> lines.add(line(method, each)));
      figures.add(
          new Lines(
              task + ": how many data",
              "% of the episodes",
              "team's return, test episodes",
              lines));
    }
    return new Found(findings, figures, List.of(), seconds);
  }

  private static Line line(MarlMethod method, Map<Double, MethodReturns> rows) {
    List<Estimate> found = rows.values().stream().map(row -> row.row("").estimate()).toList();
    return Line.of(
            method.toString(),
            rows.keySet().stream().mapToDouble(percent -> percent).toArray(),
            found.stream().mapToDouble(Estimate::value).toArray())
        .band(
            found.stream().mapToDouble(it -> it.interval().low()).toArray(),
            found.stream().mapToDouble(it -> it.interval().high()).toArray());
  }
}
