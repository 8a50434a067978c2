package dev.retort.paper.unilegs;

import dev.retort.env.legs.Morphology;
import dev.retort.figure.Figure;
import dev.retort.figure.Numbers;
import dev.retort.paper.Artifact;
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
  /** Who learns by cloning too, and walks everywhere. */
  private static final List<LegStudent> CLONED =
      List.of(LegStudent.TRANSFORMER, LegStudent.PERCEPTRON);

  private static final String ELSEWHERE = "episodes elsewhere";

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
    for (LegStudent kind : CLONED) {
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
    List<Figure> figures = new ArrayList<>();
    figures.addAll(LegRatios.byRobot("Students beside teachers", ratios.subList(0, 2)));
    figures.addAll(
        LegRatios.byMethod(
            "Networks, rounds and cloning", ratios, schooling.taught(), Morphology.LONG));
    List<LegRatios> others = new ArrayList<>();
    for (LegStudent kind : CLONED) {
      others.add(elsewhere(findings, kind, schooling, teachers, invalid));
    }
    figures.addAll(LegRatios.byRobot("Robots of which nothing was expected", others));
    findings.addAll(unscaled(schooling));
    List<Artifact> policies = new ArrayList<>();
    for (LegStudent kind : CLONED) {
      policies.add(Artifact.of(kind.toString(), Schooling.members(schooling.dagger(kind)).get(0)));
    }
    return new Found(findings, figures, List.of(), seconds, policies);
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

  /** Claim (e): students on robots of which nothing was expected; ρ of those with a teacher. */
  private static LegRatios elsewhere(
      List<Finding> findings,
      LegStudent kind,
      Schooling schooling,
      List<Walks> teachers,
      Map<Morphology, String> invalid) {
    List<Morphology> other =
        List.of(Morphology.SHORT, Morphology.TRIPOD, Morphology.PENTAPOD, Morphology.HEPTAPOD);
    Aggregating plan = schooling.dagger(kind);
    List<Walks> own =
        walked(
            kind.toString(),
            plan,
            schooling,
            Integer.MAX_VALUE,
            schooling.places(other, false),
            ELSEWHERE);
    LegRatios ratios = LegRatios.of(own, teachers, invalid);
    findings.addAll(ratios.rows("(e) elsewhere", own));
    walked(
            kind.toString(),
            plan,
            schooling,
            schooling.count("students of rows"),
            schooling.scaled(),
            ELSEWHERE)
        .forEach(each -> findings.add(each.row("(e) scaled limbs")));
    return ratios;
  }

  /** How teachers walk with the scaled limbs of their robots. */
  private static List<Finding> unscaled(Schooling schooling) {
    List<Policy> all = List.copyOf(schooling.teachers().once().policies());
    List<Walks.Place> scaled = schooling.scaled();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < scaled.size(); i++) {
      Policy teacher = Schooling.of(schooling.taught().get(i / 2), all).get(0);
      Walks.walked(
              "teacher of the unscaled robot",
              List.of(teacher),
              List.of(scaled.get(i)),
              schooling.count(ELSEWHERE))
          .forEach(each -> findings.add(each.row("(e) scaled limbs")));
    }
    return findings;
  }
}
