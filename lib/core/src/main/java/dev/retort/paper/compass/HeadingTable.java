package dev.retort.paper.compass;

import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RobotRooms;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * The second gate of the authors' code, which asks for a heading at the goal: the base, which is
 * not told of any, fails it by construction; specialists are told.
 */
record HeadingTable(PlannedDrives planned) implements StudyPart {
  @Override
  public String name() {
    return "heading";
  }

  @Override
  public String explain(Scale scale) {
    Stages stages = new Stages(scale, planned);
    return "Specialists of %s robots by %s, who are asked for a heading at the goal"
        .formatted(
            Stages.ROBOTS.size(), SpecialistTable.seeds(stages.count("seeds with a heading")));
  }

  @Override
  public Found run(Scale scale) {
    Stages stages = new Stages(scale, planned);
    List<Policy> taught = stages.arriving().once().policies();
    List<Trips> all = new ArrayList<>();
    List<Trips> specialists = new ArrayList<>();
    for (Robot robot : Stages.OTHERS) {
      RobotRooms rooms = stages.test(robot).with("headingGate", 1);
      Trips trips =
          Trips.driven(SpecialistTable.SPECIALIST, Stages.of(robot, taught), rooms, scale);
      all.add(BaseTable.at(stages, rooms));
      all.add(trips);
      specialists.add(trips);
    }
    List<Finding> findings = new ArrayList<>();
    all.forEach(trips -> findings.addAll(trips.rows("test rooms with a heading")));
    findings.add(
        Measured.of(
                "specialists who are asked for a heading",
                "success, mean over the other robots",
                CompassClaims.overRobots(specialists))
            .reported());
    Figure figure =
        new Dots(
            "Where the goal asks for a heading",
            "share of trips that succeed, test rooms",
            all.stream().map(Trips::dot).toList());
    return new Found(findings, List.of(figure), List.of(), StudyPart.seconds(stages.arriving()));
  }
}
