package dev.retort.paper.dqinit;

import static dev.retort.Retort.dqInit;
import static dev.retort.paper.dqinit.ValueInitialization.FIXED;

import dev.retort.evaluate.Statistics;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.guidance.DqInit;
import dev.retort.guidance.Knownness;
import dev.retort.paper.Bound;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.prior.QPrior;
import dev.retort.random.RandomStream;
import dev.retort.teach.Dqn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The arms for so long that learning without a prior may converge.
 *
 * @param kind on which family
 * @param learner what learns
 */
record LongHorizon(TransferSetting.Kind kind, Learner learner) implements StudyPart {
  /** What learns for so long. */
  enum Learner {
    /** The one of the headline, which needs more steps than these, or forgets. */
    USUAL("horizon"),
    /** One that settles, which is tested. */
    SETTLING("settled");

    private final String part;

    Learner(String part) {
      this.part = part;
    }
  }

  private static final int TASKS = FIXED.count("long: tasks");
  private static final int LATE = FIXED.count("long: late");

  @Override
  public String name() {
    return learner.part + (kind == TransferSetting.Kind.VALLEY ? "" : "-" + kind);
  }

  private long steps(Scale scale) {
    boolean valley = kind == TransferSetting.Kind.VALLEY;
    return FIXED.count(learner.part + ": " + (valley ? "valley" : "others"), scale);
  }

  /** How often a task is learned; what settles takes long. */
  private int seeds() {
    return FIXED.count(learner.part + ": seeds");
  }

  private Dqn learner(TransferSetting setting) {
    Dqn dqn = learner == Learner.USUAL ? setting.learner() : setting.settling();
    return dqn.steps(steps(setting.scale()));
  }

  /** The arms; what is free in them was chosen on the tuning tasks of the headline. */
  private Map<String, Dqn> arms(TransferSetting setting) {
    Dqn dqn = learner(setting);
    QPrior prior = setting.prior();
    Map<String, Dqn> arms = new LinkedHashMap<>();
    arms.put(TransferArm.ANNEALED, dqn.exploreUntil(learner == Learner.USUAL ? 0.25 : 0.2));
    arms.put(TransferArm.CONSTANT, dqn);
    arms.put(TransferArm.TABLE, dqn.guidedBy(dqInit(prior).tableOnly()));
    for (TransferArm arm : TransferArm.all(setting)) {
      if (arm.name().equals(TransferArm.AUXILIARY) || arm.name().equals(TransferArm.PRETRAINED)) {
        int visits = (int) arm.tuned(setting).orElseThrow().best();
        DqInit init = TransferArm.init(arm.name(), prior);
        if (setting.scale() == Scale.UNIT && init.pretraining() > 0) {
          init = init.pretraining(20);
        }
        arms.put(arm.name(), dqn.guidedBy(init.knownAfter(visits)));
      } else if (arm.name().equals(TransferArm.DECAY) && learner == Learner.USUAL) {
        long time = (long) arm.tuned(setting).orElseThrow().best();
        arms.put(
            arm.name(),
            dqn.guidedBy(dqInit(prior).auxiliary(false).knownness(new Knownness.Decay(time))));
      }
    }
    return arms;
  }

  @Override
  public String explain(Scale scale) {
    String common =
        String.format(
            Locale.ROOT,
            "%s: six of the %s's target tasks, %s a task, %,d steps, exploration falling over a %s of them; the last %d episodes against those of the better learner without a prior, margin %s",
            name(),
            kind,
            seeds() == 1 ? "one seed" : "two seeds",
            steps(scale),
            learner == Learner.USUAL ? "quarter" : "fifth",
            LATE,
            Numbers.of(ValueTransfer.MARGIN));
    return learner == Learner.USUAL
        ? common
        : common
            + "; that one has converged where its last tenth of steps returns as much as the tenth before, the interval of the difference within that margin; the learner: "
            + learner(new TransferSetting(kind, scale));
  }

  @Override
  public Found run(Scale scale) {
    TransferSetting setting = new TransferSetting(kind, scale);
    List<Finding> findings = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    Map<String, double[]> last = new LinkedHashMap<>();
    Map<String, TransferTrial> trials = new LinkedHashMap<>();
    double seconds = 0;
    for (var arm : arms(setting).entrySet()) {
      TransferTrial trial = TransferTrial.of(setting.target(TASKS), seeds(), arm.getValue());
      seconds += trial.seconds();
      trials.put(arm.getKey(), trial);
      last.put(arm.getKey(), trial.last(LATE));
      findings.add(
          Measured.of(
                  "%s: %s, last %s".formatted(name(), arm.getKey(), LATE),
                  "return, mean of %s tasks".formatted(trial.tasks()),
                  trial.last(LATE))
              .reported());
      Line line =
          trial.curves().group(TransferArm.label(arm.getKey())).line(RandomStream.of(0, "band"));
      lines.add(new Line(line.name(), line.x(), line.y(), line.low(), line.high(), List.of()));
    }
    String vanilla =
        Statistics.mean(last.get(TransferArm.ANNEALED))
                >= Statistics.mean(last.get(TransferArm.CONSTANT))
            ? TransferArm.ANNEALED
            : TransferArm.CONSTANT;
    Optional<Finding> settled = Optional.empty();
    if (learner == Learner.SETTLING) {
      settled = Optional.of(settled(scale, vanilla, trials.get(vanilla)));
      settled.ifPresent(findings::add);
    }
    for (String arm : List.of(TransferArm.AUXILIARY, TransferArm.PRETRAINED)) {
      double[] gains = Statistics.differences(last.get(arm), last.get(vanilla));
      Measured gain =
          Measured.of(
              "%s: %s over %s".formatted(name(), arm, vanilla),
              "gain in return, mean of %s tasks".formatted(gains.length),
              gains);
      Finding kept = gain.judged(scale, Bound.above(-ValueTransfer.MARGIN));
      findings.add(settled.map(kept::provided).orElse(kept));
      double[] table = Statistics.differences(last.get(arm), last.get(TransferArm.TABLE));
      findings.add(
          Measured.of(
                  "%s: %s over the table".formatted(name(), arm),
                  "gain in return, mean of %s tasks".formatted(table.length),
                  table)
              .judged(scale, FIXED.bound("helps", scale)));
    }
    return new Found(
        findings,
        List.of(new Lines(name(), "environment steps", "return", lines)),
        List.of(),
        seconds);
  }

  /** Whether learning without a prior has come to its end. */
  private Finding settled(Scale scale, String arm, TransferTrial trial) {
    long steps = steps(scale);
    long tenth = steps / 10;
    double[] change =
        Statistics.differences(
            trial.during(steps - tenth, steps), trial.during(steps - 2 * tenth, steps - tenth));
    return Measured.of(
            "%s: %s, last tenth over the tenth before".formatted(name(), arm),
            "gain in return, mean of %s tasks".formatted(change.length),
            change)
        .judged(scale, Bound.within(ValueTransfer.MARGIN));
  }
}
