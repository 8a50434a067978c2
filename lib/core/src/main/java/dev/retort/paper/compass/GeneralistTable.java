package dev.retort.paper.compass;

import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RobotRooms;
import dev.retort.env.navigation.RoomType;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Numbers;
import dev.retort.paper.Artifact;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Distilling;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Stage 3: students of all specialists, in rooms to report and in rooms of unseen types. */
record GeneralistTable(PlannedDrives planned) implements StudyPart {
  @Override
  public String name() {
    return "generalist";
  }

  @Override
  public String explain(Scale scale) {
    Stages stages = new Stages(scale, planned);
    return "Stage 3, %s students by each of %s ways, of %s steps of the specialists of each robot; then all in rooms of unseen types"
        .formatted(
            stages.count("students"),
            Generalist.values().length,
            Numbers.count(stages.count("shown steps")));
  }

  @Override
  public Found run(Scale scale) {
    Stages stages = new Stages(scale, planned);
    CompassClaims claims = new CompassClaims(scale);
    double seconds = 0;
    Map<Generalist, List<Trips>> students = new EnumMap<>(Generalist.class);
    List<Finding> findings = new ArrayList<>();
    for (Generalist kind : Generalist.values()) {
      Distilling.Population plan = stages.students(kind);
      List<Ensemble> policies = plan.once().policies();
      seconds += StudyPart.seconds(plan);
      List<Trips> own = driven(kind.toString(), policies, stages, false);
      own.forEach(trips -> findings.addAll(trips.rows("test rooms")));
      students.put(kind, own);
    }
    List<Trips> base = new ArrayList<>();
    List<Trips> specialists = new ArrayList<>();
    List<Trips> lost = new ArrayList<>();
    List<Trips> adding = new ArrayList<>();
    for (Robot robot : Stages.ROBOTS) {
      base.add(BaseTable.at(stages, stages.test(robot)));
      specialists.add(SpecialistTable.at(stages, stages.test(robot)));
      lost.add(BaseTable.at(stages, stages.unseen(robot)));
      adding.add(SpecialistTable.at(stages, stages.unseen(robot)));
    }
    Finding home = claims.home(base.get(0));
    List<Trips> others = SpecialistTable.others(students.get(Generalist.KL));
    List<Trips> failing = SpecialistTable.others(base);
    List<Finding> judged =
        new ArrayList<>(claims.generalist(others, SpecialistTable.others(specialists), failing));
    judged.add(claims.told(others, SpecialistTable.others(students.get(Generalist.UNTOLD))));
    judged.addAll(claims.times(others, failing));
    judged.add(claims.divergence(others, SpecialistTable.others(students.get(Generalist.MSE))));
    List<Ensemble> best = stages.students(Generalist.KL).once().policies();
    List<Trips> away = driven(Generalist.KL.toString(), best, stages, true);
    for (List<Trips> each : List.of(lost, adding, away)) {
      each.forEach(trips -> findings.addAll(trips.rows("unseen rooms")));
    }
    judged.add(claims.unseen(SpecialistTable.others(away), SpecialistTable.others(lost)));
    judged.forEach(it -> findings.add(it.provided(home)));
    List<Figure> figures = new ArrayList<>();
    figures.add(
        figure("One policy for all robots", base, specialists, students.get(Generalist.KL)));
    Stages.ROBOTS.forEach(
        robot -> figures.add(rooms(robot, base, students.get(Generalist.KL), lost, away)));
    List<List<Trips>> all = List.of(base, specialists, students.get(Generalist.KL));
    figures.add(times("Travel times of successes", "s, mean", all, Trips::time));
    figures.add(
        times("Travel times over success", "s, mean over share", all, Trips::timeOverShare));
    figures.add(figure("Rooms of types that nobody has seen", lost, adding, away));
    return new Found(
        findings,
        figures,
        List.of(),
        seconds,
        List.of(Artifact.of("generalist", best.get(0).members().get(0))));
  }

  private static List<Trips> driven(
      String method, List<? extends Policy> policies, Stages stages, boolean unseen) {
    return Stages.ROBOTS.stream()
        .map(robot -> unseen ? stages.unseen(robot) : stages.test(robot))
        .map((RobotRooms rooms) -> Trips.driven(method, policies, rooms, stages.scale()))
        .toList();
  }

  @SafeVarargs
  private static Figure figure(String title, List<Trips>... rows) {
    List<Dot> dots = new ArrayList<>();
    for (int robot = 0; robot < rows[0].size(); robot++) {
      for (List<Trips> row : rows) {
        dots.add(row.get(robot).dot());
      }
    }
    return new Dots(title, "share of trips that succeed", dots);
  }

  /** A robot in every type of room, seen and unseen. */
  @SafeVarargs
  private static Figure rooms(Robot robot, List<Trips>... methods) {
    List<Dot> dots = new ArrayList<>();
    for (RoomType type : RoomType.values()) {
      for (List<Trips> rows : methods) {
        Trips own = rows.get(robot.number());
        if (own.rooms().contains(type)) {
          dots.add(own.dot(type));
        }
      }
    }
    return new Dots(
        "Rooms of each type, " + Embodiments.word(robot), "share of trips that succeed", dots);
  }

  private static Figure times(
      String title, String label, List<List<Trips>> rows, Function<Trips, Optional<Dot>> time) {
    List<Dot> dots = new ArrayList<>();
    for (int robot = 0; robot < rows.get(0).size(); robot++) {
      for (List<Trips> row : rows) {
        time.apply(row.get(robot)).ifPresent(dots::add);
      }
    }
    return new Dots(title, label, dots);
  }
}
