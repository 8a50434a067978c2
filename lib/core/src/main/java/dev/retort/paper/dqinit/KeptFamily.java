package dev.retort.paper.dqinit;

import static dev.retort.paper.dqinit.KeptGains.FIXED;

import dev.retort.evaluate.Statistics;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.guidance.PriorHandover;
import dev.retort.paper.Bound;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.paper.Tuned;
import dev.retort.paper.Verdict;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether arms keep on one family what they gain: all are tuned on its tuning tasks, then compared
 * on its target tasks, early and late.
 *
 * @param kind which family
 */
record KeptFamily(KeptSetting.Kind kind) implements StudyPart {
  private static final double MARGIN = FIXED.number("margin");

  /**
   * What is settled and who is better: the arm that is held against, and whether it has settled.
   */
  private record Vanilla(String arm, Finding settled) {}

  @Override
  public String name() {
    return kind.toString();
  }

  @Override
  public String explain(Scale scale) {
    return new KeptSetting(kind, scale).registration();
  }

  @Override
  public Found run(Scale scale) {
    KeptSetting setting = new KeptSetting(kind, scale);
    Map<KeptArm, Optional<Tuned>> tuned = new LinkedHashMap<>();
    for (KeptArm arm : KeptArm.all(setting)) {
      tuned.put(arm, arm.tuned(setting));
    }
    Map<String, TransferTrial> trials = new LinkedHashMap<>();
    tuned.forEach(
        (arm, number) ->
            trials.put(arm.name(), arm.trial(setting.target(), setting.seeds(), number)));
    List<Finding> findings = new ArrayList<>();
    trials.forEach((arm, trial) -> findings.addAll(numbers(setting, arm, trial)));
    tuned.forEach((arm, number) -> number.ifPresent(each -> findings.addAll(tuning(arm, each))));
    Vanilla vanilla = vanilla(setting, trials);
    findings.add(vanilla.settled);
    for (String arm : KeptArm.ASKED) {
      findings.addAll(claims(setting, trials, vanilla, arm));
    }
    double seconds = trials.values().stream().mapToDouble(TransferTrial::seconds).sum();
    return new Found(findings, figures(setting, trials), notes(setting, tuned), seconds);
  }

  private static double[] early(KeptSetting setting, TransferTrial trial) {
    return trial.during(0, setting.early());
  }

  private static double[] late(KeptSetting setting, TransferTrial trial) {
    return trial.during(setting.steps() - setting.late(), setting.steps());
  }

  /** Training returns early and late, and greedy returns of what was learned beside them. */
  private List<Finding> numbers(KeptSetting setting, String arm, TransferTrial trial) {
    long steps = setting.steps();
    return List.of(
        reported(arm + ", early", "return", early(setting, trial)),
        reported(arm + ", late", "return", late(setting, trial)),
        reported(
            arm + ", late, greedy",
            "return of greedy actions of what was learned",
            trial.greedy(steps - setting.late(), steps)));
  }

  private Finding reported(String what, String quantity, double[] perTask) {
    return Measured.of(
            "%s: %s".formatted(kind, what),
            "%s, mean of %s tasks".formatted(quantity, perTask.length),
            perTask)
        .reported();
  }

  private List<Finding> tuning(KeptArm arm, Tuned tuned) {
    List<Finding> findings = new ArrayList<>();
    tuned
        .scores()
        .forEach(
            (value, score) ->
                findings.add(
                    Measured.of(
                            "%s: %s, tuning, %s %s"
                                .formatted(kind, arm.name(), tuned.name(), value),
                            "return on the tuning tasks",
                            score)
                        .how("chosen", value == tuned.best())
                        .reported()));
    return findings;
  }

  /** The better of both learners without a prior, and whether it has come to its end. */
  private Vanilla vanilla(KeptSetting setting, Map<String, TransferTrial> trials) {
    String better =
        Statistics.mean(late(setting, trials.get(KeptArm.FALLING)))
                >= Statistics.mean(late(setting, trials.get(KeptArm.CONSTANT)))
            ? KeptArm.FALLING
            : KeptArm.CONSTANT;
    TransferTrial trial = trials.get(better);
    long from = setting.steps() - setting.late();
    double[] change =
        Statistics.differences(late(setting, trial), trial.during(from - setting.late(), from));
    return new Vanilla(
        better,
        gain(better + ", late over the part before", change)
            .judged(setting.scale(), Bound.within(MARGIN)));
  }

  private Measured gain(String what, double[] perTask) {
    return Measured.of(
        "%s: %s".formatted(kind, what),
        "gain in return, mean of %s tasks".formatted(perTask.length),
        perTask);
  }

  /**
   * The four conditions of an arm that keeps what it gains, the gate, and the stricter question.
   */
  private List<Finding> claims(
      KeptSetting setting, Map<String, TransferTrial> trials, Vanilla vanilla, String arm) {
    Scale scale = setting.scale();
    Bound gains = FIXED.bound("gains", scale);
    Bound noWorse = Bound.above(-MARGIN);
    TransferTrial own = trials.get(arm);
    TransferTrial table = trials.get(KeptArm.TABLE);
    List<Finding> parts = new ArrayList<>();
    for (String other : List.of(KeptArm.FALLING, KeptArm.CONSTANT)) {
      double[] gain =
          Statistics.differences(early(setting, own), early(setting, trials.get(other)));
      parts.add(gain(arm + ", early over " + other, gain).judged(scale, gains));
    }
    parts.add(
        gain(
                arm + ", early over the table",
                Statistics.differences(early(setting, own), early(setting, table)))
            .judged(scale, noWorse));
    Measured kept =
        gain(
            arm + ", late over " + vanilla.arm,
            Statistics.differences(late(setting, own), late(setting, trials.get(vanilla.arm))));
    parts.add(kept.judged(scale, noWorse).provided(vanilla.settled));
    boolean met = parts.stream().allMatch(part -> part.verdict() == Verdict.MET);
    List<Finding> findings = new ArrayList<>(parts);
    findings.add(
        Measured.of(
                "%s: %s keeps what it gains".formatted(kind, arm), kept.quantity(), kept.numbers())
            .judged(
                scale, "early above both vanilla arms, not below the table; late not below", met)
            .provided(vanilla.settled));
    findings.add(
        gain(
                arm + ", late over the table",
                Statistics.differences(late(setting, own), late(setting, table)))
            .judged(scale, gains));
    return findings;
  }

  private List<Figure> figures(KeptSetting setting, Map<String, TransferTrial> trials) {
    List<Line> returns = new ArrayList<>();
    trials.forEach(
        (arm, trial) -> {
          Line line = trial.curves().group(arm).line(RandomStream.of(0, "band"));
          returns.add(Line.of(line.name(), numbers(line.x()), numbers(line.y())));
        });
    return List.of(
        new Lines(name(), "environment steps", "return", returns),
        handover("actions that neither would take", "share", setting, trials, "neither"),
        handover("κ of other actions", "median", setting, trials, "known-other-50"),
        handover("prior in targets", "Σ (1 − κ) |P − Q|", setting, trials, "prior-in-targets"));
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private Figure handover(
      String title,
      String label,
      KeptSetting setting,
      Map<String, TransferTrial> trials,
      String column) {
    long span = FIXED.count("handover", setting.scale());
    List<Line> lines =
        KeptArm.KNOWING.stream()
            .map(arm -> PriorHandover.line(arm, trials.get(arm).curves().curve(), column, span))
            .toList();
    return new Lines(kind + ": " + title, "environment steps", label, lines);
  }

  private List<String> notes(KeptSetting setting, Map<KeptArm, Optional<Tuned>> tuned) {
    return List.of(
        "%s: %s".formatted(kind, setting.prior().summary()),
        "%s: chosen on tuning tasks: %s".formatted(kind, KeptArm.chosen(tuned)));
  }
}
