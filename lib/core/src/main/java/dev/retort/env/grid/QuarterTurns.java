package dev.retort.env.grid;

import dev.retort.RetortException;
import dev.retort.space.Box;
import dev.retort.space.Space;
import dev.retort.space.Symmetry;
import java.util.List;

/**
 * The four rotations of {@link FourRooms} seen from above, clockwise: cells move, and the agent's
 * direction turns with them, so that turning left, turning right and walking stay what they are.
 *
 * @param side of the grid in cells
 */
public record QuarterTurns(int side) implements Symmetry {
  private static final int PLANES = 3;
  private static final int STATE = 2;

  @Override
  public int order() {
    return 4;
  }

  @Override
  public void require(Space observations, Space actions) {
    boolean isGrid =
        observations instanceof Box box && box.shape().equals(List.of(PLANES, side, side));
    if (!isGrid) {
      throw new RetortException(
          "quarter turns: expected a grid seen from above, %s×%s×%s numbers, got %s."
              .formatted(PLANES, side, side, observations.summary()));
    }
  }

  @Override
  public void transform(int element, float[] from, int i, float[] to, int j, int size) {
    int cells = side * side;
    for (int cell = 0; cell < cells; cell++) {
      int x = cell % side;
      int y = cell / side;
      for (int turn = 0; turn < element; turn++) {
        int before = x;
        x = side - 1 - y;
        y = before;
      }
      int turned = y * side + x;
      for (int plane = 0; plane < PLANES; plane++) {
        to[j + plane * cells + turned] = from[i + plane * cells + cell];
      }
      if (from[i + cell] == FourRoomsPlanes.AGENT) {
        int state = STATE * cells;
        to[j + state + turned] = (from[i + state + cell] + element) % order();
      }
    }
  }

  @Override
  public String toString() {
    return "quarter-turns:" + side;
  }
}
