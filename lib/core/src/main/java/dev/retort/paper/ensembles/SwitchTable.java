package dev.retort.paper.ensembles;

import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;

/**
 * What else may part the paper's ladder from ours: students of four rotations made as the authors'
 * code does, with one thing changed at a time. Nothing is claimed of them.
 */
final class SwitchTable implements StudyPart {
  private static final int[] SHOWN = {1, 10, 100};

  @Override
  public String name() {
    return "switches";
  }

  private static List<ReacherPool> pools(Scale scale) {
    return Recipe.switches().stream().map(recipe -> ReacherPool.of(recipe, 4, scale)).toList();
  }

  @Override
  public String explain(Scale scale) {
    StringBuilder text = new StringBuilder();
    pools(scale).forEach(pool -> text.append(pool.explain()).append("\n\n"));
    return text.append("disjoint ensembles of them, one episode in each rotation").toString();
  }

  @Override
  public Found run(Scale scale) {
    List<Finding> findings = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    double seconds = 0;
    for (ReacherPool pool : pools(scale)) {
      Ladder ladder = Ladder.of(pool);
      findings.addAll(ladder.reported());
      for (int members : SHOWN) {
        if (ladder.has(members)) {
          dots.add(ladder.of(members).test().dot(pool.recipe() + " × " + members));
        }
      }
      seconds += pool.seconds();
    }
    return new Found(
        findings,
        List.of(new Dots("C4, code with one thing changed: test return", "return", dots)),
        List.of(
            "Switches: one thing is changed of arm code, with fewer students than it has; of a size with less than six ensembles there is no interval."),
        seconds);
  }
}
