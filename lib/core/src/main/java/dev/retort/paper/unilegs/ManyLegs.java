package dev.retort.paper.unilegs;

import dev.retort.paper.Effort;
import dev.retort.paper.Reconstruction;
import dev.retort.paper.Registration;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.List;
import java.util.Optional;

/**
 * UniLegs, reconstructed in a plane: teachers of robots with four, six and eight legs are distilled
 * into one student, a transformer whose tokens are joints, beside a perceptron of equal size.
 *
 * <p>Weijie Xi and others, "UniLegs: Universal Multi-Legged Robot Control through
 * Morphology-Agnostic Policy Distillation", 2025, arXiv 2507.22653. Nothing but the abstract and
 * four numbers at second hand were known: robots, world, reward, networks and sizes are ours.
 */
public final class ManyLegs implements Reconstruction {
  /** What is fixed before anything is trained. */
  static final Registration FIXED = Registration.of(ManyLegs.class);

  private static final List<StudyPart> PARTS =
      List.of(
          new LegPhysics(),
          new LegTeacherTable(),
          new LegStudentTable(),
          new LegAblationTable(),
          new FinerSteps());

  @Override
  public String name() {
    return "unilegs";
  }

  @Override
  public String title() {
    return "UniLegs (reconstruction): one student for robots with any number of legs";
  }

  @Override
  public List<StudyPart> parts() {
    return PARTS;
  }

  @Override
  public List<String> foreword() {
    return List.of(
        "UniLegs-style (reconstructed): of the paper the abstract is known, and at second hand which robots there were and what the perceptron had. Robots, world, reward, networks, loss and all sizes are ours; the world is a vertical plane.",
        "ρ is the mean tracking reward per step, which is never negative, over 20 s and 0 after a fall, over that of the robot's teacher. Where the teacher does not keep gate C1, ρ of the robot is not defined. Who stands still has a ρ too, of about a third: it stands in a row of its own.",
        "The unseen robot is one quadruped, of a topology that was seen. Robots with three, five and seven legs are reported, and nothing was expected of them.",
        "Ten students of a kind differ by their parameters and the order of their rows. They act together, by their mean, while states are collected, and alone where they are evaluated: intervals over them do not speak of other teachers or other data. After the first round β is 0.");
  }

  @Override
  public Optional<Effort> effort(Scale scale) {
    return Optional.of(LegEffort.of(scale));
  }

  @Override
  public List<String> leftOut(Scale scale) {
    return List.of(
        "Not done: a student of each robot alone, reinforcement learning of all robots without teachers, descriptions and limbs that are varied in training, the sum of both losses (here it is one or the other), robots in three dimensions, and the physics of MuJoCo.");
  }

  @Override
  public String unjudged() {
    return "with too few steps and episodes";
  }
}
