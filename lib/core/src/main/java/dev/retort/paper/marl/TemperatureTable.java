package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.marl.MethodReturns.Episodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The temperature at which is drawn, with which a sharpened student must not be confounded: every
 * method at each, and at the one that is its own best in validation episodes.
 */
record TemperatureTable(Lessons lessons) implements TaskPart {
  static final List<MarlMethod> METHODS =
      List.of(
          MarlMethod.OURS,
          MarlMethod.SHARPENED,
          MarlMethod.LITERAL,
          MarlMethod.TEACHER,
          MarlMethod.IDT,
          MarlMethod.MADT,
          MarlMethod.CLONING,
          MarlMethod.CQL,
          MarlMethod.BCQ,
          MarlMethod.ICQ);

  @Override
  public String name() {
    return "temperature";
  }

  @Override
  public String explain(Scale scale) {
    return "temperature: %s methods at %s each, and at their own best, chosen in %s validation episodes"
        .formatted(
            METHODS.size(),
            FIXED.words("temperatures", scale).replace(" ", ", "),
            FIXED.count("validation episodes", scale));
  }

  @Override
  public Found found(TeamData main) {
    double[] temperatures = FIXED.numbers("temperatures", main.scale());
    List<Finding> findings = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    List<MethodReturns> own = new ArrayList<>();
    for (MarlMethod method : METHODS) {
      double[] means = new double[temperatures.length];
      for (int i = 0; i < means.length; i++) {
        MethodReturns row = lessons.played(main, method, temperatures[i], Episodes.TEST);
        means[i] = row.mean();
        findings.add(row.row("%s at %s".formatted(main, Numbers.of(temperatures[i]))).reported());
      }
      double best = best(main, method, temperatures);
      MethodReturns row = lessons.played(main, method, best, Episodes.TEST);
      own.add(row);
      findings.add(
          row.row(main + " at its own best")
              .how("temperature, best in validation episodes", Numbers.of(best))
              .reported());
      lines.add(line(method, temperatures, means));
    }
    findings.add(comparison(main, own));
    Figure figure =
        new Lines(
            main.task() + ": the temperature at which is drawn",
            "temperature",
            "team's return, test episodes",
            lines);
    return new Found(findings, List.of(figure), List.of(), 0);
  }

  /** The temperature at which a method receives most in validation episodes. */
  private double best(TeamData of, MarlMethod method, double[] temperatures) {
    double best = temperatures[0];
    double most = Double.NEGATIVE_INFINITY;
    for (double temperature : temperatures) {
      double mean = lessons.played(of, method, temperature, Episodes.VALIDATION).mean();
      if (mean > most) {
        best = temperature;
        most = mean;
      }
    }
    return best;
  }

  private static Finding comparison(TeamData of, List<MethodReturns> own) {
    MethodReturns ours = MarlClaims.named(own, MarlMethod.OURS);
    MethodReturns rival =
        MarlClaims.best(
            MarlMethod.rivals().stream().map(method -> MarlClaims.named(own, method)).toList());
    return Measured.of(
            "%s, ours over the best rival, each at its own best temperature".formatted(of),
            "difference of mean returns, the best is %s; standard error %s"
                .formatted(rival.method(), Numbers.of(ours.errorOver(rival))),
            ours.over(rival))
        .reported();
  }

  private static Line line(MarlMethod method, double[] temperatures, double[] means) {
    double[] sorted = temperatures.clone();
    Arrays.sort(sorted);
    double[] values = new double[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      for (int j = 0; j < temperatures.length; j++) {
        values[i] = temperatures[j] == sorted[i] ? means[j] : values[i];
      }
    }
    return Line.of(method.toString(), sorted, values);
  }
}
