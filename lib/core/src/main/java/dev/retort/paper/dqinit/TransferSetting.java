package dev.retort.paper.dqinit;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.epsilon;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.solve;
import static dev.retort.Retort.train;
import static dev.retort.paper.dqinit.ValueInitialization.FIXED;

import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.loss.Distance;
import dev.retort.nn.Activation;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Extracting;
import dev.retort.plan.Training;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Dqn;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A family of tasks: some that are solved, some on which arms are tuned, some on which they are
 * compared. The three are the family's train, validation and test contexts, which are disjoint.
 *
 * @param kind which family
 * @param scale how large
 */
record TransferSetting(Kind kind, Scale scale) {
  /** Which family. */
  enum Kind {
    /** MountainCar with other engines and slopes; solved by value iteration in bins. */
    VALLEY("MountainCar-varied", 200),
    /** CartPole with other gravity, pole, cart and force; solved by DQN. */
    POLE("CartPole-varied", 200),
    /** Acrobot with other gravity and masses; solved by DQN. */
    SWING("Acrobot-varied", 300);

    private final String env;
    private final int horizon;

    Kind(String env, int horizon) {
      this.env = env;
      this.horizon = horizon;
    }

    /** The return from which an arm counts as there. */
    double threshold() {
      return FIXED.number(this + ": threshold");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final double DISCOUNT = 0.99;
  private static final Mlp NETWORK = mlp(64, 64).activation(Activation.RELU);

  private boolean isUnit() {
    return scale == Scale.UNIT;
  }

  /** Whether the tasks are solved by value iteration in bins, not by networks. */
  private boolean isSolvedInBins() {
    return kind == Kind.VALLEY;
  }

  private Env family() {
    Env usual = env(kind.env);
    return usual.horizon() == kind.horizon ? usual : usual.timeLimit(kind.horizon);
  }

  /** A size of this family. */
  private int count(String what) {
    return FIXED.count(kind + ": " + what, scale);
  }

  int sources() {
    return count("sources");
  }

  int tuningTasks() {
    return count("tuning");
  }

  int targets() {
    return count("targets");
  }

  int seeds() {
    return count("seeds");
  }

  /** How many episodes count. */
  int episodes() {
    return FIXED.count("episodes", scale);
  }

  /** How many of them are early. */
  int early() {
    return FIXED.count("early", scale);
  }

  /** How many of them are late. */
  int late() {
    return FIXED.count("late", scale);
  }

  /** So many steps that nobody ends fewer episodes than count. */
  long steps() {
    return (long) kind.horizon * episodes();
  }

  Env solved() {
    return family().train(sources());
  }

  Env tuning() {
    return family().validation(tuningTasks());
  }

  Env target() {
    return family().test(targets());
  }

  /** The same target family with fewer tasks. */
  Env target(int tasks) {
    return family().test(Math.min(tasks, targets()));
  }

  /** What all arms have in common: nothing is explored beyond an ε of 0.05. */
  Dqn learner() {
    return dqn()
        .network(NETWORK)
        .steps(steps())
        .learningRate(1e-3)
        .batchSize(64)
        .memory(50_000)
        .warmUp(1)
        .trainEvery(1)
        .updates(1)
        .targetEvery(200)
        .gamma(DISCOUNT)
        .target(Dqn.Target.SINGLE)
        .exploreUntil(0)
        .epsilon(0.05);
  }

  /**
   * A learner that settles: a larger network, rewards of three steps, and a rate that falls to
   * nothing. Found on the tuning tasks, where without a prior the last tenth of its steps returns
   * as much as the tenth before.
   */
  Dqn settling() {
    return dqn()
        .network(mlp(128, 128).activation(Activation.RELU))
        .learningRate(new Schedule(2e-3, 1e-5))
        .memory(120_000)
        .warmUp(1)
        .trainEvery(16)
        .updates(8)
        .targetEvery(300)
        .gamma(DISCOUNT)
        .nStep(3)
        .exploreUntil(0)
        .epsilon(0.05);
  }

  /** Networks that learned the solved tasks by themselves, at the best of their evaluations. */
  Training.Population schools() {
    Dqn school = learner().steps(count("schooling"));
    if (isSolvedInBins()) {
      school = school.exploreUntil(0.3);
    } else {
      school =
          school
              .exploreUntil(0.16)
              .warmUp(isUnit() ? 100 : 1_000)
              .learningRate(new Schedule(1e-3, 1e-4))
              .target(Dqn.Target.DOUBLE);
    }
    return train(school)
        .on(solved().eachTask())
        .evaluating(isUnit() ? 200 : 5_000, 10)
        .keepingBest()
        .seeds(sources());
  }

  /** Who solved the tasks. */
  List<? extends Policy> solvers() {
    return isSolvedInBins() ? binned(solved(), 40) : schools().once().policies();
  }

  /** Value iteration in bins on each task of a family. */
  static List<Policy> binned(Env solved, int bins) {
    return IntStream.range(0, solved.contexts())
        .mapToObj(i -> (Policy) solve(solved.task(i)).tolerance(1e-3).bins(bins).run().policy())
        .toList();
  }

  /** What the solved tasks say. */
  QPrior prior() {
    Extracting plan = prior(solvers(), solved());
    Extracting cut =
        switch (kind) {
          case VALLEY -> plan;
          case POLE -> plan.bins(7, 9, 7, 9).clipping();
          case SWING -> plan.bins(5, 5, 5, 5, 7, 7).clipping();
        };
    return cut.once();
  }

  /** A prior of other tasks, or of the same ones solved otherwise. */
  Extracting prior(List<? extends Policy> solvers, Env tasks) {
    return qPrior(solvers.toArray(Policy[]::new)).on(tasks).steps(isUnit() ? 500 : 20_000);
  }

  /** Students of those who solved the tasks: one network for all tasks, so many times. */
  Ensemble students(Distance distance) {
    List<? extends Policy> solvers = solvers();
    Dataset all = null;
    for (int i = 0; i < solvers.size(); i++) {
      Dataset own =
          StudyPart.inPassing(
              collect(isUnit() ? 200 : 5_000)
                  .from(solvers.get(i))
                  .on(solved().task(i))
                  .exploring(epsilon(0.25))
                  .seed(i));
      all = all == null ? own : all.and(own);
    }
    return distill(all)
        .into(NETWORK)
        .members(isUnit() ? 2 : 5)
        .minimizing(distance)
        .epochs(isUnit() ? 1 : 20)
        .batchSize(256)
        .learningRate(1e-3)
        .once();
  }

  /** The plan to train one learner on each task of a family, with so many seeds. */
  static Training.Population on(Env tasks, int seeds, Algorithm learner) {
    return train(learner).on(tasks.eachTask()).seeds(tasks.contexts() * seeds);
  }

  /** All that decides what is done, fixed before anything is done. */
  String registration() {
    return """
        %s
          source tasks     %s, seed of the family 0
          tuning tasks     %s, one seed a task: numbers that are free are chosen by the mean return of the first %s episodes
          target tasks     %s, %s seeds a task
          learner          %s
        """
        .formatted(
            kind,
            solved().name(),
            tuning().name(),
            episodes(),
            target().name(),
            seeds(),
            learner());
  }
}
