package dev.retort.paper.ensembles;

import static dev.retort.Retort.demonstrations;
import static dev.retort.Retort.sac;
import static dev.retort.Retort.train;
import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.data.Dataset;
import dev.retort.env.reach.Reacher;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Distilling;
import dev.retort.plan.Training;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.teach.Sac;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Table 2: what more data does to students of a teacher of all poses. Four training poses; the same
 * in all quarter turns; or twelve fresh ones beside them. A fourth arm sees the four poses for as
 * many updates as the sixteen take.
 *
 * <p>The teacher is the scripted feedback law, where the paper trains a soft actor-critic; at full
 * size it is one, without its state-dependent exploration.
 */
final class PoseTable implements StudyPart {
  private static final int BASE = 4;
  private static final int MORE = 16;

  /** A training set, and for how many epochs it is learned from. */
  private record Arm(
      String name,
      Function<Reacher, Reacher> training,
      boolean longer,
      double publishedTrain,
      double publishedTest) {}

  private static final List<Arm> ARMS =
      List.of(
          new Arm("poses", family -> family.train(BASE), false, 1.20, 0.39),
          new Arm(
              "poses + C4",
              family -> family.narrowed(Reacher.Part.SYMMETRIC, MORE),
              false,
              1.11,
              0.48),
          new Arm("poses + Random", family -> family.train(MORE), false, 1.14, 0.49),
          new Arm(
              "poses, as many updates",
              family -> family.train(BASE),
              true,
              Double.NaN,
              Double.NaN));

  @Override
  public String name() {
    return "table-2";
  }

  private static int seeds(Scale scale) {
    return FIXED.count("poses: seeds", scale);
  }

  private static int members(Scale scale) {
    return FIXED.count("poses: members", scale);
  }

  private static int tests(Scale scale) {
    return FIXED.count("poses: tests", scale);
  }

  /** Poses of a seed of their own. */
  private static Reacher family(int seed) {
    return new Reacher().seeing(Reacher.Sight.VELOCITIES).with("familySeed", seed);
  }

  private static Distilling students(Dataset data, Scale scale) {
    return Recipe.usual(data).members(members(scale)).epochs(FIXED.count("poses: epochs", scale));
  }

  @Override
  public String explain(Scale scale) {
    Policy teacher = closedLoop();
    StringBuilder text = new StringBuilder();
    if (scale == Scale.GPU) {
      text.append(actorCritic().explain()).append("\n\n");
    }
    for (Arm arm : ARMS) {
      text.append(arm.name())
          .append(", one of ")
          .append(seeds(scale))
          .append(" seeds: ")
          .append(plan(arm, teacher, 0, scale).explain())
          .append("\n\n");
    }
    return text.append("tested on %s fresh poses of each seed".formatted(tests(scale))).toString();
  }

  private static Policy closedLoop() {
    return Teachers.closedLoop("scripted teacher", new Reacher().seeing(Reacher.Sight.VELOCITIES));
  }

  /** The published settings, but for their state-dependent exploration. */
  private static Training actorCritic() {
    Sac published =
        sac()
            .hidden(400, 300)
            .targetRate(0.02)
            .steps(500_000)
            .memory(300_000)
            .batchSize(256)
            .gamma(0.99)
            .warmUp(10_000)
            .trainEvery(64)
            .updates(64)
            .learningRate(0.0005);
    return train(published).on(new Reacher().seeing(Reacher.Sight.VELOCITIES));
  }

  private static Distilling plan(Arm arm, Policy teacher, int seed, Scale scale) {
    Dataset data = demonstrations(teacher, arm.training().apply(family(seed)));
    Distilling plan = students(data, scale).seed(seed);
    if (!arm.longer()) {
      return plan;
    }
    Dataset turned = demonstrations(teacher, family(seed).narrowed(Reacher.Part.SYMMETRIC, MORE));
    double longer =
        (double) plan.distillation().updates(turned.size())
            / plan.distillation().updates(data.size());
    return plan.epochs((int) Math.round(longer * FIXED.count("poses: epochs", scale)));
  }

  /** What the seeds of an arm reached: single students in training and test, ensembles in test. */
  private record Reached(
      Arm arm, Measured train, Measured test, Measured together, double seconds) {
    List<Measured> all() {
      return List.of(train, test, together);
    }
  }

  @Override
  public Found run(Scale scale) {
    Policy teacher = scale == Scale.GPU ? actorCritic().seeds(1).once().policy(0) : closedLoop();
    List<Reached> arms = ARMS.stream().map(arm -> reached(arm, teacher, scale)).toList();
    List<Finding> findings = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    double seconds = scale == Scale.GPU ? StudyPart.seconds(actorCritic().seeds(1)) : 0;
    for (Reached arm : arms) {
      seconds += arm.seconds;
      arm.all().forEach(each -> findings.add(each.reported()));
      dots.add(arm.test.dot(arm.arm.name() + ", N = 1"));
      dots.add(arm.together.dot(arm.arm.name() + ", N = " + members(scale)));
    }
    boolean scripted = scale != Scale.GPU;
    Finding solving = Teachers.solving(scale);
    for (Reached arm : arms.subList(1, 3)) {
      Finding more = more(scale, arms.get(0), arm);
      findings.add(scripted ? more.provided(solving) : more);
    }
    return new Found(
        findings,
        List.of(new Dots("Table 2: test return", "return", dots)),
        List.of(
            "Table 2: teacher: "
                + teacher.name()
                + "; the paper's is a soft actor-critic. Intervals are over seeds."),
        seconds);
  }

  private static Reached reached(Arm arm, Policy teacher, Scale scale) {
    int seeds = seeds(scale);
    double[] train = new double[seeds];
    double[] test = new double[seeds];
    double[] together = new double[seeds];
    double seconds = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Distilling plan = plan(arm, teacher, seed, scale);
      Ensemble students = plan.once();
      seconds += StudyPart.seconds(plan);
      Reacher seen = arm.training().apply(family(seed));
      Reacher fresh = family(seed).test(tests(scale));
      List<Ensemble> single = ReacherPool.ensembles(students, 1, students.members().size());
      train[seed] = Statistics.mean(Measured.each(single, each -> Measured.returnOf(each, seen)));
      test[seed] = Statistics.mean(Measured.each(single, each -> Measured.returnOf(each, fresh)));
      together[seed] = Measured.returnOf(students, fresh);
    }
    String what = "return, mean of %s seeds, %s".formatted(seeds, teacher.name());
    return new Reached(
        arm,
        published(Measured.of(arm.name() + ", N = 1, train", what, train), arm.publishedTrain()),
        published(Measured.of(arm.name() + ", N = 1, test", what, test), arm.publishedTest()),
        Measured.of(arm.name() + ", N = " + members(scale) + ", test", what, together),
        seconds);
  }

  private static Measured published(Measured measured, double value) {
    return Double.isNaN(value) ? measured : measured.published(value);
  }

  /** What an arm gains over the four poses, seed by seed. */
  private static Finding more(Scale scale, Reached base, Reached arm) {
    double[] gains = Statistics.differences(arm.test.numbers(), base.test.numbers());
    return Measured.of(
            arm.arm.name() + " over poses, N = 1, test",
            "gain in return, mean of %s seeds".formatted(gains.length),
            gains)
        .published(arm.arm.publishedTest() - base.arm.publishedTest())
        .judged(scale, FIXED.bound("poses: more data", scale));
  }
}
