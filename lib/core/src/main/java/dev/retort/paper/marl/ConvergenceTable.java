package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.evaluate.RunGroup;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Claim (g): how many updates it takes; the curves of all that are watched while they learn. */
record ConvergenceTable(Lessons lessons) implements TaskPart {
  @Override
  public String name() {
    return "convergence";
  }

  @Override
  public List<String> notes() {
    return List.of(
        "Updates of students are their own: their teacher's come before them. Learners go on in stretches of 64 updates, so that an evaluation is up to 63 updates behind the one at which it is due.");
  }

  private static List<MarlMethod> watched() {
    return Arrays.stream(MarlMethod.values()).filter(MarlMethod::isWatched).toList();
  }

  @Override
  public String explain(Scale scale) {
    return "convergence: evaluations of %s after every %s updates, as they were in their trainings"
        .formatted(watched(), FIXED.count("updates between evaluations", scale));
  }

  @Override
  public Found found(TeamData main) {
    double unlearned = Reference.UNIFORM.played(main).mean();
    List<Finding> findings = new ArrayList<>();
    for (MarlMethod method : watched()) {
      findings.add(
          Measured.of(
                  "%s, %s, updates to 90 %%".formatted(main, method),
                  "first evaluation at 90 % of the way from random actions to the own last one",
                  updates(main, method, unlearned))
              .reported());
    }
    findings.add(
        new MarlClaims(main.scale())
            .convergence(
                main.toString(),
                updates(main, MarlMethod.OURS, unlearned),
                updates(main, MarlMethod.IDT, unlearned))
            .provided(CentralGate.gates(lessons, main)));
    Figure figure =
        new Lines(
            main.task() + ": while they learn",
            "updates",
            "team's return, IQM",
            watched().stream().map(method -> line(main, method)).toList());
    return new Found(findings, List.of(figure), List.of(), 0);
  }

  private double[] updates(TeamData of, MarlMethod method, double unlearned) {
    return lessons.learned(of, method).runs().stream()
        .mapToDouble(run -> MarlClaims.updates(run.steps(), run.evaluations(), unlearned))
        .toArray();
  }

  private Line line(TeamData of, MarlMethod method) {
    List<Lessons.OneRun> runs = lessons.learned(of, method).runs();
    double[][] evaluations =
        runs.stream().map(Lessons.OneRun::evaluations).toArray(double[][]::new);
    return RunGroup.of(method.toString(), runs.get(0).steps(), evaluations)
        .line(RandomStream.of(0, "band"));
  }
}
