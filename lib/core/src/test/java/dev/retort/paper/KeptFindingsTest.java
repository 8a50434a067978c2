package dev.retort.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Interval;
import dev.retort.figure.Bars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class KeptFindingsTest {
  @TempDir Path folder;

  @BeforeEach
  void lookThere() {
    System.setProperty("retort.findings", folder.toString());
  }

  @AfterEach
  void lookWhereOneUsuallyDoes() {
    System.clearProperty("retort.findings");
  }

  private void keep(String place, String study, Scale scale, double... ours) throws IOException {
    List<Finding> findings =
        Arrays.stream(ours)
            .mapToObj(
                each ->
                    new Finding(
                        "number " + each,
                        "return",
                        new Estimate(each, Interval.NONE),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        List.of(each),
                        Map.of()))
            .toList();
    Findings found =
        new Findings(
            study,
            "a study",
            scale,
            findings,
            List.of(),
            Map.of(),
            1,
            new Bars("bars", "x", "y", List.of("a"), List.of(2.0)),
            Optional.empty());
    Files.createDirectories(folder.resolve(place));
    FindingsFile.write(found, folder.resolve(place).resolve("summary.json"));
  }

  private static double ours(String name) {
    return Retort.findings(name).findings().get(0).ours().value();
  }

  @Test
  void theNameOfAStudyStandsForItsLargestSize() throws IOException {
    keep("a", "mazes", Scale.UNIT, 1);
    keep("b", "mazes", Scale.CPU, 2);
    keep("c", "mazes", Scale.UNIT, 3);
    keep("d", "other-study", Scale.UNIT, 4);
    assertThat(Findings.names()).containsExactly("mazes", "other-study");
    assertThat(ours("mazes")).isEqualTo(2);
    assertThat(ours("Mazes-Unit")).isEqualTo(1);
    assertThat(ours("other-study")).isEqualTo(4);
    assertThat(Findings.find("mazes-gpu")).isEmpty();
  }

  @Test
  void allOfThemAreOneTable() throws IOException {
    keep("a", "mazes", Scale.UNIT, 1);
    keep("b", "mazes", Scale.CPU, 2, 3);
    keep("d", "poles", Scale.UNIT, 4);
    Table all = Findings.all();
    assertThat(all.columnNames().subList(0, 3)).containsExactly("study", "size", "what");
    assertThat(all.stringColumn("study").asList()).containsExactly("mazes", "mazes", "poles");
    assertThat(all.stringColumn("size").asList()).containsExactly("cpu", "cpu", "unit");
    assertThat(all.doubleColumn("ours").asDoubleArray()).containsExactly(2, 3, 4);
  }

  @Test
  void theFolderItselfMayHoldThem() throws IOException {
    keep(".", "mazes", Scale.UNIT, 1);
    assertThat(ours("mazes")).isEqualTo(1);
  }

  @Test
  void wrongNamesAreToldThoseThatThereAre() throws IOException {
    keep("a", "mazes", Scale.UNIT, 1);
    keep("b", "poles", Scale.UNIT, 1);
    assertThatThrownBy(() -> Retort.findings("maze"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown findings 'maze': did you mean 'mazes'? (choices: mazes, poles)");
    assertThatThrownBy(() -> Retort.findings("ensembles"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "findings 'ensembles': expected some of this study in '"
                + folder
                + "', got those of mazes, poles. Make them with ./retort reproduce ensembles, or say where they are with -Dretort.findings=FOLDER or RETORT_FINDINGS.");
  }

  /** What is damaged is told when it is asked for, and hides nothing else. */
  @Test
  void damagedFindingsHideNoOthers() throws IOException {
    keep("a", "mazes", Scale.UNIT, 1);
    keep("b", "poles", Scale.CPU, 1);
    Path damaged = folder.resolve("b/summary.json");
    Files.writeString(damaged, Files.readString(damaged).replace("number 1.0", "number 2.0"));
    Files.move(folder.resolve("b"), folder.resolve("poles"));
    Files.createDirectories(folder.resolve("else"));
    Files.writeString(folder.resolve("else/summary.json"), "{\"of\": \"another program\"}");
    assertThat(ours("mazes")).isEqualTo(1);
    assertThat(Findings.names()).containsExactly("mazes", "poles");
    assertThatThrownBy(() -> Retort.findings("poles"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("poles" + java.io.File.separator + "summary.json")
        .hasMessageContaining("was changed or damaged");
    Table all = Findings.all();
    assertThat(all.stringColumn("study").asList()).containsExactly("mazes", "poles");
    assertThat(all.doubleColumn("ours").get(0)).isEqualTo(1);
    assertThat(all.doubleColumn("ours").isMissing(1)).isTrue();
    assertThat(all.stringColumn("verdict").get(1))
        .startsWith("VOID: ")
        .contains("was changed or damaged");
  }

  @Test
  void thoseOfTheRepositoryAreFoundWithoutAWord() {
    System.clearProperty("retort.findings");
    assertThat(Findings.names()).contains("benchmarks", "catalogue", "dqinit", "ensembles", "zoo");
    assertThat(Retort.findings("ensembles").scale()).isNotEqualTo(Scale.UNIT);
  }
}
