package dev.retort.paper;

import dev.retort.collect.Behaviour;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.env.grid.FourRooms;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Mlp;
import dev.retort.nn.ResidualCnn;
import dev.retort.option.Schedule;
import dev.retort.plan.Distilling;
import dev.retort.plan.Training;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
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
 */
final class FourRoomsTable implements StudyPart {
  private static final int HIDDEN_STEPS = 50;

  /** Who explores. */
  private enum Explorer {
    NOBODY,
    RANDOM,
    TRAINED
  }

  /** What is added to the teacher's own episodes. */
  private enum Data {
    TEACHER,
    MIXED,
    EXPLORE_GO
  }

  /**
   * A row of the table.
   *
   * @param published train N = 1, train N = 10, test N = 1, test N = 10; empty where there is none
   */
  private record Arm(boolean cloning, Data data, Explorer explorer, List<Double> published) {
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

  private static final List<Arm> ARMS =
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
    return switch (scale) {
      case UNIT -> 2;
      case CPU -> 10;
      case GPU -> 20;
    };
  }

  private static int members(Scale scale) {
    return scale == Scale.UNIT ? 2 : 10;
  }

  private static FourRooms rooms(Scale scale) {
    return scale == Scale.GPU
        ? new FourRooms()
        : new FourRooms()
            .with("rooms", 4)
            .with("tasksPerTopology", 4)
            .seeing(FourRooms.Sight.EGOCENTRIC);
  }

  private static Env training(Scale scale) {
    return rooms(scale).train(scale == Scale.GPU ? 200 : 50);
  }

  private static Env test(Scale scale) {
    return rooms(scale).test(scale == Scale.UNIT ? 20 : 200);
  }

  private static Ppo ppo(Scale scale) {
    Ppo ppo =
        scale == Scale.GPU
            ? Ppo.preset("FourRooms").exploreGo(HIDDEN_STEPS)
            : Ppo.preset("FourRooms-egocentric");
    return scale == Scale.UNIT ? ppo.steps(2_048) : ppo;
  }

  private static Training.Population teachers(Scale scale) {
    return new Training(ppo(scale), training(scale), 0).seeds(seeds(scale));
  }

  private static Training.Population explorers(Scale scale) {
    Ppo explorer = ppo(scale).exploreGo(0).countBonus(0.1).taskReward(false);
    return new Training(explorer, training(scale), 0).seeds(seeds(scale));
  }

  private static int steps(Scale scale) {
    return switch (scale) {
      case UNIT -> 600;
      case CPU -> 20_000;
      case GPU -> 500_000;
    };
  }

  private static Architecture network(Scale scale) {
    return scale == Scale.GPU ? ResidualCnn.paper() : Mlp.of(96, 48).activation(Activation.RELU);
  }

  private static Distillation student(Arm arm, Scale scale) {
    Distillation student =
        new Distillation()
            .into(network(scale))
            .members(members(scale))
            .minimizing(arm.cloning ? new Loss.BehaviourCloning() : new Loss.ProbabilityMse());
    if (scale != Scale.GPU) {
      int epochs = scale == Scale.UNIT ? 1 : arm.cloning ? 4 : 20;
      return student.epochs(epochs).batchSize(64).learningRate(Schedule.constant(1e-3));
    }
    Schedule rate = Schedule.constant(arm.data == Data.TEACHER && !arm.cloning ? 1e-4 : 1e-3);
    Distillation usual = student.learningRate(rate);
    return switch (arm.data) {
      case TEACHER -> usual.epochs(arm.cloning ? 1 : 100).batchSize(64);
      case MIXED -> usual.epochs(arm.cloning ? 2 : 50).batchSize(256);
      case EXPLORE_GO -> usual.epochs(arm.cloning ? 1 : 50).batchSize(arm.cloning ? 64 : 512);
    };
  }

  @Override
  public String explain(Scale scale) {
    return String.format(
        Locale.ROOT,
        "%s%n%nexplorers: %s%n%n%d kinds of students of each teacher, such as %s; %,d steps of data each",
        teachers(scale).explain(),
        explorers(scale).explain(),
        ARMS.size(),
        student(ARMS.get(0), scale),
        steps(scale));
  }

  /** What a row learns from. */
  private static Dataset data(Arm arm, Policy teacher, Policy explorer, int seed, Scale scale) {
    int steps = steps(scale);
    return switch (arm.data) {
      case TEACHER -> collected(teacher, new Behaviour.Stochastic(), steps, seed, scale);
      case MIXED -> {
        Dataset own = collected(teacher, new Behaviour.Stochastic(), steps / 2, seed, scale);
        yield own.and(
            arm.explorer == Explorer.RANDOM
                ? collected(teacher, new Behaviour.Uniform(), steps / 2, seed, scale)
                : collected(explorer, new Behaviour.Stochastic(), steps / 2, seed, scale)
                    .labelledBy(teacher));
      }
      case EXPLORE_GO -> {
        Behaviour.ExploreGo go = new Behaviour.ExploreGo(HIDDEN_STEPS);
        yield collected(
            teacher, arm.explorer == Explorer.RANDOM ? go : go.by(explorer), steps, seed, scale);
      }
    };
  }

  private static Dataset collected(
      Policy actor, Behaviour behaviour, int steps, int seed, Scale scale) {
    return new Collector(actor, training(scale), behaviour, steps, seed)
        .run(Session.unwatched("return", "length"));
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
    List<Finding> findings = new ArrayList<>(List.of(seen.reported(), unseen.reported()));
    List<Dot> dots = new ArrayList<>(List.of(dot("the teacher", unseen)));
    List<Reached> reached = new ArrayList<>();
    for (Arm arm : ARMS) {
      Reached each = reached(arm, teachers, explorers, scale);
      each.all.forEach(measured -> findings.add(measured.reported()));
      dots.add(dot(arm.label(1), each.test()));
      dots.add(dot(arm.label(members(scale)), each.together()));
      reached.add(each);
      seconds += each.seconds;
    }
    findings.addAll(claims(scale, reached, unseen));
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

  private static Dot dot(String name, Measured measured) {
    return new Dot(
        name,
        measured.estimate().value(),
        measured.estimate().interval().low(),
        measured.estimate().interval().high());
  }

  private static Reached reached(
      Arm arm, List<? extends Policy> teachers, List<? extends Policy> explorers, Scale scale) {
    double[][] returns = new double[4][teachers.size()];
    double seconds = 0;
    for (int seed = 0; seed < teachers.size(); seed++) {
      Dataset data = data(arm, teachers.get(seed), explorers.get(seed), seed, scale);
      Distilling plan = new Distilling(student(arm, scale), data, seed);
      Ensemble students = plan.once();
      seconds += StudyPart.seconds(plan);
      List<Ensemble> single = ReacherPool.ensembles(students, 1, students.members().size());
      returns[0][seed] = mean(single, training(scale));
      returns[1][seed] = Measured.returnOf(students, training(scale));
      returns[2][seed] = mean(single, test(scale));
      returns[3][seed] = Measured.returnOf(students, test(scale));
    }
    String what = "return, mean of %s teachers' students".formatted(teachers.size());
    String together = "N = " + members(scale) + ", ";
    List<String> columns =
        List.of("N = 1, train", together + "train", "N = 1, test", together + "test");
    List<Measured> all = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Measured measured = Measured.of(arm.name() + ", " + columns.get(i), what, returns[i]);
      all.add(arm.published.isEmpty() ? measured : measured.published(arm.published.get(i)));
    }
    return new Reached(arm, all, seconds);
  }

  private static double mean(List<Ensemble> policies, Env env) {
    return Statistics.mean(Measured.each(policies, each -> Measured.returnOf(each, env)));
  }

  /** What was claimed before the run; mixed data is never held against anything. */
  private static List<Finding> claims(Scale scale, List<Reached> all, Measured teachers) {
    Reached narrow = all.get(0);
    Reached wide = all.get(3);
    Reached random = all.get(4);
    List<Finding> claims = new ArrayList<>();
    claims.add(
        more(scale, "Explore-Go over Teacher data, N = 1, test", wide.test(), narrow.test()));
    claims.add(
        more(
            scale,
            "Explore-Go by a random explorer over Teacher data, N = 1, test",
            random.test(),
            narrow.test()));
    claims.add(
        more(scale, "Distill over BC, Teacher, N = 1, test", narrow.test(), all.get(5).test()));
    claims.add(
        more(scale, "Distill over BC, Explore-Go, N = 1, test", wide.test(), all.get(7).test()));
    for (Reached each : all) {
      if (!each.arm.cloning && each.arm.data != Data.MIXED) {
        double[] gains = gains(each.together(), each.test());
        Measured gain =
            Measured.of(
                each.arm.name() + ", N = " + members(scale) + " over N = 1, test",
                "gain in return, mean of %s seeds".formatted(gains.length),
                gains);
        claims.add(gain.judged(scale, "≥ 0", gain.mean() >= 0));
      }
    }
    double[] gains = gains(wide.together(), teachers);
    claims.add(
        Measured.of(
                "Explore-Go, N = " + members(scale) + " over its teacher, test",
                "gain in return, mean of %s seeds".formatted(gains.length),
                gains)
            .published(0.14)
            .positive(scale));
    return claims;
  }

  private static Finding more(Scale scale, String name, Measured more, Measured less) {
    double[] gains = gains(more, less);
    Measured gain =
        Measured.of(name, "gain in return, mean of %s seeds".formatted(gains.length), gains);
    return gain.judged(scale, "> 0", gain.mean() > 0);
  }

  private static double[] gains(Measured more, Measured less) {
    double[] gains = new double[more.values().size()];
    Arrays.setAll(gains, seed -> more.values().get(seed) - less.values().get(seed));
    return gains;
  }
}
