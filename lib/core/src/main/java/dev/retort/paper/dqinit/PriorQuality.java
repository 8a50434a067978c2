package dev.retort.paper.dqinit;

import static dev.retort.Retort.dqInit;
import static dev.retort.Retort.env;
import static dev.retort.paper.dqinit.ValueInitialization.FIXED;

import dev.retort.env.Env;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.guidance.DqInit;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Extracting;
import dev.retort.prior.QPrior;
import dev.retort.teach.Dqn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The valley with priors that are good, coarse, biased, or of few tasks. */
final class PriorQuality implements StudyPart {
  private static final int TASKS = FIXED.count("quality: tasks");

  @Override
  public String name() {
    return "quality";
  }

  @Override
  public String explain(Scale scale) {
    return "quality: ten of the valley's target tasks; priors in 40 × 40 bins of all sources, in 10 × 10 bins, of sources with stronger engines (force 0.0016 to 0.002) on gentler slopes (gravity 0.0018 to 0.0022), and of one source; the table against the arm act + target + auxiliary at the m that was chosen with the good prior";
  }

  private static Map<String, QPrior> priors(TransferSetting setting) {
    Env shifted =
        env("MountainCar")
            .varying("force", 0.0016, 0.002)
            .varying("gravity", 0.0018, 0.0022)
            .train(setting.sources());
    QPrior good = setting.prior();
    Map<String, QPrior> priors = new LinkedHashMap<>();
    priors.put("good", good);
    Extracting coarse =
        setting.prior(TransferSetting.binned(setting.solved(), 10), setting.solved());
    priors.put("coarse", coarse.once());
    priors.put("biased", setting.prior(TransferSetting.binned(shifted, 40), shifted).once());
    priors.put("one source", good.first(1));
    return priors;
  }

  @Override
  public Found run(Scale scale) {
    TransferSetting setting = new TransferSetting(TransferSetting.Kind.VALLEY, scale);
    Env tasks = setting.target(TASKS);
    int all = setting.episodes();
    int late = setting.late();
    TransferArm arm =
        TransferArm.all(setting).stream()
            .filter(each -> each.name().equals(TransferArm.AUXILIARY))
            .findFirst()
            .orElseThrow();
    int visits = (int) arm.tuned(setting).orElseThrow().best();
    List<Finding> findings = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    double seconds = 0;
    for (var prior : priors(setting).entrySet()) {
      Dqn learner = setting.learner();
      DqInit init = dqInit(prior.getValue());
      TransferTrial table =
          TransferTrial.of(tasks, setting.seeds(), learner.guidedBy(init.tableOnly()));
      TransferTrial own =
          TransferTrial.of(
              tasks, setting.seeds(), learner.guidedBy(init.auxiliary(true).knownAfter(visits)));
      seconds += table.seconds() + own.seconds();
      String what = "return, mean of %s tasks".formatted(tasks.contexts());
      for (var each : List.of(Map.entry("table only", table), Map.entry("DQInit", own))) {
        Measured first =
            Measured.of(
                "quality: %s prior, %s, first %s"
                    .formatted(prior.getKey(), each.getKey(), setting.early()),
                what,
                each.getValue().mean(0, setting.early()));
        Measured last =
            Measured.of(
                "quality: %s prior, %s, last %s".formatted(prior.getKey(), each.getKey(), late),
                what,
                each.getValue().mean(all - late, all));
        findings.add(first.reported());
        findings.add(last.reported());
        dots.add(last.dot(prior.getKey() + ", " + each.getKey()));
      }
      double[] gains =
          Statistics.differences(own.mean(all - late, all), table.mean(all - late, all));
      findings.add(
          Measured.of(
                  "quality: %s prior, DQInit over the table, last %s"
                      .formatted(prior.getKey(), late),
                  "gain in return, mean of %s tasks".formatted(gains.length),
                  gains)
              .judged(scale, FIXED.bound("helps", scale)));
    }
    return new Found(
        findings,
        List.of(new Dots("valley: return of the last %s episodes".formatted(late), "return", dots)),
        List.of(),
        seconds);
  }
}
