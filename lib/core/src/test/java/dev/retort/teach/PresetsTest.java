package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.retort.MarkdownTable;
import dev.retort.option.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/presets.md hold every option of every preset beside that of the RL Zoo. */
class PresetsTest {
  private static final String PAGE = "presets.md";

  /** All presets, by how they are written. */
  private static Map<String, Algorithm> presets() {
    Map<String, Algorithm> all = new LinkedHashMap<>();
    for (Algorithm algorithm : Algorithms.supplied()) {
      Presets.of(algorithm)
          .forEach(
              (task, preset) ->
                  all.put(
                      "`%s(\"%s\")`".formatted(algorithm.settings().schema().owner(), task),
                      preset));
    }
    return all;
  }

  static List<String> compared() {
    return presets().keySet().stream()
        .filter(preset -> MarkdownTable.page(PAGE).contains("\n## " + preset + "\n"))
        .toList();
  }

  @Test
  void everyPresetIsComparedOrNamedAmongThoseThatTheZooDoesNotHave() {
    assertThat(compared()).hasSize(8);
    String others = MarkdownTable.section(PAGE, "## Others");
    assertThat(presets().keySet())
        .allSatisfy(
            preset ->
                assertThat(others.contains(preset)).isNotEqualTo(compared().contains(preset)));
  }

  @ParameterizedTest
  @MethodSource("compared")
  void everyOptionOfAPresetStandsBesideThatOfTheZoo(String preset) {
    JsonObject ours = presets().get(preset).settings().json();
    MarkdownTable table = MarkdownTable.below(PAGE, "## " + preset);
    assertThat(table.column(0))
        .containsExactlyElementsOf(ours.keySet().stream().map("`%s`"::formatted).toList());
    for (List<String> row : table.rows()) {
      String option = row.get(0).replace("`", "");
      assertThat(row.get(1)).as(option).isEqualTo(ours.get(option).getAsString());
      assertThat(row.get(3)).as(option).isEqualTo(relation(row.get(1), row.get(2)));
      assertThat(row.get(4).isEmpty()).as("%s: its source", option).isEqualTo(isAlone(row.get(2)));
    }
  }

  private static boolean isAlone(String theirs) {
    return theirs.equals("–");
  }

  private static String relation(String ours, String theirs) {
    if (isAlone(theirs)) {
      return "ours alone";
    }
    return isSame(ours, theirs) ? "same" : "different";
  }

  /** Equal as words, or as numbers and lines however they are written. */
  private static boolean isSame(String ours, String theirs) {
    try {
      return schedule(ours).equals(schedule(theirs));
    } catch (NumberFormatException e) {
      return ours.equals(theirs);
    }
  }

  private static Schedule schedule(String text) {
    return Schedule.type().reader().apply(text);
  }
}
