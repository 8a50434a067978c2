package dev.retort.env.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Split;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FourRoomsTest {
  private static final int EAST = 0;
  private static final int SOUTH = 1;
  private static final int WEST = 2;
  private static final int NORTH = 3;

  private final FourRooms rooms = new FourRooms();
  private final RandomStream random = RandomStream.of(1, "four rooms test");

  private double[] context(FourRooms part, int index) {
    double[] state = new double[part.stateSize()];
    part.reset(index, state, random);
    return state;
  }

  private static int topology(double[] state) {
    return (int) (state[0] + 8 * state[1] + 64 * state[2] + 512 * state[3]);
  }

  private Set<Integer> topologies(FourRooms part) {
    Set<Integer> topologies = new HashSet<>();
    for (int i = 0; i < part.contexts(); i++) {
      topologies.add(topology(context(part, i)));
    }
    return topologies;
  }

  /** Doors in the first place of each segment, agent at (1, 1) looking east, goal at (17, 17). */
  private static double[] plain() {
    return new double[] {0, 0, 0, 0, 1, 1, EAST, 17, 17};
  }

  private double act(double[] state, int... actions) {
    double reward = 0;
    for (int action : actions) {
      reward = rooms.step(state, new float[] {action}, random);
    }
    return reward;
  }

  @Test
  void thePublishedSizeIsNineteenCellsAnd4096Topologies() {
    assertThat(rooms.side()).isEqualTo(19);
    assertThat(rooms.topologies()).isEqualTo(4096);
    assertThat(rooms.observations().size()).isEqualTo(3 * 19 * 19);
    assertThat(rooms.horizon()).isEqualTo(100);
    assertThat(rooms.with("rooms", 4).side()).isEqualTo(11);
    Set<Integer> all = topologies(rooms.train(2048));
    all.addAll(topologies(rooms.validation(1024)));
    all.addAll(topologies(rooms.test(1024)));
    assertThat(all).hasSize(4096);
  }

  @Test
  void noTopologyOccursTwiceNorInTwoSplits() {
    Set<Integer> train = topologies(rooms.train(2000));
    Set<Integer> validation = topologies(rooms.validation(40));
    Set<Integer> test = topologies(rooms.test(200));
    assertThat(train).hasSize(2000).doesNotContainAnyElementsOf(validation);
    assertThat(validation).hasSize(40).doesNotContainAnyElementsOf(test);
    assertThat(test).hasSize(200).doesNotContainAnyElementsOf(train);
  }

  @Test
  void reachableTasksKeepDoorsAndGoalAndBeginElsewhere() {
    for (int i = 0; i < 200; i++) {
      double[] trained = context(rooms.train(200), i);
      double[] reachable = context(rooms.reachable(200), i);
      assertThat(topology(reachable)).isEqualTo(topology(trained));
      assertThat(Arrays.copyOfRange(reachable, 7, 9))
          .containsExactly(Arrays.copyOfRange(trained, 7, 9));
      assertThat(Arrays.copyOfRange(reachable, 4, 6))
          .isNotEqualTo(Arrays.copyOfRange(trained, 4, 6));
    }
  }

  @Test
  void setsOfOneSplitArePrefixesOfEachOther() {
    for (Split split : Split.values()) {
      for (int i = 0; i < 20; i++) {
        assertThat(context(rooms.split(split, 20), i))
            .containsExactly(context(rooms.split(split, 1000), i));
      }
    }
  }

  @Test
  void contextsAreTheSameInEveryProcess() {
    assertThat(context(rooms.train(200), 0)).containsExactly(GOLDEN_TRAIN);
    assertThat(context(rooms.test(200), 199)).containsExactly(GOLDEN_TEST);
    assertThat(context(rooms, 123_456)).containsExactly(GOLDEN_FAMILY);
    int hash = 1;
    for (FourRooms part :
        List.of(rooms.train(200), rooms.validation(40), rooms.test(200), rooms.reachable(200))) {
      for (int i = 0; i < part.contexts(); i++) {
        hash = 31 * hash + Arrays.hashCode(context(part, i));
      }
    }
    assertThat(hash).isEqualTo(GOLDEN_HASH);
  }

  @Test
  void theScriptedActionReachesEveryGoalOnTheShortestPathWithinTheHorizon() {
    int longest = 0;
    for (FourRooms part :
        List.of(
            rooms.train(200),
            rooms.validation(40),
            rooms.test(200),
            rooms.reachable(200),
            rooms.with("rooms", 4).train(100))) {
      for (int i = 0; i < part.contexts(); i++) {
        double[] state = context(part, i);
        int shortest = part.shortestPath(state);
        assertThat(shortest).as("%s context %d", part, i).isBetween(1, part.horizon());
        double reward = 0;
        for (int t = 0; t < shortest; t++) {
          assertThat(part.terminated(state)).isFalse();
          assertThat(reward).isZero();
          reward = part.step(state, new float[] {part.optimalAction(state)}, random);
        }
        assertThat(part.terminated(state)).as("%s context %d", part, i).isTrue();
        assertThat(reward).isEqualTo(1);
        assertThat(part.shortestPath(state)).isZero();
        longest = Math.max(longest, shortest);
      }
    }
    assertThat(longest).isBetween(35, 60);
  }

  @Test
  void shortestPathsCountedByHand() {
    double[] state = plain();
    state[7] = 4;
    state[8] = 1;
    assertThat(rooms.shortestPath(state)).as("three ahead").isEqualTo(3);
    state[6] = WEST;
    assertThat(rooms.shortestPath(state)).as("turn about first").isEqualTo(5);
    double[] diagonal = plain();
    diagonal[7] = 2;
    diagonal[8] = 3;
    assertThat(rooms.shortestPath(diagonal)).as("one east, turn, two south").isEqualTo(4);
    double[] throughTheDoor = plain();
    throughTheDoor[7] = 10;
    throughTheDoor[8] = 1;
    assertThat(rooms.shortestPath(throughTheDoor)).as("straight through a door").isEqualTo(9);
    throughTheDoor[0] = 1;
    assertThat(rooms.shortestPath(throughTheDoor))
        .as("down a row, and up again")
        .isEqualTo(9 + 2 + 3);
  }

  @Test
  void turningChangesOnlyTheDirection() {
    double[] state = plain();
    act(state, FourRooms.TURN_RIGHT);
    assertThat(state).containsExactly(0, 0, 0, 0, 1, 1, SOUTH, 17, 17);
    act(state, FourRooms.TURN_LEFT, FourRooms.TURN_LEFT);
    assertThat(state).containsExactly(0, 0, 0, 0, 1, 1, NORTH, 17, 17);
    act(state, FourRooms.TURN_RIGHT, FourRooms.TURN_RIGHT, FourRooms.TURN_RIGHT);
    assertThat(state[6]).isEqualTo(WEST);
  }

  @Test
  void aWallStopsTheAgentAndADoorLetsItThrough() {
    double[] wall = plain();
    wall[6] = NORTH;
    act(wall, FourRooms.FORWARD);
    assertThat(wall).containsExactly(0, 0, 0, 0, 1, 1, NORTH, 17, 17);

    double[] door = plain();
    for (int i = 0; i < 9; i++) {
      act(door, FourRooms.FORWARD);
    }
    assertThat(door).containsExactly(0, 0, 0, 0, 10, 1, EAST, 17, 17);

    double[] closed = plain();
    closed[0] = 3;
    for (int i = 0; i < 9; i++) {
      act(closed, FourRooms.FORWARD);
    }
    assertThat(closed).containsExactly(3, 0, 0, 0, 8, 1, EAST, 17, 17);
  }

  @Test
  void eachWallSegmentHasItsOneDoorAtItsPlace() {
    double[] state = {1, 3, 5, 7, 1, 1, EAST, 17, 17};
    int open = 0;
    for (int i = 1; i < 18; i++) {
      open += rooms.wall(state, 9, i) ? 0 : 1;
      open += rooms.wall(state, i, 9) ? 0 : 1;
    }
    assertThat(open).isEqualTo(4);
    assertThat(rooms.wall(state, 9, 2)).as("north").isFalse();
    assertThat(rooms.wall(state, 9, 13)).as("south").isFalse();
    assertThat(rooms.wall(state, 6, 9)).as("west").isFalse();
    assertThat(rooms.wall(state, 17, 9)).as("east").isFalse();
    assertThat(rooms.wall(state, 9, 9)).as("the crossing").isTrue();
    assertThat(rooms.wall(state, 0, 5)).as("the border").isTrue();
  }

  @Test
  void theGoalGivesOneOnceAndEndsTheTask() {
    double[] state = plain();
    state[7] = 2;
    state[8] = 1;
    assertThat(act(state, FourRooms.FORWARD)).isEqualTo(1);
    assertThat(rooms.terminated(state)).isTrue();
    double[] after = state.clone();
    assertThat(act(state, FourRooms.FORWARD)).isZero();
    assertThat(state).containsExactly(after);
  }

  @Test
  void thePlanesAreMinigridsObjectColorAndState() {
    double[] state = {1, 3, 5, 7, 4, 2, NORTH, 12, 16};
    float[] seen = new float[3 * 19 * 19];
    Arrays.fill(seen, Float.NaN);
    rooms.observe(state, seen);
    for (int y = 0; y < 19; y++) {
      for (int x = 0; x < 19; x++) {
        int[] expected = {1, 0, 0};
        if (rooms.wall(state, x, y)) {
          expected = new int[] {2, 5, 0};
        } else if (x == 12 && y == 16) {
          expected = new int[] {8, 1, 0};
        } else if (x == 4 && y == 2) {
          expected = new int[] {10, 0, NORTH};
        }
        for (int plane = 0; plane < 3; plane++) {
          assertThat(seen[plane * 361 + y * 19 + x])
              .as("plane %d, x %d, y %d", plane, x, y)
              .isEqualTo(expected[plane]);
        }
      }
    }
    assertThat(rooms.observations().contains(seen, 0)).isTrue();
  }

  @Test
  void theStateIsReadBackFromWhatAnAgentSees() {
    float[] seen = new float[3 * 19 * 19];
    double[] read = new double[9];
    for (int i = 0; i < 50; i++) {
      double[] state = context(rooms, i);
      while (true) {
        rooms.observe(state, seen);
        rooms.stateOf(seen, read);
        assertThat(read).isEqualTo(state);
        if (rooms.terminated(state)) {
          break;
        }
        act(state, rooms.optimalAction(state));
      }
    }
  }

  @Test
  void namesAndTextsSayWhichPartItIs() {
    assertThat(rooms.name()).isEqualTo("FourRooms");
    assertThat(rooms.toString()).isEqualTo("FourRooms(8)");
    assertThat(rooms.train(200).name()).isEqualTo("FourRooms/train-200");
    assertThat(rooms.train(200).toString()).isEqualTo("FourRooms(8, train 200)");
    FourRooms small = rooms.with("rooms", 4).with("horizon", 60).with("familySeed", 7);
    assertThat(small.reachable(5).name()).isEqualTo("FourRooms-4/reachable-5");
    assertThat(small.reachable(5).toString())
        .isEqualTo("FourRooms(4, reachable 5, horizon 60, seed 7)");
  }

  @Test
  void theWholeFamilyIsNotNarrowed() {
    assertThat(rooms.contexts()).isEqualTo(Integer.MAX_VALUE);
    Set<Integer> met = new HashSet<>();
    double[] state = new double[9];
    for (int i = 0; i < 20_000; i++) {
      rooms.reset(state, random);
      met.add(topology(state));
    }
    assertThat(met).hasSizeGreaterThan(4000);
  }

  @Test
  void anEpisodeOfAPartBeginsInOneOfItsContexts() {
    FourRooms five = rooms.train(5);
    Set<Integer> met = new HashSet<>();
    double[] state = new double[9];
    for (int i = 0; i < 200; i++) {
      five.reset(state, random);
      met.add(topology(state));
    }
    assertThat(met).isEqualTo(topologies(five));
  }

  @Test
  void wrongSizesAreRefusedWithTheReason() {
    assertThatThrownBy(() -> rooms.train(2049))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "FourRooms(8): expected 1 to 2048 train contexts, one for each topology set aside, got 2049. Take fewer, larger rooms, or more tasksPerTopology.");
    assertThatThrownBy(() -> rooms.test(0))
        .hasMessageContaining("expected 1 to 1024 test contexts");
    assertThatThrownBy(() -> rooms.with("rooms", 1))
        .hasMessage("FourRooms: expected rooms to be 2 to 50 cells wide, got 1.");
    assertThatThrownBy(() -> rooms.with("rooms", 4.5))
        .hasMessage("FourRooms: expected rooms to be a whole number, got 4.5.");
    assertThatThrownBy(() -> rooms.with("room", 4))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageStartingWith("unknown parameter of FourRooms 'room': did you mean 'rooms'?");
    assertThatThrownBy(() -> context(rooms.test(3), 3))
        .hasMessage("FourRooms/test-3: expected a context from 0 to 2, got 3.");
  }

  @Test
  void aShuffleIsAPermutation() {
    for (int size : new int[] {1, 2, 16, 81, 4096}) {
      Set<Integer> images = new HashSet<>();
      for (int i = 0; i < size; i++) {
        images.add(new Shuffle(size, 5).apply(i));
      }
      assertThat(images).hasSize(size);
      assertThat(images).allMatch(image -> image >= 0 && image < size);
    }
  }

  private static final FourRooms TWO = new FourRooms().with("rooms", 2).with("egocentric", 1);

  private static float[] seen(FourRooms family, double... state) {
    float[] seen = new float[family.observations().size()];
    Arrays.fill(seen, Float.NaN);
    family.observe(state, seen);
    assertThat(family.observations().contains(seen, 0)).isTrue();
    return seen;
  }

  /** The rows of a plane as text. */
  private static String plane(float[] seen, int plane, int window) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < window; row++) {
      for (int column = 0; column < window; column++) {
        text.append(seen[(plane * window + row) * window + column] == 1 ? '#' : '.');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Rooms of 2 with each door in the first place of its segment, the agent in the first cell:
   *
   * <pre>
   * #######
   * #A....#
   * #..#..#
   * #.##.##
   * #....G#
   * #..#..#
   * #######
   * </pre>
   */
  @Test
  void theWindowIsTurnedSoThatTheAgentLooksUp() {
    float[] north = seen(TWO, 0, 0, 0, 0, 1, 1, NORTH, 5, 4);
    assertThat(plane(north, 0, 9))
        .isEqualTo(
            """
            #########
            #########
            #########
            #########
            ####.....
            ####..#..
            ####.##.#
            ####.....
            ####..#..
            """);
    assertThat(plane(north, 1, 9))
        .isEqualTo(
            """
            .........
            .........
            .........
            .........
            .........
            .........
            .........
            ........#
            .........
            """);
    float[] east = seen(TWO, 0, 0, 0, 0, 1, 1, EAST, 5, 4);
    assertThat(plane(east, 0, 9))
        .isEqualTo(
            """
            ####..#..
            ####.....
            ####.##.#
            ####..#..
            ####.....
            #########
            #########
            #########
            #########
            """);
    assertThat(plane(east, 1, 9))
        .isEqualTo(
            """
            .......#.
            .........
            .........
            .........
            .........
            .........
            .........
            .........
            .........
            """);
    float[] south = seen(TWO, 0, 0, 0, 0, 1, 1, SOUTH, 5, 4);
    assertThat(plane(south, 0, 9))
        .isEqualTo(
            """
            ..#..####
            .....####
            #.##.####
            ..#..####
            .....####
            #########
            #########
            #########
            #########
            """);
    assertThat(plane(south, 1, 9))
        .isEqualTo(
            """
            .........
            #........
            .........
            .........
            .........
            .........
            .........
            .........
            .........
            """);
  }

  @Test
  void aRotatedWorldLooksTheSameToARotatedAgent() {
    FourRooms four = new FourRooms().with("rooms", 4).with("egocentric", 1);
    int last = four.side() - 1;
    for (int i = 0; i < 100; i++) {
      double[] state = context(four, i);
      float[] first = seen(four, state);
      for (int quarter = 0; quarter < 4; quarter++) {
        // A quarter turn clockwise: (x, y) goes to (last - y, x), the north door to the east.
        state =
            new double[] {
              state[2],
              state[3],
              3 - state[1],
              3 - state[0],
              last - state[5],
              state[4],
              (state[6] + 1) % 4,
              last - state[8],
              state[7]
            };
        assertThat(seen(four, state)).isEqualTo(first);
      }
      assertThat(state).isEqualTo(context(four, i));
    }
  }

  @Test
  void everyOpenCellIsSeenFromEveryOther() {
    for (int size : new int[] {2, 4, 5}) {
      FourRooms family = new FourRooms().with("rooms", size).with("egocentric", 1);
      int window = family.window();
      double[] state = context(family, 3);
      int open = 0;
      for (int cell = 0; cell < family.side() * family.side(); cell++) {
        open += family.wall(state, cell % family.side(), cell / family.side()) ? 0 : 1;
      }
      for (int from = 0; from < 4 * family.side() * family.side(); from++) {
        int x = from / 4 % family.side();
        int y = from / 4 / family.side();
        if (family.wall(state, x, y)) {
          continue;
        }
        state[4] = x;
        state[5] = y;
        state[6] = from % 4;
        float[] seen = seen(family, state);
        int openSeen = 0;
        int goals = 0;
        for (int i = 0; i < window * window; i++) {
          openSeen += seen[i] == 0 ? 1 : 0;
          goals += seen[window * window + i] == 1 ? 1 : 0;
        }
        assertThat(openSeen).isEqualTo(open);
        assertThat(goals).isEqualTo(1);
      }
    }
    assertThat(new FourRooms().with("rooms", 4).window()).isEqualTo(17);
  }

  @Test
  void sightChangesWhatIsSeenAndNothingElse() {
    FourRooms four = new FourRooms().with("rooms", 4);
    FourRooms egocentric = four.seeing(FourRooms.Sight.EGOCENTRIC);
    assertThat(egocentric).isEqualTo(four.with("egocentric", 1));
    assertThat(egocentric.with("egocentric", 0)).isEqualTo(four);
    assertThat(egocentric.train(100).sight()).isEqualTo(FourRooms.Sight.EGOCENTRIC);
    assertThat(egocentric.train(100).name()).isEqualTo("FourRooms-4/train-100");
    assertThat(egocentric.train(100).toString()).isEqualTo("FourRooms(4, train 100, egocentric)");
    assertThat(context(egocentric.test(9), 8)).isEqualTo(context(four.test(9), 8));
    assertThatThrownBy(() -> egocentric.stateOf(new float[2 * 17 * 17], new double[9]))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "FourRooms: expected an observation from above to read a state from, got an egocentric one. Take seeing(Sight.PLANES).");
    assertThatThrownBy(() -> four.with("egocentric", 2))
        .hasMessage("FourRooms: expected egocentric to be from 0 to 1, got 2.");
  }

  @Test
  void moreTasksThanTopologiesGoRoundThemAgain() {
    FourRooms once = new FourRooms().with("rooms", 4);
    FourRooms twice = once.with("tasksPerTopology", 2);
    assertThatThrownBy(() -> once.train(129)).hasMessageContaining("expected 1 to 128 train");
    assertThatThrownBy(() -> twice.test(129))
        .hasMessageContaining("expected 1 to 128 test contexts, 2 for each topology set aside");
    assertThatThrownBy(() -> once.with("tasksPerTopology", 0))
        .hasMessage("FourRooms: expected tasksPerTopology to be from 1 to 1000, got 0.");
    FourRooms train = twice.train(200);
    Set<Integer> trained = topologies(train);
    assertThat(trained).isEqualTo(topologies(once.train(128)));
    for (int i = 0; i < 72; i++) {
      double[] state = context(train, i);
      double[] again = context(train, 128 + i);
      assertThat(state).isEqualTo(context(once.train(128), i)).isNotEqualTo(again);
      assertThat(topology(again)).isEqualTo(topology(state));
    }
    for (FourRooms part : List.of(twice.validation(128), twice.test(128))) {
      assertThat(topologies(part)).hasSize(64).doesNotContainAnyElementsOf(trained);
    }
    assertThat(train.toString()).isEqualTo("FourRooms(4, train 200, 2 tasks per topology)");
  }

  private static final double[] GOLDEN_TRAIN = {2, 3, 4, 2, 3, 16, 3, 10, 8};
  private static final double[] GOLDEN_TEST = {2, 3, 4, 6, 16, 10, 3, 12, 8};
  private static final double[] GOLDEN_FAMILY = {6, 6, 6, 7, 11, 12, 1, 17, 15};
  private static final int GOLDEN_HASH = 611944449;
}
