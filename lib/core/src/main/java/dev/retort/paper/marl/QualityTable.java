package dev.retort.paper.marl;

import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Claim (i): data of three qualities. */
record QualityTable(Lessons lessons) implements TaskPart {
  static final List<MarlMethod> METHODS =
      Stream.concat(Stream.of(MarlMethod.OURS), CentralGate.METHODS.stream()).toList();

  @Override
  public String name() {
    return "quality";
  }

  @Override
  public String explain(Scale scale) {
    return "quality: %s from data of %s".formatted(METHODS, List.of(DataQuality.values()));
  }

  @Override
  public List<String> notes() {
    return List.of(
        "The goal is the 90 % quantile of each of the data: who learned from poor data is told to aim at what poor data show. Ours is held against transformers without a teacher, IDT, MADT and cloning; gate A0 is asked of the good data alone, and the teacher's row says what it is of the others.");
  }

  @Override
  public Found found(TeamData main) {
    List<Finding> findings = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    List<MethodReturns> ours = new ArrayList<>();
    List<List<MethodReturns>> rivals = new ArrayList<>();
    double seconds = 0;
    for (DataQuality quality : DataQuality.values()) {
      TeamData of = main.of(quality);
      for (MethodReturns row : lessons.played(of, METHODS)) {
        findings.add(row.row(main.task() + ", " + quality).reported());
        dots.add(row.row("").dot(quality + ", " + row.method()));
      }
      ours.add(lessons.played(of, MarlMethod.OURS));
      rivals.add(lessons.played(of, CentralGate.ALONE));
      seconds += of.equals(main) ? 0 : lessons.seconds(of, METHODS);
    }
    findings.add(
        new MarlClaims(main.scale())
            .qualities(main.task().toString(), ours, rivals)
            .provided(CentralGate.gates(lessons, main)));
    return new Found(
        findings,
        List.of(new Dots(main.task() + ": data of three qualities", "team's return", dots)),
        List.of(),
        seconds);
  }
}
