package dev.retort.paper.unilegs;

import dev.retort.env.legs.Morphology;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * ρ of each robot whose teacher is valid: the tracking reward per step of students over that of the
 * teacher.
 *
 * @param method whose students
 * @param of ρ of each student by robots, {@code (students)}
 * @param undefined robots without ρ, and why
 */
record LegRatios(String method, Map<Morphology, double[]> of, Map<Morphology, String> undefined) {
  /**
   * Of students and teachers on the same robots.
   *
   * @param invalid robots whose teacher does not keep gate C1, and why
   */
  static LegRatios of(List<Walks> students, List<Walks> teachers, Map<Morphology, String> invalid) {
    Map<Morphology, double[]> ratios = new LinkedHashMap<>();
    Map<Morphology, String> undefined = new LinkedHashMap<>();
    for (Walks walks : students) {
      double teacher = Walks.of(walks.robot(), teachers).trackingOfEach()[0];
      if (invalid.containsKey(walks.robot())) {
        undefined.put(walks.robot(), invalid.get(walks.robot()));
      } else {
        ratios.put(
            walks.robot(),
            Arrays.stream(walks.trackingOfEach()).map(own -> own / teacher).toArray());
      }
    }
    return new LegRatios(students.get(0).method(), ratios, undefined);
  }

  /** Robots among these that have a ρ. */
  private List<double[]> among(List<Morphology> robots) {
    return robots.stream().filter(of::containsKey).map(of::get).toList();
  }

  /** How many of these robots have a ρ. */
  int count(List<Morphology> robots) {
    return among(robots).size();
  }

  /** ρ of each student, means over those of these robots that have one; none where no robot has. */
  double[] mean(List<Morphology> robots) {
    List<double[]> own = among(robots);
    int students = own.stream().mapToInt(each -> each.length).min().orElse(0);
    return IntStream.range(0, students)
        .mapToDouble(i -> own.stream().mapToDouble(each -> each[i]).average().orElseThrow())
        .toArray();
  }

  /** The least mean ρ over these robots. */
  double least(List<Morphology> robots) {
    return among(robots).stream().mapToDouble(Statistics::mean).min().orElse(Double.NaN);
  }

  /** Whether the mean over some robots, and those of the unseen one, order two methods alike. */
  double over(LegRatios other, List<Morphology> robots) {
    return average(mean(robots)) - average(other.mean(robots));
  }

  static double average(double[] values) {
    return values.length == 0 ? Double.NaN : Statistics.mean(values);
  }

  /** A row for each robot, with what the walks were. */
  List<Finding> rows(String where, List<Walks> walks) {
    List<Finding> rows = new ArrayList<>();
    for (Walks own : walks) {
      double[] values = of.getOrDefault(own.robot(), new double[] {Double.NaN});
      Measured row =
          own.how(
                  Measured.of(
                      "%s, %s, %s".formatted(where, own.robot().name(), method),
                      "ρ, student by student",
                      values))
              .how("tracking reward per step", Numbers.of(Statistics.mean(own.trackingOfEach())));
      String why = undefined.getOrDefault(own.robot(), "");
      rows.add((why.isEmpty() ? row : row.how("not defined", why)).reported());
    }
    return rows;
  }

  /** A figure of each robot by each method, robot by robot; none where no robot has a ρ. */
  static List<Figure> byRobot(String title, List<LegRatios> methods) {
    List<Dot> dots = new ArrayList<>();
    for (Morphology robot : methods.get(0).of.keySet()) {
      for (LegRatios own : methods) {
        dots.addAll(own.dot(robot.name() + ", " + own.method, own.mean(List.of(robot))));
      }
    }
    return figure(title, dots);
  }

  /** A figure of means over robots that taught by each method, and then of the unseen robot. */
  static List<Figure> byMethod(
      String title, List<LegRatios> methods, List<Morphology> taught, Morphology unseen) {
    List<Dot> dots = new ArrayList<>();
    for (LegRatios own : methods) {
      dots.addAll(own.dot("taught, " + own.brief(), own.mean(taught)));
    }
    for (LegRatios own : methods) {
      dots.addAll(own.dot("unseen, " + own.brief(), own.mean(List.of(unseen))));
    }
    return figure(title, dots);
  }

  /** What it is called where there is little room. */
  private String brief() {
    return method.replace("transformer without", "without");
  }

  private static List<Figure> figure(String title, List<Dot> dots) {
    return dots.isEmpty() ? List.of() : List.of(new Dots(title, "ρ", dots));
  }

  private List<Dot> dot(String name, double[] students) {
    return students.length == 0 ? List.of() : List.of(Measured.of("", "", students).dot(name));
  }
}
