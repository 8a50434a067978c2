package dev.retort.paper;

import dev.retort.collect.Behaviour;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.nn.Activation;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.plan.Distilling;
import dev.retort.plan.Extracting;
import dev.retort.plan.Solving;
import dev.retort.plan.Training;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.run.Session;
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
    VALLEY("MountainCar-varied", 200, -110),
    /** CartPole with other gravity, pole, cart and force; solved by DQN. */
    POLE("CartPole-varied", 200, 150),
    /** Acrobot with other gravity and masses; solved by DQN. */
    SWING("Acrobot-varied", 300, -100);

    private final String env;
    private final int horizon;
    private final double threshold;

    Kind(String env, int horizon, double threshold) {
      this.env = env;
      this.horizon = horizon;
      this.threshold = threshold;
    }

    /** The return from which an arm counts as there. */
    double threshold() {
      return threshold;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How large a family is on one computer.
   *
   * @param sources how many tasks are solved
   * @param tuning how many tasks arms are tuned on
   * @param targets how many tasks they are compared on
   * @param seeds how often each of those is learned
   * @param schooling environment steps of a network that solves a task by itself
   */
  private record Sizes(int sources, int tuning, int targets, int seeds, long schooling) {
    static Sizes of(Kind kind) {
      return switch (kind) {
        case VALLEY -> new Sizes(6, 10, 20, 3, 150_000);
        case POLE -> new Sizes(4, 6, 10, 3, 50_000);
        case SWING -> new Sizes(4, 4, 6, 2, 60_000);
      };
    }
  }

  private static final double DISCOUNT = 0.99;
  private static final Mlp NETWORK = Mlp.of(64, 64).activation(Activation.RELU);

  private boolean isUnit() {
    return scale == Scale.UNIT;
  }

  /** Whether the tasks are solved by value iteration in bins, not by networks. */
  private boolean isSolvedInBins() {
    return kind == Kind.VALLEY;
  }

  private Env family() {
    Env env = Environments.get(kind.env);
    return env.horizon() == kind.horizon ? env : env.timeLimit(kind.horizon);
  }

  int sources() {
    return isUnit() ? 2 : Sizes.of(kind).sources;
  }

  int tuningTasks() {
    return isUnit() ? 2 : scale == Scale.GPU ? 10 : Sizes.of(kind).tuning;
  }

  int targets() {
    return isUnit() ? 2 : scale == Scale.GPU ? 50 : Sizes.of(kind).targets;
  }

  int seeds() {
    return isUnit() ? 1 : scale == Scale.GPU ? 5 : Sizes.of(kind).seeds;
  }

  /** How many episodes count. */
  int episodes() {
    return isUnit() ? 3 : 60;
  }

  /** How many of them are early. */
  int early() {
    return isUnit() ? 2 : 30;
  }

  /** How many of them are late. */
  int late() {
    return isUnit() ? 1 : 20;
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
    return new Dqn()
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
    return new Dqn()
        .network(Mlp.of(128, 128).activation(Activation.RELU))
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
    long steps = isUnit() ? 400 : Sizes.of(kind).schooling;
    Dqn school = learner().steps(steps);
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
    return new Training(school, solved().eachTask(), 0)
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
        .mapToObj(
            i -> (Policy) Solving.of(solved.task(i)).tolerance(1e-3).bins(bins).run().policy())
        .toList();
  }

  /** What the solved tasks say. */
  QPrior prior() {
    Extracting plan = prior(solvers(), solved());
    Extracting cut =
        switch (kind) {
          case VALLEY -> plan;
          case POLE -> plan.bins(7, 9, 7, 9).clipping(true);
          case SWING -> plan.bins(5, 5, 5, 5, 7, 7).clipping(true);
        };
    return cut.once();
  }

  /** A prior of other tasks, or of the same ones solved otherwise. */
  Extracting prior(List<? extends Policy> solvers, Env tasks) {
    return new Extracting.Of(solvers).on(tasks).steps(isUnit() ? 500 : 20_000);
  }

  /** Students of those who solved the tasks, by their behaviour alone. */
  List<? extends Policy> students(double temperature) {
    List<? extends Policy> solvers = solvers();
    Dataset all = null;
    for (int i = 0; i < solvers.size(); i++) {
      Dataset own =
          new Collector(
                  solvers.get(i),
                  solved().task(i),
                  new Behaviour.Epsilon(0.25),
                  isUnit() ? 200 : 5_000,
                  i)
              .run(Session.unwatched("return", "length"));
      all = all == null ? own : all.and(own);
    }
    Distillation how =
        new Distillation()
            .into(NETWORK)
            .members(isUnit() ? 2 : 5)
            .minimizing(new Loss.Kl(temperature))
            .epochs(isUnit() ? 1 : 20)
            .batchSize(256)
            .learningRate(Schedule.constant(1e-3));
    return new Distilling(how, all, 0).once().members();
  }

  /** The plan to train one learner on each task of a family, with so many seeds. */
  static Training.Population on(Env tasks, int seeds, Dqn dqn) {
    return new Training(dqn, tasks.eachTask(), 0).seeds(tasks.contexts() * seeds);
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
