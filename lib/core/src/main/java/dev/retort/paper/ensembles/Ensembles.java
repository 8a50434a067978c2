package dev.retort.paper.ensembles;

import dev.retort.paper.Registration;
import dev.retort.paper.Study;
import dev.retort.paper.StudyPart;
import java.util.List;

/**
 * Max Weltevrede, Moritz A. Zanger, Matthijs T. J. Spaan, Wendelin Böhmer, "How Ensembles of
 * Distilled Policies Improve Generalisation in Reinforcement Learning", 2025, arXiv 2505.16581,
 * done again: students of a teacher of Reacher, alone and in ensembles, in rotations and poses that
 * they have not seen.
 *
 * <p>Students are trained once, run by run, and disjoint ensembles are drawn from them; intervals
 * are over ensembles, not episodes. What was to be reached was fixed before the runs.
 */
public final class Ensembles implements Study {
  /** What is fixed before anything is trained. */
  static final Registration FIXED = Registration.of(Ensembles.class);

  private static final List<StudyPart> PARTS =
      List.of(
          new SymmetryTable(),
          new InvarianceFigure(),
          new BoundTable(),
          new SwitchTable(),
          new PoseTable(),
          new FourRoomsTable());

  @Override
  public String name() {
    return "ensembles";
  }

  @Override
  public String title() {
    return "Ensembles of distilled policies";
  }

  @Override
  public List<StudyPart> parts() {
    return PARTS;
  }

  @Override
  public String unjudged() {
    return "with too few students";
  }
}
