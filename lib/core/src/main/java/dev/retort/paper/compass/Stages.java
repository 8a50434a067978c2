package dev.retort.paper.compass;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.greedy;
import static dev.retort.Retort.gru;
import static dev.retort.Retort.mse;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.residual;
import static dev.retort.Retort.train;
import static dev.retort.Retort.warmStart;
import static dev.retort.paper.compass.Embodiments.FIXED;

import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.distill.Loss;
import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RobotRooms;
import dev.retort.loss.L1;
import dev.retort.nn.Architecture;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.paper.Scale;
import dev.retort.plan.Collecting;
import dev.retort.plan.Distilling;
import dev.retort.plan.Training;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.teach.Ppo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The three stages of the method at one size: a base that imitates the planner on one robot,
 * specialists that add to what it does, and students of all specialists. Each is a run, or several,
 * that goes on where it was stopped.
 *
 * @param scale size of the study
 * @param planned what the planner did
 */
record Stages(Scale scale, PlannedDrives planned) {
  /** All robots. */
  static final List<Robot> ROBOTS = List.of(Robot.values());

  /** Robots of which the base has seen nothing. */
  static final List<Robot> OTHERS = List.of(Robot.QUADRUPED, Robot.HUMANOID, Robot.CAR);

  private static final String[] DRIVING = {"range", "classes", "route", "velocity", "command"};
  private static final String[] ARRIVING = {
    "range", "classes", "route", "velocity", "command", "goalHeading"
  };

  int count(String what) {
    return FIXED.count(what, scale);
  }

  private double number(String what) {
    return FIXED.numbers(what, scale)[0];
  }

  /** Rooms to learn in. */
  static RobotRooms training(Scale scale, Robot robot) {
    return new RobotRooms(robot)
        .narrowed(RobotRooms.Part.TRAIN, FIXED.count("training rooms", scale))
        .with("farGoals", FIXED.number("far goals while learning"));
  }

  /** Rooms to learn in, where every seed drives another robot. */
  RobotRooms eachRobot(boolean heading) {
    return training(scale, Robot.DIFFERENTIAL)
        .with("headingGate", heading ? 1 : 0)
        .with("eachRobot", 1);
  }

  /** Rooms to report. */
  RobotRooms test(Robot robot) {
    return new RobotRooms(robot).narrowed(RobotRooms.Part.TEST, count("test rooms"));
  }

  /** Rooms of the types that nobody has seen. */
  RobotRooms unseen(Robot robot) {
    return new RobotRooms(robot).narrowed(RobotRooms.Part.UNSEEN, count("test rooms"));
  }

  /** Stage 1: who remembers a window of steps, does what the planner does, and predicts. */
  Distilling imitation() {
    return distill(planned.of(scale))
        .into(gru(count("width of the base")))
        .seeing(View.window(count("window of the base"), DRIVING))
        .minimizing(
            Loss.of(new L1())
                .and(FIXED.number("weight of the next range"), "next-range", new L1())
                .and(FIXED.number("weight of the next classes"), "next-classes", mse()))
        .members(1)
        .epochs(count("epochs of the base"))
        .learningRate(Schedule.linear(number("rate of the base")))
        .batchSize(256);
  }

  /** Who drives the differential drive, and is frozen from here on. */
  NetworkPolicy base() {
    return imitation().once().members().get(0);
  }

  /**
   * A perceptron that does what the planner does, as what specialists add is made; with its last
   * layer at 0 it is what they begin with, as the authors' begin with the layers of the base.
   */
  Distilling beginning() {
    int width = count("width of a specialist");
    return distill(planned.of(scale))
        .into(Mlp.of(width, width))
        .seeing(ARRIVING)
        .minimizing(mse())
        .members(1)
        .epochs(count("epochs of the beginning"))
        .learningRate(Schedule.linear(number("rate of the base")))
        .batchSize(256);
  }

  /** PPO with the constants of the authors' code; rewards are scaled by the environment. */
  Ppo learner() {
    int copies = count("copies");
    int rollout = count("steps of a rollout");
    int width = count("width of a specialist");
    return ppo()
        .steps((long) copies * rollout * count("iterations"))
        .environments(copies)
        .rollout(rollout)
        .batchSize(copies * rollout / 4)
        .epochs(5)
        .hidden(width, width)
        .learningRate(1e-4)
        .adaptiveRate(0.01)
        .clip(0.2)
        .valueClip(0.2)
        .valueWeight(1)
        .gamma(0.99)
        .lambda(0.95)
        .entropy(0.01)
        .maxNorm(1)
        .initialDeviation(FIXED.number("deviation at first"))
        .bootstrapTimeOuts(false)
        .seeing(ARRIVING)
        .criticSeeing(ARRIVING);
  }

  /** Who learns what to add to the base. */
  Ppo adding() {
    return learner()
        .guidedBy(warmStart(beginning().once().members().get(0)).zeroed(true))
        .guidedBy(residual(base()));
  }

  /** Stage 2: specialists of all robots and seeds, one population. */
  Training.Population specialists() {
    return population(adding(), false, "seeds");
  }

  /** The same learners without a base. */
  Training.Population scratch() {
    return population(learner(), false, "seeds from scratch");
  }

  /** Specialists who are asked for a heading at the goal. */
  Training.Population arriving() {
    return population(adding(), true, "seeds with a heading");
  }

  private Training.Population population(Ppo learner, boolean heading, String seeds) {
    return train(learner).on(eachRobot(heading)).seeds(ROBOTS.size() * count(seeds));
  }

  /** Those of a population that are of one robot, seed by seed. */
  static <T> List<T> of(Robot robot, List<T> population) {
    return IntStream.range(0, population.size())
        .filter(member -> member % ROBOTS.size() == robot.number())
        .mapToObj(population::get)
        .toList();
  }

  /** What the specialists of a robot do, a plan for each. */
  List<Collecting> shows(Robot robot) {
    List<Collecting> plans = new ArrayList<>();
    for (Policy specialist : of(robot, specialists().once().policies())) {
      plans.add(
          collect(count("shown steps") / count("seeds"))
              .from(specialist)
              .on(training(scale, robot))
              .exploring(greedy())
              .seed(plans.size()));
    }
    return plans;
  }

  /** Stage 3: students of all specialists, of which each is an independent run. */
  Distilling.Population students(Generalist kind) {
    Dataset all = null;
    for (Robot robot : ROBOTS) {
      for (Collecting plan : shows(robot)) {
        Dataset own = kind.learnsFrom(labeled(plan.once()));
        all = all == null ? own : all.and(own);
      }
    }
    return distill(all)
        .into(network())
        .seeing(kind.sees(ARRIVING))
        .minimizing(kind.loss())
        .members(1)
        .epochs(count("epochs of a student"))
        .learningRate(Schedule.linear(1e-3))
        .batchSize(256)
        .seeds(count("students"));
  }

  private Architecture network() {
    double[] widths = FIXED.numbers("widths of a student", scale);
    return Mlp.of(Arrays.stream(widths).mapToInt(width -> (int) width).toArray());
  }

  /**
   * What was carried out of an action, within the limits of the robot, and the deviation of what
   * was added, at least the floor below which the divergence explodes.
   */
  static Dataset labeled(Dataset data) {
    double floor = Math.log(FIXED.number("least deviation of a teacher"));
    float[] deviations = data.column("teacher.log-deviation").floats().clone();
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = (float) Math.max(floor, deviations[i]);
    }
    return data.with(PlannedDrives.next(data, "command", "teacher.mean"))
        .with(Column.of("teacher.log-deviation", 3, deviations));
  }
}
