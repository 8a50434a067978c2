package dev.retort.paper.marl;

import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;

/** Claim (i): data of three qualities. */
final class QualityTable implements StudyPart {
  private static final List<MarlMethod> RIVALS =
      List.of(MarlMethod.IDT, MarlMethod.MADT, MarlMethod.CLONING);
  private static final List<MarlMethod> METHODS =
      List.of(
          MarlMethod.OURS, MarlMethod.IDT, MarlMethod.MADT, MarlMethod.CLONING, MarlMethod.TEACHER);

  private final Lessons lessons;

  QualityTable(Lessons lessons) {
    this.lessons = lessons;
  }

  static List<MarlMethod> methods() {
    return METHODS;
  }

  @Override
  public String name() {
    return "quality";
  }

  @Override
  public String explain(Scale scale) {
    return "quality: %s from data of %s".formatted(METHODS, List.of(DataQuality.values()));
  }

  @Override
  public Found run(Scale scale) {
    MarlClaims claims = new MarlClaims(scale);
    List<Finding> findings = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    double seconds = 0;
    for (TeamTask task : TeamTask.all(scale)) {
      TeamData main = TeamData.of(scale, task);
      List<MethodReturns> ours = new ArrayList<>();
      List<List<MethodReturns>> rivals = new ArrayList<>();
      List<Dot> dots = new ArrayList<>();
      for (DataQuality quality : DataQuality.values()) {
        TeamData of = main.of(quality);
        String where = task + ", " + quality;
        for (MarlMethod method : METHODS) {
          MethodReturns row = lessons.played(of, method);
          findings.add(row.row(where).reported());
          dots.add(row.row("").dot(quality + ", " + method));
        }
        ours.add(lessons.played(of, MarlMethod.OURS));
        rivals.add(RIVALS.stream().map(method -> lessons.played(of, method)).toList());
        seconds += of.equals(main) ? 0 : lessons.seconds(of, METHODS);
      }
      findings.add(
          claims
              .qualities(task.toString(), ours, rivals)
              .provided(CentralGate.precondition(lessons, main)));
      figures.add(new Dots(task + ": data of three qualities", "team's return", dots));
    }
    return new Found(
        findings,
        figures,
        List.of(
            "The goal is the 90 % quantile of each of the data: who learned from poor data is told to aim at what poor data show."),
        seconds);
  }
}
