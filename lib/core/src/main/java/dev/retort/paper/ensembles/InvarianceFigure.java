package dev.retort.paper.ensembles;

import static dev.retort.Retort.totalVariation;
import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.evaluate.Statistics;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.policy.Ensemble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figure 5: how much the outputs vary when the task is turned, against the size of the ensemble and
 * the training rotations; and what ensembles of four rotations return, rotation by rotation.
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
    return "total variation over 360 rotations of the students of table 1, which are trained if they are not there, and returns in each";
  }

  @Override
  public Found run(Scale scale) {
    List<Finding> findings = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    Finding exact = Teachers.exact(scale);
    for (Recipe recipe : Recipe.arms()) {
      List<Line> lines = new ArrayList<>();
      Map<Integer, Measured> single = new LinkedHashMap<>();
      for (int order : ReacherPool.ORDERS) {
        ReacherPool pool = ReacherPool.of(recipe, order, scale);
        List<Measured> bySize = variations(pool);
        single.put(order, bySize.get(0));
        bySize.forEach(each -> findings.add(each.reported()));
        if (bySize.size() > 1) {
          findings.add(smaller(scale, pool, bySize).provided(exact));
        }
        lines.add(line(pool, bySize));
      }
      findings.add(more(scale, recipe, single).provided(exact));
      figures.add(
          new Lines(
              recipe + ": total variation over 360 rotations",
              "students (log₁₀)",
              "log₁₀ (variation + 0.0001)",
              lines));
      figures.add(everyDegree(ReacherPool.of(recipe, 4, scale), scale, findings));
    }
    return new Found(
        findings,
        figures,
        List.of(
            "Figure 5: the paper's own numbers are in a picture only, and not beside ours. Returns in every degree are a harder measure than those of the test and are not held against the paper."),
        0);
  }

  /** Total variations of the ensembles of a pool, size by size. */
  private static List<Measured> variations(ReacherPool pool) {
    Ensemble students = pool.students();
    List<Measured> bySize = new ArrayList<>();
    for (int members : sizes(pool)) {
      List<Ensemble> ensembles = ReacherPool.ensembles(students, members, MOST);
      bySize.add(
          Measured.of(
              "variation of %s, N = %s".formatted(pool.name(), members),
              "total variation over 360 rotations, mean of " + ensembles.size(),
              Measured.each(ensembles, ensemble -> totalVariation(ensemble, pool.sweep()))));
    }
    return bySize;
  }

  private static List<Integer> sizes(ReacherPool pool) {
    return pool.sizes().stream().filter(members -> members <= LARGEST).toList();
  }

  private static Line line(ReacherPool pool, List<Measured> bySize) {
    return Line.of(
        "C" + pool.rotations(),
        sizes(pool).stream().mapToDouble(Math::log10).toArray(),
        bySize.stream().mapToDouble(each -> Math.log10(each.mean() + none())).toArray());
  }

  /** Returns in every whole degree, whose means are found and whose course is drawn. */
  private static Lines everyDegree(ReacherPool pool, Scale scale, List<Finding> findings) {
    List<Line> lines = new ArrayList<>();
    Ensemble students = pool.students();
    int most = FIXED.count("every degree: ensembles", scale);
    for (int members : ReacherPool.counts("every degree: sizes", scale)) {
      List<Ensemble> ensembles = ReacherPool.ensembles(students, members, most);
      double[][] sweeps = Measured.returns(ensembles, pool.sweep());
      findings.add(
          Measured.of(
                  "%s, N = %s, every degree".formatted(pool.name(), members),
                  "return over 360 rotations, mean of " + sweeps.length,
                  Arrays.stream(sweeps).mapToDouble(Statistics::mean).toArray())
              .reported());
      lines.add(byRotation(members, sweeps));
    }
    return new Lines(
        pool.name() + ": return in every rotation",
        "rotation (degrees), mean of 5",
        "return",
        lines);
  }

  private static Line byRotation(int members, double[][] sweeps) {
    double[] degrees = new double[sweeps[0].length];
    double[] means = new double[degrees.length];
    for (int i = 0; i < degrees.length; i++) {
      int degree = i;
      degrees[i] = i;
      means[i] = Arrays.stream(sweeps).mapToDouble(each -> each[degree]).average().orElseThrow();
    }
    return Line.of("N = " + members, degrees, Statistics.runningMean(means, 5));
  }

  /** Below this nothing is left to vary. */
  private static double none() {
    return FIXED.number("nothing to vary");
  }

  /** Whether larger ensembles vary less, where there is something left to vary. */
  private static Finding smaller(Scale scale, ReacherPool pool, List<Measured> bySize) {
    boolean falls = true;
    for (int i = 1; i < bySize.size(); i++) {
      falls &= bySize.get(i).mean() < bySize.get(i - 1).mean() || bySize.get(i - 1).mean() < none();
    }
    Measured ratio =
        Measured.of(
            "variation of %s falls with N".formatted(pool.name()),
            "largest N to N = 1, ratio",
            bySize.get(bySize.size() - 1).mean() / bySize.get(0).mean());
    return ratio.judged(scale, "falls at every size", falls);
  }

  private static Finding more(Scale scale, Recipe recipe, Map<Integer, Measured> single) {
    boolean falls =
        single.get(2).mean() > single.get(4).mean() && single.get(4).mean() > single.get(8).mean();
    return Measured.of(
            recipe + ", variation falls with rotations, N = 1",
            "C8 to C2, ratio",
            single.get(8).mean() / single.get(2).mean())
        .judged(scale, "C2 > C4 > C8", falls);
  }
}
