package dev.retort.paper.geomagnetic;

import dev.retort.paper.Reconstruction;
import dev.retort.paper.Registration;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.List;

/**
 * Geomagnetic navigation with multi-teacher policy distillation, in the style of TD3-STEPD,
 * reconstructed: many teachers, each of an area of the Earth, and one student who flies where none
 * of them was.
 *
 * <p>Nothing but the abstract of the paper was known: all numbers are ours, and the only claim that
 * can be the paper's is that students do better than an evolutionary search. The controller of
 * Broyden, twenty lines without a map, is a row of every table.
 */
public final class Navigation implements Reconstruction {
  /** What is fixed before anything is trained. */
  static final Registration FIXED = Registration.of(Navigation.class);

  private static final List<StudyPart> PARTS =
      List.of(
          new WorldGates(),
          new TeacherMatrix(),
          new StudentTable(),
          new TeacherCounts(),
          new NoiseTable(),
          new ShapingTable(),
          new FewSteps());

  @Override
  public String name() {
    return "geomagnetic";
  }

  @Override
  public String title() {
    return "Geomagnetic navigation (reconstruction): many teachers, one student";
  }

  @Override
  public List<StudyPart> parts() {
    return PARTS;
  }

  @Override
  public List<String> foreword() {
    return List.of(
        "TD3-STEPD-style (reconstructed) from the abstract of arXiv 2502.05069: no number here is the paper's.",
        "Success is the first passage within 60 km of the goal, judged by the true position, within 60 steps of 50 km; intervals are over areas, each of which is the mean of its missions.",
        "Broyden's controller has no map and has learned nothing: whoever is below it in a row is worse than twenty lines of mathematics. The student with a running Jacobian sees what this controller steers by, and so contains it.");
  }

  @Override
  public List<String> afterword(Scale scale) {
    return scale.isJudged()
        ? List.of(
            "Students cannot learn to probe from teachers who never probe. The crust's field and the sun's are not in this world: nothing here is about real flights.")
        : List.of();
  }

  @Override
  public String unjudged() {
    return "with too few steps and missions";
  }
}
