package dev.retort.paper;

import dev.retort.figure.Numbers;
import dev.retort.guidance.DqInit;
import dev.retort.guidance.JumpStart;
import dev.retort.guidance.Kickstart;
import dev.retort.guidance.Knownness;
import dev.retort.guidance.WarmStart;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.teach.Dqn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/**
 * One way to begin a new task.
 *
 * @param name what tables call it
 * @param choices four settings of the number that is free, or one where none is
 */
record TransferArm(String name, List<Choice> choices) {
  static final String ANNEALED = "vanilla, ε from 1 to 0.05";
  static final String CONSTANT = "vanilla, ε 0.05";
  static final String TABLE = "table only";
  static final String ACT = "act";
  static final String TARGET = "act + target";
  static final String AUXILIARY = "act + target + auxiliary";
  static final String PRETRAINED = "act + target + auxiliary, pretrained";
  static final String DECAY = "time decay";

  /** Those that believe the prior where little is known. */
  static final List<String> KNOWING = List.of(ACT, TARGET, AUXILIARY, PRETRAINED);

  private static final double[] VISITS = {30, 100, 300, 1_000};
  private static final double[] STEPS = {1_000, 3_000, 10_000, 30_000};

  /** What fits into the legend of a small chart. */
  static String label(String arm) {
    return arm.replace("act + target + auxiliary", "auxiliary")
        .replace("ε from 1 to 0.05", "annealed");
  }

  /**
   * One setting.
   *
   * @param said the number, in words
   * @param value the number
   * @param learner makes the learner, which may take some solving and collecting
   */
  record Choice(String said, double value, Supplier<Dqn> learner) {}

  private static TransferArm fixed(String name, Supplier<Dqn> dqn) {
    return new TransferArm(name, List.of(new Choice("nothing to tune", Double.NaN, dqn)));
  }

  private static TransferArm tuned(
      String name, String number, double[] values, DoubleFunction<Dqn> dqn) {
    return new TransferArm(
        name,
        Arrays.stream(values)
            .mapToObj(
                value ->
                    new Choice(number + " " + Numbers.of(value), value, () -> dqn.apply(value)))
            .toList());
  }

  /** What DQInit is without a setting of knownness, by the name of its arm. */
  static DqInit init(String arm, QPrior prior) {
    DqInit init = new DqInit(prior).auxiliary(false);
    return switch (arm) {
      case ACT -> init.target(false);
      case TARGET -> init;
      case AUXILIARY -> init.auxiliary(true);
      case PRETRAINED -> init.auxiliary(true).pretraining(5_000);
      default -> throw new IllegalArgumentException(arm);
    };
  }

  private static TransferArm knowing(String arm, Dqn learner, QPrior prior) {
    return tuned(
        arm, "m", VISITS, m -> learner.initializedBy(init(arm, prior).knownAfter((int) m)));
  }

  /** All arms of a setting. */
  static List<TransferArm> all(TransferSetting setting) {
    Dqn learner = setting.learner();
    QPrior prior = setting.prior();
    Policy table = prior.policy();
    int pretraining = setting.scale() == Scale.UNIT ? 20 : 5_000;
    List<TransferArm> arms = new ArrayList<>();
    arms.add(
        tuned(
            ANNEALED,
            "falling over part",
            new double[] {0.1, 0.25, 0.5, 1},
            part -> learner.exploreUntil(part)));
    arms.add(fixed(CONSTANT, () -> learner));
    arms.add(fixed(TABLE, () -> learner.initializedBy(new DqInit(prior).tableOnly())));
    arms.add(knowing(ACT, learner, prior));
    arms.add(knowing(TARGET, learner, prior));
    arms.add(knowing(AUXILIARY, learner, prior));
    arms.add(
        tuned(
            PRETRAINED,
            "m",
            VISITS,
            m ->
                learner.initializedBy(
                    init(PRETRAINED, prior).pretraining(pretraining).knownAfter((int) m))));
    arms.add(
        tuned(
            DECAY,
            "T₀",
            STEPS,
            steps ->
                learner.initializedBy(
                    new DqInit(prior)
                        .auxiliary(false)
                        .knownness(new Knownness.Decay((long) steps)))));
    arms.add(
        tuned(
            "value distillation",
            "updates",
            setting.scale() == Scale.UNIT
                ? new double[] {5, 10, 20, 40}
                : new double[] {500, 2_000, 5_000, 10_000},
            updates -> learner.initializedBy(new DqInit(prior).distilled((long) updates))));
    arms.add(
        fixed(
            "warm start",
            () -> learner.initializedBy(WarmStart.of(setting.schools().once().policies()))));
    arms.add(
        tuned(
            "policy distillation",
            "temperature",
            new double[] {0.1, 0.3, 1, 3},
            temperature -> learner.initializedBy(WarmStart.of(setting.students(temperature)))));
    arms.add(
        tuned(
            "jump-start RL",
            "horizon",
            new double[] {25, 50, 100, 200},
            steps -> learner.initializedBy(new JumpStart(table).horizon((int) steps))));
    arms.add(
        tuned(
            "kickstarting",
            "weight",
            new double[] {0.1, 0.3, 1, 3},
            weight -> learner.initializedBy(new Kickstart(table).weight(weight))));
    return arms;
  }
}
