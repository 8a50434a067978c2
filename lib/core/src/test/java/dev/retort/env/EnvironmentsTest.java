package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.control.CartPole;
import dev.retort.env.grid.FourRooms;
import dev.retort.env.grid.FrozenLake;
import dev.retort.env.reach.Reacher;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

@InEveryLocale
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
            "CartPole: expected a family of tasks to take 200 train contexts from, got a single task. Families: Acrobot-varied, ")
        .hasMessageEndingWith(" Or vary a parameter of this one: varying(\"gravity\", low, high).");
  }

  @Test
  void whatWasMadeOfAnEnvironmentStandsBehindSlashes() {
    CartPole pole = new CartPole();
    List<Env> made =
        List.of(
            pole.frameStack(4),
            pole.timeLimit(50).actionRepeat(3).stickyActions(0.25),
            pole.varying("gravity", 7, 13).varying("noise", 0, 1e-4).test(30).frameStack(2),
            new FourRooms().reachable(5).task(3),
            new FrozenLake().oneHot().timeLimit(20),
            pole.lastAction().lastReward().stickyActions(0.25),
            new Reacher().symmetry(4).test(8),
            new Reacher().narrowed(Reacher.Part.SYMMETRIC, 16));
    assertThat(made)
        .extracting(Env::name)
        .containsExactly(
            "CartPole/frameStack-4",
            "CartPole/timeLimit-50/actionRepeat-3/stickyActions-0.25",
            "CartPole/gravity-7.0..13.0/noise-0.0..1.0E-4/test-30/frameStack-2",
            "FourRooms/reachable-5/task-3",
            "FrozenLake/timeLimit-20/oneHot",
            "CartPole/lastAction/lastReward/stickyActions-0.25",
            "Reacher-C4/test-8",
            "Reacher/symmetric-16");
    for (Env env : made) {
      assertThat(Environments.get(env.name())).isEqualTo(env);
    }
    assertThat(Environments.get("cartpole-v1/framestack-4")).isEqualTo(pole.frameStack(4));
  }

  @Test
  void partsThatAreNotKnownAreRefused() {
    assertThatThrownBy(() -> Environments.get("CartPole/frameStack"))
        .hasMessage(
            "CartPole: expected a part such as train-200, validation-40, test-200 or task-3, or a wrapper (timeLimit-200, frameStack-4, actionRepeat-2, stickyActions-0.25, lastAction, lastReward, oneHot, eachTask), got 'frameStack'.");
    assertThatThrownBy(() -> Environments.get("FourRooms/trian-20"))
        .hasMessageStartingWith("unknown part of FourRooms 'trian': did you mean 'train'?");
    assertThatThrownBy(() -> Environments.get("CartPole/gravty-1..2"))
        .hasMessageStartingWith("unknown parameter of CartPole 'gravty': did you mean 'gravity'?");
    assertThatThrownBy(() -> Environments.get("Reacher/frame-20"))
        .hasMessageStartingWith("unknown part of Reacher 'frame'");
  }

  @Test
  void aUsersOwnIsKnownOnceRegistered() {
    Environments.register(new Corridor(5));
    assertThat(Environments.get("corridor")).isEqualTo(new Corridor(5));
    Environments.register(new Corridor(6));
    assertThat(Environments.get("corridor")).isEqualTo(new Corridor(6));
  }

  @Test
  void aNameThatIsTakenByAnotherKindIsRefused() {
    Env mine =
        (Env)
            Proxy.newProxyInstance(
                Env.class.getClassLoader(),
                new Class<?>[] {Env.class},
                (env, method, arguments) -> "CartPole");
    assertThatThrownBy(() -> Environments.register(mine))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "register: expected a name of its own, got 'CartPole', which is CartPole here. Override name().");
    assertThatThrownBy(() -> Environments.register(null))
        .hasMessageStartingWith("register: expected an environment, got null.");
  }

  @Test
  void aNameWhoseJarIsAbsentSaysSo() {
    assertThatThrownBy(() -> Environments.get("gym:CartPole-v1/frameStack-2"))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "environment 'gym:CartPole-v1': expected a name that begins with that of a built-in one, got 'gym:'.")
        .hasMessageContaining("retort-exchange");
  }
}
