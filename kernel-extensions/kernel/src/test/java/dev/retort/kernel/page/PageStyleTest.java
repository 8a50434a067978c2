package dev.retort.kernel.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The style of pages: in the dark nothing is light but what is written, and paper cuts nothing. */
class PageStyleTest {
  private static final String DARK = "@media screen and (prefers-color-scheme: dark)";
  private static final String PRINT = "@media print";
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
  private static final Pattern HEX = Pattern.compile("#([0-9a-f]{3}|[0-9a-f]{6})\\b");
  private static final Pattern BACKGROUND =
      Pattern.compile("background(?:-color)?:\\s*([^;\"]+)[;\"]");

  /** Least contrast of text, of the Web Content Accessibility Guidelines, level AA. */
  private static final double READABLE = 4.5;

  /** Below this luminance, of 0 to 1, a ground is dark. */
  private static final double IS_DARK = 0.03;

  @TempDir Path folder;

  /** One rule of the style, outside of media or within one. */
  private record Rule(String media, String selector, Map<String, String> declarations) {}

  private final List<Rule> rules = rules();

  private static List<Rule> rules() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("page.css")) {
      List<Rule> rules = new ArrayList<>();
      String css = new String(in.readAllBytes(), UTF_8);
      parse("", COMMENT.matcher(css).replaceAll(""), rules);
      return rules;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void parse(String media, String css, List<Rule> rules) {
    int at = 0;
    while (css.indexOf('{', at) >= 0) {
      int open = css.indexOf('{', at);
      int close = closing(css, open);
      String selector = css.substring(at, open).strip();
      String body = css.substring(open + 1, close);
      if (selector.startsWith("@media")) {
        parse(selector, body, rules);
      } else {
        Map<String, String> declarations = new LinkedHashMap<>();
        for (String each : body.split(";", -1)) {
          if (!each.isBlank()) {
            String[] pair = each.split(":", 2);
            declarations.put(pair[0].strip(), pair[1].strip());
          }
        }
        rules.add(new Rule(media, selector, declarations));
      }
      at = close + 1;
    }
  }

  private static int closing(String css, int open) {
    int depth = 0;
    for (int i = open; i < css.length(); i++) {
      depth += css.charAt(i) == '{' ? 1 : css.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new AssertionError("page.css: a brace that is opened at " + open + " is not closed");
  }

  private Map<String, String> variables(String media) {
    return rules.stream()
        .filter(rule -> rule.media().equals(media) && rule.selector().equals(":root"))
        .map(Rule::declarations)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyColorComesFromAVariable() {
    assertThat(rules).hasSizeGreaterThan(50);
    for (Rule rule : rules) {
      if (!rule.selector().equals(":root")) {
        rule.declarations()
            .forEach(
                (name, value) ->
                    assertThat(value)
                        .as("%s { %s }", rule.selector(), name)
                        .doesNotContainPattern(HEX)
                        .doesNotContain("rgb", "hsl", "white", "black", "gray"));
      }
    }
  }

  @Test
  void everyVariableHasAValueForTheDark() {
    List<String> light =
        variables("").keySet().stream().filter(name -> name.startsWith("--")).toList();
    assertThat(light).hasSizeGreaterThan(15);
    assertThat(variables(DARK).keySet()).containsExactlyInAnyOrderElementsOf(light);
  }

  @Test
  void everyGroundIsDarkInTheDark() {
    List<String> grounds = new ArrayList<>();
    for (Rule rule : rules) {
      String ground = rule.declarations().getOrDefault("background", "none");
      Matcher variable = Pattern.compile("var\\((--[\\w-]+)\\)").matcher(ground);
      if (variable.find()) {
        grounds.add(variable.group(1));
      } else {
        assertThat(ground).as(rule.selector()).isEqualTo("none");
      }
    }
    assertThat(grounds).contains("--paper", "--code");
    for (String ground : grounds) {
      assertThat(luminance(variables(DARK).get(ground))).as(ground).isLessThan(IS_DARK);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", DARK})
  void everythingThatIsWrittenCanBeReadOnItsGround(String media) {
    Map<String, String> colors = variables(media);
    for (String text : List.of("ink", "soft", "accent", "error", "good", "com")) {
      requireReadable(colors, text, "paper");
    }
    for (String text : List.of("ink", "key", "typ", "str", "num", "com", "fun", "mag")) {
      requireReadable(colors, text, "code");
    }
  }

  private static void requireReadable(Map<String, String> colors, String text, String ground) {
    double a = luminance(colors.get("--" + text)) + 0.05;
    double b = luminance(colors.get("--" + ground)) + 0.05;
    assertThat(Math.max(a, b) / Math.min(a, b))
        .as("contrast of --%s on --%s", text, ground)
        .isGreaterThanOrEqualTo(READABLE);
  }

  /** Relative luminance of a color such as {@code #17191d}, from 0, black, to 1, white. */
  private static double luminance(String hex) {
    assertThat(hex).matches(HEX);
    String six = hex.length() == 7 ? hex : hex.replaceAll("([0-9a-f])", "$1$1");
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(six.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  /** What cards and tables bring in their own style is no ground, but a bar or a mark on it. */
  @ParameterizedTest
  @ValueSource(strings = {"01-quickstart", "02-benchmarks", "20-dqinit"})
  void nothingThatAnOutputBringsIsALightGround(String notebook) throws IOException {
    Path page = folder.resolve("page.html");
    HtmlPage.write(Path.of("../../notebooks", notebook + ".ipynb"), page);
    String html = Files.readString(page);
    List<String> grounds =
        BACKGROUND
            .matcher(html.substring(html.indexOf("</style>")))
            .results()
            .map(found -> found.group(1).strip())
            .toList();
    assertThat(grounds).isNotEmpty();
    for (String ground : grounds) {
      boolean letsThrough = ground.equals("transparent") || ground.startsWith("rgba(128,128,128,");
      assertThat(letsThrough || luminance(ground) < 0.3).as(ground).isTrue();
    }
  }

  /**
   * What a declaration of the paper is for an element; rules that say {@code a, b} are for both.
   */
  private Stream<String> onPaper(String element, String declaration) {
    return rules.stream()
        .filter(rule -> rule.media().equals(PRINT))
        .filter(rule -> List.of(rule.selector().split(",\\s*(?![^(]*\\))", -1)).contains(element))
        .filter(rule -> rule.declarations().containsKey(declaration))
        .map(rule -> rule.declarations().get(declaration));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".html > * | break-inside | avoid", // cards
        ".picture | break-inside | avoid",
        ".source | break-inside | avoid",
        "table | break-inside | avoid",
        "tr | break-inside | avoid",
        "img | break-inside | avoid",
        "svg | break-inside | avoid",
        "h2 | break-after | avoid",
        ".source | break-after | avoid", // what a cell shows begins below it
        "thead | display | table-header-group", // again on every page
        ".output | overflow | visible !important",
        ".output * | overflow | visible !important",
        ".output * | max-height | none !important",
        ".output pre | white-space | pre-wrap",
        ".html :is(th, td) | white-space | normal !important",
        ".html table | max-width | 100%",
        ".html table:has(th:nth-child(24)) | overflow-wrap | anywhere",
        ":root | --paper | #fff",
      })
  void paperCutsNoTableAndSplitsNoCard(String element, String declaration, String value) {
    assertThat(onPaper(element, declaration)).containsExactly(value);
  }

  @Test
  void outsideOfPaperWideOutputsAreScrolledNotCut() {
    assertThat(rules)
        .filteredOn(rule -> rule.media().isEmpty() && rule.selector().equals(".output"))
        .extracting(rule -> rule.declarations().get("overflow-x"))
        .containsExactly("auto");
  }
}
