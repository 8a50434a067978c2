package dev.retort.paper.ensembles;

import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;

/**
 * What theorem 1 says of actions, {@code κ C_Θ + C_Σ(ε)/√N}, beside what was seen: how far the
 * torques of ensembles are in turned states from those of the infinite ensemble in the training
 * states. Its two constants are estimated from one half of a pool's students, and ensembles of the
 * other half are held against it.
 */
final class BoundTable implements StudyPart {
  @Override
  public String name() {
    return "bound";
  }

  @Override
  public String explain(Scale scale) {
    return "the bound on actions from the students of table 1, which are trained if they are not there: %s students of a pool at most, every %s degrees"
        .formatted(FIXED.count("bound: students", scale), FIXED.count("bound: degrees", scale));
  }

  @Override
  public Found run(Scale scale) {
    List<Finding> findings = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    Finding exact = Teachers.exact(scale);
    for (Recipe recipe : Recipe.arms()) {
      List<Line> lines = new ArrayList<>();
      for (int order : ReacherPool.ORDERS) {
        ReacherPool pool = ReacherPool.of(recipe, order, scale);
        of(pool, scale, lines).forEach(finding -> findings.add(finding.provided(exact)));
      }
      figures.add(
          new Lines(
              recipe + ": torque in turned states, bound and seen",
              "students (log₁₀)",
              "log₁₀ distance (N m)",
              lines));
    }
    return new Found(
        findings,
        figures,
        List.of(
            "The bound: constants are estimated from one half of the students, and hold for the ensembles of the other half where their estimate is good; what is lost in return is larger by a factor that nobody knows."),
        0);
  }

  private static List<Finding> of(ReacherPool pool, Scale scale, List<Line> lines) {
    TurnedTorques torques = TurnedTorques.of(pool, scale);
    double risk = FIXED.number("bound: risk");
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Measured.of(
                pool.name() + ", C_Θ",
                "torque that turning changes in the infinite ensemble, for each unit of κ, mean over states",
                torques.kernel())
            .how("κ", torques.kappa())
            .reported());
    findings.add(
        Measured.of(
                pool.name() + ", C_Σ",
                "torque by which one student may be away from it, with a risk of " + risk,
                torques.spread(risk))
            .reported());
    List<Integer> sizes =
        ReacherPool.counts("bound: sizes", scale).stream()
            .filter(members -> members <= torques.held())
            .toList();
    double[] bounds = new double[sizes.size()];
    double[] seen = new double[sizes.size()];
    double covered = 1;
    for (int i = 0; i < bounds.length; i++) {
      TurnedTorques.Kept kept = torques.kept(sizes.get(i), risk);
      bounds[i] = kept.bound();
      seen[i] = kept.seen();
      covered = Math.min(covered, kept.share());
      String name = pool.name() + ", N = " + sizes.get(i);
      findings.add(
          Measured.of(name + ", bound", "torque, mean over turned states", bounds[i]).reported());
      findings.add(
          Measured.of(
                  name + ", seen",
                  "distance of torques that one in %s exceeds, mean over turned states"
                      .formatted(Math.round(1 / risk)),
                  seen[i])
              .how("ensembles", kept.ensembles())
              .reported());
    }
    findings.add(
        Measured.of(
                pool.name() + ", bound kept",
                "share of ensembles, outputs and turned states, the least of the sizes",
                covered)
            .judged(scale, FIXED.bound("bound: covered", scale)));
    double[] x = sizes.stream().mapToDouble(Math::log10).toArray();
    lines.add(Line.of("C" + pool.rotations() + ", bound", x, logs(bounds)));
    lines.add(Line.of("C" + pool.rotations() + ", seen", x, logs(seen)));
    return findings;
  }

  private static double[] logs(double[] values) {
    double[] logs = new double[values.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log10(values[i]);
    }
    return logs;
  }
}
