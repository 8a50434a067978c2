package dev.retort.paper.compass;

import static dev.retort.paper.compass.Embodiments.FIXED;

import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RobotRooms;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.paper.Artifact;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** Stage 1: who imitates the planner on one robot, with all of them; and why it fails elsewhere. */
record BaseTable(PlannedDrives planned) implements StudyPart {
  static final String BASE = "base";

  /** More than any robot feels. */
  private static final double NEVER = 1_000;

  @Override
  public String name() {
    return "base";
  }

  @Override
  public String explain(Scale scale) {
    return "Stage 1, a recurrent student of %s planned steps, half of them under noise; with every robot, and with humanoids that stand more or see more"
        .formatted(Numbers.count(FIXED.count("planned steps", scale)));
  }

  /** The base with one robot in rooms to report. */
  static Trips at(Stages stages, RobotRooms rooms) {
    return Trips.driven(BASE, List.of(stages.base()), rooms, stages.scale());
  }

  /** Whether the base is at home, on which all that follows stands. */
  static Finding gate(Stages stages) {
    return new CompassClaims(stages.scale()).home(at(stages, stages.test(Robot.DIFFERENTIAL)));
  }

  @Override
  public Found run(Scale scale) {
    Stages stages = new Stages(scale, planned);
    NetworkPolicy base = stages.base();
    List<Trips> all = Stages.ROBOTS.stream().map(robot -> at(stages, stages.test(robot))).toList();
    List<Finding> findings = new ArrayList<>();
    findings.add(new CompassClaims(scale).home(all.get(0)));
    all.forEach(trips -> findings.addAll(trips.rows("test rooms")));
    RobotRooms tall = stages.test(Robot.HUMANOID);
    double[] standing = FIXED.numbers("humanoids that fall above", scale);
    double[] shares = new double[standing.length];
    for (int i = 0; i < standing.length; i++) {
      Trips trips = Trips.driven(BASE, List.of(base), tall.with("fallsAbove", standing[i]), scale);
      shares[i] = trips.share();
      findings.add(
          Measured.of(
                  "a humanoid that falls above %s m/s², base".formatted(Numbers.of(standing[i])),
                  "share of trips that succeed",
                  trips.success()[0])
              .reportedShare());
    }
    RobotRooms steady = tall.with("fallsAbove", NEVER);
    RobotRooms low = tall.with("sensorHeight", Robot.DIFFERENTIAL.sensorHeight());
    findings.add(reported("a humanoid that never falls, base", base, steady, scale));
    findings.add(reported("a humanoid that sees low boxes, base", base, low, scale));
    Figure figure =
        new Dots(
            "The base away from home",
            "share of trips that succeed, test rooms",
            all.stream().map(Trips::dot).toList());
    Figure sweep =
        Lines.of(
            "What a humanoid stands",
            "acceleration above which it falls, m/s²",
            "share of trips that succeed",
            Line.of(BASE, standing, shares));
    return new Found(
        findings,
        List.of(figure, sweep),
        List.of(),
        StudyPart.seconds(stages.imitation()),
        List.of(Artifact.of(BASE, base)));
  }

  private static Finding reported(String name, Policy base, RobotRooms rooms, Scale scale) {
    Trips trips = Trips.driven(BASE, List.of(base), rooms, scale);
    return Measured.of(name, "share of trips that succeed", trips.success()[0])
        .how("falls", Numbers.of(Statistics.mean(trips.falls()[0])))
        .reportedShare();
  }
}
