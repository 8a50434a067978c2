package dev.retort.paper.unilegs;

import dev.retort.env.legs.Morphology;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Aggregating;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Transformers that go without something that they see; and by another loss. */
final class LegAblationTable implements StudyPart {
  private static final String CLOCKLESS = "teacher without a clock";

  @Override
  public String name() {
    return "ablations";
  }

  @Override
  public String explain(Scale scale) {
    Schooling schooling = new Schooling(scale);
    return "ablations: %s transformers without descriptions, without the past, without the estimate of their speed, by divergence, and without a clock, of teachers without one, %s control steps each"
        .formatted(
            schooling.count("students of rows"),
            Numbers.count(schooling.count("teacher steps without a clock")));
  }

  @Override
  public Found run(Scale scale) {
    Schooling schooling = new Schooling(scale);
    LegClaims claims = new LegClaims(scale, schooling.taught(), Morphology.LONG);
    List<Walks> teachers = LegTeacherTable.walks(schooling, Schooling.ROBOTS, false);
    Map<Morphology, String> invalid = claims.invalid(teachers);
    List<Finding> findings = new ArrayList<>(clockless(schooling));
    double seconds = StudyPart.seconds(schooling.clockless());
    List<Walks> walks =
        LegStudentTable.walked(
            LegStudent.TRANSFORMER.toString(),
            schooling.dagger(LegStudent.TRANSFORMER),
            schooling,
            Integer.MAX_VALUE,
            false);
    LegRatios whole = LegRatios.of(walks, teachers, invalid);
    List<LegRatios> all = new ArrayList<>(List.of(whole));
    for (LegAblation ablation : LegAblation.rows()) {
      Aggregating plan = schooling.ablated(ablation);
      String method = LegStudent.TRANSFORMER + " " + ablation;
      List<Walks> own = LegStudentTable.walked(method, plan, schooling, Integer.MAX_VALUE, false);
      LegRatios ratios = LegRatios.of(own, teachers, invalid);
      seconds += StudyPart.seconds(plan);
      findings.addAll(ratios.rows("ablations", own));
      findings.addAll(claims.reported("transformer over one " + ablation, whole, ratios));
      all.add(ratios);
    }
    return new Found(
        findings,
        LegRatios.byMethod("What transformers need", all, schooling.taught(), Morphology.LONG),
        List.of(
            "ρ of students without a clock is over teachers with one, as that of all others is."),
        seconds);
  }

  /** Claim (g): how teachers without a clock walk. */
  private static List<Finding> clockless(Schooling schooling) {
    List<Policy> all = List.copyOf(schooling.clockless().once().policies());
    List<Finding> findings = new ArrayList<>();
    List<Walks.Place> places = schooling.places(schooling.taught(), false);
    for (int robot = 0; robot < places.size(); robot++) {
      Walks.walked(
              CLOCKLESS,
              List.of(all.get(robot)),
              List.of(places.get(robot)),
              schooling.count("episodes of a teacher"))
          .forEach(own -> findings.add(own.row("(g) teachers")));
    }
    return findings;
  }
}
