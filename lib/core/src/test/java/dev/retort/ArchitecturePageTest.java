package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/architecture.md is true of the code. */
@Tag("once")
class ArchitecturePageTest {
  private static final String PAGE = "architecture.md";
  private static final Path HOUSE = Path.of("src/main/java/dev/retort");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static List<String> code(String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = CODE.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void storeysAreThoseOfTheRules() {
    List<List<String>> rows = MarkdownTable.below(PAGE, "## Storeys").rows();
    List<List<String>> storeys = ArchitectureRulesTest.STOREYS;
    assertThat(rows).hasSameSizeAs(storeys);
    for (int i = 0; i < rows.size(); i++) {
      int storey = storeys.size() - i;
      assertThat(rows.get(i).get(0)).isEqualTo(String.valueOf(storey));
      assertThat(code(rows.get(i).get(1)))
          .containsExactlyInAnyOrderElementsOf(storeys.get(storey - 1));
    }
  }

  @Test
  void everyPackageHasItsRoomAndEveryFileIsThere() {
    List<String> packages = ArchitectureRulesTest.STOREYS.stream().flatMap(List::stream).toList();
    MarkdownTable rooms = MarkdownTable.below(PAGE, "## Rooms");
    assertThat(rooms.column(0).stream().flatMap(cell -> code(cell).stream()).toList())
        .containsExactlyInAnyOrderElementsOf(packages);
    for (List<String> room : rooms.rows()) {
      String file = code(room.get(2)).get(0);
      assertThat(file).startsWith(code(room.get(0)).get(0) + "/");
      assertThat(HOUSE.resolve(file + ".java")).exists();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"## From an environment to a table", "## From a notebook cell to a gradient"})
  void inAPathEachClassNamesTheNext(String heading) throws IOException {
    List<String> before = new ArrayList<>();
    int arrows = 0;
    for (String line : MarkdownTable.section(PAGE, heading).lines().toList()) {
      if (!line.matches("\\d+\\. .*")) {
        continue;
      }
      String file = code(line).get(0);
      String text = Files.readString(HOUSE.resolve(file + ".java"));
      if (!line.startsWith("1.")) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        assertThat(before.get(before.size() - 1)).as(line).containsPattern("\\b" + name + "\\b");
        arrows++;
      }
      before.add(text);
    }
    assertThat(arrows).isGreaterThan(4);
  }
}
