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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Claim (h), and claim (f) of few data: the amount of data, of which the teacher has no more. */
final class AmountTable implements StudyPart {
  private static final List<MarlMethod> METHODS =
      List.of(MarlMethod.OURS, MarlMethod.LITERAL, MarlMethod.IDT, MarlMethod.TEACHER);

  private final Lessons lessons;

  AmountTable(Lessons lessons) {
    this.lessons = lessons;
  }

  static List<MarlMethod> methods() {
    return METHODS;
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
      Map<MarlMethod, List<MethodReturns>> rows = new EnumMap<>(MarlMethod.class);
      for (double share : shares) {
        TeamData of = all.first(share);
        for (MarlMethod method : METHODS) {
          MethodReturns row = lessons.played(of, method);
          rows.computeIfAbsent(method, any -> new ArrayList<>()).add(row);
          findings.add(row.row(all.equals(of) ? of + ", all data" : of.toString()).reported());
        }
        seconds += all.equals(of) ? 0 : lessons.seconds(of, METHODS);
      }
      TeamData few = all.first(shares[0]);
      MethodReturns idt = lessons.played(few, MarlMethod.IDT);
      Finding gate = CentralGate.precondition(lessons, all);
      String where = task.toString();
      findings.add(claims.few(where, lessons.played(few, MarlMethod.OURS), idt).provided(gate));
      findings.add(
          claims.literalOfFew(where, lessons.played(few, MarlMethod.LITERAL), idt).provided(gate));
      List<Line> lines = new ArrayList<>();
      rows.forEach((method, each) -> lines.add(line(method, shares, each)));
      figures.add(
          new Lines(
              task + ": how many data",
              "% of the episodes",
              "team's return, test episodes",
              lines));
    }
    return new Found(findings, figures, List.of(), seconds);
  }

  private static Line line(MarlMethod method, double[] shares, List<MethodReturns> rows) {
    List<Estimate> found = rows.stream().map(row -> row.row("").estimate()).toList();
    return Line.of(
            method.toString(),
            Arrays.stream(shares).map(share -> 100 * share).toArray(),
            found.stream().mapToDouble(Estimate::value).toArray())
        .band(
            found.stream().mapToDouble(it -> it.interval().low()).toArray(),
            found.stream().mapToDouble(it -> it.interval().high()).toArray());
  }
}
