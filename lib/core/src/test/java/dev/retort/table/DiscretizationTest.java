package dev.retort.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CellsTest {
  private static final Bins BINS = new Bins(List.of(4, 3), List.of(-1.0, 0.0), List.of(1.0, 3.0));

  /** Points in two heaps, the right one three times as wide and with twice as many. */
  private static float[] points(int rows) {
    RandomStream random = RandomStream.of(1, "points");
    float[] points = new float[2 * rows];
    for (int row = 0; row < rows; row++) {
      boolean left = row % 3 == 0;
      points[2 * row] = (float) ((left ? -5 : 5) + (left ? 0.1 : 0.3) * random.nextGaussian());
      points[2 * row + 1] = (float) random.nextDouble();
    }
    return points;
  }

  static List<Discretization> kinds() {
    return List.of(
        BINS,
        Quantiles.of(points(300), 2, List.of(6, 4)),
        new Tiles(BINS, 4),
        Clusters.of(points(300), 2, 5, 3));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void cellsAreReadBackAndNeverMoreThanTheySay(Discretization cells) {
    assertThat(Discretization.of(cells.save())).isEqualTo(cells);
    RandomStream random = RandomStream.of(2, "cells");
    Map<String, Integer> met = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      float[] at = {
        (float) (12 * random.nextDouble() - 6), (float) (4 * random.nextDouble() - 0.5)
      };
      for (int layer = 0; layer < cells.layers(); layer++) {
        float[] cell = cells.cell(at, 0, layer);
        assertThat(cell).hasSize(cells.width());
        met.merge(Arrays.toString(cell), 1, Integer::sum);
      }
    }
    assertThat((long) met.size()).isLessThanOrEqualTo(cells.count());
    assertThat(met.size()).isGreaterThan(4);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theMiddleOfACellLiesInIt(Discretization cells) {
    for (float x : new float[] {-5, -0.9f, 0.1f, 0.9f, 5}) {
      for (int layer = 0; layer < cells.layers(); layer++) {
        float[] cell = cells.cell(new float[] {x, 0.5f}, 0, layer);
        float[] middle = new float[2];
        cells.middle(cell, middle);
        assertThat(cells.cell(middle, 0, layer)).isEqualTo(cell);
      }
    }
  }

  @Test
  void aBinHasANumberAndTheNumberItsBin() {
    assertThat(BINS.count()).isEqualTo(12);
    for (int cell = 0; cell < 12; cell++) {
      assertThat(BINS.index(BINS.cell(cell))).isEqualTo(cell);
    }
    assertThat(BINS.cell(7)).containsExactly(2, 1);
    assertThat(BINS.within(0, 2, 0.5)).isEqualTo(0.25);
  }

  @Test
  void quantilesAreEquallyFull() {
    float[] points = points(900);
    Quantiles cells = Quantiles.of(points, 2, List.of(3, 1));
    int[] full = new int[3];
    for (int row = 0; row < 900; row++) {
      full[(int) cells.cell(points, 2 * row, 0)[0]]++;
    }
    assertThat(full).containsExactly(300, 300, 300);
    assertThat(cells.summary()).isEqualTo("3 × 1 quantile bins");
    float[] same = {7, 7, 7, 8};
    assertThat(Quantiles.of(same, 1, List.of(4)).edges()).isEqualTo(List.of(List.of(8f)));
  }

  @Test
  void tilesOfNeighborsOverlap() {
    Tiles tiles = new Tiles(new Bins(List.of(4), List.of(0.0), List.of(4.0)), 4);
    // Shifts of 0, 1/4, 2/4, 3/4 of a bin, which is 1 wide.
    assertThat(cellsAt(tiles, 1.1f)).containsExactly(1, 1, 1, 1);
    assertThat(cellsAt(tiles, 1.3f)).containsExactly(1, 1, 1, 2);
    assertThat(cellsAt(tiles, 1.6f)).containsExactly(1, 1, 2, 2);
    assertThat(cellsAt(tiles, 3.9f)).containsExactly(3, 4, 4, 4);
    assertThat(tiles.count()).isEqualTo(4 + 3 * 5);
  }

  private static int[] cellsAt(Tiles tiles, float x) {
    int[] all = new int[tiles.layers()];
    Arrays.setAll(all, layer -> (int) tiles.cell(new float[] {x}, 0, layer)[1]);
    return all;
  }

  @Test
  void clustersFindTheHeaps() {
    float[] points = points(3_000);
    for (int row = 0; row < 3_000; row++) {
      points[2 * row + 1] = 1; // a number that never changes tells nothing apart
    }
    Clusters two = Clusters.of(points, 2, 2, 0);
    List<Float> across = two.centers().stream().map(center -> center.get(0)).sorted().toList();
    assertThat(across.get(0)).isCloseTo(-5, within(0.05f));
    assertThat(across.get(1)).isCloseTo(5, within(0.05f));
    assertThat(Clusters.of(points(300), 2, 7, 4)).isEqualTo(Clusters.of(points(300), 2, 7, 4));
    assertThat(Clusters.of(points(300), 2, 7, 4)).isNotEqualTo(Clusters.of(points(300), 2, 7, 5));
  }

  @Test
  void cellsWithoutSenseAreRefused() {
    refused(
        () -> new Quantiles(List.of(List.of(1f, 1f))),
        "quantiles: expected finite edges that ascend, got [1.0, 1.0] (number 0 of an observation).");
    refused(() -> new Tiles(BINS, 0), "tiles: expected at least 1 layer, got 0.");
    refused(
        () -> Clusters.of(new float[4], 2, 3, 0),
        "clusters: expected at least 3 observations, one a cluster, got 2.");
    refused(
        () -> Discretization.of(new Tensors().put("odd", new int[1])),
        "cells: expected bins, quantiles, tiles or clusters, got arrays named [odd].");
  }

  private static void refused(Runnable deed, String message) {
    assertThatThrownBy(deed::run).isInstanceOf(RetortException.class).hasMessage(message);
  }
}
