package dev.retort.paper.ensembles;

import static dev.retort.Retort.totalVariation;
import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.policy.Ensemble;
import dev.retort.transfer.CyclicGroup;
import dev.retort.transfer.TransferBound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figure 5: how much the outputs vary when the task is turned, against the size of the ensemble and
 * the training rotations. Beside it the bound of theorem 1, for constants of one.
 */
final class InvarianceFigure implements StudyPart {
  private static final int LARGEST = 1_000;
  private static final int MOST = 200;

  @Override
  public String name() {
    return "figure-5";
  }

  @Override
  public String explain(Scale scale) {
    return "total variation over 360 rotations of the students of table 1, which are trained if they are not there";
  }

  @Override
  public Found run(Scale scale) {
    List<Finding> findings = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    Finding exact = Teachers.exact(scale);
    Map<Integer, Measured> single = new LinkedHashMap<>();
    for (int order : ReacherPool.ORDERS) {
      ReacherPool pool = ReacherPool.of(order, scale);
      Ensemble students = pool.students();
      int[] sizes = Arrays.stream(pool.ensembleSizes()).filter(n -> n <= LARGEST).toArray();
      List<Measured> bySize = new ArrayList<>();
      for (int n : sizes) {
        List<Ensemble> ensembles = ReacherPool.ensembles(students, n, MOST);
        double[] variations =
            Measured.each(ensembles, ensemble -> totalVariation(ensemble, pool.sweep()));
        bySize.add(
            Measured.of(
                "variation of C%s, N = %s".formatted(order, n),
                "total variation over 360 rotations, mean of " + ensembles.size(),
                variations));
      }
      single.put(order, bySize.get(0));
      bySize.forEach(each -> findings.add(each.reported()));
      if (bySize.size() > 1) {
        findings.add(smaller(scale, order, bySize).provided(exact));
      }
      lines.add(
          Line.of(
              "C" + order,
              Arrays.stream(sizes).mapToDouble(Math::log10).toArray(),
              bySize.stream().mapToDouble(each -> Math.log10(each.mean() + none())).toArray()));
    }
    findings.add(more(scale, single).provided(exact));
    List<Figure> figures =
        List.of(
            new Lines(
                "Total variation over 360 rotations",
                "students (log₁₀)",
                "log₁₀ (variation + 0.0001)",
                lines),
            TransferBound.illustration()
                .plot(new CyclicGroup(2), new CyclicGroup(4), new CyclicGroup(8)));
    return new Found(
        findings,
        figures,
        List.of("Figure 5: the paper's own numbers are in a picture only, and not beside ours."),
        0);
  }

  /** Below this nothing is left to vary. */
  private static double none() {
    return FIXED.number("nothing to vary");
  }

  /** Whether larger ensembles vary less, where there is something left to vary. */
  private static Finding smaller(Scale scale, int order, List<Measured> bySize) {
    boolean falls = true;
    for (int i = 1; i < bySize.size(); i++) {
      falls &= bySize.get(i).mean() < bySize.get(i - 1).mean() || bySize.get(i - 1).mean() < none();
    }
    Measured ratio =
        Measured.of(
            "variation of C%s falls with N".formatted(order),
            "largest N to N = 1, ratio",
            bySize.get(bySize.size() - 1).mean() / bySize.get(0).mean());
    return ratio.judged(scale, "falls at every size", falls);
  }

  private static Finding more(Scale scale, Map<Integer, Measured> single) {
    boolean falls =
        single.get(2).mean() > single.get(4).mean() && single.get(4).mean() > single.get(8).mean();
    return Measured.of(
            "variation falls with rotations, N = 1",
            "C8 to C2, ratio",
            single.get(8).mean() / single.get(2).mean())
        .judged(scale, "C2 > C4 > C8", falls);
  }
}
