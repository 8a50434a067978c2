package dev.retort.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Draws samples whose truth is known, and counts how often the interval holds it; the tables stand
 * in {@code docs/evaluation.md}, and must be what is found here.
 */
@Tag("once")
class CoverageTest {
  private static final Path DOCS = Path.of("..", "..", "docs", "evaluation.md");
  private static final int SIMULATIONS = 1_000;
  private static final Bootstrap QUICK = new Bootstrap(400);

  /** Scores of one run or episode, with their true mean and interquartile mean. */
  private record Kind(String name, ToDoubleFunction<RandomStream> draw, double mean, double iqm) {}

  private static final Kind NORMAL = new Kind("normal", RandomStream::nextGaussian, 0, 0);

  private static final Kind EXPONENTIAL =
      new Kind("exponential", CoverageTest::exponential, 1, iqmOf(CoverageTest::exponential));

  /** Nineteen of twenty arrive, at about .95; the others get nothing. */
  private static final Kind FAILING =
      new Kind("5 % fail", CoverageTest::failing, 0.95 * 0.95, iqmOf(CoverageTest::failing));

  /** As on CartPole: many reach 500, which is the most. */
  private static final Kind CAPPED =
      new Kind("capped", CoverageTest::capped, meanOfCapped(), iqmOf(CoverageTest::capped));

  private static final Kind COIN =
      new Kind("3 of 4 succeed", random -> random.nextDouble() < 0.75 ? 1 : 0, 0.75, 1);

  private static double exponential(RandomStream random) {
    return -Math.log(1 - random.nextDouble());
  }

  private static double failing(RandomStream random) {
    return random.nextDouble() < 0.05 ? 0 : 0.95 + 0.02 * random.nextGaussian();
  }

  private static double capped(RandomStream random) {
    return Math.min(500, 480 + 40 * random.nextGaussian());
  }

  /** {@code E min(c, m + sZ) = c - s (z Φ(z) + φ(z))} with {@code z = (c - m) / s}. */
  private static double meanOfCapped() {
    double z = 20 / 40.0;
    double below = 0.6914624612740131; // Φ(0.5)
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    return 500 - 40 * (z * below + density);
  }

  /** The interquartile mean of a distribution, from very many draws. */
  private static double iqmOf(ToDoubleFunction<RandomStream> draw) {
    RandomStream random = RandomStream.of(0, "truth");
    double[] many = new double[400_000];
    Arrays.setAll(many, i -> draw.applyAsDouble(random));
    return Statistics.iqm(many);
  }

  private static double coverage(
      Kind kind, int n, double truth, BiFunction<double[], RandomStream, Estimate> interval) {
    int covered = 0;
    for (int i = 0; i < SIMULATIONS; i++) {
      RandomStream random = RandomStream.of(n, "coverage of " + kind.name, i);
      double[] sample = new double[n];
      Arrays.setAll(sample, run -> kind.draw.applyAsDouble(random));
      Estimate estimate = interval.apply(sample, random);
      covered += holds(estimate, truth) ? 1 : 0;
    }
    return (double) covered / SIMULATIONS;
  }

  /** Where all values are alike no interval is said, and so nothing that could be false. */
  private static boolean holds(Estimate estimate, double truth) {
    return !estimate.interval().isKnown() || estimate.interval().contains(truth);
  }

  @Test
  void intervalsOfMeansHoldTheTruthAsOftenAsTheDocsSay() throws IOException {
    int[] counts = {3, 5, 10, 20, 50, 100};
    TreeMap<String, Double> found = new TreeMap<>();
    String table =
        table(
            "mean of",
            counts,
            List.of(NORMAL, EXPONENTIAL, CAPPED, FAILING, COIN),
            (kind, n) -> {
              double share =
                  coverage(kind, n, kind.mean, (sample, random) -> Intervals.mean(sample));
              found.put(kind.name + " " + n, share);
              return share;
            });
    assertThat(Files.readString(DOCS)).contains(table);
    for (int n : counts) {
      assertThat(found.get("normal " + n)).as("normal, %s", n).isBetween(0.93, 0.97);
    }
    assertThat(found.get("exponential 100")).isBetween(0.93, 0.97);
    assertThat(found.get("5 % fail 100")).isGreaterThan(0.93);
    assertThat(found.get("3 of 4 succeed 10")).isGreaterThan(0.93);
  }

  @Test
  void intervalsOfInterquartileMeansHoldTheTruthFromThreeRunsOn() throws IOException {
    int[] counts = {3, 4, 5, 6, 8, 10, 20};
    TreeMap<String, Double> found = new TreeMap<>();
    String table =
        table(
            "IQM of",
            counts,
            List.of(NORMAL, EXPONENTIAL, CAPPED),
            (kind, n) -> {
              double share =
                  coverage(
                      kind, n, kind.iqm, (sample, random) -> Intervals.iqm(sample, QUICK, random));
              found.put(kind.name + " " + n, share);
              return share;
            });
    assertThat(Files.readString(DOCS)).contains(table);
    for (int n : counts) {
      assertThat(found.get("normal " + n)).as("normal, %s", n).isBetween(0.93, 0.98);
    }
  }

  @Test
  void intervalsOfProbabilitiesHoldTheTruthFromThreeRunsOn() throws IOException {
    int[][] counts = {{3, 3}, {3, 5}, {5, 5}, {3, 10}, {10, 10}, {20, 20}};
    double[] truths = {0.5, 0.75, 0.9, 0.97};
    double[] shifts = {0, 0.9538725524, 1.8123875649, 2.6598297}; // √2 Φ⁻¹(truth)
    StringBuilder table =
        new StringBuilder(
            "| runs | P = 0.5 | P = 0.75 | P = 0.9 | P = 0.97 |\n|---|---|---|---|---|\n");
    for (int[] pair : counts) {
      table.append("| %s and %s |".formatted(pair[0], pair[1]));
      for (int i = 0; i < truths.length; i++) {
        int covered = 0;
        for (int simulation = 0; simulation < SIMULATIONS; simulation++) {
          RandomStream random =
              RandomStream.of(pair[0] + 100L * pair[1], "improvement", simulation);
          double shift = shifts[i];
          double[] x = new double[pair[0]];
          double[] y = new double[pair[1]];
          Arrays.setAll(x, run -> shift + random.nextGaussian());
          Arrays.setAll(y, run -> random.nextGaussian());
          Estimate estimate = Intervals.improvement(x, y);
          assertThat(estimate.interval().width()).isPositive();
          covered += holds(estimate, truths[i]) ? 1 : 0;
        }
        double share = (double) covered / SIMULATIONS;
        assertThat(share).as("%s, %s", Arrays.toString(pair), truths[i]).isGreaterThan(0.93);
        table.append(percent(share));
      }
      table.append('\n');
    }
    assertThat(Files.readString(DOCS)).contains(table);
  }

  @Test
  void percentilesOfTheBootstrapAloneWouldBeTooNarrow() {
    BiFunction<double[], RandomStream, Estimate> plain =
        (sample, random) -> QUICK.estimate(sample, Statistics::iqm, random);
    assertThat(coverage(NORMAL, 3, 0, plain)).isLessThan(0.8);
    assertThat(coverage(NORMAL, 5, 0, plain)).isLessThan(0.92);
  }

  @Test
  void intervalsOfAHundredRunsOnFourTasksCoverTheTruthToo() {
    int covered = 0;
    int simulations = 800;
    for (int i = 0; i < simulations; i++) {
      RandomStream random = RandomStream.of(2, "coverage", i);
      double[][] scores = new double[25][4];
      for (double[] run : scores) {
        Arrays.setAll(run, task -> random.nextGaussian());
      }
      Interval interval = new Bootstrap(250).estimate(scores, Statistics::iqm, random).interval();
      covered += interval.contains(0) ? 1 : 0;
    }
    assertThat((double) covered / simulations).isBetween(0.93, 0.97);
  }

  /** Two scores of a seed: what it does to both alike, and what each does by itself. */
  private record Pairs(String name, double shared, ToDoubleFunction<RandomStream> own) {
    double[][] draw(int n, RandomStream random) {
      double[][] both = new double[2][n];
      for (int seed = 0; seed < n; seed++) {
        double common = shared * random.nextGaussian();
        both[0][seed] = common + 1 + own.applyAsDouble(random);
        both[1][seed] = common + own.applyAsDouble(random);
      }
      return both;
    }
  }

  @Test
  void pairedIntervalsHoldTheTruthWhateverSeedsDoToBothAlike() throws IOException {
    int[] counts = {3, 5, 10, 20};
    StringBuilder table = new StringBuilder("| differences of | 3 | 5 | 10 | 20 | width |\n");
    table.append("|---|---|---|---|---|---|\n");
    for (Pairs pairs :
        List.of(
            new Pairs("normal scores", 1, RandomStream::nextGaussian),
            new Pairs(
                "normal scores, seeds that vary thrice as much", 3, RandomStream::nextGaussian),
            new Pairs("exponential scores", 1, CoverageTest::exponential))) {
      table.append("| ").append(pairs.name).append(" |");
      double width = 0;
      double apart = 0;
      for (int n : counts) {
        int covered = 0;
        for (int i = 0; i < SIMULATIONS; i++) {
          double[][] both = pairs.draw(n, RandomStream.of(n, "pairs of " + pairs.name, i));
          Estimate found = Intervals.paired(both[0], both[1]);
          covered += holds(found, 1) ? 1 : 0;
          width += found.interval().width();
          apart +=
              Math.hypot(
                  Intervals.mean(both[0]).interval().width(),
                  Intervals.mean(both[1]).interval().width());
        }
        double share = (double) covered / SIMULATIONS;
        assertThat(share).as("%s, %s", pairs.name, n).isBetween(0.92, 0.98);
        table.append(percent(share));
      }
      assertThat(width / apart).as(pairs.name).isLessThan(0.8);
      table.append(percent(width / apart)).append('\n');
    }
    assertThat(Files.readString(DOCS)).contains(table);
  }

  /** How much a run does on all tasks, a task to all runs, and both by chance. */
  private record Levels(String name, double run, double task, double rest) {
    double[][] draw(int runs, int tasks, RandomStream random) {
      double[] ofTask = new double[tasks];
      Arrays.setAll(ofTask, i -> task * random.nextGaussian());
      double[][] scores = new double[runs][tasks];
      for (double[] own : scores) {
        double ofRun = run * random.nextGaussian();
        Arrays.setAll(own, i -> ofRun + ofTask[i] + rest * random.nextGaussian());
      }
      return scores;
    }
  }

  @Test
  void intervalsOverSeedsAndTasksHoldTheTruthOfOtherSeedsOnOtherTasks() throws IOException {
    int[][] counts = {{3, 5}, {3, 20}, {5, 10}, {10, 10}, {10, 20}};
    StringBuilder table =
        new StringBuilder("| seeds and tasks | 3 × 5 | 3 × 20 | 5 × 10 | 10 × 10 | 10 × 20 |\n");
    table.append("|---|---|---|---|---|---|\n");
    int simulations = 400;
    for (Levels levels :
        List.of(
            new Levels("tasks vary", 0, 1, 1),
            new Levels("seeds vary", 1, 0, 1),
            new Levels("both vary", 1, 1, 1),
            new Levels("neither varies", 0, 0, 1))) {
      table.append("| ").append(levels.name).append(" |");
      for (int[] count : counts) {
        int covered = 0;
        for (int i = 0; i < simulations; i++) {
          RandomStream random =
              RandomStream.of(count[0] + 100L * count[1], "levels where " + levels.name, i);
          double[][] scores = levels.draw(count[0], count[1], random);
          Estimate found = new Bootstrap(100).twoLevel(scores, Statistics::mean, random);
          covered += holds(found, 0) ? 1 : 0;
        }
        double share = (double) covered / simulations;
        assertThat(share).as("%s, %s", levels.name, Arrays.toString(count)).isGreaterThan(0.9);
        table.append(percent(share));
      }
      table.append('\n');
    }
    assertThat(Files.readString(DOCS)).contains(table);
  }

  @Test
  void intervalsOverRunsAloneSayTooLittleOfOtherTasks() {
    Levels levels = new Levels("tasks vary", 0, 1, 1);
    int covered = 0;
    for (int i = 0; i < 400; i++) {
      RandomStream random = RandomStream.of(7, "runs alone", i);
      double[][] scores = levels.draw(10, 10, random);
      double[] means = Arrays.stream(scores).mapToDouble(Statistics::mean).toArray();
      covered += holds(Intervals.mean(means), 0) ? 1 : 0;
    }
    assertThat(covered / 400.0).isLessThan(0.6);
  }

  private static String table(
      String what, int[] counts, List<Kind> kinds, BiFunction<Kind, Integer, Double> coverage) {
    StringBuilder table = new StringBuilder("| " + what + " |");
    Arrays.stream(counts).forEach(n -> table.append(" ").append(n).append(" |"));
    table.append("\n|---|").append("---|".repeat(counts.length)).append('\n');
    for (Kind kind : kinds) {
      String cells =
          IntStream.of(counts)
              .mapToObj(n -> percent(coverage.apply(kind, n)))
              .collect(Collectors.joining());
      table.append("| ").append(kind.name).append(" |").append(cells).append('\n');
    }
    return table.toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, " %.1f |", 100 * share);
  }
}
