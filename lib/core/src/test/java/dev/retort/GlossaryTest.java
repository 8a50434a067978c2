package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The words of docs/glossary.md hold in all modules. */
@Tag("once")
class GlossaryTest {
  private static final Path HOME = Path.of("../..");

  /** Comments and texts, in which words of any spelling may stand. */
  private static final Pattern PROSE =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);

  private static final Pattern BRITISH =
      Pattern.compile(
          "\\b\\w*(?:ehaviour|olour|ormalis|nitialis|ptimiser|eighbour|eneralis(?!t)|iscretis|erialis|ioritis|abelled|[cC]entre)\\w*");

  private static List<Path> sources(String set) {
    List<Path> found = new ArrayList<>();
    for (String part : List.of("lib", "kernel-extensions")) {
      try (Stream<Path> all = Files.walk(HOME.resolve(part))) {
        all.filter(file -> file.toString().endsWith(".java"))
            .filter(file -> file.toString().contains("/src/" + set))
            .forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(found).hasSizeGreaterThan(100);
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void wordsThatAreNotUsedAreNot() throws IOException {
    List<Path> pages = new ArrayList<>(sources("main"));
    pages.add(HOME.resolve("README.md"));
    try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.endsWith("glossary.md"))
          .forEach(pages::add);
    }
    List<String> met = new ArrayList<>();
    for (String cell : MarkdownTable.below("glossary.md", "## Words that are not used").column(0)) {
      for (String word : cell.replace("`", "").split(",\\s*", -1)) {
        Pattern pattern = Pattern.compile("\\b" + word + "\\b", Pattern.CASE_INSENSITIVE);
        for (Path page : pages) {
          // Names of files of before may keep their words.
          String text = read(page).replaceAll("(?m)formerly\\(.*|^.*\"behaviour-cloning\".*$", "");
          if (pattern.matcher(text).find()) {
            met.add(word + " in " + page);
          }
        }
      }
    }
    assertThat(met).isEmpty();
  }

  @Test
  void namesThatAreNotUsedAreNot() {
    List<Pattern> names = new ArrayList<>();
    for (String cell : MarkdownTable.below("glossary.md", "## Names that are not used").column(0)) {
      for (String name : cell.replace("`", "").split(",\\s*", -1)) {
        names.add(Pattern.compile("\\b" + name + "\\b"));
      }
    }
    List<String> met = new ArrayList<>();
    for (String set : List.of("main", "test")) {
      for (Path file : sources(set)) {
        String code = PROSE.matcher(read(file)).replaceAll(" ");
        names.stream()
            .filter(name -> name.matcher(code).find())
            .forEach(name -> met.add(name + " in " + file));
      }
    }
    assertThat(names).hasSizeGreaterThan(2);
    assertThat(met).isEmpty();
  }

  @Test
  void noTwoClassesShareAName() {
    Map<String, List<String>> named = new TreeMap<>();
    for (Path file : sources("main")) {
      named
          .computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>())
          .add(file.toString());
    }
    named.remove("package-info.java");
    assertThat(named.values()).allSatisfy(files -> assertThat(files).hasSize(1));
  }

  @Test
  void identifiersAreSpelledTheAmericanWay() {
    List<String> met = new ArrayList<>();
    for (String set : List.of("main", "test")) {
      for (Path file : sources(set)) {
        Matcher british = BRITISH.matcher(PROSE.matcher(read(file)).replaceAll(" "));
        while (british.find()) {
          met.add(british.group() + " in " + file);
        }
      }
    }
    assertThat(met).isEmpty();
  }

  /** Titles of works keep their spelling, and names in files of before theirs. */
  @Test
  void proseIsSpelledTheAmericanWay() throws IOException {
    Pattern british =
        Pattern.compile(
            "(?i)behaviour|colour|ormalis|nitialis|optimis(?!m|t)|neighbour|generalis(?!t|ation in)"
                + "|discretis|serialis|prioritis|abelled|centre|favour|licence(?!s)|\\bgreys?\\b");
    List<String> met = new ArrayList<>();
    for (Path file : sources("main")) {
      Matcher prose = PROSE.matcher(read(file));
      while (prose.find()) {
        String text = prose.group().replaceAll("^\"\\S*\"$", "");
        Matcher found = british.matcher(text);
        if (found.find()) {
          met.add(found.group() + " in " + file);
        }
      }
    }
    try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
      for (Path page :
          Stream.concat(docs, Stream.of(HOME.resolve("README.md")))
              .filter(file -> file.toString().endsWith(".md"))
              .filter(file -> !file.endsWith("glossary.md"))
              .toList()) {
        Matcher found = british.matcher(read(page));
        if (found.find()) {
          met.add(found.group() + " in " + page);
        }
      }
    }
    assertThat(met).isEmpty();
  }

  @Test
  void theGlossaryPointsAtWhatThereIs() {
    Pattern name = Pattern.compile("`([a-z]+)\\.([A-Z]\\w+)");
    for (List<String> row : MarkdownTable.below("glossary.md", "## Words that are").rows()) {
      Matcher found = name.matcher(row.get(2));
      while (found.find()) {
        Path file =
            HOME.resolve("lib/core/src/main/java/dev/retort")
                .resolve(found.group(1))
                .resolve(found.group(2) + ".java");
        assertThat(file).as(row.get(0)).exists();
      }
    }
  }
}
