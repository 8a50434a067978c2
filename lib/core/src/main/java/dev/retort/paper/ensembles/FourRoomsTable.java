package dev.retort.paper.ensembles;

import static dev.retort.Retort.behaviorCloning;
import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.exploreGo;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.probabilityMse;
import static dev.retort.Retort.stochastic;
import static dev.retort.Retort.train;
import static dev.retort.Retort.uniform;
import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.collect.Behavior;
import dev.retort.data.Dataset;
import dev.retort.env.grid.FourRooms;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Numbers;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.ResidualCnn;
import dev.retort.paper.Bound;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Distilling;
import dev.retort.plan.Training;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.teach.Ppo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Table 3: students of a teacher of Four Rooms, by the data that they learn from, alone and ten
 * together, in rooms whose doors they have not seen.
 *
 * <p>Teachers are learned by PPO with Explore-Go, so that they do worse in the test than in
 * training and a student can be better than its teacher. At {@code gpu} size grid, networks, steps
 * and data are the paper's; at {@code cpu} size rooms are 4 × 4 and seen egocentrically, networks
 * are perceptrons, and all students have one setting, which was chosen beforehand. Explorers are
 * random, or trained by PPO for nothing but a bonus for what is seldom.
 *
 * <p>Clones ("BC") learn from the same steps as students, for as many updates, so that what parts
 * the two is the target alone; the paper's clones have seen theirs once or twice. Some test rooms
 * are training rooms turned, which an egocentric agent cannot tell: what is returned in the others
 * stands beside.
 */
final class FourRoomsTable implements StudyPart {
  private static final int HIDDEN_STEPS = FIXED.count("rooms: hidden steps");

  /** Who explores. */
  enum Explorer {
    NOBODY,
    RANDOM,
    TRAINED
  }

  /** What is added to the teacher's own episodes. */
  enum Data {
    TEACHER,
    MIXED,
    EXPLORE_GO
  }

  /**
   * A row of the table.
   *
   * @param published train N = 1, train N = 10, test N = 1, test N = 10; empty where there is none
   */
  record Arm(boolean cloning, Data data, Explorer explorer, List<Double> published) {
    String name() {
      String kind =
          switch (data) {
            case TEACHER -> "Teacher";
            case MIXED -> "Mixed";
            case EXPLORE_GO -> "Explore-Go";
          };
      String who = explorer == Explorer.RANDOM ? ", random explorer" : "";
      return (cloning ? "BC, " : "Distill, ") + kind + who;
    }

    /** What fits beside a dot. */
    String label(int students) {
      return "%s × %s"
          .formatted(name().replace("Distill, ", "").replace(" explorer", ""), students);
    }
  }

  static final List<Arm> ARMS =
      List.of(
          new Arm(false, Data.TEACHER, Explorer.NOBODY, List.of(0.92, 0.92, 0.56, 0.67)),
          new Arm(false, Data.MIXED, Explorer.TRAINED, List.of(0.92, 0.92, 0.72, 0.84)),
          new Arm(false, Data.MIXED, Explorer.RANDOM, List.of()),
          new Arm(false, Data.EXPLORE_GO, Explorer.TRAINED, List.of(0.92, 0.92, 0.78, 0.88)),
          new Arm(false, Data.EXPLORE_GO, Explorer.RANDOM, List.of()),
          new Arm(true, Data.TEACHER, Explorer.NOBODY, List.of(0.91, 0.92, 0.26, 0.37)),
          new Arm(true, Data.MIXED, Explorer.TRAINED, List.of(0.86, 0.91, 0.15, 0.20)),
          new Arm(true, Data.EXPLORE_GO, Explorer.TRAINED, List.of(0.87, 0.92, 0.56, 0.75)));

  @Override
  public String name() {
    return "table-3";
  }

  private static int seeds(Scale scale) {
    return FIXED.count("rooms: seeds", scale);
  }

  private static int members(Scale scale) {
    return FIXED.count("rooms: members", scale);
  }

  private static FourRooms rooms(Scale scale) {
    return scale == Scale.GPU
        ? new FourRooms()
        : new FourRooms()
            .with("rooms", 4)
            .with("tasksPerTopology", 4)
            .seeing(FourRooms.Sight.EGOCENTRIC);
  }

  private static FourRooms training(Scale scale) {
    return rooms(scale).train(FIXED.count("rooms: training tasks", scale));
  }

  private static FourRooms test(Scale scale) {
    return rooms(scale).test(FIXED.count("rooms: test tasks", scale));
  }

  private static Ppo learner(Scale scale) {
    Ppo learner =
        scale == Scale.GPU ? ppo("FourRooms").exploreGo(HIDDEN_STEPS) : ppo("FourRooms-egocentric");
    return scale == Scale.UNIT ? learner.steps(2_048) : learner;
  }

  private static Training.Population teachers(Scale scale) {
    return train(learner(scale)).on(training(scale)).seeds(seeds(scale));
  }

  private static Training.Population explorers(Scale scale) {
    Ppo explorer = learner(scale).exploreGo(0).countBonus(0.1).taskReward(false);
    return train(explorer).on(training(scale)).seeds(seeds(scale));
  }

  private static int steps(Scale scale) {
    return FIXED.count("rooms: steps", scale);
  }

  private static Architecture network(Scale scale) {
    return scale == Scale.GPU ? ResidualCnn.paper() : mlp(96, 48).activation(Activation.RELU);
  }

  static Distilling students(Arm arm, Dataset data, Scale scale) {
    Distilling students =
        distill(data)
            .into(network(scale))
            .members(members(scale))
            .minimizing(arm.cloning ? behaviorCloning() : probabilityMse());
    boolean own = arm.data == Data.TEACHER;
    Distilling all =
        students.epochs(FIXED.count("rooms: epochs, " + (own ? "Teacher" : "others"), scale));
    if (scale != Scale.GPU) {
      return all.batchSize(64).learningRate(1e-3);
    }
    return switch (arm.data) {
      case TEACHER -> all.batchSize(64).learningRate(1e-4);
      case MIXED -> all.batchSize(256).learningRate(1e-3);
      case EXPLORE_GO -> all.batchSize(512).learningRate(1e-3);
    };
  }

  @Override
  public String explain(Scale scale) {
    return String.format(
        Locale.ROOT,
        "%s%n%nexplorers: %s%n%n%d kinds of students of each teacher, %d of each; %,d steps of data each",
        teachers(scale).explain(),
        explorers(scale).explain(),
        ARMS.size(),
        members(scale),
        steps(scale));
  }

  /** What a row learns from. */
  private static Dataset data(Arm arm, Policy teacher, Policy explorer, int seed, Scale scale) {
    int steps = steps(scale);
    return switch (arm.data) {
      case TEACHER -> collected(steps, teacher, stochastic(), seed, scale);
      case MIXED -> {
        Dataset own = collected(steps / 2, teacher, stochastic(), seed, scale);
        yield own.and(
            arm.explorer == Explorer.RANDOM
                ? collected(steps / 2, teacher, uniform(), seed, scale)
                : collected(steps / 2, explorer, stochastic(), seed, scale).labeledBy(teacher));
      }
      case EXPLORE_GO -> {
        Behavior.ExploreGo go = exploreGo(HIDDEN_STEPS);
        yield collected(
            steps, teacher, arm.explorer == Explorer.RANDOM ? go : go.by(explorer), seed, scale);
      }
    };
  }

  private static Dataset collected(
      int steps, Policy actor, Behavior behavior, int seed, Scale scale) {
    return StudyPart.inPassing(
        collect(steps).from(actor).on(training(scale)).exploring(behavior).seed(seed));
  }

  /** The shares of solved tasks that the seeds of a row reached. */
  private record Reached(Arm arm, List<Measured> all, double seconds) {
    /** Single students in the test. */
    Measured test() {
      return all.get(2);
    }

    /** Ensembles in the test. */
    Measured together() {
      return all.get(3);
    }
  }

  @Override
  public Found run(Scale scale) {
    List<? extends Policy> teachers = teachers(scale).once().policies();
    List<? extends Policy> explorers = explorers(scale).once().policies();
    double seconds = StudyPart.seconds(teachers(scale)) + StudyPart.seconds(explorers(scale));
    String what = "return, mean of %s teachers".formatted(teachers.size());
    Measured seen =
        Measured.of(
                "PPO + Explore-Go, train",
                what,
                Measured.each(teachers, each -> Measured.returnOf(each, training(scale))))
            .published(0.92);
    Measured unseen =
        Measured.of(
                "PPO + Explore-Go, test",
                what,
                Measured.each(teachers, each -> Measured.returnOf(each, test(scale))))
            .published(0.74);
    TurnedRooms turned = TurnedRooms.of(training(scale), test(scale));
    List<Finding> findings =
        new ArrayList<>(List.of(turned.found(), seen.reported(), unseen.reported()));
    List<Dot> dots = new ArrayList<>(List.of(unseen.dot("the teacher")));
    List<Reached> reached = new ArrayList<>();
    for (Arm arm : ARMS) {
      Reached each = reached(arm, teachers, explorers, turned, scale);
      each.all.forEach(measured -> findings.add(measured.reported()));
      dots.add(each.test().dot(arm.label(1)));
      dots.add(each.together().dot(arm.label(members(scale))));
      reached.add(each);
      seconds += each.seconds;
    }
    Bound learned = FIXED.bound("rooms: teachers", scale);
    String otherwise =
        "the teachers return %s in training where %s was to be held"
            .formatted(Numbers.of(seen.mean()), learned.words());
    for (Finding claim : claims(scale, reached, unseen)) {
      findings.add(claim.provided(learned.isMet(seen.estimate()), otherwise));
    }
    return new Found(
        findings,
        List.of(new Dots("Table 3: test return", "return", dots)),
        List.of(note(scale)),
        seconds);
  }

  private static String note(Scale scale) {
    return scale == Scale.GPU
        ? "Table 3: intervals are over teachers, each with its explorer and its students."
        : String.format(
            Locale.ROOT,
            "Table 3 is scaled down: rooms of 4 × 4 seen egocentrically, perceptrons, %,d steps of data; published numbers are of the full size. Intervals are over teachers.",
            steps(scale));
  }

  private static Reached reached(
      Arm arm,
      List<? extends Policy> teachers,
      List<? extends Policy> explorers,
      TurnedRooms turned,
      Scale scale) {
    double[][] returns = new double[6][teachers.size()];
    double seconds = 0;
    for (int seed = 0; seed < teachers.size(); seed++) {
      Dataset data = data(arm, teachers.get(seed), explorers.get(seed), seed, scale);
      Distilling plan = students(arm, data, scale).seed(seed);
      Ensemble students = plan.once();
      seconds += StudyPart.seconds(plan);
      List<Ensemble> single = ReacherPool.ensembles(students, 1, students.members().size());
      double[][] alone = Measured.returns(single, test(scale));
      double[] together = Measured.returns(students, test(scale));
      returns[0][seed] =
          Statistics.mean(Measured.each(single, each -> Measured.returnOf(each, training(scale))));
      returns[1][seed] = Measured.returnOf(students, training(scale));
      returns[2][seed] = Statistics.mean(alone);
      returns[3][seed] = Statistics.mean(together);
      returns[4][seed] =
          Arrays.stream(alone).mapToDouble(turned::elsewhere).average().orElseThrow();
      returns[5][seed] = turned.elsewhere(together);
    }
    String what = "return, mean of %s teachers' students".formatted(teachers.size());
    String together = "N = " + members(scale) + ", ";
    List<String> columns =
        List.of(
            "N = 1, train",
            together + "train",
            "N = 1, test",
            together + "test",
            "N = 1, test in no turned rooms",
            together + "test in no turned rooms");
    List<Measured> all = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Measured measured = Measured.of(arm.name() + ", " + columns.get(i), what, returns[i]);
      all.add(i < arm.published.size() ? measured.published(arm.published.get(i)) : measured);
    }
    return new Reached(arm, all, seconds);
  }

  /** What was claimed before the run; mixed data is never held against anything. */
  private static List<Finding> claims(Scale scale, List<Reached> all, Measured teachers) {
    Reached narrow = all.get(0);
    Reached wide = all.get(3);
    Reached random = all.get(4);
    List<Finding> claims = new ArrayList<>();
    String wider = "rooms: wider data";
    String soft = "rooms: soft targets";
    claims.add(
        gain(
            scale, wider, "Explore-Go over Teacher data, N = 1, test", wide.test(), narrow.test()));
    claims.add(
        gain(
            scale,
            wider,
            "Explore-Go by a random explorer over Teacher data, N = 1, test",
            random.test(),
            narrow.test()));
    claims.add(
        gain(
            scale,
            soft,
            "Distill over BC, Teacher, N = 1, test",
            narrow.test(),
            all.get(5).test()));
    claims.add(
        gain(
            scale,
            soft,
            "Distill over BC, Explore-Go, N = 1, test",
            wide.test(),
            all.get(7).test()));
    String many = "N = " + members(scale);
    for (Reached each : all) {
      if (!each.arm.cloning && each.arm.data != Data.MIXED) {
        String name = each.arm.name() + ", " + many + " over N = 1, test";
        claims.add(gain(scale, "rooms: together", name, each.together(), each.test()));
      }
    }
    String name = "Explore-Go, " + many + " over its teacher, test";
    claims.add(
        gained(name, wide.together(), teachers)
            .published(0.14)
            .judged(scale, FIXED.bound("rooms: over the teacher", scale)));
    return claims;
  }

  private static Finding gain(
      Scale scale, String fixed, String name, Measured more, Measured less) {
    return gained(name, more, less).judged(scale, FIXED.bound(fixed, scale));
  }

  private static Measured gained(String name, Measured more, Measured less) {
    double[] gains = Statistics.differences(more.numbers(), less.numbers());
    return Measured.of(name, "gain in return, mean of %s seeds".formatted(gains.length), gains);
  }
}
