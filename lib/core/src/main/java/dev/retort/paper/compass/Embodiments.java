package dev.retort.paper.compass;

import dev.retort.paper.Effort;
import dev.retort.paper.Reconstruction;
import dev.retort.paper.Registration;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * COMPASS, reconstructed in a plane: one policy for robots that move differently, by imitation of a
 * planner on one robot, residual reinforcement learning on each, and distillation into a generalist
 * that is told which robot it drives.
 *
 * <p>Wei Liu and others, "COMPASS: Cross-embodiment Mobility Policy via Residual RL and Skill
 * Synthesis", 2025, arXiv 2502.16372. The method is that of their public code as far as {@link
 * #foreword()} does not say otherwise; rooms, sensor, robots and sizes are ours.
 */
public final class Embodiments implements Reconstruction {
  /** What is fixed before anything is trained. */
  static final Registration FIXED = Registration.of(Embodiments.class);

  private final PlannedDrives planned = new PlannedDrives();
  private final List<StudyPart> parts =
      List.of(
          new RobotWorld(),
          new BaseTable(planned),
          new SpecialistTable(planned),
          new GeneralistTable(planned),
          new HeadingTable(planned));

  @Override
  public String name() {
    return "compass";
  }

  @Override
  public String title() {
    return "COMPASS (reconstruction): one policy for robots that move differently";
  }

  @Override
  public List<StudyPart> parts() {
    return parts;
  }

  @Override
  public List<String> foreword() {
    return List.of(
        "Reconstructed: method and constants are from the authors' public code, rooms, sensor and robots are ours, and the paper's table of results is not known to us: about 5 times the success and a third of the travel time of the imitated policy are all that its abstract says.",
        "The base is a recurrent unit over a window of steps, which begins with zeros, as the authors' does in training; in place of their random state it predicts what is seen next, so that there is no divergence to be balanced. A specialist sees what the robot sees, and not the base's features: it begins with those of a perceptron that imitates the planner too, and with a deviation of 0.3, where theirs is 0.1; a student's deviation depends on what it sees. Step sizes adapt between 0.00001 and 0.01, where theirs end at 0.002. Time-outs are terminal, episodes go on from rollout to rollout, and goals are drawn alike from first to last.",
        "Success is the goal reached within 0.5 m at rest in 256 steps without a touch or a fall. Rooms to learn in, to look at, and to report are different ones; of the rooms of unseen types nobody has seen any.");
  }

  @Override
  public Optional<Effort> effort(Scale scale) {
    return Optional.of(CompassEffort.of(scale));
  }

  @Override
  public List<String> leftOut(Scale scale) {
    return List.of(
        "Not done: a critic that sees the map, training in one type of room, a curriculum of farther goals, time-outs that bootstrap, a student that acts among its teachers, an oracle that does not see low boxes, the world model alone on random drives, and iterations to half of the successes.");
  }

  @Override
  public String unjudged() {
    return "with too few steps and episodes";
  }

  /** What a robot is called in tables. */
  static String word(Enum<?> named) {
    return named.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
