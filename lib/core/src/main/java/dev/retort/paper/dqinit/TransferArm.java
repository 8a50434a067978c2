package dev.retort.paper.dqinit;

import static dev.retort.Retort.dqInit;
import static dev.retort.Retort.jumpStart;
import static dev.retort.Retort.kickstart;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.mse;
import static dev.retort.Retort.warmStart;
import static dev.retort.paper.dqinit.ValueInitialization.FIXED;

import dev.retort.figure.Numbers;
import dev.retort.guidance.DqInit;
import dev.retort.guidance.Knownness;
import dev.retort.paper.Scale;
import dev.retort.paper.Tuned;
import dev.retort.paper.TuningGrid;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.teach.Dqn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/**
 * One way to begin a new task.
 *
 * @param name what tables call it
 * @param number what the number that is free is called; empty where none is
 * @param grid over which it is tuned; empty where none is
 * @param learner makes the learner with such a number, which may take some solving and collecting
 */
record TransferArm(
    String name, String number, Optional<TuningGrid> grid, DoubleFunction<Dqn> learner)
    implements TunedArm {
  static final String ANNEALED = "vanilla, ε from 1 to 0.05";
  static final String CONSTANT = "vanilla, ε 0.05";
  static final String TABLE = "table only";
  static final String ACT = "act";
  static final String TARGET = "act + target";
  static final String AUXILIARY = "act + target + auxiliary";
  static final String PRETRAINED = "act + target + auxiliary, pretrained";
  static final String DECAY = "time decay";

  /** Students of logits are no beginning of action values: what they do is followed. */
  static final String FOLLOWED = "policy distillation, followed";

  /** Students of action values are one. */
  static final String REGRESSED = "policy distillation of values, begun with";

  private static final String PART = "vanilla: part";

  /** Those that believe the prior where little is known. */
  static final List<String> KNOWING = List.of(ACT, TARGET, AUXILIARY, PRETRAINED);

  /** What fits into the legend of a small chart. */
  static String label(String arm) {
    return arm.replace("act + target + auxiliary", "auxiliary")
        .replace("ε from 1 to 0.05", "annealed");
  }

  private static TransferArm fixed(String name, Supplier<Dqn> dqn) {
    return new TransferArm(name, "", Optional.empty(), none -> dqn.get());
  }

  private static TransferArm tuned(
      String name, String number, String fixed, Scale scale, DoubleFunction<Dqn> dqn) {
    return new TransferArm(name, number, Optional.of(grid(fixed, scale)), dqn);
  }

  /** The grid of that row; what is a part of training ends with all of it. */
  private static TuningGrid grid(String fixed, Scale scale) {
    TuningGrid grid = TuningGrid.of(FIXED, fixed, scale);
    return fixed.equals(PART) ? grid.upTo(1) : grid;
  }

  /** A setting of the number, in words. */
  String said(double value) {
    return grid.isPresent() ? number + " " + Numbers.of(value) : "nothing to tune";
  }

  /** What its number reaches on the tuning tasks. */
  Optional<Tuned> tuned(TransferSetting setting) {
    return tuned(setting.tuning(), trial -> trial.mean(0, setting.episodes()));
  }

  /** What DQInit is without a setting of knownness, by the name of its arm. */
  static DqInit init(String arm, QPrior prior) {
    DqInit init = dqInit(prior).auxiliary(false);
    return switch (arm) {
      case ACT -> init.target(false);
      case TARGET -> init;
      case AUXILIARY -> init.auxiliary(true);
      case PRETRAINED -> init.auxiliary(true).pretraining(FIXED.count("pretraining", Scale.CPU));
      default -> throw new IllegalArgumentException(arm);
    };
  }

  private static TransferArm knowing(String arm, Dqn learner, QPrior prior, Scale scale) {
    return tuned(
        arm,
        "m",
        "knownness: m",
        scale,
        m -> learner.guidedBy(init(arm, prior).knownAfter((int) m)));
  }

  /** All arms of a setting. */
  static List<TransferArm> all(TransferSetting setting) {
    Dqn learner = setting.learner();
    QPrior prior = setting.prior();
    Policy table = prior.policy();
    Scale scale = setting.scale();
    int pretraining = FIXED.count("pretraining", scale);
    List<TransferArm> arms = new ArrayList<>();
    arms.add(
        tuned(
            ANNEALED,
            "falling over part",
            PART,
            scale,
            part -> learner.exploreUntil(part).epsilon(0.05)));
    arms.add(fixed(CONSTANT, () -> learner));
    arms.add(fixed(TABLE, () -> learner.guidedBy(dqInit(prior).tableOnly())));
    arms.add(knowing(ACT, learner, prior, scale));
    arms.add(knowing(TARGET, learner, prior, scale));
    arms.add(knowing(AUXILIARY, learner, prior, scale));
    arms.add(
        tuned(
            PRETRAINED,
            "m",
            "knownness: m",
            scale,
            m ->
                learner.guidedBy(
                    init(PRETRAINED, prior).pretraining(pretraining).knownAfter((int) m))));
    arms.add(
        tuned(
            DECAY,
            "T₀",
            "time decay: T₀",
            scale,
            steps ->
                learner.guidedBy(
                    dqInit(prior).auxiliary(false).knownness(new Knownness.Decay((long) steps)))));
    arms.add(
        tuned(
            "value distillation",
            "updates",
            "value distillation: updates",
            scale,
            updates -> learner.guidedBy(dqInit(prior).distilled((long) updates))));
    arms.add(
        fixed(
            "warm start",
            () ->
                learner.guidedBy(
                    warmStart(setting.schools().once().policies().toArray(Policy[]::new)))));
    arms.add(
        tuned(
            FOLLOWED,
            "temperature",
            "policy distillation: temperature",
            scale,
            temperature ->
                learner.guidedBy(kickstart(setting.students(kl().temperature(temperature))))));
    arms.add(
        fixed(
            REGRESSED,
            () ->
                learner.guidedBy(
                    warmStart(setting.students(mse()).members().toArray(Policy[]::new)))));
    arms.add(
        tuned(
            "jump-start RL",
            "horizon",
            "jump-start RL: horizon",
            scale,
            steps -> learner.guidedBy(jumpStart(table).horizon((int) steps))));
    arms.add(
        tuned(
            "kickstarting",
            "weight",
            "kickstarting: weight",
            scale,
            weight -> learner.guidedBy(kickstart(table).weight(weight))));
    return arms;
  }
}
