package dev.retort.paper.ensembles;

import dev.retort.env.grid.FourRooms;
import dev.retort.evaluate.Statistics;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which tasks of a test lie in the rooms of a training task, turned by a quarter or more: the doors
 * are other ones, and yet an agent who sees from where it stands has seen all of it.
 *
 * @param isTurned for each task of the test
 */
record TurnedRooms(List<Boolean> isTurned) {
  private static final int QUARTERS = 4;

  /** Keeps a copy. */
  TurnedRooms {
    isTurned = List.copyOf(isTurned);
  }

  static TurnedRooms of(FourRooms training, FourRooms test) {
    Set<String> known = new HashSet<>();
    for (int task = 0; task < training.contexts(); task++) {
      for (int quarters = 0; quarters < QUARTERS; quarters++) {
        known.add(walls(training, task, quarters));
      }
    }
    List<Boolean> isTurned = new ArrayList<>();
    for (int task = 0; task < test.contexts(); task++) {
      isTurned.add(known.contains(walls(test, task, 0)));
    }
    return new TurnedRooms(isTurned);
  }

  /** The cells of a task, turned clockwise, as a text of walls and openings. */
  private static String walls(FourRooms rooms, int task, int quarters) {
    double[] state = new double[rooms.stateSize()];
    rooms.reset(task, state, RandomStream.at(0));
    int side = rooms.side();
    StringBuilder text = new StringBuilder();
    for (int cell = 0; cell < side * side; cell++) {
      int x = cell % side;
      int y = cell / side;
      for (int turn = 0; turn < quarters; turn++) {
        int before = x;
        x = y;
        y = side - 1 - before;
      }
      text.append(rooms.wall(state, x, y) ? '#' : ' ');
    }
    return text.toString();
  }

  /** How many there are. */
  Finding found() {
    return Measured.of(
            "test rooms that are training rooms, turned",
            "tasks of " + isTurned.size(),
            isTurned.stream().mapToDouble(turned -> turned ? 1 : 0).sum())
        .reported();
  }

  /** The mean return in all other tasks. */
  double elsewhere(double[] returns) {
    return Statistics.mean(
        IntStream.range(0, returns.length)
            .filter(task -> !isTurned.get(task))
            .mapToDouble(task -> returns[task])
            .toArray());
  }
}
