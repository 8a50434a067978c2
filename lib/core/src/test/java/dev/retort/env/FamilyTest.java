package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.control.CartPole;
import dev.retort.env.control.MountainCar;
import dev.retort.env.grid.FourRooms;
import dev.retort.figure.Numbers;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FamilyTest {
  private final Family poles =
      new CartPole().varying("gravity", 7, 13).varying("halfLength", 0.35, 0.65);

  @Test
  void aTaskOfTheFamilyIsTheEnvironmentWithWhatWasDrawn() {
    Family train = poles.train(20);
    RandomStream probe = RandomStream.of(2, "family test");
    for (int context = 0; context < 20; context++) {
      Map<String, Double> drawn = train.drawn(context);
      CartPole alone =
          new CartPole()
              .with("gravity", drawn.get("gravity"))
              .with("halfLength", drawn.get("halfLength"));
      double[] state = new double[train.stateSize()];
      double[] expected = new double[4];
      train.reset(context, state, RandomStream.of(3, "start", context));
      alone.reset(expected, RandomStream.of(3, "start", context));
      for (int t = 0; t < 30; t++) {
        float[] action = {probe.nextInt(2)};
        assertThat(train.step(state, action, probe)).isEqualTo(alone.step(expected, action, probe));
        assertThat(Arrays.copyOf(state, 4)).isEqualTo(expected);
        assertThat(train.terminated(state)).isEqualTo(alone.terminated(expected));
      }
    }
  }

  @Test
  void parametersAreDrawnUniformlyWithinTheirRange() {
    double sum = 0;
    double least = 99;
    double most = 0;
    for (int context = 0; context < 2000; context++) {
      double gravity = poles.drawn(context).get("gravity");
      sum += gravity;
      least = Math.min(least, gravity);
      most = Math.max(most, gravity);
    }
    assertThat(sum / 2000).isBetween(9.8, 10.2);
    assertThat(least).isBetween(7.0, 7.05);
    assertThat(most).isBetween(12.95, 13.0);
  }

  @Test
  void partsShareNoTaskAndSmallOnesBeginLargeOnes() {
    Set<Map<String, Double>> all = new HashSet<>();
    for (Split split : Split.values()) {
      Family part = poles.split(split, 300);
      for (int context = 0; context < 300; context++) {
        all.add(part.drawn(context));
      }
      assertThat(poles.split(split, 3).drawn(2)).isEqualTo(part.drawn(2));
    }
    assertThat(all).hasSize(900);
  }

  @Test
  void oneParameterMoreLeavesTheDrawsOfTheOthers() {
    assertThat(poles.varying("force", 5, 15).drawn(4)).containsAllEntriesOf(poles.drawn(4));
    assertThat(poles.varying("gravity", 1, 2).drawn(4).get("halfLength"))
        .isEqualTo(poles.drawn(4).get("halfLength"));
    assertThat(poles.with("familySeed", 1).drawn(4)).isNotEqualTo(poles.drawn(4));
  }

  @Test
  void contextsAreTheSameInEveryProcess() {
    Family train = poles.split(Split.TRAIN, 3);
    assertThat(train.drawn(0))
        .isEqualTo(Map.of("gravity", 8.596234513310064, "halfLength", 0.6141264380367268));
  }

  @Test
  void rangesAreParametersToo() {
    assertThat(poles.parameters())
        .containsEntry("gravity.low", 7.0)
        .containsEntry("gravity.high", 13.0)
        .containsEntry("force", 10.0)
        .containsEntry("familySeed", 0.0)
        .doesNotContainKey("gravity");
    assertThat(poles.with("gravity.high", 8).drawn(5).get("gravity")).isBetween(7.0, 8.0);
    assertThat(poles.with("force", 5).toString())
        .isEqualTo("CartPole(force 5.0) varying gravity 7.0..13.0, halfLength 0.35..0.65");
    assertThat(poles.test(4).with("familySeed", 9).toString())
        .endsWith("halfLength 0.35..0.65, test 4, seed 9");
  }

  @Test
  void aFamilyMayHaveANameOfItsOwn() {
    Family planets = new CartPole().varying("gravity", 1, 25).named("planets");
    assertThat(planets.train(3).name()).isEqualTo("CartPole-planets/train-3");
    Environments.register(planets);
    assertThat(Environments.get("CartPole-planets/train-3")).isEqualTo(planets.train(3));
  }

  @Test
  void theFamiliesForTransferAreKnown() {
    Family cars = (Family) Environments.get("MountainCar-varied");
    assertThat(cars.ranges())
        .containsExactly(
            new Family.Range("force", 0.0009, 0.0014), new Family.Range("gravity", 0.0022, 0.0028));
    assertThat(Environments.families()).contains("CartPole-varied", "Acrobot-varied");
    assertThat(cars.timeLimit(100).train(6).name())
        .isEqualTo("MountainCar-varied/train-6/timeLimit-100");
  }

  @Test
  void oneTaskIsAnEnvironmentOfItsOwn() {
    Env third = poles.train(5).task(3);
    assertThat(third.contexts()).isEqualTo(1);
    double[] one = new double[third.stateSize()];
    double[] other = new double[third.stateSize()];
    third.reset(one, RandomStream.of(1, "start"));
    poles.train(5).reset(3, other, RandomStream.of(1, "start"));
    assertThat(one).isEqualTo(other);
    assertThatThrownBy(() -> third.train(2))
        .hasMessageStartingWith(
            "CartPole/gravity-7.0..13.0/halfLength-0.35..0.65/train-5/task-3: expected a family of tasks to take 2 train contexts from, got a single task.");
    assertThatThrownBy(() -> poles.train(5).task(5))
        .hasMessageEndingWith(": expected a task from 0 to 4, got 5.");
  }

  @Test
  void whatCannotVaryIsRefused() {
    assertThatThrownBy(() -> new CartPole().varying("gravty", 1, 2))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageStartingWith("unknown parameter of CartPole 'gravty': did you mean 'gravity'?");
    assertThatThrownBy(() -> new CartPole().varying("gravity", 2, 1))
        .isInstanceOf(RetortException.class)
        .hasMessage("CartPole: expected gravity to vary from low to high, got 2.0 to 1.0.");
    assertThatThrownBy(() -> new CartPole().varying("massPole", -1, 1))
        .hasMessage("CartPole: expected massPole to be finite and positive, got -1.");
    assertThatThrownBy(() -> new MountainCar().varying("horizon", 100, 200))
        .hasMessageStartingWith(
            "MountainCar: expected tasks with a horizon of 200 and a state of 2 numbers when horizon varies, got some with a horizon of ");
    assertThatThrownBy(() -> new CartPole().varying("trackLimit", 1, 2))
        .hasMessageContaining("when trackLimit varies");
    assertThatThrownBy(() -> new FourRooms().varying("familySeed", 0, 9))
        .hasMessageStartingWith("FourRooms: expected a single task to vary, got a family.");
    assertThatThrownBy(() -> poles.named("a/b"))
        .hasMessage("CartPole: expected a name of letters and digits for a family, got 'a/b'.");
    assertThatThrownBy(() -> poles.train(0))
        .hasMessage("CartPole: expected at least 1 train context, got 0.");
    assertThatThrownBy(() -> poles.train(3).reset(3, new double[6], RandomStream.at(0)))
        .hasMessageEndingWith("train-3: expected a context from 0 to 2, got 3.");
  }

  @Test
  void aTaskSaysWhatWasDrawnForIt() {
    Family poles = Environments.get("CartPole").varying("gravity", 7, 13).train(4);
    double gravity = poles.drawn(3).get("gravity");
    String rounded = Numbers.fixed(gravity, gravity < 9.95 ? 1 : 0);
    Env task = poles.task(3);
    assertThat(task.title())
        .isEqualTo("CartPole/train-4/task-3 (gravity " + rounded.replaceFirst("\\.0$", "") + ")");
    assertThat(task).asString().contains("varying gravity").endsWith(task.title().substring(16));
    assertThat(task.drawn(0)).isEqualTo(poles.drawn(3));
    assertThat(task.timeLimit(40).title())
        .isEqualTo(task.title().replace("/task-3", "/timeLimit-40/task-3"));
    assertThat(poles.task(2).title()).isNotEqualTo(task.title().replace("task-3", "task-2"));
    assertThat(poles.title()).isEqualTo(poles.name());
    assertThat(Environments.get("FourRooms").train(3).task(1).title())
        .isEqualTo("FourRooms/train-3/task-1");
    Env two = Environments.get("CartPole-varied").train(4).task(1);
    assertThat(two.title())
        .matches("CartPole-varied/train-4/task-1 \\(\\w+ [\\d.]+(, \\w+ [\\d.]+)*\\)");
  }
}
