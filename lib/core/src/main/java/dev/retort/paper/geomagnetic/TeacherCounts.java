package dev.retort.paper.geomagnetic;

import static dev.retort.paper.geomagnetic.Navigation.FIXED;

import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.evaluate.Estimate;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Aggregating;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Success on unseen areas by the number of teachers: the axis that matters. */
final class TeacherCounts implements StudyPart {
  private static final List<Sight> SIGHTS = List.of(Sight.ABSOLUTE, Sight.MOVE, Sight.JACOBIAN);

  @Override
  public String name() {
    return "number";
  }

  @Override
  public String explain(Scale scale) {
    return "Students of %s teachers, who see %s"
        .formatted(
            FIXED.words("numbers of teachers", scale).replace(" ", ", "),
            String.join(", ", SIGHTS.stream().map(Sight::toString).toList()));
  }

  @Override
  public Found run(Scale scale) {
    List<Setting> settings = Setting.all(scale);
    List<Geomagnetic> unseen = WorldGates.unseen(scale);
    int each = settings.get(0).count("missions of a student");
    int[] counts =
        Arrays.stream(FIXED.numbers("numbers of teachers", scale)).mapToInt(n -> (int) n).toArray();
    Map<Sight, List<Missions>> found = new LinkedHashMap<>();
    double seconds = 0;
    for (Sight sight : SIGHTS) {
      List<Missions> rows = new ArrayList<>();
      for (int count : counts) {
        Missions row = Missions.none("%s, %s teachers".formatted(sight, count));
        for (int split = 0; split < settings.size(); split++) {
          Setting setting = settings.get(split);
          Aggregating plan = setting.lesson(setting.teachers(count), sight);
          row =
              row.and(Missions.flown(row.method(), plan.once().members(), unseen.get(split), each));
          seconds += StudyPart.seconds(plan);
        }
        rows.add(row);
      }
      found.put(sight, rows);
    }
    Missions broyden = Rivals.broyden(unseen, each);
    List<Finding> findings = new ArrayList<>();
    found.values().forEach(rows -> rows.forEach(row -> findings.addAll(row.rows("unseen areas"))));
    findings.addAll(broyden.rows("unseen areas, beside all numbers"));
    for (Sight sight : SIGHTS) {
      Missions most = found.get(sight).get(counts.length - 1);
      findings.add(
          Measured.of(
                  most.method() + " over Broyden",
                  "difference of success on unseen areas, paired by area",
                  most.over(broyden, Missions.SUCCESS))
              .reported());
    }
    List<Finding> world = WorldGates.gates(scale);
    findings.add(new NavigationClaims(scale).rise(counts, found.get(Sight.MOVE)).provided(world));
    return new Found(findings, List.of(figure(counts, found, broyden)), List.of(), seconds);
  }

  private static Figure figure(int[] counts, Map<Sight, List<Missions>> found, Missions broyden) {
    double[] x = Arrays.stream(counts).asDoubleStream().toArray();
    List<Line> lines = new ArrayList<>();
    found.forEach((sight, rows) -> lines.add(line(sight.toString(), x, rows)));
    lines.add(line(broyden.method(), x, Collections.nCopies(x.length, broyden)));
    return new Lines(
        "Success by the number of teachers", "teachers", "success on unseen areas", lines);
  }

  private static Line line(String name, double[] x, List<Missions> rows) {
    double[] value = new double[x.length];
    double[] low = new double[x.length];
    double[] high = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      Estimate success = rows.get(i).row("", Missions.SUCCESS).estimate();
      value[i] = success.value();
      low[i] = success.interval().low();
      high[i] = success.interval().high();
    }
    return Line.of(name, x, value).band(low, high);
  }
}
