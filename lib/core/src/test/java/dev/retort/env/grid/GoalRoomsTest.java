package dev.retort.env.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.env.Environments;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoalRoomsTest {
  private static final GoalRooms ROOMS = new GoalRooms();
  private static final int GOLDEN_HASH = 1304445601;

  /** Start and goal of a context. */
  private static double[] context(Env part, int context) {
    double[] state = new double[2];
    part.reset(context, state, RandomStream.of(0, "unused"));
    return state;
  }

  @Test
  void partsKeepTheContract() {
    for (Env env : List.of(ROOMS, ROOMS.train(40), ROOMS.with("successRate", 0.7).test(12))) {
      EnvContract contract = EnvContract.check(env, 4);
      assertThat(contract.ok()).as(contract.toString()).isTrue();
    }
  }

  @Test
  void thereAre104OpenCellsAllOfThemConnected() {
    Set<Integer> reached = new HashSet<>();
    List<Integer> open = new ArrayList<>(List.of(0));
    reached.add(0);
    double nowhere = -1;
    for (int i = 0; i < open.size(); i++) {
      for (int action = 0; action < 4; action++) {
        double[] next = ROOMS.outcomes(new double[] {open.get(i), nowhere}, action).get(0).state();
        if (reached.add((int) next[0])) {
          open.add((int) next[0]);
        }
      }
    }
    assertThat(reached).hasSize(104).noneMatch(ROOMS::isWall);
    StringBuilder map = new StringBuilder();
    for (int cell = 0; cell < 121; cell++) {
      map.append(ROOMS.isWall(cell) ? '#' : '.').append(cell % 11 == 10 ? "\n" : "");
    }
    String room = ".....#.....\n";
    String door = "...........\n";
    assertThat(map.toString())
        .isEqualTo(
            room + room + door + room + room + "##.#####.##\n" + room + room + door + room + room);
  }

  @Test
  void wallsAndTheEdgeStopAStep() {
    RandomStream random = RandomStream.of(0, "unused");
    int[][] steps = {
      {0, GoalRooms.UP, 0},
      {0, GoalRooms.LEFT, 0},
      {0, GoalRooms.RIGHT, 1},
      {0, GoalRooms.DOWN, 11},
      {4, GoalRooms.RIGHT, 4},
      {26, GoalRooms.RIGHT, 27},
      {27, GoalRooms.UP, 27}
    };
    for (int[] each : steps) {
      double[] state = {each[0], 120};
      assertThat(ROOMS.step(state, new float[] {each[1]}, random)).isZero();
      assertThat(state[0]).isEqualTo(each[2]);
    }
    double[] beside = {119, 120};
    assertThat(ROOMS.step(beside, new float[] {GoalRooms.RIGHT}, random)).isEqualTo(1);
    assertThat(ROOMS.terminated(beside)).isTrue();
    assertThat(ROOMS.step(beside, new float[] {GoalRooms.LEFT}, random)).isZero();
  }

  @Test
  void goalsComeAsOftenAsTheirChancesSay() {
    double sum = 0;
    Set<Integer> cells = new HashSet<>();
    for (int rank = 0; rank < 8; rank++) {
      sum += ROOMS.chance(rank);
      cells.add(ROOMS.goal(rank));
      assertThat(ROOMS.chance(rank)).isCloseTo(ROOMS.chance(0) / (rank + 1), within(1e-12));
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(cells).hasSize(8);
    assertThat(ROOMS.rarest()).isEqualTo(ROOMS.chance(7)).isCloseTo(0.046, within(0.001));
    for (GoalRooms part : List.of(ROOMS, ROOMS.train(20_000), ROOMS.test(20_000))) {
      int[] counts = new int[121];
      for (int context = 0; context < 20_000; context++) {
        counts[(int) context(part, context)[1]]++;
      }
      for (int rank = 0; rank < 8; rank++) {
        assertThat(counts[ROOMS.goal(rank)] / 20_000.0)
            .isCloseTo(ROOMS.chance(rank), within(0.015));
      }
    }
    assertThat(ROOMS.with("skew", 0).rarest()).isCloseTo(1 / 8.0, within(1e-12));
  }

  @Test
  void noTaskOccursInTwoPartsSinceNoStartDoes() {
    Set<Double> all = new HashSet<>();
    int sum = 0;
    for (GoalRooms part : List.of(ROOMS.train(3_000), ROOMS.validation(3_000), ROOMS.test(3_000))) {
      Set<Double> starts = new HashSet<>();
      for (int context = 0; context < 3_000; context++) {
        double[] state = context(part, context);
        assertThat(state[0]).isNotEqualTo(state[1]);
        starts.add(state[0]);
      }
      sum += starts.size();
      all.addAll(starts);
    }
    assertThat(all).hasSize(sum).hasSize(100);
  }

  @Test
  void contextsAreTheSameInEveryProcessAndSetsPrefixesOfEachOther() {
    int hash = 1;
    for (GoalRooms part : List.of(ROOMS.train(50), ROOMS.validation(50), ROOMS.test(50))) {
      for (int context = 0; context < 50; context++) {
        hash = 31 * hash + Arrays.hashCode(context(part, context));
      }
    }
    assertThat(hash).isEqualTo(GOLDEN_HASH);
    assertThat(context(ROOMS.train(50), 7)).containsExactly(context(ROOMS.train(8), 7));
    assertThat(context(ROOMS.with("familySeed", 1).train(50), 7))
        .isNotEqualTo(context(ROOMS.train(50), 7));
  }

  @Test
  void itIsKnownByNameAlsoInParts() {
    assertThat(Environments.get("GoalRooms")).isEqualTo(ROOMS);
    assertThat(Environments.get("GoalRooms/train-20/task-3")).isEqualTo(ROOMS.train(20).task(3));
    assertThat(ROOMS.with("skew", 2).with("rooms", 3).test(5))
        .hasToString("GoalRooms-3/test-5(rooms 3.0, skew 2.0)");
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> ROOMS.with("goals", 101))
        .isInstanceOf(RetortException.class)
        .hasMessage("GoalRooms: expected goals to be from 1 to 100, got 101.");
    assertThatThrownBy(() -> ROOMS.with("goals", 1.5))
        .hasMessage("GoalRooms: expected goals to be a whole number, got 1.5.");
    assertThatThrownBy(() -> ROOMS.train(0))
        .hasMessage("GoalRooms: expected at least 1 train context, got 0.");
    assertThatThrownBy(() -> ROOMS.train(5).reset(5, new double[2], RandomStream.at(0)))
        .hasMessage("GoalRooms/train-5: expected a context from 0 to 4, got 5.");
    assertThatThrownBy(() -> ROOMS.with("skwe", 1)).hasMessageContaining("did you mean 'skew'?");
  }
}
