package dev.retort.paper.geomagnetic;

import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Aggregating;
import dev.retort.plan.Curves;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Students of many teachers beside everything else, where nobody has been. */
final class StudentTable implements StudyPart {
  private static final String UNSEEN = "unseen areas";

  @Override
  public String name() {
    return "students";
  }

  @Override
  public String explain(Scale scale) {
    Setting setting = new Setting(scale, 0);
    return "%s kinds of students of %s teachers, teachers weighed in three ways, the best single teacher, joint training on %s areas, evolution, Broyden and the great circle"
        .formatted(
            Sight.values().length, setting.count("teachers"), setting.count("teachers of few"));
  }

  /** A table on its way: rows, notes, and how long their runs have worked. */
  private static final class Rows {
    private final List<Missions> all = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private double seconds;

    /** Students of a plan in each order of the areas, one by one and acting together. */
    Missions students(String name, List<Aggregating> plans, List<Geomagnetic> worlds, int each) {
      Missions alone = Missions.none(name);
      Missions together = Missions.none(name + ", acting together");
      List<Double> disagreement = new ArrayList<>();
      for (int split = 0; split < plans.size(); split++) {
        Ensemble students = plans.get(split).once();
        Geomagnetic world = worlds.get(split);
        alone = alone.and(Missions.flown(name, students.members(), world, each));
        together = together.and(Missions.flown(name, List.of(students), world, each));
        seconds += StudyPart.seconds(plans.get(split));
        double[] told = plans.get(split).found().orElseThrow().curve().column("disagreement");
        disagreement.add(told[told.length - 1]);
      }
      all.add(alone);
      all.add(together);
      notes.add(
          "%s: where they fly, two of their teachers differ by a cosine distance of %s on average."
              .formatted(
                  name,
                  Numbers.of(
                      Statistics.mean(disagreement.stream().mapToDouble(d -> d).toArray()))));
      return alone;
    }
  }

  @Override
  public Found run(Scale scale) {
    List<Setting> settings = Setting.all(scale);
    Setting first = settings.get(0);
    List<Geomagnetic> unseen = WorldGates.unseen(scale);
    int count = first.count("teachers");
    int each = first.count("missions of a student");
    Rows rows = new Rows();
    for (Sight sight : Sight.values()) {
      List<Aggregating> plans =
          settings.stream().map(it -> it.lesson(it.teachers(count), sight)).toList();
      rows.students(sight.toString(), plans, unseen, each);
    }
    weighed(settings, unseen, count, each, rows);
    Missions student = named(rows.all, Sight.MOVE.toString());
    Missions teacher = best(settings, count, each);
    Missions evolution = Rivals.evolution(unseen, each);
    rows.all.addAll(
        List.of(teacher, evolution, Rivals.broyden(unseen, each), Rivals.oracle(unseen, each)));
    List<Finding> findings = new ArrayList<>();
    rows.all.forEach(row -> findings.addAll(row.rows(UNSEEN)));
    findings.addAll(few(settings, each, rows));

    NavigationClaims claims = new NavigationClaims(scale);
    List<Finding> world = WorldGates.gates(scale);
    Finding taught = TeacherMatrix.atHome(first, count).provided(world);
    List<Finding> judged = new ArrayList<>();
    judged.add(claims.source(onSourceAreas(settings, each)));
    judged.addAll(claims.unseen(student, teacher));
    judged.addAll(claims.evolution(student, beside(settings, each)));
    judged.forEach(claim -> findings.add(claim.provided(world).provided(taught)));
    return new Found(findings, List.of(figure(rows.all)), rows.notes, rows.seconds);
  }

  /** Evolution's missions in each order, as often as there are students of the same ones. */
  private static Missions beside(List<Setting> settings, int each) {
    return Missions.inAll(
        Rivals.EVOLUTION,
        settings,
        order ->
            Rivals.evolution(List.of(order.unseen()), each)
                .repeated(Sight.MOVE.students(order.scale())));
  }

  private static Missions named(List<Missions> all, String method) {
    return all.stream().filter(each -> each.method().equals(method)).findFirst().orElseThrow();
  }

  /** The same students whose teachers count by success, or where a gate says that they know. */
  private static void weighed(
      List<Setting> settings, List<Geomagnetic> unseen, int count, int each, Rows rows) {
    List<Aggregating> bySuccess = new ArrayList<>();
    List<Aggregating> gated = new ArrayList<>();
    for (Setting setting : settings) {
      Aggregating plain = setting.lesson(setting.teachers(count), Sight.MOVE);
      double[] success = TeacherMatrix.home(setting, count, Missions.SUCCESS);
      for (int i = 0; i < success.length; i++) {
        success[i] = Math.max(0.01, success[i]);
      }
      bySuccess.add(plain.weighing(success));
      gated.add(plain.gatedBy("field"));
    }
    rows.students(Sight.MOVE + ", teachers by success", bySuccess, unseen, each);
    rows.students(Sight.MOVE + ", teachers by a gate", gated, unseen, each);
  }

  /** Of each order the teacher who does best on the validation areas. */
  private static Missions best(List<Setting> settings, int count, int each) {
    String method = "best single teacher";
    return Missions.inAll(
        method,
        settings,
        order -> Missions.flown(method, List.of(best(order, count, each)), order.unseen(), each));
  }

  private static Policy best(Setting order, int count, int each) {
    return order.teachers(count).stream()
        .max(
            Comparator.comparingDouble(
                teacher ->
                    Missions.flown("", List.of(teacher), order.validation(), each)
                        .mean(Missions.SUCCESS)))
        .orElseThrow();
  }

  /** The student that sees its last move, of few teachers, on their own areas. */
  private static Missions onSourceAreas(List<Setting> settings, int each) {
    String method = Sight.MOVE.toString();
    return Missions.inAll(
        method,
        settings,
        order -> {
          int few = order.count("teachers of few");
          return Missions.flown(
              method, order.students(few, Sight.MOVE).members(), order.source(few), each);
        });
  }

  /** Students of few teachers beside agents who learned their areas all at once, in one order. */
  private static List<Finding> few(List<Setting> settings, int each, Rows rows) {
    Setting setting = settings.get(0);
    int few = setting.count("teachers of few");
    String where = "unseen areas of the first order, %s source areas".formatted(few);
    List<Missions> all = new ArrayList<>();
    for (Sight sight : List.of(Sight.ABSOLUTE, Sight.MOVE)) {
      String[] parts =
          sight == Sight.MOVE
              ? new String[] {"goal", "move"}
              : new String[] {"goal", "field", "move"};
      Aggregating plan = setting.lesson(setting.teachers(few), sight);
      Ensemble students = plan.once();
      Curves joint = setting.joint(few, parts).once();
      rows.seconds += StudyPart.seconds(plan) + StudyPart.seconds(setting.joint(few, parts));
      all.add(Missions.flown(sight.toString(), students.members(), setting.unseen(), each));
      all.add(Missions.flown("joint training, " + sight, joint.policies(), setting.unseen(), each));
    }
    all.add(Rivals.broyden(List.of(setting.unseen()), each));
    List<Finding> findings = new ArrayList<>();
    all.forEach(row -> findings.addAll(row.rows(where)));
    return findings;
  }

  private static Figure figure(List<Missions> rows) {
    List<Dot> dots =
        rows.stream().map(row -> row.row(UNSEEN, Missions.SUCCESS).dot(row.method())).toList();
    return new Dots("Where nobody has been", "success on unseen areas", dots);
  }
}
