package dev.retort.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every study that fills in what its paper does not tell says of itself. */
class ReconstructionTest {
  private static final Registration FIXED =
      Registration.of("here", "what\tunit\tcpu\tgpu\tsays\nseeds\t1\t2\t3\tof a part\n");

  /** A study without parts. */
  private record Bare(Optional<Effort> minutes, List<String> cut) implements Reconstruction {
    @Override
    public String name() {
      return "bare";
    }

    @Override
    public String title() {
      return "Nothing is done";
    }

    @Override
    public List<StudyPart> parts() {
      return List.of();
    }

    @Override
    public Registration registration() {
      return FIXED;
    }

    @Override
    public Optional<Effort> effort(Scale scale) {
      return minutes;
    }

    @Override
    public List<String> leftOut(Scale scale) {
      return cut;
    }

    @Override
    public Figure picture(List<Figure> figures) {
      return new Dots("nothing", "", List.of());
    }

    @Override
    public String unjudged() {
      return "with too few steps";
    }
  }

  private static String explained(Study study) {
    return study.explain(Scale.CPU, new Parts(List.of()));
  }

  private static List<String> notes(Study study, Scale scale) {
    return study.run(scale, new Parts(List.of()), KeptParts.NONE).notes();
  }

  @Test
  void minutesAreAddedUpAndRoundedWhereTheyAreSaid() {
    Effort effort = Effort.none().and("of teachers", 90.5).and("of students", 0.25);
    assertThat(effort.all()).isEqualTo(90.75);
    assertThat(effort.toString())
        .startsWith("About 91 processor minutes by")
        .contains(": 90 of teachers, 1 of students. On two cores")
        .endsWith("where it was stopped.");
    assertThat(effort.remarking("It needs room.").toString()).endsWith("stopped. It needs room.");
  }

  @Test
  void aPlanTellsMinutesThenWhatIsLeftOutThenAllThatIsFixed() {
    Effort effort = Effort.none().and("of all", 3);
    assertThat(explained(new Bare(Optional.of(effort), List.of("Cut: one.", "Not done: two."))))
        .isEqualTo("\n\n" + effort + "\n\nCut: one.\nNot done: two.\n\n" + FIXED);
    assertThat(explained(new Bare(Optional.empty(), List.of()))).isEqualTo("\n\n" + FIXED);
  }

  @Test
  void findingsThatAreJudgedTellWhatIsLeftOutAndOthersThatTheyAreNot() {
    Study study = new Bare(Optional.empty(), List.of("Not done: two."));
    assertThat(notes(study, Scale.CPU)).containsExactly("Not done: two.");
    assertThat(notes(study, Scale.UNIT))
        .containsExactly("Unit size: all is done once, with too few steps to be judged.");
  }
}
