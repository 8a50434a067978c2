package dev.retort.paper.compass;

import static dev.retort.Retort.train;
import static dev.retort.paper.compass.Embodiments.FIXED;

import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RobotRooms;
import dev.retort.evaluate.RunGroup;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Curves;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Residual;
import dev.retort.random.RandomStream;
import dev.retort.teach.Ppo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Stage 2: specialists of each robot, who add to the base; and learners without one. */
record SpecialistTable(PlannedDrives planned) implements StudyPart {
  static final String SPECIALIST = "specialist";
  private static final String SCRATCH = "from scratch";

  /** Rooms in which returns are compared. */
  private static final int FEW = 4;

  @Override
  public String name() {
    return "specialists";
  }

  @Override
  public String explain(Scale scale) {
    Stages stages = new Stages(scale, planned);
    return "Stage 2, specialists of %2$s robots by %1$s as one population and learners from scratch of %4$s robots by %3$s as another, %5$s environment steps each"
        .formatted(
            seeds(stages.count("seeds")),
            Stages.ROBOTS.size(),
            seeds(stages.count("seeds from scratch")),
            Stages.ROBOTS.size(),
            Numbers.count(stages.learner().steps()));
  }

  /** How many there are, in words. */
  static String seeds(int count) {
    return count == 1 ? "one seed" : Numbers.count(count) + " seeds";
  }

  /** The specialists of a robot in some rooms. */
  static Trips at(Stages stages, RobotRooms rooms) {
    List<Policy> all = stages.specialists().once().policies();
    return Trips.driven(SPECIALIST, Stages.of(rooms.robot(), all), rooms, stages.scale());
  }

  @Override
  public Found run(Scale scale) {
    Stages stages = new Stages(scale, planned);
    CompassClaims claims = new CompassClaims(scale);
    Curves taught = stages.specialists().once();
    Curves alone = stages.scratch().once();
    List<Trips> base = new ArrayList<>();
    List<Trips> specialists = new ArrayList<>();
    List<Trips> scratch = new ArrayList<>();
    List<Finding> findings = new ArrayList<>(mechanics(stages));
    List<Figure> figures = new ArrayList<>();
    for (Robot robot : Stages.ROBOTS) {
      RobotRooms rooms = stages.test(robot);
      base.add(BaseTable.at(stages, rooms));
      specialists.add(at(stages, rooms));
      scratch.add(Trips.driven(SCRATCH, Stages.of(robot, alone.policies()), rooms, scale));
      figures.add(
          Lines.of(
              "Learning, " + Embodiments.word(robot),
              "environment steps",
              "return while learning",
              line(taught, SPECIALIST, robot),
              line(alone, SCRATCH, robot)));
    }
    specialists.forEach(trips -> findings.addAll(trips.rows("test rooms")));
    scratch.forEach(trips -> findings.addAll(trips.rows("test rooms")));
    findings.add(
        Measured.of(
                "deviation of what specialists add",
                "mean over the numbers of a command at the end of learning, in m/s and rad/s",
                taught.policies().stream().mapToDouble(SpecialistTable::deviation).toArray())
            .reported());
    Finding home = claims.home(base.get(0));
    List<Trips> failing = others(base);
    List<Trips> adding = others(specialists);
    claims.specialists(failing, adding, "").forEach(it -> findings.add(it.provided(home)));
    findings.addAll(
        claims.specialists(without(failing), without(adding), ", without the humanoid"));
    findings.add(claims.scratch(others(scratch), adding).provided(home));
    List<Trips> all = new ArrayList<>(base);
    all.addAll(specialists);
    all.addAll(scratch);
    figures.add(
        0,
        new Dots(
            "Base, specialists, and learners from scratch",
            "share of trips that succeed, test rooms",
            all.stream().map(Trips::dot).toList()));
    double seconds = StudyPart.seconds(stages.specialists()) + StudyPart.seconds(stages.scratch());
    return new Found(findings, figures, List.of(), seconds);
  }

  /** Those of the robots of which the base has seen nothing. */
  static List<Trips> others(List<Trips> all) {
    return all.stream().filter(it -> Stages.OTHERS.contains(it.robot())).toList();
  }

  private static List<Trips> without(List<Trips> all) {
    return all.stream().filter(it -> it.robot() != Robot.HUMANOID).toList();
  }

  /** How the seeds of one robot learned. */
  private static Line line(Curves curves, String name, Robot robot) {
    RunGroup all = curves.group(name);
    double[][] own = Stages.of(robot, Arrays.asList(all.returns())).toArray(double[][]::new);
    return RunGroup.of(name, all.steps(), own).line(RandomStream.of(0, "band"));
  }

  /**
   * Gates 1, 2 and 7: nothing is added before anything is learned, the base stays as it is to the
   * last bit, and seeds that learn together are those that learn alone.
   */
  private static List<Finding> mechanics(Stages stages) {
    CompassClaims claims = new CompassClaims(stages.scale());
    Policy base = stages.base();
    int once = stages.count("copies") * stages.count("steps of a rollout");
    Ppo brief = stages.adding().steps(once);
    double atFirst = 0;
    for (int gate = 0; gate <= 1; gate++) {
      RobotRooms rooms = Stages.training(stages.scale(), Robot.QUADRUPED).with("headingGate", gate);
      Ppo still = brief.learningRate(0).adaptiveRate(0);
      Policy begun = StudyPart.inPassing(train(still).on(rooms));
      atFirst =
          Math.max(
              atFirst,
              difference(
                  Measured.returns(begun, rooms.narrowed(RobotRooms.Part.TRAIN, FEW)),
                  Measured.returns(base, rooms.narrowed(RobotRooms.Part.TRAIN, FEW))));
    }
    RobotRooms rooms = stages.eachRobot(false);
    int together = FIXED.count("seeds together");
    List<Policy> population =
        StudyPart.inPassing(train(brief).on(rooms).seeds(together)).policies();
    double apart = 0;
    for (int seed = 0; seed < together; seed++) {
      Policy alone = StudyPart.inPassing(train(brief).on(rooms).seed(seed));
      apart = Math.max(apart, difference(added(alone), added(population.get(seed))));
    }
    double moved = 0;
    for (Policy specialist : stages.specialists().once().policies()) {
      moved = Math.max(moved, difference(parameters(part(specialist, 0)), parameters(base)));
    }
    return List.of(
        claims.claim(
            "gate 1: a specialist that has learned nothing is the base",
            "largest difference of returns, without and with a heading at the goal",
            atFirst),
        claims.claim(
            "gate 2: the base of a specialist is the base",
            "largest difference of a parameter",
            moved),
        claims.claim(
            "gate 7: seeds together are seeds alone",
            "largest difference of a parameter after one iteration",
            apart));
  }

  /** The mean deviation of what a specialist adds, which does not depend on what it sees. */
  private static double deviation(Policy specialist) {
    NetworkPolicy own = (NetworkPolicy) part(specialist, 1);
    double[] logarithms =
        own.blueprint().named(own.parameters()).stream()
            .filter(parameter -> parameter.name().contains("log-deviation"))
            .flatMapToDouble(
                parameter ->
                    IntStream.range(0, parameter.values().length)
                        .mapToDouble(i -> parameter.values()[i]))
            .toArray();
    return Arrays.stream(logarithms).map(Math::exp).average().orElse(Double.NaN);
  }

  private static Policy part(Policy specialist, int which) {
    return ((Residual) specialist).policies().get(which);
  }

  private static double[] added(Policy specialist) {
    return parameters(part(specialist, 1));
  }

  private static double[] parameters(Policy policy) {
    float[] own = ((NetworkPolicy) policy).parameters();
    double[] numbers = new double[own.length];
    Arrays.setAll(numbers, i -> own[i]);
    return numbers;
  }

  private static double difference(double[] one, double[] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }
}
