package dev.retort.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.option.Option;
import dev.retort.plan.Fitting;
import dev.retort.plan.Training;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who mistypes a word of a sentence is told the words of sentences, and no inner method. */
class WordsOfAlgorithmsTest {
  /** What is said beside options: the door for texts, short words for several options, company. */
  private static final Set<String> BESIDE_OPTIONS =
      Set.of(
          "agent",
          "from",
          "guidedBy",
          "hidden",
          "initializedBy",
          "isDueling",
          "isPrioritized",
          "labeled",
          "name",
          "normalized",
          "ppo",
          "set");

  private static Set<String> words(Class<?> type) {
    return Vocabulary.said(type).stream()
        .map(word -> word.replaceFirst("\\(.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The name of an option's method, such as {@code batchSize}. */
  private static String method(Option<?> option) {
    String[] words = option.name().split("-", -1);
    return words[0]
        + Arrays.stream(words)
            .skip(1)
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
  }

  @Test
  void ofAnAlgorithmTheyAreItsOptionsAndFewBeside() {
    for (Algorithm algorithm : Algorithms.supplied()) {
      Set<String> options =
          algorithm.settings().schema().options().stream()
              .map(WordsOfAlgorithmsTest::method)
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> words = words(algorithm.getClass());
      assertThat(words).as(algorithm.name()).contains("steps", "set");
      words.removeAll(options);
      assertThat(words).as(algorithm.name()).isSubsetOf(BESIDE_OPTIONS);
    }
  }

  @Test
  void whatIsAskedAndSetByOneWordIsSaidOnce() {
    assertThat(Vocabulary.said(Algorithm.of("PPO").getClass()))
        .contains("gamma(..)", "guidedBy(..)", "normalized()")
        .doesNotContain("gamma()", "budget(..)", "columns()", "cautions(..)");
  }

  @Test
  void ofAPlanTheyAreWhatItSaysAndHowItEnds() {
    assertThat(words(Training.class))
        .contains("seed", "seeds", "evaluating", "run", "start", "explain", "quiet")
        .doesNotContain("job", "found", "cautions");
    assertThat(words(Fitting.class)).contains("members", "once").doesNotContain("job", "found");
  }

  @Test
  void theHintAtAMistypedWordListsThem() {
    assertThat(
            Vocabulary.hint(
                """
                cannot find symbol
                  symbol:   method bathSize(int)
                  location: class dev.retort.teach.Es
                """))
        .hasValueSatisfying(
            hint -> assertThat(hint).startsWith("Es has ").doesNotContain("budget", "columns"));
  }
}
