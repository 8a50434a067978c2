package dev.retort.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPartsTest {
  private static final Registration FIRST =
      Registration.of("here", "what\tunit\tcpu\tgpu\tsays\nseeds\t1\t2\t3\tof a part\n");
  private static final Registration OTHER =
      Registration.of("here", "what\tunit\tcpu\tgpu\tsays\nseeds\t2\t2\t3\tof a part\n");

  @TempDir Path folder;
  private final List<String> done = new ArrayList<>();

  /** A part that counts how often it is done, and fails where it is told to. */
  private final class Counted implements StudyPart {
    private final String name;
    private final List<Artifact> artifacts;
    private boolean fails;

    Counted(String name, Artifact... artifacts) {
      this.name = name;
      this.artifacts = List.of(artifacts);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String explain(Scale scale) {
      return "counts";
    }

    @Override
    public Found run(Scale scale) {
      if (fails) {
        throw new RetortException("stopped in " + name);
      }
      done.add(name);
      Finding finding =
          Measured.of(name + ", return", "return, mean of 3 seeds", 1, 2, 4.5)
              .judged(scale, Bound.of("> 1").orElseThrow());
      Figure figure =
          Lines.of(name, "steps", "return", Line.of("a", new double[] {0, 1}, new double[] {1, 2}));
      return new Found(
          List.of(finding),
          name.equals("bare") ? List.of() : List.of(figure),
          List.of("A note of " + name + "."),
          12,
          artifacts);
    }
  }

  private record OfParts(List<Counted> parts, Registration registration) implements Study {
    @Override
    public String name() {
      return "counted";
    }

    @Override
    public String title() {
      return "Parts that are counted";
    }
  }

  private Findings run(Scale scale, Registration registration, Counted... parts) {
    return new OfParts(List.of(parts), registration)
        .run(scale, new Parts(List.of()), KeptParts.in(folder));
  }

  @Test
  void aStudyThatWasStoppedGoesOnWithThePartThatItWasIn() {
    Counted table = new Counted("table");
    Counted figure = new Counted("figure");
    figure.fails = true;
    assertThatThrownBy(() -> run(Scale.CPU, FIRST, table, figure)).hasMessage("stopped in figure");
    figure.fails = false;
    Findings all = run(Scale.CPU, FIRST, table, figure);
    assertThat(done).containsExactly("table", "figure");
    Findings apart =
        new OfParts(List.of(new Counted("table"), new Counted("figure")), FIRST)
            .run(Scale.CPU, new Parts(List.of()), KeptParts.NONE);
    assertThat(all).isEqualTo(apart);
    assertThat(done).hasSize(4);
  }

  @Test
  void aPartWithoutAPictureIsKeptToo() {
    Findings first = run(Scale.CPU, FIRST, new Counted("bare"), new Counted("table"));
    assertThat(run(Scale.CPU, FIRST, new Counted("bare"), new Counted("table"))).isEqualTo(first);
    assertThat(done).containsExactly("bare", "table");
  }

  @Test
  void whatAnotherMachineDidIsSaid() throws IOException {
    run(Scale.CPU, FIRST, new Counted("table"));
    Path file = folder.resolve("table").resolve("summary.json");
    String cpu = Study.facts().get("cpu");
    Findings there = Findings.open(file);
    Map<String, String> facts = new TreeMap<>(there.facts());
    facts.put("cpu", "an older one");
    Findings other =
        new Findings(
            there.study(),
            there.title(),
            there.scale(),
            there.findings(),
            there.notes(),
            facts,
            there.seconds(),
            there.figure(),
            there.registered());
    FindingsFile.write(other, file);
    assertThat(run(Scale.CPU, FIRST, new Counted("table")).notes())
        .containsExactly(
            "A note of table.",
            "table was done before, on an older one, %s, %s."
                .formatted(facts.get("java"), facts.get("engine")));
    assertThat(cpu).isNotEqualTo("an older one");
    assertThat(done).containsExactly("table");
  }

  @Test
  void partsOfAnotherRegistrationOrSizeAreRefused() {
    run(Scale.CPU, FIRST, new Counted("table"));
    Path file = folder.resolve("table").resolve("summary.json");
    assertThatThrownBy(() -> run(Scale.CPU, OTHER, new Counted("table")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "reproduce: expected table of counted at cpu size by registration %s in '%s', got table of counted at cpu size by registration %s. Name another folder, or move that part away to do it again."
                .formatted(OTHER.sha256().substring(0, 16), file, FIRST.sha256().substring(0, 16)));
    assertThatThrownBy(() -> run(Scale.GPU, FIRST, new Counted("table")))
        .hasMessageContaining("expected table of counted at gpu size")
        .hasMessageContaining("got table of counted at cpu size");
    assertThat(done).containsExactly("table");
  }

  @Test
  void whatAPartLeavesBesideItsNumbersIsKeptWithThem() throws IOException {
    Counted zoo =
        new Counted(
            "zoo",
            place -> {
              place.resolve("policies").toFile().mkdir();
              AtomicFile.writeText(place.resolve("policies").resolve("one.txt"), "one");
            },
            place -> AtomicFile.writeText(place.resolve("card.md"), "a card"));
    run(Scale.CPU, FIRST, zoo);
    Findings again = run(Scale.CPU, FIRST, zoo);
    assertThat(done).containsExactly("zoo");
    Path saved = folder.resolve("saved");
    Artifact.save(again.artifacts(), saved);
    assertThat(saved.resolve("policies").resolve("one.txt")).hasContent("one");
    assertThat(saved.resolve("card.md")).hasContent("a card");
    Files.writeString(saved.resolve("card.md"), "an older one");
    Artifact.save(again.artifacts(), saved);
    assertThat(saved.resolve("card.md")).hasContent("a card");
  }

  @Test
  void aPartWhoseArtifactsCannotBeSavedIsDoneAgain() {
    Counted zoo =
        new Counted(
            "zoo",
            place -> {
              throw new RetortException("no room");
            });
    assertThatThrownBy(() -> run(Scale.CPU, FIRST, zoo)).hasMessage("no room");
    assertThatThrownBy(() -> run(Scale.CPU, FIRST, zoo)).hasMessage("no room");
    assertThat(done).containsExactly("zoo", "zoo");
  }
}
