package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.ArrayList;
import java.util.List;

/** EqualSpace of a given side, in which all agents in one place are no solution. */
record FixedSideTable(Lessons lessons) implements StudyPart {
  static final List<MarlMethod> METHODS =
      List.of(MarlMethod.OURS, MarlMethod.IDT, MarlMethod.TEACHER);

  @Override
  public String name() {
    return "fixed-side";
  }

  @Override
  public String explain(Scale scale) {
    return "fixed-side: %s in EqualSpace of a side of %s, where others are seen within %s"
        .formatted(
            METHODS, FIXED.words("the fixed side"), FIXED.words("sight with the fixed side"));
  }

  @Override
  public Found run(Scale scale) {
    TeamData of = TeamData.of(scale, TeamTask.FIXED_SIDE);
    List<MethodReturns> rows = new ArrayList<>(lessons.played(of, METHODS));
    rows.addAll(Reference.all(of));
    return new Found(
        rows.stream().map(row -> row.row(of.toString()).reported()).toList(),
        List.of(MethodReturns.dots(of.toString(), rows)),
        List.of("With a fixed side a blind walk to one corner is no way out."),
        lessons.seconds(of, METHODS));
  }
}
