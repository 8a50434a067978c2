package dev.retort.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.paper.Reproduction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReproduceTest {
  @ParameterizedTest
  @CsvSource({"1, table-1", "2, table-2", "3, table-3", "fig5, figure-5"})
  void tablesAreChosenByTheirNumber(String table, String part) {
    assertThat(Reproduce.part("all", table)).isEqualTo(part);
    String explained = Reproduction.of("ensembles").set("only", part).explain();
    assertThat(explained).startsWith(part + "\n");
    assertThat(explained.split("\n", -1))
        .filteredOn(line -> line.startsWith("table-"))
        .hasSizeLessThan(2);
  }

  @Test
  void withoutATableTheWordsCount() {
    assertThat(Reproduce.part("Acrobot,Pendulum", "")).isEqualTo("Acrobot,Pendulum");
  }
}
