package dev.retort.paper.dqinit;

import static dev.retort.Retort.dqInit;
import static dev.retort.Retort.qLearning;
import static dev.retort.paper.dqinit.KeptGains.FIXED;

import dev.retort.figure.Numbers;
import dev.retort.guidance.DqInit;
import dev.retort.paper.Scale;
import dev.retort.paper.Tuned;
import dev.retort.paper.TuningGrid;
import dev.retort.prior.QPrior;
import dev.retort.table.Bins;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Dqn;
import dev.retort.teach.QLearning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleFunction;

/**
 * One way to begin a new task, in the second study.
 *
 * @param name what tables call it
 * @param grid over which its number is tuned; empty where it has none
 * @param learner makes the learner with such a number
 */
record KeptArm(String name, Optional<TuningGrid> grid, DoubleFunction<Algorithm> learner)
    implements TunedArm {
  static final String FALLING = "vanilla, falling ε";
  static final String CONSTANT = "vanilla, constant ε";
  static final String TABLE = "table only";
  static final String LEARNING_TABLE = "learning table";
  static final String FIRST = "first study's arm";
  static final String ACT = "act only";
  static final String TURNS = "plain Q in turns";
  static final String RESIDUAL = "residual alone";
  static final String FADED = "faded residual";
  static final String RESIDUAL_TURNS = "residual in turns";

  /** Those that begin with the prior and learn networks; of each is asked whether it keeps. */
  static final List<String> ASKED = List.of(FIRST, ACT, TURNS, RESIDUAL, FADED, RESIDUAL_TURNS);

  /** Those that know how much they know. */
  static final List<String> KNOWING = List.of(FIRST, ACT, TURNS, FADED, RESIDUAL_TURNS);

  /** DQInit as an arm has it, known after so many visits. */
  static DqInit init(String arm, QPrior prior, int visits) {
    DqInit init = dqInit(prior);
    return switch (arm) {
      case TABLE -> init.tableOnly();
      case FIRST -> init.knownAfter(visits);
      case ACT -> init.actingOnly(visits);
      case TURNS -> init.actingOnly(visits).takingTurns(true);
      case RESIDUAL -> init.fadedResidual(visits).act(false);
      case FADED -> init.fadedResidual(visits);
      case RESIDUAL_TURNS -> init.residualInTurns(visits);
      default -> throw new IllegalArgumentException(arm);
    };
  }

  /** The learner of an arm, with the instrument. */
  static Dqn guided(KeptSetting setting, String arm, QPrior prior, int visits) {
    long span = FIXED.count("handover", setting.scale());
    return setting.learner().guidedBy(init(arm, prior, visits).handoverEvery(span));
  }

  /** All arms of a setting. */
  static List<KeptArm> all(KeptSetting setting) {
    Scale scale = setting.scale();
    QPrior prior = setting.prior();
    Dqn learner = setting.learner();
    List<KeptArm> arms = new ArrayList<>();
    TuningGrid part = TuningGrid.of(FIXED, "vanilla: part", scale).upTo(1);
    arms.add(new KeptArm(FALLING, Optional.of(part), learner::exploreUntil));
    arms.add(fixed(CONSTANT, learner));
    arms.add(fixed(TABLE, guided(setting, TABLE, prior, 1)));
    arms.add(
        new KeptArm(
            LEARNING_TABLE,
            Optional.of(TuningGrid.of(FIXED, "learning table: rate", scale).upTo(1)),
            rate -> table(setting, prior, rate)));
    for (String arm : ASKED) {
      arms.add(
          KNOWING.contains(arm)
              ? new KeptArm(
                  arm,
                  Optional.of(TuningGrid.of(FIXED, "knownness: m", scale)),
                  visits -> guided(setting, arm, prior, (int) visits))
              : fixed(arm, guided(setting, arm, prior, 1)));
    }
    return arms;
  }

  /** Q-learning in the cells of the prior, from what it says. */
  private static QLearning table(KeptSetting setting, QPrior prior, double rate) {
    Bins cells = (Bins) prior.cells().orElseThrow();
    return qLearning()
        .initializedBy(prior)
        .bins(cells.counts().stream().mapToInt(Integer::intValue).toArray())
        .low(cells.low().stream().mapToDouble(Double::doubleValue).toArray())
        .high(cells.high().stream().mapToDouble(Double::doubleValue).toArray())
        .initial(prior.filled().initial())
        .gamma(prior.discount())
        .steps(setting.steps())
        .learningRate(rate)
        .epsilon(FIXED.number("epsilon"))
        .evaluateEvery(FIXED.count("evaluations", setting.scale()))
        .evaluateEpisodes(5);
  }

  private static KeptArm fixed(String name, Algorithm learner) {
    return new KeptArm(name, Optional.empty(), none -> learner);
  }

  /** What its number reaches on the tuning tasks. */
  Optional<Tuned> tuned(KeptSetting setting) {
    return tuned(setting.tuning(), trial -> trial.during(0, setting.steps()));
  }

  /** What was chosen, of all arms that have a number. */
  static String chosen(Map<KeptArm, Optional<Tuned>> tuned) {
    Map<String, String> chosen = new TreeMap<>();
    tuned.forEach(
        (arm, number) ->
            number.ifPresent(
                each ->
                    chosen.put(
                        arm.name,
                        each.note().orElse(each.name() + " " + Numbers.of(each.best())))));
    return chosen.toString();
  }
}
