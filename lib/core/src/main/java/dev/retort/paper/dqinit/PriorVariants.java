package dev.retort.paper.dqinit;

import static dev.retort.Retort.dqInit;

import dev.retort.env.Env;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.guidance.DqInit;
import dev.retort.guidance.Knownness;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Extracting;
import dev.retort.prior.Aggregation;
import dev.retort.prior.QPrior;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Other ways to know, to cut and to join, and how much each solved task adds: on the valley's
 * tuning tasks, since nothing is claimed of them.
 */
final class PriorVariants implements StudyPart {
  @Override
  public String name() {
    return "variants";
  }

  @Override
  public String explain(Scale scale) {
    return "variants: on the valley's tuning tasks, one seed a task, the arm act + target + auxiliary with other ways to know (hashes, random network distillation, disagreement), to join (max, log-normal, uncertainty) and to cut (quantiles, tiles, clusters), and with the first 1, 2, 4 and 6 sources; nothing is claimed";
  }

  private static Map<String, DqInit> variants(TransferSetting setting) {
    QPrior prior = setting.prior();
    boolean unit = setting.scale() == Scale.UNIT;
    Map<String, DqInit> variants = new LinkedHashMap<>();
    for (Knownness how :
        List.of(
            new Knownness.Counts(300),
            new Knownness.Hashes(300, 16),
            new Knownness.Distilled(),
            new Knownness.Disagreement(5))) {
      variants.put("known by " + how, dqInit(prior).knownness(how));
    }
    for (Aggregation how :
        List.of(Aggregation.MAX, Aggregation.LOG_NORMAL, Aggregation.UNCERTAINTY)) {
      variants.put(
          "joined by " + how.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          dqInit(prior.by(how)).knownAfter(300));
    }
    Extracting plan = setting.prior(setting.solvers(), setting.solved());
    variants.put("cut by quantiles", known(plan.quantiles(unit ? 5 : 20)));
    variants.put("cut by tiles", known(plan.tiles(8, unit ? 4 : 12)));
    variants.put("cut by clusters", known(plan.clusters(unit ? 20 : 400)));
    for (int tasks : new int[] {1, 2, 4, 6}) {
      if (tasks <= prior.tasks()) {
        variants.put("of %s sources".formatted(tasks), dqInit(prior.first(tasks)).knownAfter(300));
      }
    }
    return variants;
  }

  private static DqInit known(Extracting plan) {
    return dqInit(plan.once()).knownAfter(300);
  }

  @Override
  public Found run(Scale scale) {
    TransferSetting setting = new TransferSetting(TransferSetting.Kind.VALLEY, scale);
    Env tasks = setting.tuning();
    List<Finding> findings = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    double seconds = 0;
    for (var variant : variants(setting).entrySet()) {
      DqInit init = variant.getValue();
      for (var arm :
          List.of(
              Map.entry("table only", init.tableOnly()),
              Map.entry("DQInit", init.auxiliary(true)))) {
        TransferTrial trial =
            TransferTrial.of(tasks, 1, setting.learner().guidedBy(arm.getValue()));
        seconds += trial.seconds();
        Measured all =
            Measured.of(
                "variants: %s, %s, all %s"
                    .formatted(variant.getKey(), arm.getKey(), setting.episodes()),
                "return on %s tuning tasks".formatted(tasks.contexts()),
                trial.mean(0, setting.episodes()));
        findings.add(all.reported());
        if (arm.getKey().equals("DQInit")) {
          dots.add(all.dot(variant.getKey()));
        }
      }
    }
    return new Found(
        findings,
        List.of(new Dots("valley, tuning tasks: DQInit", "return", dots)),
        List.of(),
        seconds);
  }
}
