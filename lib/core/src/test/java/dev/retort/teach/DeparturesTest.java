package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.retort.MarkdownTable;
import dev.retort.distribution.SquashedNormal;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers in the tables of docs/departures.md are those of the code. */
class DeparturesTest {
  private static final String PAGE = "departures.md";

  /** An option and its value, such as {@code max-norm 0.5}, in code. */
  private static final Pattern SETTING = Pattern.compile("`([a-z0-9-]+) ([^` ]+)`");

  static List<Algorithm> algorithms() {
    return Algorithms.supplied();
  }

  private static List<MatchResult> settings(String heading) {
    List<String> here = MarkdownTable.below(PAGE, heading).column(2);
    return SETTING.matcher(String.join("\n", here)).results().toList();
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void everySettingOfALearnersTableIsTheDefault(Algorithm algorithm) {
    List<MatchResult> settings = settings("## " + algorithm.name());
    assertThat(settings).isNotEmpty();
    for (MatchResult setting : settings) {
      assertThat(algorithm.settings().schema().option(setting.group(1)).standardText())
          .as("%s: default of '%s'", algorithm.name(), setting.group(1))
          .isEqualTo(setting.group(2));
    }
  }

  @Test
  void settingsOfTheCommonTableAreTheDefaultsOfAllThatHaveThem() {
    List<MatchResult> settings = settings("## All learners");
    assertThat(settings).isNotEmpty();
    for (MatchResult setting : settings) {
      List<String> defaults =
          Algorithms.supplied().stream()
              .map(algorithm -> algorithm.settings().json())
              .filter(json -> json.has(setting.group(1)))
              .map((JsonObject json) -> json.get(setting.group(1)).getAsString())
              .distinct()
              .toList();
      assertThat(defaults).as(setting.group(1)).containsExactly(setting.group(2));
    }
  }

  @Test
  void numbersThatNoOptionSetsAreTheConstants() {
    assertThat(here("## All learners", "Running normalization"))
        .contains("cut at ±%s;".formatted(Normalizers.LIMIT));
    assertThat(here("## All learners", "Network bonus: returns"))
        .contains("discounted by %s,".formatted(NetworkBonus.DISCOUNT))
        .endsWith("cut at ±%s".formatted(Normalizers.LIMIT));
    assertThat(here("## All learners", "Network bonus: updates"))
        .contains("every %s steps".formatted(NetworkBonus.BATCH))
        .contains("step size of %s;".formatted(NetworkBonus.LEARNING_RATE));
    assertThat(here("## PPO", "Adam's ε")).isEqualTo(String.valueOf(Ppo.Learning.ADAM_EPSILON));
    assertThat(here("## PPO", "Penalty: β"))
        .contains(
            "between %s and %s;".formatted(Ppo.Learning.LEAST_PENALTY, Ppo.Learning.MOST_PENALTY));
    assertThat(here("## PPO", "Step size of each seed by its own divergence"))
        .contains("a factor of %s,".formatted(StepSizes.FACTOR))
        .contains("between %s and %s;".formatted(StepSizes.LEAST, StepSizes.MOST));
    assertThat(here("## DQN", "Prioritized: errors"))
        .contains(" %s more".formatted(Priorities.LEAST));
    assertThat(here("## SAC", "Deviations"))
        .contains(
            "between −%s and %s,"
                .formatted(Math.round(-SquashedNormal.LEAST), Math.round(SquashedNormal.MOST)));
    assertThat(here("## SAC", "Loss of the temperature"))
        .contains("α begins at %s;".formatted(Math.round(new Sac().firstTemperature())));
  }

  private static String here(String heading, String what) {
    return MarkdownTable.below(PAGE, heading).rows().stream()
        .filter(row -> row.get(0).equals(what))
        .map(row -> row.get(2))
        .findFirst()
        .orElseThrow(() -> new AssertionError(heading + " has no row " + what));
  }
}
