package dev.retort.prior;

import dev.retort.RetortException;
import dev.retort.figure.Heat;
import dev.retort.figure.Numbers;
import dev.retort.table.Bins;
import dev.retort.table.Clusters;
import dev.retort.table.Discretization;
import dev.retort.table.QTable;
import dev.retort.table.Tiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers of states as a map over two numbers of what is observed there. */
public final class CellMap {
  /** As many fields a side as can be distinguished. */
  public static final int FINEST = 40;

  /** How many clusters a field should hold, so that hardly any holds none. */
  private static final int CROWD = 4;

  private CellMap() {}

  /**
   * The values of all states that lie in a field of the map, in the mean; fields without states,
   * and states whose value is NaN, stay empty.
   *
   * <p>Equal bins are the fields themselves where they are few enough. Of other cells the map asks
   * which lies in the middle of a field, if an observation has two numbers; if it has more, a state
   * lies where the middle of its cell does, and fields are as coarse as cells.
   *
   * @param states of which table
   * @param values one a state
   * @param across which number of an observation runs to the right, counted from 0
   * @param up which number runs upwards, another
   * @param most fields a side, at least 1
   */
  public static Heat of(
      String title, QTable states, double[] values, int across, int up, int most) {
    require(title, states.numbers(), across, up, most);
    float[][] seen = new float[values.length][states.numbers()];
    for (int state = 0; state < values.length; state++) {
      states.observation(state, seen[state]);
    }
    Axis right = Axis.of(seen, across, states, most);
    Axis upwards = Axis.of(seen, up, states, most);
    Means means = new Means(upwards.fields(), right.fields());
    if (isAsked(states)) {
      float[] middle = new float[2];
      for (int row = 0; row < upwards.fields(); row++) {
        for (int column = 0; column < right.fields(); column++) {
          middle[across] = (float) right.middle(column);
          middle[up] = (float) upwards.middle(row);
          for (int layer = 0; layer < states.cells().orElseThrow().layers(); layer++) {
            int state = states.find(middle, 0, layer);
            means.add(row, column, state < 0 ? Double.NaN : values[state]);
          }
        }
      }
    } else {
      for (int state = 0; state < values.length; state++) {
        int row = upwards.field(seen[state][up]);
        means.add(row, right.field(seen[state][across]), values[state]);
      }
    }
    List<String> rows = new ArrayList<>(upwards.labels());
    Collections.reverse(rows);
    return new Heat(title, label(across), label(up), rows, right.labels(), means.fromTop());
  }

  private static void require(String title, int numbers, int across, int up, int most) {
    if (across == up || Math.min(across, up) < 0 || Math.max(across, up) >= numbers) {
      throw new RetortException(
          "map '%s': expected two different numbers of an observation, from 0 to %s, got %s and %s. %s"
              .formatted(
                  title,
                  numbers - 1,
                  across,
                  up,
                  numbers < 2
                      ? "An observation of one number has no map: look at its values."
                      : "Give two of them, such as plot(0, 1, 20)."));
    }
    if (most < 1) {
      throw new RetortException(
          "map '%s': expected at least 1 field a side, got %s. Give more, such as plot(0, 1, 20)."
              .formatted(title, most));
    }
  }

  /** Whether fields are asked for the cell in their middle. */
  private static boolean isAsked(QTable states) {
    return states.numbers() == 2
        && states.cells().filter(cells -> !(cells instanceof Bins)).isPresent();
  }

  private static String label(int number) {
    return "observation[" + number + "]";
  }

  /** The means of what falls into fields, the lowest row first. */
  private static final class Means {
    private final double[][] sums;
    private final int[][] counts;

    Means(int rows, int columns) {
      sums = new double[rows][columns];
      counts = new int[rows][columns];
    }

    void add(int row, int column, double value) {
      if (!Double.isNaN(value)) {
        sums[row][column] += value;
        counts[row][column]++;
      }
    }

    /** Row by row, the highest first; NaN where nothing fell. */
    List<List<Double>> fromTop() {
      return IntStream.range(0, sums.length)
          .map(i -> sums.length - 1 - i)
          .mapToObj(
              row ->
                  IntStream.range(0, sums[row].length)
                      .mapToObj(column -> sums[row][column] / counts[row][column])
                      .toList())
          .toList();
    }
  }

  /** One side of the map: fields from low to high, distinguished by the edges between them. */
  private static final class Axis {
    private final double[] middles;
    private final double[] edges;

    private Axis(double[] middles, double[] edges) {
      this.middles = middles;
      this.edges = edges;
    }

    static Axis of(float[][] seen, int number, QTable states, int most) {
      Discretization cells = states.cells().orElse(null);
      boolean asked = isAsked(states);
      if (cells instanceof Bins bins) {
        return of(bins, number, Math.min(most, bins.counts().get(number)));
      }
      if (cells instanceof Tiles tiles) {
        int counts = tiles.bins().counts().get(number);
        return of(tiles.bins(), number, asked ? most : Math.min(most, counts));
      }
      double[] met =
          Arrays.stream(seen).mapToDouble(each -> each[number]).sorted().distinct().toArray();
      if (met.length < 2) {
        double only = met.length == 0 ? 0 : met[0];
        return new Axis(new double[] {only}, new double[0]);
      }
      if (!asked && !(cells instanceof Clusters) && met.length <= most) {
        return between(met);
      }
      int crowded = (int) Math.max(1, Math.sqrt((double) seen.length / CROWD));
      boolean sparse = !asked && cells instanceof Clusters;
      return equal(met[0], met[met.length - 1], sparse ? Math.min(most, crowded) : most);
    }

    private static Axis of(Bins bins, int number, int fields) {
      return equal(bins.low().get(number), bins.high().get(number), fields);
    }

    private static Axis equal(double low, double high, int fields) {
      double width = (high - low) / fields;
      return new Axis(
          IntStream.range(0, fields).mapToDouble(i -> low + (i + 0.5) * width).toArray(),
          IntStream.range(1, fields).mapToDouble(i -> low + i * width).toArray());
    }

    /** A field for each value, as far as half-way to the next. */
    private static Axis between(double[] values) {
      return new Axis(
          values,
          IntStream.range(1, values.length)
              .mapToDouble(i -> (values[i - 1] + values[i]) / 2)
              .toArray());
    }

    int fields() {
      return middles.length;
    }

    double middle(int field) {
      return middles[field];
    }

    int field(double value) {
      return (int) Arrays.stream(edges).filter(edge -> edge <= value).count();
    }

    List<String> labels() {
      return Arrays.stream(middles).mapToObj(x -> Numbers.of(Math.round(1e4 * x) / 1e4)).toList();
    }
  }
}
