package dev.retort.env.agents;

import dev.retort.space.Box;
import java.util.ArrayList;
import java.util.List;

/** Steps on a square of cells: stay, up, right, down, left; the edge stops whoever walks. */
final class Moves {
  /** How many there are. */
  static final int COUNT = 5;

  private static final int[] DX = {0, 0, 1, 0, -1};
  private static final int[] DY = {0, -1, 0, 1, 0};

  private Moves() {}

  static int dx(int move) {
    return DX[move];
  }

  static int dy(int move) {
    return DY[move];
  }

  /** Where a coordinate comes to on a square of so many cells a side. */
  static int moved(double from, int by, int side) {
    return Math.max(0, Math.min(side - 1, (int) from + by));
  }

  /** The move by which somebody comes nearer to a place; along a column where it is as far. */
  static int towards(double x, double y, double goalX, double goalY) {
    double right = goalX - x;
    double down = goalY - y;
    if (right == 0 && down == 0) {
      return 0;
    }
    if (Math.abs(right) > Math.abs(down)) {
      return right > 0 ? 2 : 4;
    }
    return down > 0 ? 3 : 1;
  }

  /** Steps from one place to another. */
  static int distance(double x, double y, double otherX, double otherY) {
    return (int) (Math.abs(x - otherX) + Math.abs(y - otherY));
  }

  /** Bounds of {@code places} coordinates of cells, followed by {@code others} from 0 to a most. */
  static Box world(int places, int side, int others, int most) {
    float[] high = new float[places + others];
    for (int i = 0; i < high.length; i++) {
      high[i] = i < places ? side - 1 : most;
    }
    return bounded(new float[high.length], high);
  }

  /** A vector with these bounds. */
  static Box bounded(float[] low, float[] high) {
    return new Box(floats(low), floats(high), List.of(low.length));
  }

  private static List<Float> floats(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
