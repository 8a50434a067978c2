package dev.retort.paper.ensembles;

import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.env.reach.Reacher;
import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Interval;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.paper.Bound;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.transfer.InverseRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Tables 1 and 8: return against the size of the ensemble, and against the training rotations. */
final class SymmetryTable implements StudyPart {
  /** At full size so many single students say enough of twenty thousand. */
  private static final int MOST_SWEPT = 2_000;

  private static final int PAIRED = 10;
  private static final Map<Integer, Double> TRAIN =
      Map.of(1, 1.17, 10, 1.17, 100, 1.17, 1_000, 1.17, 10_000, 1.17);
  private static final Map<Integer, Double> TEST =
      Map.of(1, 0.75, 10, 0.89, 100, 1.05, 1_000, 1.13, 10_000, 1.17);
  private static final Map<Integer, Double> SINGLE = Map.of(2, 0.39, 4, 0.75, 8, 1.11);

  @Override
  public String name() {
    return "table-1";
  }

  @Override
  public String explain(Scale scale) {
    StringBuilder text = new StringBuilder();
    for (int rotations : ReacherPool.ORDERS) {
      text.append(ReacherPool.of(rotations, scale).plan().explain()).append("\n\n");
    }
    return text.append(
            "disjoint ensembles of 1, 10, 100, .. students, one episode in each rotation")
        .toString();
  }

  @Override
  public Found run(Scale scale) {
    Finding exact = Teachers.exact(scale);
    List<Finding> findings = new ArrayList<>();
    ReacherPool pool = ReacherPool.of(4, scale);
    Ensemble students = pool.students();
    List<Measured> bySize = new ArrayList<>();
    List<Line> turned = new ArrayList<>();
    double[] alone = new double[0];
    double train = 0;
    for (int n : pool.ensembleSizes()) {
      List<Ensemble> ensembles = ReacherPool.ensembles(students, n, pool.size());
      String what =
          "return, mean of %s %s%s"
              .formatted(
                  ensembles.size(),
                  n == 1 ? "student" : "ensemble",
                  ensembles.size() == 1 ? "" : "s");
      Measured inTraining =
          Measured.of("C4, N = " + n + ", train", what, returns(ensembles, pool.training()))
              .published(TRAIN.get(n));
      Measured inTest =
          Measured.of("C4, N = " + n + ", test", what, returns(ensembles, pool.test()))
              .published(TEST.get(n));
      if (n == 1) {
        alone = inTest.numbers();
        train = inTraining.mean();
        findings.add(inTraining.judged(scale, FIXED.bound("alone in training", scale)));
      } else {
        findings.add(inTraining.reported());
      }
      findings.add(inTest.reported());
      bySize.add(inTest);
      double[][] sweeps = sweeps(pool, students, n);
      findings.add(everyDegree(n, sweeps).reported());
      turned.add(byRotation(n, sweeps));
    }
    findings.addAll(gain(scale, alone, bySize.get(1)));
    findings.add(slope(scale, pool.ensembleSizes(), bySize, train));
    findings.addAll(rotations(scale, bySize.get(0)));
    List<Finding> all = new ArrayList<>(List.of(exact, Teachers.solving(scale)));
    findings.forEach(finding -> all.add(finding.provided(exact)));
    return new Found(
        all,
        List.of(
            againstSize(pool.ensembleSizes(), bySize, train),
            new Lines(
                "C4: return in every rotation", "rotation (degrees), mean of 5", "return", turned)),
        List.of(
            "Table 1: intervals are over ensembles, each of its own students. Published: means of 20 seeds."),
        Arrays.stream(ReacherPool.ORDERS)
            .mapToDouble(order -> StudyPart.seconds(ReacherPool.of(order, scale).plan()))
            .sum());
  }

  private static double[] returns(List<? extends Policy> policies, Reacher family) {
    return Measured.each(policies, policy -> Measured.returnOf(policy, family));
  }

  /** What ten students gain over the same ten alone. */
  private static List<Finding> gain(Scale scale, double[] alone, Measured ten) {
    int groups = ten.values().size();
    double[] members = ReacherPool.means(alone, PAIRED, groups);
    double[] gains = Statistics.differences(ten.numbers(), members);
    Measured gain =
        Measured.of(
            "C4, N = 10 over its members, test",
            "gain in return, mean of %s ensembles".formatted(groups),
            gains);
    Bound positive = FIXED.bound("ten over one", scale);
    int least = FIXED.count("ensembles of ten", scale);
    String words = "%s over at least %s ensembles".formatted(positive.words(), least);
    return List.of(
        gain.judged(scale, words, positive.isMet(gain.estimate()))
            .provided(
                groups >= least,
                "the pool gives %s ensembles where %s were to be held".formatted(groups, least)),
        Measured.of(gain.name() + ", claimed", gain.quantity(), gains)
            .judged(scale, FIXED.bound("ten over one, claimed", scale)));
  }

  /** The fit of what is lost on {@code a + b / √N}, with an interval for b. */
  private static Finding slope(Scale scale, int[] sizes, List<Measured> bySize, double best) {
    InverseRoot fit = fit(sizes, bySize.stream().mapToDouble(Measured::mean).toArray(), best);
    RandomStream random = RandomStream.of(0, "fit");
    double[] slopes = new double[2_000];
    for (int i = 0; i < slopes.length; i++) {
      double[] means = new double[sizes.length];
      Arrays.setAll(means, size -> Statistics.mean(again(bySize.get(size).numbers(), random)));
      slopes[i] = fit(sizes, means, best).slope();
    }
    Map<String, String> how = new TreeMap<>();
    how.put("fit", fit.toString());
    how.put("lost is", "mean return of single students in training less that of the test");
    Estimate found =
        new Estimate(
            fit.slope(),
            new Interval(Statistics.quantile(slopes, 0.025), Statistics.quantile(slopes, 0.975)));
    Bound bound = FIXED.bound("slope", scale);
    String words = "b " + bound.words();
    return new Finding(
        "C4, what is lost = a + b/√N",
        "b, by least squares over N = " + Arrays.toString(sizes),
        found,
        OptionalDouble.of(0.395),
        Optional.of(
            scale.isJudged()
                ? Finding.Criterion.judged(words, bound.isMet(found))
                : Finding.Criterion.notJudged(words)),
        List.of(fit.limit(), fit.slope(), fit.rSquared()),
        how);
  }

  private static InverseRoot fit(int[] sizes, double[] returns, double best) {
    return InverseRoot.fit(sizes, Arrays.stream(returns).map(each -> best - each).toArray());
  }

  private static double[] again(double[] values, RandomStream random) {
    double[] drawn = new double[values.length];
    Arrays.setAll(drawn, i -> values[random.nextInt(values.length)]);
    return drawn;
  }

  /** More training rotations, single students. */
  private static List<Finding> rotations(Scale scale, Measured four) {
    List<Finding> findings = new ArrayList<>();
    Map<Integer, Measured> single = new TreeMap<>(Map.of(4, four));
    for (int order : ReacherPool.ORDERS) {
      if (order == 4) {
        continue;
      }
      ReacherPool pool = ReacherPool.of(order, scale);
      List<Ensemble> students = ReacherPool.ensembles(pool.students(), 1, pool.size());
      String what = "return, mean of %s students".formatted(students.size());
      double published = order == 2 ? 1.17 : 1.16;
      findings.add(
          Measured.of("C" + order + ", N = 1, train", what, returns(students, pool.training()))
              .published(published)
              .reported());
      single.put(
          order,
          Measured.of("C" + order + ", N = 1, test", what, returns(students, pool.test()))
              .published(SINGLE.get(order)));
      findings.add(single.get(order).reported());
    }
    findings.add(step(scale, single.get(2), single.get(4), "C4 over C2, N = 1, test"));
    findings.add(step(scale, single.get(4), single.get(8), "C8 over C4, N = 1, test"));
    return findings;
  }

  private static Finding step(Scale scale, Measured less, Measured more, String name) {
    int pairs = Math.min(less.values().size(), more.values().size());
    double[] steps =
        Statistics.differences(
            Arrays.copyOf(more.numbers(), pairs), Arrays.copyOf(less.numbers(), pairs));
    Measured step =
        Measured.of(name, "difference of returns, mean of %s students".formatted(pairs), steps)
            .published(more.published().orElseThrow() - less.published().orElseThrow());
    return step.judged(scale, FIXED.bound("more rotations", scale));
  }

  private static Lines againstSize(int[] sizes, List<Measured> bySize, double train) {
    double[] x = Arrays.stream(sizes).mapToDouble(Math::log10).toArray();
    List<Estimate> estimates = bySize.stream().map(Measured::estimate).toList();
    Line ours =
        Line.of("ours, 95 % band", x, estimates.stream().mapToDouble(Estimate::value).toArray())
            .band(
                estimates.stream().mapToDouble(each -> each.interval().low()).toArray(),
                estimates.stream().mapToDouble(each -> each.interval().high()).toArray());
    Line paper = Line.of("paper", x, Arrays.stream(sizes).mapToDouble(TEST::get).toArray());
    double[] flat = new double[x.length];
    Arrays.fill(flat, train);
    return Lines.of(
        "C4: test return against ensemble size",
        "students (log₁₀)",
        "return",
        ours,
        paper,
        Line.of("ours, in training", x, flat));
  }

  /** How many ensembles of one size are turned through every degree: all that the pool gives. */
  static int swept(ReacherPool pool, int members) {
    return Math.min(MOST_SWEPT, pool.size() / members);
  }

  /** The returns of ensembles of one size in every whole degree, {@code (ensembles, 360)}. */
  private static double[][] sweeps(ReacherPool pool, Ensemble students, int members) {
    return Measured.returns(
        ReacherPool.ensembles(students, members, swept(pool, members)), pool.sweep());
  }

  private static Measured everyDegree(int members, double[][] sweeps) {
    return Measured.of(
        "C4, N = " + members + ", every degree",
        "return over 360 rotations, mean of " + sweeps.length,
        Arrays.stream(sweeps).mapToDouble(Statistics::mean).toArray());
  }

  private static Line byRotation(int members, double[][] sweeps) {
    double[] degrees = new double[360];
    double[] means = new double[360];
    for (int i = 0; i < degrees.length; i++) {
      int degree = i;
      degrees[i] = i;
      means[i] = Arrays.stream(sweeps).mapToDouble(each -> each[degree]).average().orElseThrow();
    }
    return Line.of("N = " + members, degrees, Statistics.runningMean(means, 5));
  }
}
