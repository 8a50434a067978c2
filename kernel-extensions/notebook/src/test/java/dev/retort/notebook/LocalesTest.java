package dev.retort.notebook;

import static dev.retort.Retort.compare;
import static dev.retort.Retort.env;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.render;
import static dev.retort.Retort.runs;
import static dev.retort.Retort.solve;
import static dev.retort.Retort.timeTo;
import static dev.retort.Retort.train;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Evaluation;
import dev.retort.plan.Curves;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One small experiment gives the same files, names, texts, pages and pictures whatever the
 * machine's language.
 */
class LocalesTest {
  private static final Locale BEFORE = Locale.getDefault();
  private static Map<String, String> expected;

  @BeforeAll
  static void experimentWithoutALanguage() throws IOException {
    expected = experiment(Locale.ROOT);
  }

  @AfterAll
  static void goHome() {
    Locale.setDefault(BEFORE);
  }

  private static Map<String, String> experiment(Locale locale) throws IOException {
    Locale.setDefault(locale);
    Map<String, String> made = new TreeMap<>();
    Path folder;
    try (Desk desk = Desk.open()) {
      folder = Path.of(System.getProperty("retort.runs"));
      learn(desk, made);
      magics(desk, made);
      made.put("runs", runs().toString());
      desk.shown.forEach(bundle -> assertThat(bundle.text()).doesNotContainPattern(OTHER_DIGITS));
      files(folder, made);
    }
    made.replaceAll((name, text) -> text.replace(folder.toString(), "RUNS"));
    made.replaceAll((name, text) -> untimed(text));
    return made;
  }

  private static final String OTHER_DIGITS = "[\\p{Nd}&&[^0-9]]";

  private static void learn(Desk desk, Map<String, String> made) throws IOException {
    Env family = env("CartPole").varying("halfLength", 0.25, 1.75);
    Env sticky = env("CartPole").with("halfLength", 0.625).stickyActions(0.125).timeLimit(60);
    Policy teacher =
        (Policy)
            desk.line("%teacher PPO CartPole --steps 1024 --network mlp:8 --learning-rate 2.5e-4");
    desk.variables.put("teacher", teacher);
    desk.variables.put("sticky", sticky);
    Dataset data =
        (Dataset) desk.line("%collect 1500 --from teacher --on sticky --epsilon 0.05 --seed 3");
    desk.variables.put("data", data);
    Ensemble students =
        (Ensemble)
            desk.cell(
                "%%distill students\nfrom data\ninto mlp 4\nmembers 2\nepochs 2\nloss kl:0.5");
    Evaluation evaluation =
        (Evaluation) desk.line("%evaluate teacher students --on CartPole,sticky --episodes 12");
    Curves curves = train(ppo().steps(1024).network(mlp(8))).on(env("CartPole")).seeds(3).run();
    Comparison comparison = compare("alone", curves).and("again", curves).by(timeTo(12.5)).run();
    Env lake = env("FrozenLake");
    var solution = solve(lake).discount(0.95).run();
    var prior = qPrior(solution.policy()).on(lake).run();
    for (Object value :
        List.of(
            family,
            sticky,
            teacher,
            data,
            students,
            evaluation,
            curves,
            comparison,
            solution,
            prior,
            lake)) {
      shown(value, made);
    }
    shown(evaluation.table(), made);
    shown(evaluation.episodes(), made);
    shown(curves.table(), made);
    made.put("printed", evaluation.table().print() + curves.table().print());
    made.put("csv", evaluation.table().write().toString("csv"));
    shown(evaluation.plot(), made);
    shown(curves.plot(), made);
    shown(comparison.plot(), made);
    shown(render(teacher).on(sticky).steps(6).run(), made);
    made.put(
        "explained",
        train(ppo().steps(123_456).network(mlp(8))).on(family).seeds(20).explain().toString());
  }

  /** What a value looks like, in all its forms. */
  private static void shown(Object value, Map<String, String> made) {
    Bundle bundle = Renderings.of(value);
    made.put(made.size() + " " + value.getClass().getSimpleName(), bundle.data().toString());
  }

  private static void magics(Desk desk, Map<String, String> made) {
    for (String magic :
        List.of(
            "%env CartPole --set halfLength=0.75",
            "%teacher DQN CartPole --epsilon 0.025 --steps 2_000 --java",
            "%teacher DQN CartPole-varied/train-4 --preset CARTPOLE --java",
            "%runs",
            "%envs LAKE",
            "%rl teacher",
            "%plot 1 --smooth 2")) {
      Object value = desk.line(magic);
      made.put(magic, value + " " + desk.last().text());
    }
  }

  private static void files(Path folder, Map<String, String> made) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        byte[] bytes = Files.readAllBytes(file);
        boolean text = name.endsWith(".json") || name.endsWith(".csv");
        made.put(name, text ? new String(bytes, UTF_8) : Base64.getEncoder().encodeToString(bytes));
      }
    }
  }

  /** Without the hour, what a clock measured, and the checksum of a file that holds them. */
  private static String untimed(String text) {
    return text.replaceAll("(?s)(\"updated\".*\"checksum\": )\"[0-9a-f]{64}\"", "$1CHECKSUM")
        .replaceAll("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "TIME")
        .replaceAll("\"seconds\": ?[0-9.E-]+", "SECONDS")
        .replaceAll("[0-9]+(\\.[0-9])? s\\b", "SECONDS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "de-DE", "tr-TR", "th-TH-u-ca-buddhist-nu-thai"})
  void theSameExperimentGivesTheSameBytes(String tag) throws IOException {
    Map<String, String> made = experiment(Locale.forLanguageTag(tag));
    assertThat(made.keySet()).isEqualTo(expected.keySet());
    for (String name : made.keySet()) {
      assertThat(made.get(name)).as(name).isEqualTo(expected.get(name));
    }
  }

  @Test
  void theExperimentHasFilesOfEveryKind() {
    assertThat(expected).containsKeys("0001/spec.json", "0001/status.json", "0001/curve.csv");
    assertThat(expected.get("printed")).contains(".");
  }
}
