package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.evaluate.Estimate;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Claim (h), and claim (f) of few data: the amount of data, of which the teacher has no more. */
record AmountTable(Lessons lessons) implements TaskPart {
  private static final List<MarlMethod> METHODS =
      List.of(MarlMethod.OURS, MarlMethod.LITERAL, MarlMethod.IDT, MarlMethod.TEACHER);

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
  public Found found(TeamData main) {
    Scale scale = main.scale();
    double[] shares = FIXED.numbers("shares of the data", scale);
    Map<MarlMethod, Map<Double, MethodReturns>> rows = new EnumMap<>(MarlMethod.class);
    List<Finding> findings = new ArrayList<>();
    double seconds = 0;
    for (double share : shares) {
      TeamData of = main.first(share);
      for (MarlMethod method : methods(share, scale)) {
        MethodReturns row = lessons.played(of, method);
        rows.computeIfAbsent(method, any -> new TreeMap<>()).put(100 * share, row);
        findings.add(row.row(main.equals(of) ? of + ", all data" : of.toString()).reported());
      }
      seconds += main.equals(of) ? 0 : lessons.seconds(of, methods(share, scale));
    }
    claims(main, main.first(shares[0])).forEach(findings::add);
    List<Line> lines = new ArrayList<>();
    rows.forEach((method, each) -> lines.add(line(method, each)));
    Figure figure =
        new Lines(
            main.task() + ": how many data",
            "% of the episodes",
            "team's return, test episodes",
            lines);
    return new Found(findings, List.of(figure), List.of(), seconds);
  }

  private Stream<Finding> claims(TeamData main, TeamData few) {
    MarlClaims claims = new MarlClaims(main.scale());
    String where = main.task().toString();
    MethodReturns idt = lessons.played(few, MarlMethod.IDT);
    List<Finding> gates = CentralGate.gates(lessons, main);
    return Stream.of(
            claims.few(where, lessons.played(few, MarlMethod.OURS), idt),
            claims.literalOfFew(where, lessons.played(few, MarlMethod.LITERAL), idt))
        .map(claim -> claim.provided(gates));
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
