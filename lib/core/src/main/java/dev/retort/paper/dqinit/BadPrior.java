package dev.retort.paper.dqinit;

import static dev.retort.paper.dqinit.KeptGains.FIXED;

import dev.retort.env.Env;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.prior.QPrior;
import java.util.ArrayList;
import java.util.List;

/** Valleys with a prior of engines twice as strong: who gets away from it. */
final class BadPrior implements StudyPart {
  private static final List<String> ARMS =
      List.of(KeptArm.TABLE, KeptArm.FIRST, KeptArm.ACT, KeptArm.FADED, KeptArm.RESIDUAL_TURNS);

  @Override
  public String name() {
    return "bad-prior";
  }

  @Override
  public String explain(Scale scale) {
    return "bad-prior: the valleys' target tasks, one seed a task, with a prior of engines twice as strong, known after as many visits as was chosen with the good one; reported";
  }

  @Override
  public Found run(Scale scale) {
    KeptSetting setting = new KeptSetting(KeptSetting.Kind.VALLEYS, scale);
    QPrior bad = setting.badPrior();
    Env tasks = setting.family().test(FIXED.count("bad: tasks", scale));
    List<Finding> findings = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    double seconds = 0;
    for (KeptArm arm : KeptArm.all(setting)) {
      if (!ARMS.contains(arm.name())) {
        continue;
      }
      int visits = arm.grid().isEmpty() ? 1 : (int) TunedArm.best(arm.tuned(setting));
      TransferTrial trial =
          TransferTrial.of(tasks, 1, KeptArm.guided(setting, arm.name(), bad, visits));
      seconds += trial.seconds();
      long steps = setting.steps();
      Measured late = measured(arm, "late", trial.during(steps - setting.late(), steps));
      findings.add(measured(arm, "early", trial.during(0, setting.early())).reported());
      findings.add(late.reported());
      dots.add(late.dot(arm.name()));
    }
    return new Found(
        findings,
        List.of(new Dots("valleys, bad prior, late", "return", dots)),
        List.of(),
        seconds);
  }

  private static Measured measured(KeptArm arm, String when, double[] perTask) {
    return Measured.of(
        "bad-prior: %s, %s".formatted(arm.name(), when),
        "return, mean of %s tasks".formatted(perTask.length),
        perTask);
  }
}
