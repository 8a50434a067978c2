package dev.retort.paper.compass;

import static dev.retort.Retort.residual;
import static dev.retort.Retort.train;
import static dev.retort.paper.compass.Embodiments.FIXED;

import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RobotRooms;
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
import dev.retort.plan.Training;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Residual;
import dev.retort.random.RandomStream;
import dev.retort.teach.Ppo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stage 2: specialists of each robot, who add to the base; and learners without one. */
final class SpecialistTable implements StudyPart {
  static final String SPECIALIST = "specialist";
  private static final String SCRATCH = "from scratch";

  private final PlannedDrives planned;

  SpecialistTable(PlannedDrives planned) {
    this.planned = planned;
  }

  @Override
  public String name() {
    return "specialists";
  }

  @Override
  public String explain(Scale scale) {
    Stages stages = new Stages(scale, planned);
    return "specialists: stage 2, %s seeds of each of %s robots and %s from scratch of each of %s, %s environment steps each"
        .formatted(
            stages.count("seeds"),
            Robot.values().length,
            stages.count("seeds from scratch"),
            Stages.OTHERS.size(),
            Numbers.count(stages.learner().steps()));
  }

  /** The specialists of a robot in some rooms. */
  static Trips at(Stages stages, RobotRooms rooms) {
    List<Policy> specialists = stages.specialists(rooms.robot()).once().policies();
    return Trips.driven(SPECIALIST, specialists, rooms, stages.scale());
  }

  @Override
  public Found run(Scale scale) {
    Stages stages = new Stages(scale, planned);
    CompassClaims claims = new CompassClaims(scale);
    double seconds = 0;
    List<Trips> base = new ArrayList<>();
    List<Trips> specialists = new ArrayList<>();
    List<Trips> scratch = new ArrayList<>();
    List<Finding> findings = new ArrayList<>(mechanics(stages));
    List<Figure> figures = new ArrayList<>();
    for (Robot robot : Robot.values()) {
      RobotRooms rooms = stages.test(robot);
      Training.Population plan = stages.specialists(robot);
      Curves curves = plan.once();
      seconds += StudyPart.seconds(plan);
      base.add(BaseTable.at(stages, rooms));
      specialists.add(Trips.driven(SPECIALIST, curves.policies(), rooms, scale));
      List<Line> lines = new ArrayList<>(List.of(line(curves, SPECIALIST)));
      if (Stages.OTHERS.contains(robot)) {
        Training.Population alone = stages.scratch(robot);
        Curves learned = alone.once();
        seconds += StudyPart.seconds(alone);
        scratch.add(Trips.driven(SCRATCH, learned.policies(), rooms, scale));
        lines.add(line(learned, SCRATCH));
      }
      figures.add(
          new Lines(Embodiments.word(robot), "environment steps", "return while learning", lines));
    }
    specialists.forEach(trips -> findings.addAll(trips.rows("test rooms")));
    scratch.forEach(trips -> findings.addAll(trips.rows("test rooms")));
    Finding home = claims.home(base.get(0));
    List<Trips> failing = others(base);
    List<Trips> adding = others(specialists);
    claims.specialists(failing, adding, "").forEach(it -> findings.add(it.provided(home)));
    findings.addAll(
        claims.specialists(without(failing), without(adding), ", without the humanoid"));
    findings.add(claims.scratch(scratch, adding).provided(home));
    List<Trips> all = new ArrayList<>(base);
    all.addAll(specialists);
    all.addAll(scratch);
    figures.add(
        0,
        new Dots(
            "Base, specialists, and learners from scratch",
            "share of trips that succeed, test rooms",
            all.stream().map(Trips::dot).toList()));
    return new Found(findings, figures, List.of(), seconds);
  }

  /** Those of the robots of which the base has seen nothing. */
  static List<Trips> others(List<Trips> all) {
    return all.stream().filter(it -> Stages.OTHERS.contains(it.robot())).toList();
  }

  private static List<Trips> without(List<Trips> all) {
    return all.stream().filter(it -> it.robot() != Robot.HUMANOID).toList();
  }

  private static Line line(Curves curves, String name) {
    return curves.group(name).line(RandomStream.of(0, "band"));
  }

  /**
   * Gates 1, 2 and 7: nothing is added before anything is learned, the base stays as it is to the
   * last bit, and seeds that learn together are those that learn alone.
   */
  private static List<Finding> mechanics(Stages stages) {
    CompassClaims claims = new CompassClaims(stages.scale());
    Policy base = stages.base();
    int once = stages.count("copies") * stages.count("steps of a rollout");
    Ppo brief = stages.learner().steps(once).guidedBy(residual(base));
    double atFirst = 0;
    for (int gate = 0; gate <= 1; gate++) {
      RobotRooms rooms =
          Stages.training(stages.scale(), Robot.QUADRUPED).with("headingGate", gate);
      Ppo still = brief.learningRate(0).adaptiveRate(0);
      Policy begun = StudyPart.inPassing(train(still).on(rooms));
      atFirst =
          Math.max(
              atFirst,
              difference(
                  Measured.returns(begun, rooms.narrowed(RobotRooms.Part.TRAIN, FEW)),
                  Measured.returns(base, rooms.narrowed(RobotRooms.Part.TRAIN, FEW))));
    }
    RobotRooms rooms = Stages.training(stages.scale(), Robot.QUADRUPED);
    int together = FIXED.count("seeds together");
    List<Policy> population =
        StudyPart.inPassing(train(brief).on(rooms).seeds(together)).policies();
    double apart = 0;
    for (int seed = 0; seed < together; seed++) {
      Policy alone = StudyPart.inPassing(train(brief).on(rooms).seed(seed));
      apart = Math.max(apart, difference(added(alone), added(population.get(seed))));
    }
    double moved = 0;
    for (Robot robot : Robot.values()) {
      for (Policy specialist : stages.specialists(robot).once().policies()) {
        moved = Math.max(moved, difference(parameters(part(specialist, 0)), parameters(base)));
      }
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

  private static final int FEW = 4;

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
