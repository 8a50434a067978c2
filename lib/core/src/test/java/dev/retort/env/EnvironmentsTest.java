package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.control.CartPole;
import dev.retort.env.grid.FourRooms;
import org.junit.jupiter.api.Test;

class EnvironmentsTest {
  @Test
  void builtInEnvironmentsAreKnownByName() {
    assertThat(Environments.get("CartPole")).isEqualTo(new CartPole());
    assertThat(Environments.get("cartpole")).isEqualTo(new CartPole());
    assertThat(Environments.get("FourRooms")).isEqualTo(new FourRooms());
    assertThat(Environments.all()).contains(new CartPole(), new FourRooms());
  }

  @Test
  void gymnasiumsVersionMayBeGiven() {
    assertThat(Environments.get("CartPole-v1")).isEqualTo(new CartPole());
    assertThatThrownBy(() -> Environments.get("CartPool-v1"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageStartingWith("unknown environment 'CartPool-v1': did you mean 'CartPole'?");
  }

  @Test
  void aPartOfAFamilyIsKnownByTheNameThatTablesShow() {
    FourRooms train = new FourRooms().train(200);
    assertThat(train.name()).isEqualTo("FourRooms/train-200");
    assertThat(Environments.get("FourRooms/train-200")).isEqualTo(train);
    assertThat(Environments.get("fourrooms/test-40")).isEqualTo(new FourRooms().test(40));
  }

  @Test
  void aSingleTaskHasNoParts() {
    assertThatThrownBy(() -> Environments.get("CartPole/train-200"))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "CartPole: expected a family of tasks to take 200 train contexts from, got a single task. Families: FourRooms");
  }

  @Test
  void aUsersOwnIsKnownOnceRegistered() {
    Environments.register(new Corridor(5));
    assertThat(Environments.get("corridor")).isEqualTo(new Corridor(5));
    Environments.register(new Corridor(6));
    assertThat(Environments.get("corridor")).isEqualTo(new Corridor(6));
  }
}
