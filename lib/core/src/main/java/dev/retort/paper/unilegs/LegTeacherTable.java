package dev.retort.paper.unilegs;

import dev.retort.env.legs.Gait;
import dev.retort.env.legs.Morphology;
import dev.retort.env.legs.UniLegs;
import dev.retort.evaluate.RunGroup;
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
import dev.retort.plan.Curves;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Teachers of all robots, whether they walk, and who walks without having learned anything. */
final class LegTeacherTable implements StudyPart {
  private static final String TEACHER = "teacher";

  @Override
  public String name() {
    return "teachers";
  }

  @Override
  public String explain(Scale scale) {
    Schooling schooling = new Schooling(scale);
    return "teachers: PPO with privileged observations, %s robots by %s seeds as one population, %s control steps each; gate C1"
        .formatted(
            Schooling.ROBOTS.size(),
            schooling.count("teacher seeds"),
            Numbers.count(schooling.count("teacher steps")));
  }

  /** What the teachers of all robots came to, with the usual physics or with finer steps. */
  static List<Walks> walks(Schooling schooling, List<Morphology> robots, boolean fine) {
    List<Policy> all = List.copyOf(schooling.teachers().once().policies());
    List<Walks> walks = new ArrayList<>();
    String episodes = fine ? "episodes in finer steps" : "episodes of a teacher";
    for (Walks.Place place : schooling.places(robots, fine)) {
      walks.addAll(
          Walks.walked(
              TEACHER,
              Schooling.of(place.robot(), all),
              List.of(place),
              schooling.count(episodes)));
    }
    return walks;
  }

  @Override
  public Found run(Scale scale) {
    Schooling schooling = new Schooling(scale);
    LegClaims claims = new LegClaims(scale, schooling.taught(), Morphology.LONG);
    Curves learned = schooling.teachers().once();
    List<Walks> walks = walks(schooling, Schooling.ROBOTS, false);
    List<Finding> findings = new ArrayList<>();
    walks.forEach(own -> findings.addAll(claims.teacher(own)));
    walks.forEach(own -> findings.add(own.row("teachers")));
    UniLegs world = new UniLegs();
    List<Policy> untaught =
        List.of(
            Scripted.of("open-loop gait", world, Gait::trot),
            Scripted.of("who stands still", world, (seen, action) -> Arrays.fill(action, 0)));
    for (Policy policy : untaught) {
      List<Walks> own =
          Walks.walked(
              policy.name(),
              List.of(policy),
              schooling.places(Schooling.ROBOTS, false),
              schooling.count("episodes elsewhere"));
      own.forEach(each -> findings.add(each.row("untaught")));
      findings.addAll(LegRatios.of(own, walks, Map.of()).rows("untaught, over the teacher", own));
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Dots(
            "Teachers",
            "tracking reward per step",
            walks.stream()
                .map(own -> Measured.of("", "", own.trackingOfEach()).dot(own.robot().name()))
                .toList()));
    figures.add(
        Lines.of(
            "How teachers learned",
            "control steps",
            "return while learning",
            Schooling.ROBOTS.stream().map(robot -> line(learned, robot)).toArray(Line[]::new)));
    return new Found(
        findings,
        figures,
        List.of(
            "Teachers of robots that do not teach are there for the denominator of ρ alone: no student has seen anything of them."),
        StudyPart.seconds(schooling.teachers()),
        LegStudentTable.robots(schooling).stream()
            .map(robot -> Artifact.of("teacher-" + robot.name(), teacher(robot, learned)))
            .toList());
  }

  private static NetworkPolicy teacher(Morphology robot, Curves learned) {
    return (NetworkPolicy) Schooling.of(robot, List.<Policy>copyOf(learned.policies())).get(0);
  }

  private static Line line(Curves curves, Morphology robot) {
    RunGroup all = curves.group(robot.name());
    double[][] own = Schooling.of(robot, Arrays.asList(all.returns())).toArray(double[][]::new);
    return RunGroup.of(robot.name(), all.steps(), own).line(RandomStream.of(0, "band"));
  }
}
