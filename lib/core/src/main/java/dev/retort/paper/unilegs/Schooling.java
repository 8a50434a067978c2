package dev.retort.paper.unilegs;

import static dev.retort.Retort.ppo;
import static dev.retort.Retort.train;
import static dev.retort.paper.unilegs.ManyLegs.FIXED;

import dev.retort.env.legs.Morphology;
import dev.retort.env.legs.UniLegs;
import dev.retort.option.Schedule;
import dev.retort.paper.Scale;
import dev.retort.plan.Aggregating;
import dev.retort.plan.Distilling;
import dev.retort.plan.Training;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.teach.Ppo;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Teachers and students at one size. Each plan is a run that goes on where it was stopped.
 *
 * @param scale size of the study
 */
record Schooling(Scale scale) {
  /** All robots but those with scaled limbs, of which each has teachers. */
  static final List<Morphology> ROBOTS = new UniLegs().robots();

  private static final String CLOCK = "clock";

  int count(String what) {
    return FIXED.count(what, scale);
  }

  private static int[] whole(double[] numbers) {
    return Arrays.stream(numbers).mapToInt(number -> (int) number).toArray();
  }

  /** The robots that teach students. */
  List<Morphology> taught() {
    return ROBOTS.subList(0, count("robots that teach"));
  }

  /** Where is evaluated: with the usual physics, or with finer steps of it. */
  UniLegs world(boolean fine) {
    UniLegs world = new UniLegs().with("horizon", count("steps of an episode"));
    return fine ? world.with("timeStep", FIXED.number("finer time step")) : world;
  }

  /** Places of some robots. */
  List<Walks.Place> places(List<Morphology> robots, boolean fine) {
    UniLegs world = world(fine);
    return robots.stream()
        .map(robot -> new Walks.Place(robot, world.task(ROBOTS.indexOf(robot))))
        .toList();
  }

  /** Places of the robots that teach, with limbs a fifth shorter and a fifth longer. */
  List<Walks.Place> scaled() {
    UniLegs world = world(false).narrowed(UniLegs.Part.SCALED, 2 * taught().size());
    return IntStream.range(0, world.contexts())
        .mapToObj(i -> new Walks.Place(world.robots().get(i), world.task(i)))
        .toList();
  }

  /** Students of a plan as their file has them, so that evaluations of them are found again. */
  static List<NetworkPolicy> members(Aggregating plan) {
    plan.once();
    return plan.once().members();
  }

  /** PPO with a critic that sees more, and whose absent joints take no part in anything. */
  Ppo learner(boolean hasClock) {
    double[] decay = FIXED.numbers("γ, λ", scale);
    return ppo()
        .steps(count(hasClock ? "teacher steps" : "teacher steps without a clock"))
        .hidden(whole(FIXED.numbers("widths of a teacher", scale)))
        .environments(count("copies"))
        .rollout(count("steps of a rollout"))
        .batchSize(count("batch of a teacher"))
        .epochs(count("epochs of a teacher"))
        .learningRate(FIXED.number("rate of a teacher"))
        .adaptiveRate(FIXED.number("adaptive rate"))
        .gamma(decay[0])
        .lambda(decay[1])
        .initialDeviation(FIXED.number("initial deviation"))
        .normalized()
        .maskedBy("present")
        .seeing(seen(hasClock, "command", "body", CLOCK, "joints", "velocity", "contacts"))
        .criticSeeing(
            seen(hasClock, "command", "body", CLOCK, "joints", "velocity", "contacts", "ground"));
  }

  private static String[] seen(boolean hasClock, String... parts) {
    return Arrays.stream(parts)
        .filter(part -> hasClock || !part.equals(CLOCK))
        .toArray(String[]::new);
  }

  /**
   * Teachers of all robots and seeds, one population: seed {@code s} is of robot {@code s % 10}.
   */
  Training.Population teachers() {
    return train(learner(true))
        .on(new UniLegs().eachTask())
        .seeds(ROBOTS.size() * count("teacher seeds"));
  }

  /** Teachers without a clock, of robots that teach. */
  Training.Population clockless() {
    return train(learner(false)).on(family().eachTask()).seeds(taught().size());
  }

  private UniLegs family() {
    return new UniLegs().narrowed(UniLegs.Part.TRAIN, taught().size());
  }

  /** Those of a population of all robots that are of one, seed by seed. */
  static <T> List<T> of(Morphology robot, List<T> population) {
    int first = ROBOTS.indexOf(robot);
    return IntStream.range(0, population.size() / ROBOTS.size())
        .mapToObj(seed -> population.get(first + seed * ROBOTS.size()))
        .toList();
  }

  /** Students by rounds in which they act. */
  Aggregating dagger(LegStudent network) {
    return lesson(network, LegAblation.NONE, network.students(scale))
        .rounds(count("rounds"))
        .stepsEach(rows())
        .epochs(count("epochs of a round"));
  }

  /** Students of as many rows that the teachers visited, by as many updates. */
  Aggregating cloning(LegStudent network) {
    int rounds = count("rounds");
    int updates = count("epochs of a round") * rounds * (rounds + 1) / 2;
    return lesson(network, LegAblation.NONE, network.students(scale))
        .rounds(1)
        .stepsEach(rounds * rows())
        .epochs(updates / rounds);
  }

  /** Transformers that go without something. */
  Aggregating ablated(LegAblation ablation) {
    return lesson(LegStudent.TRANSFORMER, ablation, count("students of rows"))
        .rounds(count("rounds"))
        .stepsEach(rows())
        .epochs(count("epochs of a round"));
  }

  /** Rows of a round, of all robots. */
  int rows() {
    return count("rows of a robot and round") * taught().size();
  }

  private Aggregating lesson(LegStudent network, LegAblation ablation, int students) {
    Training.Population plan = ablation == LegAblation.CLOCK ? clockless() : teachers();
    List<Policy> teachers = List.copyOf(plan.once().policies()).subList(0, taught().size());
    // The loss is a mean over the joints of the largest robot: each robot's counts by its own.
    double[] weights = taught().stream().mapToDouble(robot -> 1.0 / robot.joints()).toArray();
    return new Distilling.Of(teachers)
        .on(family().eachTask())
        .mixing(0)
        .weighing(weights)
        .seeing(ablation.sees())
        .into(ablation.network(network.network(scale)))
        .minimizing(ablation.loss())
        .members(students)
        .batchSize(count("batch of a student"))
        .learningRate(Schedule.linear(FIXED.number("rate of a student")));
  }
}
