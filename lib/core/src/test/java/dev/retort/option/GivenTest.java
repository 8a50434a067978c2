package dev.retort.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import org.junit.jupiter.api.Test;

class GivenTest {
  @Test
  void whatIsThereIsGivenBack() {
    assertThat(Given.given("train", "a word", "word")).isEqualTo("word");
    assertThat(Given.given("train", "words", new String[] {"a", "b"})).containsExactly("a", "b");
  }

  @Test
  void nullAndNothingAreRefusedInWords() {
    assertThatThrownBy(() -> Given.given("train", "an environment", (Object) null))
        .isInstanceOf(RetortException.class)
        .hasMessage("train: expected an environment, got null. Did its cell fail?");
    assertThatThrownBy(() -> Given.given("evaluate", "a policy", new String[] {"a", null}))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("evaluate: expected a policy, got null.");
    assertThatThrownBy(() -> Given.given("evaluate", "a policy", new String[0]))
        .isInstanceOf(RetortException.class)
        .hasMessage("evaluate: expected a policy, got none.");
  }
}
