package dev.retort.paper.geomagnetic;

import static dev.retort.Retort.train;

import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Training;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** A teacher of few steps in the first area, beside evolution there. */
final class FewSteps implements StudyPart {
  @Override
  public String name() {
    return "few-steps";
  }

  @Override
  public String explain(Scale scale) {
    return "Teachers of %s environment steps in one area, beside evolution"
        .formatted(Numbers.count(new Setting(scale, 0).count("few steps")));
  }

  @Override
  public Found run(Scale scale) {
    Setting setting = new Setting(scale, 0);
    int each = setting.count("missions");
    Geomagnetic area = setting.source(1);
    Training.Population plan =
        train(setting.learner().steps(setting.count("few steps")))
            .on(area)
            .seeds(setting.count("few seeds"));
    List<Policy> teachers = plan.once().policies();
    Missions evolution = Rivals.evolution(List.of(area), each);
    List<Missions> rows = new ArrayList<>(List.of(evolution, Rivals.broyden(List.of(area), each)));
    double[] gains = new double[teachers.size()];
    double[] success = new double[teachers.size()];
    for (int seed = 0; seed < gains.length; seed++) {
      Missions own = Missions.flown("a teacher", List.of(teachers.get(seed)), area, each);
      gains[seed] = evolution.mean(Missions.PATH) - own.mean(Missions.PATH);
      success[seed] = own.mean(Missions.SUCCESS);
    }
    List<Finding> findings = new ArrayList<>();
    rows.forEach(row -> findings.add(row.row("one area", Missions.SUCCESS).reported()));
    findings.add(
        Measured.of("one area, a teacher of few steps, success", "mean over seeds", success)
            .reported());
    findings.add(new NavigationClaims(scale).smoke(gains));
    return new Found(findings, List.of(), List.of(), StudyPart.seconds(plan));
  }
}
