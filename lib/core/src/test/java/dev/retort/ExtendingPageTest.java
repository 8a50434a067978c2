package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/extending.md calls closed is closed, and what it does not name is not. */
@Tag("once")
class ExtendingPageTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern SEALED = Pattern.compile("(?m)^public (?:abstract )?sealed ");

  /** Sealed for the library's own sake: nobody would want one of their own. */
  private static final List<String> INTERNAL =
      List.of(
          "dev.retort.distill.Supervised",
          "dev.retort.option.Declaration",
          "dev.retort.plan.Peers",
          "dev.retort.run.CheckpointInterval",
          "dev.retort.run.RunEvent",
          "dev.retort.space.Perception");

  private static List<String> named() {
    return MarkdownTable.below("extending.md", "## What cannot be extended yet").column(1).stream()
        .map(cell -> "dev.retort." + cell.replace("`", ""))
        .toList();
  }

  @Test
  void whatThePageCallsClosedIsClosed() throws ClassNotFoundException {
    for (String name : named()) {
      Class<?> type = Class.forName(name);
      assertThat(type.isSealed() || type.isEnum() || Modifier.isFinal(type.getModifiers()))
          .as("%s is closed; where it is not, docs/extending.md shall show one of your own", name)
          .isTrue();
    }
  }

  @Test
  void everySealedTypeOfTheLibraryIsNamed() throws Exception {
    List<String> sealed;
    try (Stream<Path> all = Files.walk(SOURCES)) {
      sealed =
          all.filter(file -> file.toString().endsWith(".java"))
              .filter(file -> SEALED.matcher(text(file)).find())
              .map(file -> SOURCES.relativize(file).toString())
              .map(file -> file.replace(".java", "").replaceAll("[/\\\\]", "."))
              .toList();
    }
    assertThat(sealed).hasSizeGreaterThan(10);
    assertThat(Stream.concat(named().stream(), INTERNAL.stream())).containsAll(sealed);
    assertThat(sealed).containsAll(INTERNAL);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
