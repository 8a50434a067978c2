package dev.retort.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@InEveryLocale
class SettingsTest {
  private enum Colour {
    DARK_RED,
    BLUE
  }

  private static final Schema SCHEMA = new Schema("brew");
  private static final Option<Long> STEPS = SCHEMA.whole("steps", 1000, 1, "steps", "how long");
  private static final Option<Double> GAMMA = SCHEMA.real("gamma", 0.99, 0, 1, "", "discount");
  private static final Option<Double> NORM =
      SCHEMA.real("max-norm", 10, 0, Double.MAX_VALUE, "", "norm");
  private static final Option<Colour> COLOUR =
      SCHEMA.option("colour", Type.choice(Colour.class), Colour.BLUE, "", "which");
  private static final Option<Schedule> RATE =
      SCHEMA.option("rate", Schedule.type(), Schedule.constant(0.1), "", "step size");
  private static final Option<List<Integer>> WIDTHS =
      SCHEMA.option("widths", Type.widths(), List.of(64, 64), "", "layers");
  private static final Option<String> NOTE =
      SCHEMA.option("note", Type.text("any text"), "", "", "a word");

  private static final Settings CHANGED =
      SCHEMA
          .standard()
          .with(STEPS, 7L)
          .with(GAMMA, 1 / 3.0)
          .with(COLOUR, Colour.DARK_RED)
          .with(RATE, new Schedule(0.1, 1e-7))
          .with(WIDTHS, List.of(3))
          .with(NOTE, "\"quoted\" <b> ü");

  @Test
  void settingsAreReadBackFromTheirJson() {
    for (Settings settings : List.of(SCHEMA.standard(), CHANGED)) {
      JsonObject read = JsonParser.parseString(settings.json().toString()).getAsJsonObject();
      assertThat(Settings.of(SCHEMA, read)).isEqualTo(settings).hasSameHashCodeAs(settings);
    }
  }

  @Test
  void everyOptionIsWrittenDefaultsToo() {
    assertThat(SCHEMA.standard().json())
        .hasToString(
            "{\"steps\":\"1000\",\"gamma\":\"0.99\",\"max-norm\":\"10.0\",\"colour\":\"blue\",\"rate\":\"0.1\",\"widths\":\"64,64\",\"note\":\"\"}");
  }

  @Test
  void theyPrintWhatDiffersFromTheDefaults() {
    assertThat(SCHEMA.standard()).hasToString("brew()");
    assertThat(SCHEMA.standard().with(COLOUR, Colour.DARK_RED).with(STEPS, 5L))
        .hasToString("brew(steps 5, colour dark-red)");
  }

  @Test
  void aValueSetBackToItsDefaultIsNoDifference() {
    assertThat(SCHEMA.standard().with(STEPS, 5L).with(STEPS, 1000L)).isEqualTo(SCHEMA.standard());
  }

  @Test
  void settingsAreNotChangedByTheirWithers() {
    Settings settings = SCHEMA.standard();
    settings.with(STEPS, 5L);
    assertThat(settings.get(STEPS)).isEqualTo(1000);
  }

  @Test
  void unknownNamesAreRefusedWithTheNearest() {
    assertThatThrownBy(() -> SCHEMA.standard().parse("gama", "1"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "unknown brew option 'gama': did you mean 'gamma'? (choices: colour, gamma, max-norm, note, rate, steps, widths)");
    JsonObject json = SCHEMA.standard().json();
    json.addProperty("zzzzzzzzzzzzzzz", "1");
    assertThatThrownBy(() -> Settings.of(SCHEMA, json))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "unknown brew option 'zzzzzzzzzzzzzzz' (choices: colour, gamma, max-norm, note, rate, steps, widths)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps | 0 | a whole number of at least 1",
        "steps | many | a whole number of at least 1",
        "steps | 1.5 | a whole number of at least 1",
        "steps | 99999999999999999999 | a whole number of at least 1",
        "gamma | 1.01 | a number from 0.0 to 1.0",
        "gamma | -0.1 | a number from 0.0 to 1.0",
        "gamma | NaN | a number from 0.0 to 1.0",
        "max-norm | Infinity | a number of at least 0.0",
        "max-norm | -1 | a number of at least 0.0",
        "colour | green | one of dark-red, blue",
        "rate | -1 | a number of at least 0, or two for a straight line, such as 0.001..0",
        "rate | 1..2..3 | a number of at least 0, or two for a straight line, such as 0.001..0",
        "rate | NaN | a number of at least 0, or two for a straight line, such as 0.001..0",
        "rate | 0..Infinity | a number of at least 0, or two for a straight line, such as 0.001..0",
        "rate | 1.. | a number of at least 0, or two for a straight line, such as 0.001..0",
        "widths | 64,0 | whole numbers of at least 1, such as 64,64"
      })
  void badValuesAreRefusedWithWhatIsExpected(String name, String text, String expected) {
    assertThatThrownBy(() -> SCHEMA.standard().parse(name, text))
        .isInstanceOf(RetortException.class)
        .hasMessage("brew: expected %s for '%s', got '%s'.", expected, name, text);
  }

  @Test
  void valuesGivenInCodeAreCheckedLikeTypedOnes() {
    assertThatThrownBy(() -> SCHEMA.standard().with(GAMMA, 2.0))
        .isInstanceOf(RetortException.class)
        .hasMessage("brew: expected a number from 0.0 to 1.0 for 'gamma', got '2.0'.");
  }

  @Test
  void aNumberTooLargeForAnArrayIsRefused() {
    assertThat(SCHEMA.standard().parse("steps", "2_000_000").whole(STEPS)).isEqualTo(2_000_000);
    assertThatThrownBy(() -> SCHEMA.standard().with(STEPS, 5_000_000_000L).whole(STEPS))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "brew: expected a whole number of at most 2147483647 for 'steps', got 5000000000.");
  }

  @Test
  void choicesAreReadInAnyCaseWithEitherHyphen() {
    assertThat(SCHEMA.standard().parse("colour", " Dark_RED").get(COLOUR))
        .isEqualTo(Colour.DARK_RED);
  }

  @Test
  void aScheduleIsAStraightLine() {
    Schedule schedule = Schedule.type().read("brew", "rate", "1..0.5");
    assertThat(schedule.at(0)).isEqualTo(1);
    assertThat(schedule.at(0.5)).isEqualTo(0.75);
    assertThat(schedule.at(1)).isEqualTo(0.5);
    assertThat(schedule.at(1.2)).isEqualTo(0.5);
    assertThat(schedule).hasToString("1.0..0.5").isEqualTo(new Schedule(1, 0.5));
    assertThat(NORM.standardText()).isEqualTo("10.0");
    assertThatThrownBy(() -> new Schedule(Double.NaN, 0))
        .isInstanceOf(RetortException.class)
        .hasMessage("schedule: expected numbers of at least 0, got NaN and 0.0.");
  }

  @Test
  void anOptionCannotBeDeclaredTwice() {
    Schema schema = new Schema("brew");
    schema.whole("steps", 1, 1, "", "");
    assertThatThrownBy(() -> schema.whole("steps", 1, 1, "", ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("brew: option 'steps' is declared twice.");
  }
}
