package dev.retort.paper.geomagnetic;

import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.figure.Figure;
import dev.retort.figure.Heat;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Training;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Every teacher in every source area of the first order: at home it flies, elsewhere it is lost.
 */
final class TeacherMatrix implements StudyPart {
  @Override
  public String name() {
    return "teachers";
  }

  @Override
  public String explain(Scale scale) {
    Setting setting = new Setting(scale, 0);
    return "%s orders of areas, %s teachers of %s environment steps in each, then every one of the first %s in every area of theirs"
        .formatted(
            setting.count("splits"),
            setting.count("teachers, at most"),
            Numbers.count(setting.count("teacher steps")),
            setting.count("teachers"));
  }

  @Override
  public Found run(Scale scale) {
    Setting setting = new Setting(scale, 0);
    int most = setting.count("teachers, at most");
    double seconds = 0;
    for (Setting each : Setting.all(scale)) {
      each.teachers(most);
      for (Training.Population plan : each.schooling(most)) {
        seconds += StudyPart.seconds(plan);
      }
    }
    int count = setting.count("teachers");
    Geomagnetic areas = setting.source(count);
    List<Policy> teachers = setting.teachers(count);
    double[][] success = new double[count][];
    double[] path = new double[count];
    for (int teacher = 0; teacher < count; teacher++) {
      Missions missions =
          Missions.flown(
              "teacher " + teacher,
              List.of(teachers.get(teacher)),
              areas,
              setting.count("missions of a cell"));
      success[teacher] = inOrder(missions, areas, Missions.SUCCESS);
      path[teacher] = inOrder(missions, areas, Missions.PATH)[teacher];
    }
    List<Finding> findings = new ArrayList<>();
    List<Finding> gate = WorldGates.gates(scale);
    new NavigationClaims(scale)
        .teachers(success, path)
        .forEach(it -> findings.add(it.provided(gate)));
    findings.add(
        Rivals.broyden(List.of(areas), setting.count("missions of a cell"))
            .row("source areas", Missions.SUCCESS)
            .reported());
    return new Found(
        findings, List.of(figure(areas, success)), notes(areas, success, path), seconds);
  }

  /** A measure of the first teachers, each at home. */
  static double[] home(Setting setting, int count, String measure) {
    Geomagnetic areas = setting.source(count);
    List<Policy> teachers = setting.teachers(count);
    return IntStream.range(0, count)
        .mapToDouble(
            teacher ->
                Missions.flown(
                        "teacher",
                        List.of(teachers.get(teacher)),
                        areas.task(teacher),
                        setting.count("missions of a cell"))
                    .mean(measure))
        .toArray();
  }

  /** Whether the teachers of an order succeed at home, on which claims about students stand. */
  static Finding atHome(Setting setting, int count) {
    return new NavigationClaims(setting.scale()).home(home(setting, count, Missions.SUCCESS));
  }

  /** A measure in the order of the areas, which missions have by their names. */
  private static double[] inOrder(Missions missions, Geomagnetic areas, String measure) {
    return IntStream.range(0, areas.contexts())
        .mapToDouble(area -> Setting.mean(missions.areas().get(areas.area(area)).get(measure)))
        .toArray();
  }

  private static Figure figure(Geomagnetic areas, double[][] success) {
    List<String> names = IntStream.range(0, success.length).mapToObj(areas::area).toList();
    return new Heat(
        "Success of teachers",
        "area",
        "teacher of",
        names,
        IntStream.range(1, success.length + 1).mapToObj(String::valueOf).toList(),
        Arrays.stream(success).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  private static List<String> notes(Geomagnetic areas, double[][] success, double[] path) {
    List<String> rows = new ArrayList<>();
    for (int teacher = 0; teacher < success.length; teacher++) {
      rows.add(
          "%s: %s (path ratio %s; elsewhere %s)"
              .formatted(
                  areas.area(teacher),
                  Numbers.of(success[teacher][teacher]),
                  Numbers.of(path[teacher]),
                  String.join(
                      " ", Arrays.stream(success[teacher]).mapToObj(Numbers::of).toList())));
    }
    return List.of("Teachers at home and in every area: " + String.join("; ", rows) + ".");
  }
}
