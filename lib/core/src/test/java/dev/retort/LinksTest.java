package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the pages link to is there. */
@Tag("once")
class LinksTest {
  private static final Path HOME = Path.of("../..");
  private static final Pattern LINK = Pattern.compile("!?\\[[^]\\n]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");

  @Test
  void everyLinkOfThePagesLeadsToAFileAndToAHeadingOfIt() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      String text = CODE.matcher(Files.readString(page)).replaceAll("");
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        links++;
        if (!leadsSomewhere(page, URI.create(link.group(1)))) {
          broken.add(link.group(1) + " in " + page);
        }
      }
    }
    assertThat(links).isGreaterThan(80);
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageIsFoundFromTheFrontPage() throws IOException {
    List<Path> reached = new ArrayList<>(List.of(HOME.resolve("README.md")));
    for (int i = 0; i < reached.size(); i++) {
      Path page = reached.get(i);
      for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
        Path to = page.resolveSibling(URI.create(link.group(1)).getPath()).normalize();
        if (to.toString().endsWith(".md") && Files.exists(to) && !reached.contains(to)) {
          reached.add(to);
        }
      }
    }
    assertThat(reached).containsAll(pages());
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(HOME.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  private static boolean leadsSomewhere(Path page, URI to) throws IOException {
    if (to.isAbsolute()) {
      return true; // elsewhere, where no test looks
    }
    Path file = to.getPath().isEmpty() ? page : page.resolveSibling(to.getPath());
    if (to.getFragment() == null || !Files.exists(file)) {
      return Files.exists(file);
    }
    return HEADING
        .matcher(Files.readString(file))
        .results()
        .map(heading -> anchor(heading.group(1)))
        .anyMatch(to.getFragment()::equals);
  }

  /** A heading as links call it: small letters, hyphens for blanks, no other marks. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} -]", "").replace(' ', '-');
  }
}
