package dev.retort.paper.dqinit;

import dev.retort.figure.Numbers;
import dev.retort.paper.Registration;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.paper.TuningGrid;
import java.util.List;

/**
 * Values from solved tasks as a beginning for deep reinforcement learning, against what else one
 * could do with them.
 *
 * <p>Soumia Mehimeh, "Value Function Initialization for Knowledge Transfer and Jump-start in Deep
 * Reinforcement Learning", 2025, arXiv 2508.09277, of which we know the abstract and the beginning
 * of the introduction: the method is reconstructed, the tasks and numbers are ours, and none of the
 * outcomes is the paper's.
 */
public final class ValueInitialization implements ReconstructedStudy {
  /** What is fixed before anything is trained. */
  static final Registration FIXED = Registration.of(ValueInitialization.class);

  private static final List<StudyPart> PARTS =
      List.of(
          new ValueTransfer(TransferSetting.Kind.VALLEY),
          new LongHorizon(TransferSetting.Kind.VALLEY, LongHorizon.Learner.USUAL),
          new LongHorizon(TransferSetting.Kind.VALLEY, LongHorizon.Learner.SETTLING),
          new PriorQuality(),
          new ValueTransfer(TransferSetting.Kind.POLE),
          new LongHorizon(TransferSetting.Kind.POLE, LongHorizon.Learner.USUAL),
          new LongHorizon(TransferSetting.Kind.POLE, LongHorizon.Learner.SETTLING),
          new ValueTransfer(TransferSetting.Kind.SWING),
          new LongHorizon(TransferSetting.Kind.SWING, LongHorizon.Learner.SETTLING),
          new PriorVariants(),
          new MaxQInitTable());

  /** What was learned about intervals after the text of the registration had been fixed. */
  static final String INTERVALS =
      "It names bootstrap intervals, which are too narrow for so few tasks; these are wider (docs/evaluation.md), so that each claim of an interval is harder to meet.";

  @Override
  public String name() {
    return "dqinit";
  }

  @Override
  public String title() {
    return "DQInit (reconstruction) and its rivals";
  }

  @Override
  public String decided(Scale scale) {
    StringBuilder text = new StringBuilder("DQInit (reconstruction), size %s%n%n".formatted(scale));
    for (TransferSetting.Kind kind : TransferSetting.Kind.values()) {
      TransferSetting setting = new TransferSetting(kind, scale);
      text.append(setting.registration())
          .append(
              "  episodes         %s in all, %s early, %s late; threshold %s%n%n"
                  .formatted(
                      setting.episodes(), setting.early(), setting.late(), kind.threshold()));
    }
    text.append(
        """
        arms, and what is tuned in each over four values; where the best is at an edge, the grid goes on outward by its ratio there, at most %s times, before a target task is touched
          %s: part of training over which ε falls, %s
          %s: nothing
          %s: nothing, and it never learns
          %s: m = %s
          %s: T₀ = %s
          value distillation: updates %s
          warm start: nothing
          %s: one network for all source tasks learns the solvers' probabilities, kickstarting draws the learner to it at weight 1: temperature %s
          %s: the same network learns the solvers' values by squares: nothing
          jump-start RL: horizon %s
          kickstarting: weight %s

        claims, for each arm with knownness; intervals are 95 %% bootstrap intervals over target tasks
          the prior helps: mean return of the early and of all episodes above both vanilla arms, interval above 0
          knownness helps: early episodes not worse than the table's by more than %s, interval above that, and late episodes better, interval above 0; both are needed
          knownness beats decay: mean return of all episodes above that of time decay, interval above 0
          nothing is lost: at the long horizon the last 20 episodes not worse than the better vanilla arm's by more than %s
        gate
          the table alone returns at least %s in the valley's first 10 episodes

        """
            .formatted(
                FIXED.count(TuningGrid.WIDENINGS, Scale.CPU),
                TransferArm.ANNEALED,
                tuned("vanilla: part"),
                TransferArm.CONSTANT,
                TransferArm.TABLE,
                String.join("; ", TransferArm.KNOWING),
                tuned("knownness: m"),
                TransferArm.DECAY,
                tuned("time decay: T₀"),
                tuned("value distillation: updates"),
                TransferArm.FOLLOWED,
                tuned("policy distillation: temperature"),
                TransferArm.REGRESSED,
                tuned("jump-start RL: horizon"),
                tuned("kickstarting: weight"),
                ValueTransfer.MARGIN,
                ValueTransfer.MARGIN,
                Numbers.of(FIXED.bound("gate").number())));
    PARTS.stream()
        .filter(part -> !(part instanceof ValueTransfer || part instanceof MaxQInitTable))
        .forEach(part -> text.append(part.explain(scale)).append("\n\n"));
    return text.append(
            """
            what was known before
              valley, horizon, quality, pole, horizon-pole and variants had been run once on these tasks, by an earlier form of the library (registration 6ba1bb95a2750dc7), and are repeated; settled, settled-pole, swing and settled-swing had not
            """)
        .toString();
  }

  /** The values over which an arm is tuned, as they are at the sizes that are judged. */
  private static String tuned(String name) {
    return FIXED.words(name, Scale.CPU).replace(" ", ", ");
  }

  @Override
  public List<StudyPart> parts() {
    return PARTS;
  }

  @Override
  public String remark() {
    return INTERVALS;
  }
}
