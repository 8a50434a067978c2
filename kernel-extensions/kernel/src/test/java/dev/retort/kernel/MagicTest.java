package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MagicTest {
  @Test
  void whereNoNameIsNearAllAreListedHoweverManyThereAre() {
    Set<String> names =
        IntStream.range(10, 60).mapToObj(i -> "magic" + i).collect(Collectors.toSet());
    String all =
        new TreeSet<>(names)
            .stream().map(name -> "%" + name).collect(Collectors.joining(", ", "There are ", "."));
    assertThat(Magic.hint("%", "qq", names, "%%", Set.of())).isEqualTo(all);
    names.add("rl");
    assertThat(Magic.hint("%", "help", names, "%%", Set.of()))
        .contains("%magic10", "%magic59")
        .endsWith(" %rl explains them.");
  }
}
