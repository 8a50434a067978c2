package dev.retort.prior;

import dev.retort.figure.Heat;
import dev.retort.figure.Numbers;
import dev.retort.table.Bins;
import dev.retort.table.QTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Numbers of states as a map over two numbers of what is observed there. */
public final class CellMap {
  /** As many fields a side as can be told apart. */
  public static final int FINEST = 40;

  private CellMap() {}

  /**
   * The mean over all states that lie in a field of the map; fields without states stay empty.
   *
   * @param states of which table; where it is cut into few enough bins, the map's fields are the
   *     bins
   * @param values one a state
   * @param across which number of an observation runs to the right
   * @param up which number runs upwards
   * @param most fields a side
   */
  public static Heat of(
      String title, QTable states, double[] values, int across, int up, int most) {
    Optional<Bins> bins = states.cells().filter(Bins.class::isInstance).map(Bins.class::cast);
    float[][] seen = new float[values.length][states.numbers()];
    for (int state = 0; state < values.length; state++) {
      states.observation(state, seen[state]);
    }
    Axis right = Axis.of(seen, across, bins, most);
    Axis upwards = Axis.of(seen, up, bins, most);
    double[][] sums = new double[upwards.fields][right.fields];
    int[][] counts = new int[upwards.fields][right.fields];
    for (int state = 0; state < values.length; state++) {
      int row = upwards.fields - 1 - upwards.field(seen[state][up]);
      int column = right.field(seen[state][across]);
      sums[row][column] += values[state];
      counts[row][column]++;
    }
    List<List<Double>> means = new ArrayList<>();
    for (int row = 0; row < sums.length; row++) {
      List<Double> line = new ArrayList<>();
      for (int column = 0; column < sums[row].length; column++) {
        line.add(counts[row][column] == 0 ? Double.NaN : sums[row][column] / counts[row][column]);
      }
      means.add(line);
    }
    List<String> rows = new ArrayList<>(upwards.labels());
    Collections.reverse(rows);
    return new Heat(title, label(across), label(up), rows, right.labels(), means);
  }

  private static String label(int number) {
    return "observation[" + number + "]";
  }

  /** One side of the map. */
  private record Axis(double low, double high, int fields) {
    static Axis of(float[][] seen, int number, Optional<Bins> bins, int most) {
      if (bins.isPresent()) {
        Bins own = bins.get();
        return new Axis(
            own.low().get(number),
            own.high().get(number),
            Math.min(most, own.counts().get(number)));
      }
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (float[] each : seen) {
        low = Math.min(low, each[number]);
        high = Math.max(high, each[number]);
      }
      return seen.length == 0 || low == high
          ? new Axis(low, low + 1, 1)
          : new Axis(low, high, most);
    }

    int field(float value) {
      int field = (int) Math.floor((value - low) / (high - low) * fields);
      return Math.max(0, Math.min(fields - 1, field));
    }

    List<String> labels() {
      return IntStream.range(0, fields)
          .mapToObj(
              i -> Numbers.of(Math.round(1e4 * (low + (i + 0.5) * (high - low) / fields)) / 1e4))
          .toList();
    }
  }
}
