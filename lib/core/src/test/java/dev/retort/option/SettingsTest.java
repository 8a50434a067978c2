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
  private enum Color {
    DARK_RED,
    BLUE
  }

  private static final Schema SCHEMA = new Schema("brew");
  private static final Option<Long> STEPS = SCHEMA.whole("steps", 1000L).from(1).says("how long");
  private static final Option<Double> GAMMA =
      SCHEMA.real("gamma", 0.99).from(0, 1).says("discount");
  private static final Option<Double> NORM = SCHEMA.real("max-norm", 10).from(0).says("norm");
  private static final Option<Color> COLOR =
      SCHEMA.choice("color", Color.BLUE).formerly("colour").says("which");
  private static final Option<Schedule> RATE = SCHEMA.schedule("rate", 0.1).says("step size");
  private static final Option<List<Integer>> WIDTHS =
      SCHEMA.option("widths", Type.widths(), List.of(64, 64)).says("layers");
  private static final Option<String> NOTE =
      SCHEMA.option("note", Type.text("any text"), "").says("a word");
  private static final Option<Integer> CUPS =
      SCHEMA.whole("cups", 2).from(1).in("cups").says("how many");
  private static final Option<Boolean> SUGAR =
      SCHEMA.flag("sugar", true).says("whether it is sweet");

  private static final Settings CHANGED =
      SCHEMA
          .standard()
          .with(STEPS, 7L)
          .with(GAMMA, 1 / 3.0)
          .with(COLOR, Color.DARK_RED)
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
            "{\"steps\":\"1000\",\"gamma\":\"0.99\",\"max-norm\":\"10.0\",\"color\":\"blue\",\"rate\":\"0.1\",\"widths\":\"64,64\",\"note\":\"\",\"cups\":\"2\",\"sugar\":\"on\"}");
  }

  @Test
  void theyPrintWhatDiffersFromTheDefaults() {
    assertThat(SCHEMA.standard()).hasToString("brew()");
    assertThat(SCHEMA.standard().with(COLOR, Color.DARK_RED).with(STEPS, 5L))
        .hasToString("brew(steps 5, color dark-red)");
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
            "unknown brew option 'gama': did you mean 'gamma'? (choices: color, cups, gamma, max-norm, note, rate, steps, sugar, widths)");
    JsonObject json = SCHEMA.standard().json();
    json.addProperty("zzzzzzzzzzzzzzz", "1");
    assertThatThrownBy(() -> Settings.of(SCHEMA, json))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "unknown brew option 'zzzzzzzzzzzzzzz' (choices: color, cups, gamma, max-norm, note, rate, steps, sugar, widths)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps | 0 | a whole number of at least 1",
        "steps | many | a whole number of at least 1",
        "steps | 1.5 | a whole number of at least 1",
        "steps | 99999999999999999999 | a whole number of at least 1",
        "gamma | 1.01 | a number from 0 to 1",
        "gamma | -0.1 | a number from 0 to 1",
        "gamma | NaN | a number from 0 to 1",
        "max-norm | Infinity | a number of at least 0",
        "max-norm | -1 | a number of at least 0",
        "color | green | one of dark-red, blue",
        "rate | -1 | a number of at least 0, or two for a straight line, such as 0.001..0",
        "rate | 1..2..3 | a number of at least 0, or two for a straight line, such as 0.001..0",
        "rate | NaN | a number of at least 0, or two for a straight line, such as 0.001..0",
        "rate | 0..Infinity | a number of at least 0, or two for a straight line, such as 0.001..0",
        "rate | 1.. | a number of at least 0, or two for a straight line, such as 0.001..0",
        "cups | 0 | a whole number of at least 1",
        "cups | 2147483648 | a whole number of at most 2147483647",
        "sugar | yes | one of on, off",
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
        .hasMessage("brew: expected a number from 0 to 1 for 'gamma', got '2.0'.");
  }

  @Test
  void aFlagIsOnOrOffInAnyCase() {
    assertThat(SCHEMA.standard().get(SUGAR)).isTrue();
    assertThat(SCHEMA.standard().parse("sugar", " OFF").get(SUGAR)).isFalse();
    assertThat(SCHEMA.standard().with(SUGAR, false)).hasToString("brew(sugar off)");
  }

  @Test
  void digitsMayBeGrouped() {
    assertThat(SCHEMA.standard().parse("steps", "2_000_000").get(STEPS)).isEqualTo(2_000_000);
    assertThat(SCHEMA.standard().parse("cups", "1_000").get(CUPS)).isEqualTo(1_000);
  }

  @Test
  void anOptionThatWasRenamedIsStillReadUnderItsOldName() {
    Settings old = SCHEMA.standard().parse("colour", "dark-red");
    assertThat(old).isEqualTo(SCHEMA.standard().with(COLOR, Color.DARK_RED));
    assertThat(old).hasToString("brew(color dark-red)");
    JsonObject json = SCHEMA.standard().json();
    json.remove("color");
    json.addProperty("colour", "dark-red");
    assertThat(Settings.of(SCHEMA, json)).isEqualTo(old);
    assertThatThrownBy(() -> SCHEMA.standard().parse("colour", "green"))
        .isInstanceOf(RetortException.class)
        .hasMessage("brew: expected one of dark-red, blue for 'color', got 'green'.");
  }

  @Test
  void anOptionOfAnotherSchemaIsRefusedEvenByTheSameName() {
    Schema other = new Schema("steep");
    Option<Double> gamma = other.real("gamma", 0.5).says("another");
    Option<Long> minutes = other.whole("minutes", 3L).says("how long");
    Settings settings = SCHEMA.standard();
    String own =
        " of steep. Its own are color, cups, gamma, max-norm, note, rate, steps, sugar, widths.";
    assertThatThrownBy(() -> settings.get(gamma))
        .isInstanceOf(RetortException.class)
        .hasMessage("brew: expected one of its own options, got 'gamma'" + own);
    assertThatThrownBy(() -> settings.with(minutes, 4L))
        .isInstanceOf(RetortException.class)
        .hasMessage("brew: expected one of its own options, got 'minutes'" + own);
  }

  @Test
  void aSchemaIncludesAnotherWithDefaultsOfItsOwn() {
    Schema last = new Schema("last");
    Option<Boolean> lid = last.flag("lid", false).says("whether there is one");
    Schema part = new Schema("part").endingWith(last);
    Option<Long> time = part.whole("time", 5L).from(1).says("how long");
    Option<Double> heat = part.real("heat", 80).says("how hot");
    Schema tea =
        new Schema("tea")
            .including(part)
            .standard(time, 3L)
            .standard(heat, Type.real(0, 100), 95.0)
            .standard(lid, true);
    Option<String> leaf = tea.option("leaf", Type.text("a leaf"), "green").says("which");
    assertThat(tea.standard().json())
        .hasToString("{\"time\":\"3\",\"heat\":\"95.0\",\"leaf\":\"green\",\"lid\":\"on\"}");
    Settings settings = tea.standard();
    assertThat(settings.get(time)).isEqualTo(3);
    assertThat(settings.get(heat)).isEqualTo(95);
    assertThat(settings.get(leaf)).isEqualTo("green");
    assertThat(settings.get(lid)).isTrue();
    assertThat(settings.with(time, 3L).differences()).isEmpty();
    assertThat(part.standard().get(time)).isEqualTo(5);
    assertThatThrownBy(() -> settings.with(heat, 101.0))
        .hasMessage("tea: expected a number from 0 to 100 for 'heat', got '101.0'.");
    assertThatThrownBy(() -> tea.standard(leaf, "black"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("tea option 'leaf' has its default where it is declared.");
  }

  @Test
  void aWordMayStandForANumber() {
    Type<Double> type = Type.orWord(Type.real(), "never", Double.POSITIVE_INFINITY);
    assertThat(type.read("brew", "stop", "never")).isInfinite();
    assertThat(type.read("brew", "stop", "7")).isEqualTo(7);
    assertThat(type.writer().apply(Double.POSITIVE_INFINITY)).isEqualTo("never");
    assertThatThrownBy(() -> type.read("brew", "stop", "soon"))
        .hasMessage("brew: expected a number, or never for 'stop', got 'soon'.");
  }

  @Test
  void choicesAreReadInAnyCaseWithEitherHyphen() {
    assertThat(SCHEMA.standard().parse("color", " Dark_RED").get(COLOR)).isEqualTo(Color.DARK_RED);
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
    for (Schedule no :
        List.of(
            new Schedule(Double.NaN, 0),
            new Schedule(0, Double.NaN),
            new Schedule(-1, 0),
            new Schedule(1, -0.1),
            new Schedule(Double.POSITIVE_INFINITY, 0))) {
      Schema schema = new Schema("brew");
      Option<Schedule> rate = schema.schedule("rate", 1).says("");
      assertThatThrownBy(() -> schema.standard().with(rate, no))
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("brew: expected a number of at least 0, or two")
          .hasMessageEndingWith("for 'rate', got '%s'.".formatted(no));
    }
  }

  @Test
  void anOptionCannotBeDeclaredTwice() {
    Schema schema = new Schema("brew");
    schema.whole("steps", 1).says("");
    assertThatThrownBy(() -> schema.real("pace", 1).formerly("steps").says(""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("brew: option 'steps' is declared twice.");
  }
}
