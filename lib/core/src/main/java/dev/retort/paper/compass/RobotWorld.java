package dev.retort.paper.compass;

import static dev.retort.paper.compass.Embodiments.FIXED;

import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RobotRooms;
import dev.retort.env.navigation.RoomType;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Whether the world can be solved: the planner, who has a map, with every robot in every room. */
final class RobotWorld implements StudyPart {
  @Override
  public String name() {
    return "world";
  }

  @Override
  public String explain(Scale scale) {
    return "The planner with every robot, %s trips in rooms to report and in rooms of unseen types each"
        .formatted(FIXED.count("trips", scale));
  }

  @Override
  public Found run(Scale scale) {
    Stages stages = new Stages(scale, new PlannedDrives());
    List<Trips> all = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (Robot robot : Stages.ROBOTS) {
      for (RobotRooms rooms : List.of(stages.test(robot), stages.unseen(robot))) {
        RobotRooms known = rooms.with("truth", 1);
        Trips trips =
            Trips.driven(
                PlannedDrives.PLANNER, List.of(PlannedDrives.planner(known)), known, scale);
        all.add(trips);
        for (RoomType type : new TreeSet<>(trips.rooms())) {
          shares.add(Statistics.mean(trips.in(type)));
        }
        findings.addAll(trips.rows(where(rooms)));
      }
    }
    double least = shares.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    findings.add(
        0,
        new CompassClaims(scale)
            .claim("gate 6: planner", "success, the least over robots and types of rooms", least));
    Figure figure =
        new Dots(
            "What can be reached with a map",
            "share of trips that succeed, rooms to report",
            all.stream().filter(RobotWorld::isSeen).map(Trips::dot).toList());
    return new Found(findings, List.of(figure), List.of(), 0);
  }

  private static boolean isSeen(Trips trips) {
    return trips.rooms().get(0) == RoomType.SINGLE_RACKS || trips.rooms().get(0) == RoomType.OFFICE;
  }

  /** What rows call rooms. */
  static String where(RobotRooms rooms) {
    return rooms.part() == RobotRooms.Part.UNSEEN ? "unseen rooms" : "test rooms";
  }
}
