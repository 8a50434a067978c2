package dev.retort.paper.marl;

import dev.retort.paper.Effort;
import dev.retort.paper.Reconstruction;
import dev.retort.paper.Registration;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Offline multi-agent learning by knowledge distillation: a central teacher that sees all agents
 * learns from data, and students that see their own part learn from the teacher.
 *
 * <p>Wei-Cheng Tseng, Tsun-Hsuan Wang, Yen-Chen Lin, Phillip Isola, "Offline multi-agent
 * reinforcement learning with knowledge distillation", 2022. Its appendices were not available to
 * us: tasks, sizes, α and β are ours.
 */
public final class OfflineAgents implements Reconstruction {
  /** What is fixed before anything is trained. */
  static final Registration FIXED = Registration.of(OfflineAgents.class);

  private final Lessons lessons = new Lessons();
  private final List<StudyPart> parts =
      List.of(
          new ExpectationTable(),
          new TeamDataTable(lessons),
          new CentralGate(lessons),
          new MethodTable(lessons),
          new AblationTable(lessons),
          new TemperatureTable(lessons),
          new ConvergenceTable(lessons),
          new AmountTable(lessons),
          new QualityTable(lessons),
          new FixedSideTable(lessons));

  @Override
  public String name() {
    return "marl";
  }

  @Override
  public String title() {
    return "MARL-KD (appendix constants reconstructed): a teacher that sees all, students that see their own";
  }

  @Override
  public List<StudyPart> parts() {
    return parts;
  }

  @Override
  public List<String> foreword() {
    return List.of(
        "MARL-KD (appendix constants reconstructed): losses, training and ablations are the paper's; tasks, sizes, α and β are ours, so that signs and orders can be compared with the paper's numbers, and their sizes cannot. Choices are learned by cross-entropy, where the paper writes an L2 distance.",
        "Ours is what a pilot found to work, not what the paper writes: students imitate the teacher alone, which is asked at the goal, the 90 % quantile of the data's returns-to-go at each step, and are told the goal; the paper's own loss is a row, action, relation and KL, logged.",
        "Everybody acts by drawing at temperature 0.5, by the softmax of action values where there are no logits, and all are told the same goal. Behavior cloning is a decision transformer that is told one return whatever came. CQL, BCQ and ICQ have a perceptron of two layers of 64 of each agent's own, and are rewarded as the team is; their constants are in units of return, of which one action is worth little, and nobody tuned them.",
        "The paper's table has doubts: MA-GAIL on Fill-In is identical to the method itself, -3.41, almost surely a copy; and on Fill-In three of its ablations are better than the full method (M = N -3.11, no mapping -3.32, neither KL nor mapping -3.30). No order of ablations is demanded here but what claim (d) says.",
        "Intervals are over runs, in the same episodes; standard errors are of runs and of episodes. Students of one teacher count as independent though they share it. Where there are fewer than 10 runs an interval decides nothing, and every value stands beside the mean, by which criteria are judged.");
  }

  @Override
  public Optional<Effort> effort(Scale scale) {
    return Optional.of(MarlEffort.of(scale));
  }

  @Override
  public List<String> leftOut(Scale scale) {
    List<String> cut = new ArrayList<>();
    if (scale != Scale.GPU) {
      cut.add(
          "Cut at this size: Collect and MiniSkirmish; %s teachers and %s students of them; MADT, cloning and all variants of data and of students have %s runs, of %s teachers; some ablations of FillIn."
              .formatted(
                  FIXED.words("teachers", scale),
                  FIXED.words("students", scale),
                  FIXED.words("students of a variant", scale),
                  FIXED.words("teachers of a variant", scale)));
    }
    cut.add(
        "Not done: Highway; MA-GAIL and MA-AIRL, which act while they learn; fine-tuning by reward; one perceptron for all agents of CQL, BCQ and ICQ; goals other than the 90 % quantile; the soft and logged form from shares of the data between the fewest and all, and rivals other than IDT with a fixed side.");
    return cut;
  }

  /** At unit size too, which does not do more. */
  @Override
  public List<String> afterword(Scale scale) {
    return leftOut(scale);
  }

  @Override
  public String unjudged() {
    return "with too few updates and episodes";
  }
}
