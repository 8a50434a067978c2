package dev.retort.env.grid;

import dev.retort.space.Box;
import java.util.Arrays;

/**
 * Four rooms from above, as Minigrid encodes them: a plane of objects, one of their colors and one
 * of their conditions, such as the direction of the agent.
 *
 * @param rooms side of a room in cells
 */
record FourRoomsPlanes(int rooms) {
  private static final int EMPTY = 1;
  private static final int WALL = 2;
  private static final int GREY = 5;
  private static final int GOAL = 8;
  private static final int GREEN = 1;
  static final int AGENT = 10;

  private int side() {
    return 2 * rooms + 3;
  }

  /** The column, and the row, of the walls between the rooms. */
  private int middle() {
    return rooms + 1;
  }

  Box space() {
    return Box.of(0, AGENT, 3, side(), side());
  }

  /**
   * Writes what is seen of a state.
   *
   * @param observation receives it, {@code (3, side, side)}
   */
  void write(double[] state, float[] observation) {
    int side = side();
    int middle = middle();
    Arrays.fill(observation, 0, side * side, EMPTY);
    Arrays.fill(observation, side * side, 3 * side * side, 0);
    for (int wall = 0; wall < side; wall += middle) {
      for (int i = 0; i < side; i++) {
        show(observation, wall, i, WALL, GREY, 0);
        show(observation, i, wall, WALL, GREY, 0);
      }
    }
    show(observation, middle, 1 + (int) state[0], EMPTY, 0, 0);
    show(observation, middle, middle + 1 + (int) state[1], EMPTY, 0, 0);
    show(observation, 1 + (int) state[2], middle, EMPTY, 0, 0);
    show(observation, middle + 1 + (int) state[3], middle, EMPTY, 0, 0);
    show(observation, (int) state[FourRooms.GOAL_X], (int) state[FourRooms.GOAL_Y], GOAL, GREEN, 0);
    show(
        observation,
        (int) state[FourRooms.X],
        (int) state[FourRooms.Y],
        AGENT,
        0,
        (int) state[FourRooms.DIRECTION]);
  }

  private void show(float[] observation, int x, int y, int object, int color, int condition) {
    int side = side();
    int cell = y * side + x;
    observation[cell] = object;
    observation[cell + side * side] = color;
    observation[cell + 2 * side * side] = condition;
  }

  /**
   * Reads back what was written. On the goal the agent hides it, and the goal is then where the
   * agent is.
   *
   * @param state receives the state
   */
  void read(float[] observation, double[] state) {
    int side = side();
    int middle = middle();
    Arrays.fill(state, -1);
    for (int cell = 0; cell < side * side; cell++) {
      int x = cell % side;
      int y = cell / side;
      if (observation[cell] == GOAL) {
        state[FourRooms.GOAL_X] = x;
        state[FourRooms.GOAL_Y] = y;
      } else if (observation[cell] == AGENT) {
        state[FourRooms.X] = x;
        state[FourRooms.Y] = y;
        state[FourRooms.DIRECTION] = observation[cell + 2 * side * side];
      }
      if (observation[cell] != WALL && x == middle) {
        state[y < middle ? 0 : 1] = (y - 1) % middle;
      } else if (observation[cell] != WALL && y == middle) {
        state[x < middle ? 2 : 3] = (x - 1) % middle;
      }
    }
    if (state[FourRooms.GOAL_X] < 0) {
      state[FourRooms.GOAL_X] = state[FourRooms.X];
      state[FourRooms.GOAL_Y] = state[FourRooms.Y];
    }
  }
}
