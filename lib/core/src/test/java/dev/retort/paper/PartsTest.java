package dev.retort.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.UnknownNameException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static final List<String> ALL =
      List.of("CartPole, PPO", "CartPole, DQN", "Acrobot, DQN", "table-1");

  private static List<String> chosen(String... words) {
    return new Parts(List.of(words)).of("part", ALL, name -> name);
  }

  @Test
  void aWholeNameIsOnePartThoughItHasAComma() {
    assertThat(chosen("CartPole, DQN")).containsExactly("CartPole, DQN");
    assertThat(chosen("cartpole, dqn", "table")).containsExactly("CartPole, DQN", "table-1");
  }

  @Test
  void wordsThatAreInNoNameTogetherAreSeveral() {
    assertThat(chosen("Acrobot, table")).containsExactly("Acrobot, DQN", "table-1");
    assertThat(chosen("CartPole", "DQN")).hasSize(3);
    assertThat(chosen("cartpole+dqn")).containsExactly("CartPole, DQN");
    assertThat(chosen()).isEqualTo(ALL);
    assertThatThrownBy(() -> chosen("Acrobot, tabel"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageStartingWith("unknown part 'tabel'");
  }

  @Test
  void aNameWithACommaIsTheSameAfterItWasWrittenDown() {
    Reproduction plan = Reproduction.of("benchmarks").only("CartPole, DQN", "Acrobot");
    String written = plan.settings().changes().get("only");
    assertThat(written).isEqualTo("CartPole, DQN,Acrobot");
    assertThat(Reproduction.of("benchmarks").set("only", written).settings())
        .isEqualTo(plan.settings());
  }
}
