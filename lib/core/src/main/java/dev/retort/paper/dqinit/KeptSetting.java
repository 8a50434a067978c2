package dev.retort.paper.dqinit;

import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.train;
import static dev.retort.paper.dqinit.KeptGains.FIXED;

import dev.retort.env.Env;
import dev.retort.nn.Activation;
import dev.retort.option.Schedule;
import dev.retort.paper.Scale;
import dev.retort.plan.Extracting;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.teach.Dqn;
import java.util.List;
import java.util.Locale;

/**
 * A family of tasks of the second study: some that are solved, some on which arms are tuned, some
 * on which they are compared.
 *
 * @param kind which family
 * @param scale how large
 */
record KeptSetting(Kind kind, Scale scale) {
  /** Families whose ranges the first study did not have. */
  enum Kind {
    /** MountainCar with stronger engines on steeper slopes; solved by value iteration in bins. */
    VALLEYS,
    /** CartPole with heavier carts and longer poles, pushed harder; solved by DQN. */
    POLES,
    /** Acrobot with other torques and heavier ends; solved by DQN. */
    SWINGS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final double DISCOUNT = 0.99;
  private static final int BINS = 40;

  private boolean isUnit() {
    return scale == Scale.UNIT;
  }

  Env family() {
    return switch (kind) {
      case VALLEYS ->
          env("MountainCar").varying("force", 0.0011, 0.0017).varying("gravity", 0.0026, 0.0033);
      case POLES ->
          env("CartPole")
              .varying("gravity", 12, 20)
              .varying("halfLength", 0.6, 1)
              .varying("force", 12, 20)
              .varying("massCart", 1, 1.8)
              .timeLimit(200);
      case SWINGS ->
          env("Acrobot")
              .varying("gravity", 8, 12)
              .varying("torque", 0.9, 1.5)
              .varying("mass2", 0.8, 1.4)
              .timeLimit(300);
    };
  }

  int sources() {
    return FIXED.count(kind + ": sources", scale);
  }

  long steps() {
    return FIXED.count(kind + ": steps", scale);
  }

  int seeds() {
    return FIXED.count("seeds", scale);
  }

  /** Steps that count as early. */
  long early() {
    return part("early");
  }

  /** Steps that count as late. */
  long late() {
    return part("late");
  }

  private long part(String name) {
    return Math.round(steps() * FIXED.numbers(name, scale)[0]);
  }

  Env solved() {
    return family().train(sources());
  }

  Env tuning() {
    return family().validation(FIXED.count("tuning", scale));
  }

  Env target() {
    return family().test(FIXED.count("targets", scale));
  }

  /** What all arms have in common: the learner that settled without a prior in the first study. */
  Dqn learner() {
    return dqn()
        .network(mlp(128, 128).activation(Activation.RELU))
        .steps(steps())
        .learningRate(new Schedule(2e-3, 1e-5))
        .memory(120_000)
        .warmUp(1)
        .trainEvery(16)
        .updates(8)
        .targetEvery(300)
        .gamma(DISCOUNT)
        .nStep(3)
        .exploreUntil(0)
        .epsilon(FIXED.number("epsilon"))
        .evaluateEvery(FIXED.count("evaluations", scale))
        .evaluateEpisodes(5);
  }

  /**
   * Who solved the tasks: value iteration in bins, or networks at the best of their evaluations.
   */
  List<? extends Policy> solvers() {
    if (kind == Kind.VALLEYS) {
      return TransferSetting.binned(solved(), BINS);
    }
    Dqn school =
        learner()
            .steps(FIXED.count(kind + ": schooling", scale))
            .warmUp(isUnit() ? 100 : 1_000)
            .exploreUntil(0.16);
    return train(school)
        .on(solved().eachTask())
        .evaluating(isUnit() ? 200 : 5_000, 10)
        .keepingBest()
        .seeds(sources())
        .once()
        .policies();
  }

  /** What the solved tasks say. */
  QPrior prior() {
    Extracting plan = prior(solvers(), solved());
    Extracting cut =
        switch (kind) {
          case VALLEYS -> plan;
          case POLES -> plan.bins(7, 9, 7, 9).clipping();
          case SWINGS -> plan.bins(5, 5, 5, 5, 7, 7).clipping();
        };
    return cut.once();
  }

  /** A prior of engines twice as strong: what it says of these valleys is wrong. */
  QPrior badPrior() {
    Env strong =
        env("MountainCar")
            .varying("force", 0.0022, 0.0034)
            .varying("gravity", 0.0026, 0.0033)
            .train(sources());
    return prior(TransferSetting.binned(strong, BINS), strong).once();
  }

  private Extracting prior(List<? extends Policy> solvers, Env tasks) {
    return qPrior(solvers.toArray(Policy[]::new)).on(tasks).steps(isUnit() ? 500 : 20_000);
  }

  /** All that decides what is done, fixed before anything is done. */
  String registration() {
    return """
        %s
          source tasks     %s
          tuning tasks     %s, one seed a task: what is free is chosen by the mean return of all steps
          target tasks     %s, %s seeds a task
          learner          %s
          early, late      episodes that end in the first %s and in the last %s steps
        """
        .formatted(
            kind,
            solved().name(),
            tuning().name(),
            target().name(),
            seeds(),
            learner(),
            early(),
            late());
  }
}
