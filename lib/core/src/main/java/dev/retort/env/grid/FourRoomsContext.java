package dev.retort.env.grid;

import dev.retort.random.RandomStream;
import java.util.Locale;

/**
 * Derives a context from its index, without a table: the doors from a seeded permutation of all
 * topologies, of which each part has its own stretch, the rest from the context's own stream.
 */
final class FourRoomsContext {
  private FourRoomsContext() {}

  /** How many contexts a part can give, so many for each of its topologies. */
  static int size(FourRooms.Part part, int rooms, int tasksPerTopology) {
    return part == FourRooms.Part.FAMILY
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE - 1, (long) topologies(part, rooms) * tasksPerTopology);
  }

  /** How many topologies a part has: half of all of them train, a quarter each is held out. */
  private static int topologies(FourRooms.Part part, int rooms) {
    int topologies = rooms * rooms * rooms * rooms;
    return switch (part) {
      case FAMILY -> topologies;
      case TRAIN, REACHABLE -> topologies / 2;
      case VALIDATION, TEST -> topologies / 4;
    };
  }

  /** The part's name in messages, names and streams. */
  static String word(FourRooms.Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  /** Writes the initial state of a context. */
  static void write(FourRooms family, int context, double[] state) {
    int rooms = family.rooms();
    boolean elsewhere = family.part() == FourRooms.Part.REACHABLE;
    FourRooms.Part origin = elsewhere ? FourRooms.Part.TRAIN : family.part();
    RandomStream chance = stream(family, origin, context);
    int doors = topology(family, origin, context, chance);
    for (int door = 0; door < 4; door++) {
      state[door] = doors % rooms;
      doors /= rooms;
    }
    int cells = 4 * rooms * rooms;
    int start = chance.nextInt(cells);
    int goal = (start + 1 + chance.nextInt(cells - 1)) % cells;
    int direction = chance.nextInt(4);
    if (elsewhere) {
      RandomStream other = stream(family, FourRooms.Part.REACHABLE, context);
      int trained = start;
      do {
        start = other.nextInt(cells);
      } while (start == trained || start == goal);
      direction = other.nextInt(4);
    }
    state[FourRooms.X] = coordinate(start % (2 * rooms), rooms);
    state[FourRooms.Y] = coordinate(start / (2 * rooms), rooms);
    state[FourRooms.DIRECTION] = direction;
    state[FourRooms.GOAL_X] = coordinate(goal % (2 * rooms), rooms);
    state[FourRooms.GOAL_Y] = coordinate(goal / (2 * rooms), rooms);
  }

  private static RandomStream stream(FourRooms family, FourRooms.Part part, int context) {
    return RandomStream.of(family.familySeed(), "FourRooms " + word(part), context);
  }

  private static int topology(
      FourRooms family, FourRooms.Part part, int context, RandomStream chance) {
    int topologies = family.topologies();
    Shuffle shuffle = new Shuffle(topologies, family.familySeed());
    int turn = context % topologies(part, family.rooms());
    return switch (part) {
      case FAMILY -> chance.nextInt(topologies);
      case TRAIN, REACHABLE -> shuffle.apply(turn);
      case VALIDATION -> shuffle.apply(topologies / 2 + turn);
      case TEST -> shuffle.apply(topologies / 2 + topologies / 4 + turn);
    };
  }

  /** The coordinate of the i-th column or row that lies in rooms. */
  private static int coordinate(int i, int rooms) {
    return i < rooms ? i + 1 : i + 2;
  }
}
