package dev.retort.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.option.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue: it is complete, it says what the pages of the distances say, it is read back. */
class DistancesTest {
  private static final Path ROOM = Path.of("src/main/java/dev/retort/loss");
  private static final Type<Distance> TYPE = Distances.type();

  static Stream<Distances.Entry> entries() {
    return Distances.supplied().stream();
  }

  @Test
  void everyDistanceOfTheRoomIsListedOnce() throws IOException {
    Set<String> written;
    try (Stream<Path> files = Files.list(ROOM)) {
      written =
          files
              .filter(file -> page(file).contains(" implements Distance {"))
              .filter(file -> !file.endsWith("OwnDistance.java"))
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertThat(written).hasSizeGreaterThanOrEqualTo(14);
    assertThat(entries().map(entry -> entry.standard().getClass().getSimpleName()))
        .containsExactlyInAnyOrderElementsOf(written);
    assertThat(entries().map(Distances.Entry::name)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void thePageOfADistanceHasItsFormulaAndItsReference(Distances.Entry entry) {
    String page = page(ROOM.resolve(entry.standard().getClass().getSimpleName() + ".java"));
    assertThat(page).contains("{@code " + entry.formula() + "}").contains(entry.reference());
    assertThat(entry.use()).endsWith(".");
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyDistanceIsReadBackFromItsText(Distances.Entry entry) {
    for (double parameter : new double[] {1, 0.01, 2.5, 1e-5, 12345678}) {
      Distance distance = entry.with().apply(parameter);
      assertThat(TYPE.read("distill", "loss", TYPE.writer().apply(distance))).isEqualTo(distance);
    }
    assertThat(TYPE.read("distill", "loss", entry.name())).isEqualTo(entry.standard());
    assertThat(entry.standard().toString()).startsWith(entry.name());
    assertThat(TYPE.choices()).contains(entry.name());
    assertThat(TYPE.label()).contains(entry.form());
  }

  @ParameterizedTest
  @CsvSource({
    "KL, kl:1.0",
    "kl 0.5, kl:0.5",
    "huber, huber:1.0",
    "bc, behavior-cloning",
    "taken, behavior-cloning",
    "behavior-cloning, behavior-cloning"
  })
  void otherSpellingsAreReadToo(String text, String distance) {
    assertThat(TYPE.read("distill", "loss", text)).hasToString(distance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kl:0", "kl:-1", "kl:NaN", "kl:Infinity", "kl:1:2", "kl:", "mse:2", "nll:1", ""})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> TYPE.read("distill", "loss", text))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("distill: expected one of kl:T, cross-entropy:T, ")
        .hasMessageEndingWith(
            "normal-nll with numbers above 0, or one of your own for 'loss', got '%s'.", text);
  }

  @Test
  void parametersThatAreNotPositiveAreRefused() {
    assertThatThrownBy(() -> new Kl(0))
        .isInstanceOf(RetortException.class)
        .hasMessage("kl: expected a temperature above 0, got 0.0.");
    assertThatThrownBy(() -> new Huber(Double.NaN))
        .isInstanceOf(RetortException.class)
        .hasMessage("huber: expected a threshold above 0, got NaN.");
  }

  /** A source as running text, its line breaks and the stars of its comments taken away. */
  private static String page(Path file) {
    try {
      return Files.readString(file).replaceAll("\\s*\\n \\* ?", " ").replaceAll("\\s+", " ");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
