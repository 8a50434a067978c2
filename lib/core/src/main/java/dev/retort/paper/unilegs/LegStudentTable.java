package dev.retort.paper.unilegs;

import dev.retort.env.legs.Morphology;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Aggregating;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Students of all robots: four networks, by rounds and by cloning, on robots seen and unseen. */
final class LegStudentTable implements StudyPart {
  @Override
  public String name() {
    return "students";
  }

  @Override
  public String explain(Scale scale) {
    Schooling schooling = new Schooling(scale);
    return "students: %s transformers and as many perceptrons by %s rounds of %s rows and by cloning of as many rows and updates; another perceptron and attention by descriptions; on robots that taught, on the unseen one, with 3, 5 and 7 legs, and with scaled limbs"
        .formatted(
            LegStudent.TRANSFORMER.students(scale),
            schooling.count("rounds"),
            Numbers.count(schooling.rows()));
  }

  /** What students of a plan came to, one by one, on robots that taught and on the unseen one. */
  static List<Walks> walked(
      String method, Aggregating plan, Schooling schooling, int students, boolean fine) {
    List<Morphology> robots = robots(schooling);
    return walked(
        method, plan, schooling, students, schooling.places(robots, fine), episodes(fine));
  }

  private static String episodes(boolean fine) {
    return fine ? "episodes in finer steps" : "episodes";
  }

  private static List<Walks> walked(
      String method,
      Aggregating plan,
      Schooling schooling,
      int students,
      List<Walks.Place> places,
      String episodes) {
    List<NetworkPolicy> members = Schooling.members(plan);
    return Walks.walked(
        method,
        members.subList(0, Math.min(students, members.size())),
        places,
        schooling.count(episodes));
  }

  /** Robots that taught, and the unseen one last. */
  static List<Morphology> robots(Schooling schooling) {
    List<Morphology> robots = new ArrayList<>(schooling.taught());
    robots.add(Morphology.LONG);
    return robots;
  }

  @Override
  public Found run(Scale scale) {
    Schooling schooling = new Schooling(scale);
    LegClaims claims = new LegClaims(scale, schooling.taught(), Morphology.LONG);
    List<Walks> teachers = LegTeacherTable.walks(schooling, Schooling.ROBOTS, false);
    Map<Morphology, String> invalid = claims.invalid(teachers);
    List<Finding> findings = new ArrayList<>();
    List<LegRatios> ratios = new ArrayList<>();
    double seconds = 0;
    for (LegStudent kind : LegStudent.values()) {
      Aggregating plan = schooling.dagger(kind);
      ratios.add(add(findings, kind.toString(), plan, schooling, teachers, invalid));
      seconds += StudyPart.seconds(plan);
      findings.add(size(kind, plan.once()));
    }
    for (LegStudent kind : List.of(LegStudent.TRANSFORMER, LegStudent.PERCEPTRON)) {
      Aggregating plan = schooling.cloning(kind);
      ratios.add(add(findings, kind + " by cloning", plan, schooling, teachers, invalid));
      seconds += StudyPart.seconds(plan);
    }
    LegRatios transformer = ratios.get(0);
    findings.addAll(claims.transformer(transformer));
    findings.addAll(claims.perceptron(ratios.get(1)));
    findings.addAll(claims.networks(transformer, ratios.get(1)));
    findings.addAll(
        claims.reported("transformer over wide perceptron", transformer, ratios.get(2)));
    findings.addAll(
        claims.reported("transformer over attention by descriptions", transformer, ratios.get(3)));
    findings.addAll(claims.rounds(transformer, ratios.get(4)));
    findings.addAll(
        claims.reported("DAgger over cloning, perceptrons", ratios.get(1), ratios.get(5)));
    findings.addAll(elsewhere(schooling, teachers, invalid));
    List<Dot> dots = ratios.stream().flatMap(each -> each.dots().stream()).toList();
    List<Figure> figures =
        dots.isEmpty() ? List.of() : List.of(new Dots("Students beside teachers", "ρ", dots));
    return new Found(findings, figures, List.of(), seconds);
  }

  private static LegRatios add(
      List<Finding> findings,
      String method,
      Aggregating plan,
      Schooling schooling,
      List<Walks> teachers,
      Map<Morphology, String> invalid) {
    List<Walks> walks = walked(method, plan, schooling, Integer.MAX_VALUE, false);
    LegRatios ratios = LegRatios.of(walks, teachers, invalid);
    findings.addAll(ratios.rows("students", walks));
    return ratios;
  }

  private static Finding size(LegStudent kind, Ensemble students) {
    return Measured.of(
            "parameters, " + kind, "of a student", students.members().get(0).parameters().length)
        .how("network", students.architecture())
        .reported();
  }

  /** Claim (e): robots of which nothing was expected. */
  private static List<Finding> elsewhere(
      Schooling schooling, List<Walks> teachers, Map<Morphology, String> invalid) {
    List<Morphology> other =
        List.of(Morphology.SHORT, Morphology.TRIPOD, Morphology.PENTAPOD, Morphology.HEPTAPOD);
    List<Walks.Place> scaled = schooling.scaled();
    List<Finding> findings = new ArrayList<>();
    for (LegStudent kind : List.of(LegStudent.TRANSFORMER, LegStudent.PERCEPTRON)) {
      Aggregating plan = schooling.dagger(kind);
      List<Walks> own =
          walked(
              kind.toString(),
              plan,
              schooling,
              Integer.MAX_VALUE,
              schooling.places(other, false),
              "episodes elsewhere");
      findings.addAll(LegRatios.of(own, teachers, invalid).rows("(e) elsewhere", own));
      walked(
              kind.toString(),
              plan,
              schooling,
              schooling.count("students of rows"),
              scaled,
              "episodes elsewhere")
          .forEach(each -> findings.add(each.row("(e) scaled limbs")));
    }
    List<Policy> all = List.copyOf(schooling.teachers().once().policies());
    for (int i = 0; i < scaled.size(); i++) {
      Policy teacher = Schooling.of(schooling.taught().get(i / 2), all).get(0);
      Walks.walked(
              "teacher of the unscaled robot",
              List.of(teacher),
              List.of(scaled.get(i)),
              schooling.count("episodes elsewhere"))
          .forEach(each -> findings.add(each.row("(e) scaled limbs")));
    }
    return findings;
  }
}
