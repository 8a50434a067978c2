package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which format a file's name asks for. */
class DataFormatTest {
  @Test
  void endingsAreFoundInUpperAndLowerCaseAlike() {
    assertThat(DataFormat.of("save", Path.of("a", "Poles.SafeTensors")).endings())
        .contains(".safetensors");
  }

  @Test
  void unknownEndingsAreRefusedWithThoseThatThereAre() {
    for (String name : new String[] {"poles.xlsx", "poles", "safetensors"}) {
      assertThatThrownBy(() -> Dataset.open(Path.of(name)))
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("open dataset: expected a name that ends in one of .safetensors")
          .hasMessageContaining(
              "got '%s'. Name it '%s.safetensors'", name, name.replace(".xlsx", ""))
          .hasMessageContaining("lib/exchange");
    }
  }
}
