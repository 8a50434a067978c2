package dev.retort.paper.ensembles;

import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Interval;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.paper.Bound;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.random.RandomStream;
import dev.retort.transfer.InverseRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Tables 1 and 8: return against the size of the ensemble and against the training rotations, of
 * students made as the paper's text says and as its authors' code does.
 *
 * <p>Whose setting is the paper's is read off single students, by a rule that was fixed before: the
 * fingerprint. Returns are quantized, since each rotation of the test is reached or missed, so that
 * of every size there are as many disjoint ensembles as the pool gives.
 */
final class SymmetryTable implements StudyPart {
  private static final int FOUR = 4;

  @Override
  public String name() {
    return "table-1";
  }

  @Override
  public String explain(Scale scale) {
    StringBuilder text = new StringBuilder();
    for (ReacherPool pool : pools(scale)) {
      text.append(pool.explain()).append("\n\n");
    }
    return text.append("disjoint ensembles of ")
        .append(FIXED.words("sizes of ensembles", scale).replace(" ", ", "))
        .append(" students, one episode in each rotation")
        .toString();
  }

  /** Four rotations come first: they have the long ladder. */
  private static List<ReacherPool> pools(Scale scale) {
    List<ReacherPool> pools = new ArrayList<>();
    for (int rotations : new int[] {FOUR, 2, 8}) {
      Recipe.arms().forEach(recipe -> pools.add(ReacherPool.of(recipe, rotations, scale)));
    }
    return pools;
  }

  @Override
  public Found run(Scale scale) {
    Map<String, Ladder> ladders = new LinkedHashMap<>();
    for (ReacherPool pool : pools(scale)) {
      ladders.put(pool.name(), Ladder.of(pool));
    }
    List<Finding> findings = new ArrayList<>();
    Finding exact = Teachers.exact(scale);
    for (Recipe recipe : Recipe.arms()) {
      List<Ladder> own =
          Arrays.stream(ReacherPool.ORDERS)
              .mapToObj(rotations -> ladders.get(ReacherPool.of(recipe, rotations, scale).name()))
              .toList();
      of(recipe, own, scale).forEach(finding -> findings.add(finding.provided(exact)));
    }
    List<Finding> all = new ArrayList<>(List.of(exact, Teachers.solving(scale)));
    all.addAll(findings);
    return new Found(
        all,
        figures(ladders),
        List.of(
            "Table 1: intervals are over ensembles, each of its own students. Published: means of 20 seeds."),
        ladders.values().stream().mapToDouble(ladder -> ladder.pool().seconds()).sum());
  }

  /** All findings of an arm, whose ladders are of two, four and eight rotations. */
  private static List<Finding> of(Recipe recipe, List<Ladder> ladders, Scale scale) {
    Ladder four = ladders.get(1);
    List<Finding> findings = new ArrayList<>(List.of(fingerprint(recipe, ladders, scale)));
    for (Ladder ladder : List.of(four, ladders.get(0), ladders.get(2))) {
      findings.addAll(ladder.reported());
    }
    findings.add(
        renamed(four.single().train(), recipe + " C4, alone in training")
            .judged(scale, FIXED.bound("alone in training", scale)));
    findings.addAll(gain(scale, four));
    if (four.has(100)) {
      findings.add(hundred(scale, four));
    }
    findings.add(slope(scale, four));
    findings.add(step(scale, ladders.get(0), four));
    findings.add(step(scale, four, ladders.get(2)));
    return findings;
  }

  private static Measured renamed(Measured measured, String name) {
    return new Measured(
        name, measured.quantity(), measured.values(), measured.published(), measured.how());
  }

  /**
   * Whether single students are like the paper's in training and in the test, on every group: then
   * its setting is found. The number is how far the worst of the six is, in allowances.
   */
  static Finding fingerprint(Recipe recipe, List<Ladder> ladders, Scale scale) {
    double training = FIXED.number("fingerprint: training");
    double test = FIXED.number("fingerprint: test");
    Map<String, String> how = new TreeMap<>();
    double worst = 0;
    for (Ladder ladder : ladders) {
      Ladder.Rung single = ladder.single();
      worst = Math.max(worst, distance(single.train()) / training);
      worst = Math.max(worst, distance(single.test()) / test);
      how.put(
          ladder.pool().name(),
          String.format(
              Locale.ROOT,
              "%.3f from the paper in training, %.3f in the test",
              distance(single.train()),
              distance(single.test())));
    }
    Measured measured =
        Measured.of(
            recipe + ", the paper's setting",
            "largest distance of single students from the paper, in allowances",
            worst);
    for (Map.Entry<String, String> each : how.entrySet()) {
      measured = measured.how(each.getKey(), each.getValue());
    }
    String words = "training within ±%s, test within ±%s".formatted(training, test);
    return measured.judged(scale, words, worst <= 1);
  }

  private static double distance(Measured measured) {
    return Math.abs(measured.mean() - measured.published().orElseThrow());
  }

  /** What ensembles of a size gain over the same students alone. */
  private static Measured gained(Ladder ladder, int members) {
    double[] together = ladder.of(members).test().numbers();
    double[] alone = ladder.single().test().numbers();
    double[] gains =
        Statistics.differences(together, ReacherPool.means(alone, members, together.length));
    return Measured.of(
        "%s, N = %s over its members, test".formatted(ladder.pool().name(), members),
        "gain in return, mean of %s ensembles".formatted(gains.length),
        gains);
  }

  private static List<Finding> gain(Scale scale, Ladder ladder) {
    Measured gain = gained(ladder, 10);
    return List.of(
        enough(scale, gain, "ten over one", "ensembles of ten"),
        renamed(gain, gain.name() + ", claimed")
            .judged(scale, FIXED.bound("ten over one, claimed", scale)));
  }

  private static Finding hundred(Scale scale, Ladder ladder) {
    return enough(scale, gained(ladder, 100), "hundred over one", "ensembles of a hundred");
  }

  /** A claim that is void where the pool gives too few ensembles. */
  private static Finding enough(Scale scale, Measured gain, String claim, String number) {
    Bound bound = FIXED.bound(claim, scale);
    int groups = gain.values().size();
    int least = FIXED.count(number, scale);
    String words = "%s over at least %s ensembles".formatted(bound.words(), least);
    return gain.judged(scale, words, bound.isMet(gain.estimate()))
        .provided(
            groups >= least,
            "the pool gives %s ensembles where %s were to be held".formatted(groups, least));
  }

  /** The fit of what is lost on {@code a + b / √N}, with an interval for b. */
  private static Finding slope(Scale scale, Ladder ladder) {
    int[] sizes = ladder.pool().sizes().stream().mapToInt(Integer::intValue).toArray();
    List<double[]> bySize = ladder.rungs().stream().map(rung -> rung.test().numbers()).toList();
    double best = ladder.single().train().mean();
    InverseRoot fit = fit(sizes, bySize.stream().mapToDouble(Statistics::mean).toArray(), best);
    RandomStream random = RandomStream.of(0, "fit");
    double[] slopes = new double[2_000];
    for (int i = 0; i < slopes.length; i++) {
      double[] means = new double[sizes.length];
      Arrays.setAll(means, size -> Statistics.mean(again(bySize.get(size), random)));
      slopes[i] = fit(sizes, means, best).slope();
    }
    Estimate found =
        new Estimate(
            fit.slope(),
            new Interval(Statistics.quantile(slopes, 0.025), Statistics.quantile(slopes, 0.975)));
    Bound bound = FIXED.bound("slope", scale);
    String words = "b " + bound.words();
    return new Finding(
        ladder.pool().name() + ", what is lost = a + b/√N",
        "b, by least squares over N = " + Arrays.toString(sizes),
        found,
        OptionalDouble.of(0.395),
        Optional.of(
            scale.isJudged()
                ? Finding.Criterion.judged(words, bound.isMet(found))
                : Finding.Criterion.notJudged(words)),
        List.of(fit.limit(), fit.slope(), fit.rSquared()),
        Map.of(
            "fit",
            fit.toString(),
            "lost is",
            "mean return of single students in training less that of the test"));
  }

  private static InverseRoot fit(int[] sizes, double[] returns, double best) {
    return InverseRoot.fit(sizes, Arrays.stream(returns).map(each -> best - each).toArray());
  }

  private static double[] again(double[] values, RandomStream random) {
    double[] drawn = new double[values.length];
    Arrays.setAll(drawn, i -> values[random.nextInt(values.length)]);
    return drawn;
  }

  /** What single students gain by more training rotations. */
  private static Finding step(Scale scale, Ladder fewer, Ladder more) {
    Measured less = fewer.single().test();
    Measured all = more.single().test();
    int pairs = Math.min(less.values().size(), all.values().size());
    double[] steps =
        Statistics.differences(
            Arrays.copyOf(all.numbers(), pairs), Arrays.copyOf(less.numbers(), pairs));
    return Measured.of(
            "%s over C%s, N = 1, test".formatted(more.pool().name(), fewer.pool().rotations()),
            "difference of returns, mean of %s students".formatted(pairs),
            steps)
        .published(all.published().orElseThrow() - less.published().orElseThrow())
        .judged(scale, FIXED.bound("more rotations", scale));
  }

  /** A picture a group: the ladder of both arms, and of the paper where it has one. */
  private static List<Figure> figures(Map<String, Ladder> ladders) {
    return IntStream.of(FOUR, 2, 8)
        .mapToObj(
            rotations -> {
              List<Line> lines =
                  new ArrayList<>(
                      ladders.values().stream()
                          .filter(ladder -> ladder.pool().rotations() == rotations)
                          .map(Ladder::line)
                          .toList());
              if (rotations == FOUR) {
                lines.add(Ladder.paper());
              }
              return (Figure)
                  new Lines(
                      "C" + rotations + ": test return against ensemble size",
                      "students (log₁₀)",
                      "return",
                      lines);
            })
        .toList();
  }
}
