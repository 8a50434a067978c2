package dev.retort.paper;

import dev.retort.evaluate.Statistics;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.guidance.DqInit;
import dev.retort.guidance.Knownness;
import dev.retort.prior.QPrior;
import dev.retort.random.RandomStream;
import dev.retort.teach.Dqn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arms for so long that learning without a prior may converge.
 *
 * @param kind on which family
 */
record LongHorizon(TransferSetting.Kind kind) implements StudyPart {
  private static final int TASKS = 6;
  private static final int SEEDS = 2;
  private static final int LATE = 20;

  @Override
  public String name() {
    return isValley() ? "horizon" : "horizon-pole";
  }

  private boolean isValley() {
    return kind == TransferSetting.Kind.VALLEY;
  }

  private long steps(Scale scale) {
    return switch (scale) {
      case UNIT -> 800;
      case CPU -> isValley() ? 100_000 : 50_000;
      case GPU -> 500_000;
    };
  }

  /** The arms; what is free in them was chosen on the tuning tasks of the headline. */
  private Map<String, Dqn> arms(TransferSetting setting) {
    Dqn learner = setting.learner().steps(steps(setting.scale()));
    QPrior prior = setting.prior();
    Map<String, Dqn> arms = new LinkedHashMap<>();
    arms.put(TransferArm.ANNEALED, learner.exploration(0.25, 0.05));
    arms.put(TransferArm.CONSTANT, learner);
    arms.put(TransferArm.TABLE, learner.initializedBy(new DqInit(prior).tableOnly()));
    for (TransferArm arm : TransferArm.all(setting)) {
      if (arm.name().equals(TransferArm.AUXILIARY) || arm.name().equals(TransferArm.PRETRAINED)) {
        int visits = (int) ValueTransfer.best(ValueTransfer.tried(setting, arm)).value();
        DqInit init = TransferArm.init(arm.name(), prior);
        if (setting.scale() == Scale.UNIT && init.pretraining() > 0) {
          init = init.pretraining(20);
        }
        arms.put(arm.name(), learner.initializedBy(init.knownAfter(visits)));
      } else if (arm.name().equals(TransferArm.DECAY)) {
        long time = (long) ValueTransfer.best(ValueTransfer.tried(setting, arm)).value();
        arms.put(
            arm.name(),
            learner.initializedBy(
                new DqInit(prior).auxiliary(false).knownness(new Knownness.Decay(time))));
      }
    }
    return arms;
  }

  @Override
  public String explain(Scale scale) {
    return "%s: six of the %s's target tasks, two seeds a task, %,d steps, exploration falling over a quarter of them; the last %d episodes against those of the better learner without a prior, margin %s"
        .formatted(
            isValley()
                ? name()
                : name() + " (fixed when the other parts had been run and before this was)",
            kind,
            steps(scale),
            LATE,
            ValueTransfer.MARGIN);
  }

  @Override
  public Found run(Scale scale) {
    TransferSetting setting = new TransferSetting(kind, scale);
    List<Finding> findings = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    Map<String, double[]> last = new LinkedHashMap<>();
    double seconds = 0;
    for (var arm : arms(setting).entrySet()) {
      TransferTrial trial = TransferTrial.of(setting.target(TASKS), SEEDS, arm.getValue());
      seconds += trial.seconds();
      last.put(arm.getKey(), trial.last(LATE));
      findings.add(
          Measured.of(
                  "%s: %s, last %d".formatted(name(), arm.getKey(), LATE),
                  "return, mean of %d tasks".formatted(trial.tasks()),
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
    for (String arm : List.of(TransferArm.AUXILIARY, TransferArm.PRETRAINED)) {
      double[] gains = TransferTrial.gains(last.get(arm), last.get(vanilla));
      Measured gain =
          Measured.of(
              "%s: %s over %s".formatted(name(), arm, vanilla),
              "gain in return, mean of %d tasks".formatted(gains.length),
              gains);
      findings.add(
          gain.judged(
              scale,
              "interval above -5",
              gain.estimate().interval().low() > -ValueTransfer.MARGIN));
      double[] table = TransferTrial.gains(last.get(arm), last.get(TransferArm.TABLE));
      findings.add(
          Measured.of(
                  "%s: %s over the table".formatted(name(), arm),
                  "gain in return, mean of %d tasks".formatted(table.length),
                  table)
              .positive(scale));
    }
    return new Found(
        findings,
        List.of(new Lines(kind + ", long", "environment steps", "return", lines)),
        List.of(),
        seconds);
  }
}
