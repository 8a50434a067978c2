package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Nothing that Retort writes asks the machine for its language. The compiler refuses constant
 * formats that do (Error Prone's {@code DefaultLocale}); this looks, in the sources of every
 * module, for the forms that it lets pass.
 */
@Tag("once")
class LocaleRulesTest {
  private static final Path HOME = Path.of("..", "..");

  /** Below this the rules would hold because nothing is looked at. */
  private static final int FEWEST_SOURCES = 480;

  /** Comments, text blocks, strings and characters: what is no code. */
  private static final Pattern NO_CODE =
      Pattern.compile(
          "/\\*[\\s\\S]*?\\*/|//.*|(?<s>\"\"\"(?:\\\\[\\s\\S]|[^\\\\])*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\")|'(?:\\\\.[^']*|[^'\\\\])'");

  private static final List<Pattern> FORBIDDEN =
      Stream.of(
              "::(formatted|format|printf|toLowerCase|toUpperCase)\\b",
              "\\.to(Lower|Upper)Case\\(\\)",
              "\\.printf\\((?!(java\\.util\\.)?Locale\\.)",
              "\\bString\\.format\\((?!\"|(java\\.util\\.)?Locale\\.)",
              "\\b(System\\.console|Locale\\.[gs]etDefault)\\(",
              "\\bnew (java\\.util\\.)?Scanner\\(",
              "\\b(Message|Choice)Format\\b",
              "\\bCollator\\b",
              "\\bofLocalized\\w*\\(",
              // A format that is no constant is hidden from the compiler's rule.
              "(\\]|\\b(?![A-Z][A-Z_0-9]*\\.)\\w+)\\.formatted\\(")
          .map(Pattern::compile)
          .toList();

  private static final Pattern OF_PARENTHESES = Pattern.compile("\\)\\.formatted\\(");

  /** What stands before the parentheses of a call. */
  private static final Pattern CALL = Pattern.compile("\\b(?!return$)\\w+$");

  private static List<Path> sources() throws IOException {
    try (Stream<Path> lib = Files.walk(HOME.resolve("lib"));
        Stream<Path> kernel = Files.walk(HOME.resolve("kernel-extensions"))) {
      return Stream.concat(lib, kernel)
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().replace('\\', '/').contains("/src/main/"))
          .sorted()
          .toList();
    }
  }

  /** The first piece of the source that asks for the machine's language, if there is one. */
  private static String offence(String source) {
    String code =
        NO_CODE
            .matcher(source)
            .replaceAll(match -> match.group(1) == null ? " " : "\"\"")
            .replaceAll("\\s+", " ")
            .replaceAll(" ?([.()]|::) ?", "$1");
    for (Pattern pattern : FORBIDDEN) {
      Matcher matcher = pattern.matcher(code);
      if (matcher.find()) {
        return around(code, matcher.start());
      }
    }
    Matcher matcher = OF_PARENTHESES.matcher(code);
    while (matcher.find()) {
      int from = opening(code, matcher.start());
      boolean constant = code.substring(from, matcher.start()).matches("[ \"+()A-Z_0-9]*");
      if (!constant || CALL.matcher(code.substring(Math.max(0, from - 40), from)).find()) {
        return around(code, from);
      }
    }
    return "";
  }

  private static int opening(String code, int closing) {
    int depth = 0;
    for (int at = closing; at >= 0; at--) {
      depth += code.charAt(at) == ')' ? 1 : code.charAt(at) == '(' ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    return 0;
  }

  private static String around(String code, int at) {
    return code.substring(Math.max(0, at - 20), Math.min(code.length(), at + 40)).strip();
  }

  @Test
  void noSourceAsksForTheMachinesLanguage() throws IOException {
    Map<String, String> offences = new TreeMap<>();
    List<Path> sources = sources();
    for (Path file : sources) {
      String found = offence(Files.readString(file));
      if (!found.isEmpty()) {
        offences.put(file.toString(), found);
      }
    }
    assertThat(offences).isEmpty();
    assertThat(sources).hasSizeGreaterThan(FEWEST_SOURCES);
  }

  @Test
  void theCompilerRefusesFormatsThatDependOnTheLanguage() throws IOException {
    assertThat(Files.readString(HOME.resolve("pom.xml")))
        .contains("<arg>-Werror</arg>", "-Xep:DefaultLocale:WARN");
  }

  @Test
  void everyFormThatTheCompilerLetsPassIsFound() {
    assertThat(
            List.of(
                "format.formatted(1)",
                "text().formatted(1)",
                "(few ? one : many).formatted(1)",
                "(\"%d\" + more).formatted(1)",
                "map(String::toLowerCase)",
                "name.toUpperCase( )",
                "System.out.printf(\"%d\", 1)",
                "out.printf(pattern, 1)",
                "String.format(pattern, 1)",
                "x = String\n  .format(pattern, 1)",
                "new Scanner(in)",
                "java.text.MessageFormat.format(\"{0}\", 1)",
                "DateTimeFormatter.ofLocalizedDate(style)",
                "Locale.getDefault()"))
        .allSatisfy(code -> assertThat(offence(code)).isNotEmpty());
    assertThat(
            List.of(
                "\"%s\".formatted(1)",
                "FORMAT.formatted(1)",
                "(\"%s\"\n + \"text()\").formatted(x)",
                "(\"a \\\" (\" + \"%s\").formatted(x)",
                "\"\"\"\n\"%s\" (\n\"\"\"\n.formatted(x)",
                "// name.toLowerCase()\nx = \"String::format\";",
                "out.printf(Locale.ROOT, \"%d\", 1)",
                "name.toLowerCase(Locale.ROOT)",
                "c == '\"' ? \"%s\".formatted(x) : \"\""))
        .allSatisfy(code -> assertThat(offence(code)).isEmpty());
  }
}
