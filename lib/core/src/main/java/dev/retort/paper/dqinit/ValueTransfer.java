package dev.retort.paper.dqinit;

import static dev.retort.paper.dqinit.ValueInitialization.FIXED;

import dev.retort.evaluate.Metric;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.paper.Bound;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.paper.Tuned;
import dev.retort.prior.QPrior;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All arms on one family of tasks: tuned on its tuning tasks, compared on its target tasks, beside
 * the table that never learns.
 *
 * @param kind which family
 */
record ValueTransfer(TransferSetting.Kind kind) implements StudyPart {
  /** How much worse a return may be and still count as no worse. */
  static final double MARGIN = FIXED.number("margin");

  /**
   * An arm on the target tasks.
   *
   * @param tuned what its number reached on the tuning tasks; empty where it has none
   */
  record Result(TransferArm arm, Optional<Tuned> tuned, TransferTrial trial) {
    /** With which setting, in words. */
    String setTo() {
      return arm.said(TunedArm.best(tuned));
    }
  }

  @Override
  public String name() {
    return kind.toString();
  }

  @Override
  public String explain(Scale scale) {
    return new TransferSetting(kind, scale).registration();
  }

  @Override
  public Found run(Scale scale) {
    TransferSetting setting = new TransferSetting(kind, scale);
    Map<TransferArm, Optional<Tuned>> tuned = new LinkedHashMap<>();
    for (TransferArm arm : TransferArm.all(setting)) {
      tuned.put(arm, arm.tuned(setting));
    }
    Map<String, Result> results = new LinkedHashMap<>();
    tuned.forEach(
        (arm, number) ->
            results.put(
                arm.name(),
                new Result(arm, number, arm.trial(setting.target(), setting.seeds(), number))));
    if (!results.containsKey(TransferArm.TABLE)) {
      throw new IllegalStateException("nothing is compared without the table that never learns");
    }
    List<Finding> findings = new ArrayList<>();
    double seconds = 0;
    for (Result each : results.values()) {
      findings.addAll(numbers(setting, each));
      seconds += each.trial.seconds();
    }
    double temperature = TunedArm.best(results.get(TransferArm.FOLLOWED).tuned());
    findings.addAll(new SourceReturns(setting).findings(temperature));
    Optional<Finding> gate = gate(findings);
    for (Finding claim : claims(setting, results)) {
      findings.add(gate.map(claim::provided).orElse(claim));
    }
    return new Found(findings, figures(setting, results), notes(setting, results), seconds);
  }

  /** The precondition of all claims, where the family has one: nothing else is judged so far. */
  private static Optional<Finding> gate(List<Finding> numbers) {
    return numbers.stream().filter(number -> number.criterion().isPresent()).findFirst();
  }

  private Measured measured(String arm, String what, String quantity, double[] perTask) {
    return Measured.of(
        "%s: %s, %s".formatted(kind, arm, what),
        "%s, mean of %s tasks".formatted(quantity, perTask.length),
        perTask);
  }

  /** The four metrics of transfer, and the return of the early episodes. */
  private List<Finding> numbers(TransferSetting setting, Result result) {
    String arm = result.arm.name();
    TransferTrial trial = result.trial;
    int all = setting.episodes();
    int first = Math.min(10, setting.early());
    Measured jump = measured(arm, "jump-start, first " + first, "return", trial.mean(0, first));
    Finding start =
        arm.equals(TransferArm.TABLE) && kind == TransferSetting.Kind.VALLEY
            ? jump.how("set to", result.setTo())
                .judged(setting.scale(), FIXED.bound("gate", setting.scale()))
            : jump.how("set to", result.setTo()).reported();
    List<Finding> findings = new ArrayList<>(List.of(start));
    findings.add(
        measured(arm, "first " + setting.early(), "return", trial.mean(0, setting.early()))
            .reported());
    findings.add(measured(arm, "all " + all, "return", trial.mean(0, all)).reported());
    findings.add(
        measured(arm, "last " + setting.late(), "return", trial.mean(all - setting.late(), all))
            .reported());
    String threshold = Numbers.of(kind.threshold());
    findings.add(
        measured(
                arm,
                "episodes to " + threshold,
                "first episode of at least that return",
                trial.metric(Metric.timeTo(kind.threshold()), all))
            .reported());
    result.tuned.ifPresent(tuned -> findings.addAll(numbers(setting, result.arm, tuned)));
    return findings;
  }

  /** What every value of a number reached on the tuning tasks. */
  private List<Finding> numbers(TransferSetting setting, TransferArm arm, Tuned tuned) {
    List<Finding> findings = new ArrayList<>();
    tuned
        .scores()
        .forEach(
            (value, score) ->
                findings.add(
                    Measured.of(
                            "%s: %s, tuning, %s".formatted(kind, arm.name(), arm.said(value)),
                            "return on %s tuning tasks".formatted(setting.tuningTasks()),
                            score)
                        .how("chosen", value == tuned.best())
                        .how("widened", tuned.added().contains(value))
                        .reported()));
    return findings;
  }

  /** What was claimed before the run. */
  private List<Finding> claims(TransferSetting setting, Map<String, Result> results) {
    Scale scale = setting.scale();
    Bound helps = FIXED.bound("helps", scale);
    int all = setting.episodes();
    int early = setting.early();
    List<Finding> claims = new ArrayList<>();
    TransferTrial table = results.get(TransferArm.TABLE).trial;
    for (String arm : TransferArm.KNOWING) {
      TransferTrial own = results.get(arm).trial;
      for (String vanilla : List.of(TransferArm.ANNEALED, TransferArm.CONSTANT)) {
        TransferTrial other = results.get(vanilla).trial;
        for (int k : new int[] {early, all}) {
          claims.add(
              gain(arm, "over " + vanilla + ", first " + k, own.mean(0, k), other.mean(0, k))
                  .judged(scale, helps));
        }
      }
      Measured matched =
          gain(arm, "over the table, first " + early, own.mean(0, early), table.mean(0, early));
      claims.add(matched.judged(scale, Bound.above(-MARGIN)));
      claims.add(
          gain(
                  arm,
                  "over the table, last " + setting.late(),
                  own.mean(all - setting.late(), all),
                  table.mean(all - setting.late(), all))
              .judged(scale, helps));
      claims.add(
          gain(
                  arm,
                  "over time decay, all " + all,
                  own.mean(0, all),
                  results.get(TransferArm.DECAY).trial.mean(0, all))
              .judged(scale, helps));
    }
    return claims;
  }

  private Measured gain(String arm, String over, double[] more, double[] less) {
    return measured(arm, over, "gain in return", Statistics.differences(more, less));
  }

  private List<Figure> figures(TransferSetting setting, Map<String, Result> results) {
    int all = setting.episodes();
    List<Line> own = new ArrayList<>();
    List<Line> rivals = new ArrayList<>();
    results.forEach(
        (name, result) -> {
          Line line =
              result.trial.group(TransferArm.label(name), all).line(RandomStream.of(0, "band"));
          Line bare = new Line(line.name(), line.x(), line.y(), line.low(), line.high(), List.of());
          boolean both = name.equals(TransferArm.TABLE) || name.equals(TransferArm.ANNEALED);
          if (both || TransferArm.KNOWING.contains(name)) {
            own.add(bare);
          }
          if (both || !TransferArm.KNOWING.contains(name)) {
            rivals.add(bare);
          }
        });
    return List.of(
        new Lines(kind + ": DQInit (reconstruction)", "episode", "return", own),
        new Lines(kind + ": rivals", "episode", "return", rivals),
        believed(results));
  }

  /** How often the prior still has a say. */
  private Figure believed(Map<String, Result> results) {
    List<Line> lines = new ArrayList<>();
    for (String arm : TransferArm.KNOWING) {
      Result result = results.get(arm);
      double[] steps = result.trial.curves().curve().column("step");
      double[] share = result.trial.curves().curve().column("believed");
      double last = Arrays.stream(steps).max().orElse(1);
      int points = 40;
      double[] x = new double[points];
      double[] sums = new double[points];
      int[] counts = new int[points];
      Arrays.setAll(x, i -> last * (i + 1) / points);
      for (int row = 0; row < steps.length; row++) {
        int point = (int) Math.min(points - 1, steps[row] / last * points);
        if (Double.isFinite(share[row])) {
          sums[point] += share[row];
          counts[point]++;
        }
      }
      double[] y = new double[points];
      Arrays.setAll(y, i -> counts[i] == 0 ? Double.NaN : sums[i] / counts[i]);
      lines.add(Line.of(TransferArm.label(arm) + ", " + result.setTo(), x, y));
    }
    return new Lines(kind + ": prior believed", "environment steps", "share", lines);
  }

  private List<String> notes(TransferSetting setting, Map<String, Result> results) {
    QPrior prior = setting.prior();
    Map<String, String> set = new TreeMap<>();
    results.forEach((name, result) -> set.put(name, result.setTo()));
    double[] scores = prior.sources().doubleColumn("return").asDoubleArray();
    List<String> notes = new ArrayList<>();
    notes.add(
        "%s: %s. Sources returned %s.".formatted(kind, prior.summary(), Arrays.toString(scores)));
    notes.add(
        "%s: chosen on tuning tasks: %s. All transfer arms act at ε 0.05.".formatted(kind, set));
    List<String> widened =
        results.values().stream()
            .flatMap(
                each ->
                    each.tuned.flatMap(Tuned::note).map(it -> each.arm.name() + ": " + it).stream())
            .toList();
    if (!widened.isEmpty()) {
      notes.add("%s: best at the edge of a grid: %s.".formatted(kind, String.join("; ", widened)));
    }
    return notes;
  }
}
