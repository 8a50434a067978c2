package dev.retort.table;

import dev.retort.RetortException;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts numbers into bins that are equally full: the edges between bins are quantiles of what was
 * seen. Where many values are equal, bins that would be empty are left out.
 *
 * @param edges of each number of an observation, ascending; {@code n} edges make {@code n + 1} bins
 */
public record Quantiles(List<List<Float>> edges) implements Discretization {
  /** Refuses edges that do not ascend. */
  public Quantiles {
    edges = edges.stream().map(List::copyOf).toList();
    for (int i = 0; i < edges.size(); i++) {
      List<Float> own = edges.get(i);
      for (int j = 0; j < own.size(); j++) {
        if (!Float.isFinite(own.get(j)) || (j > 0 && own.get(j) <= own.get(j - 1))) {
          throw new RetortException(
              "quantiles: expected finite edges that ascend, got %s (number %s of an observation)."
                  .formatted(own, i));
        }
      }
    }
  }

  /**
   * The quantiles of observations.
   *
   * @param observations {@code (rows, numbers)}
   * @param numbers how many numbers an observation has
   * @param bins how many bins at most, one for each number of an observation; a single one holds
   *     for all
   */
  public static Quantiles of(float[] observations, int numbers, List<Integer> bins) {
    List<Integer> counts = Bins.each("bins", bins, numbers);
    int rows = observations.length / numbers;
    if (rows == 0) {
      throw new RetortException("quantiles: expected observations, got none.");
    }
    List<List<Float>> edges = new ArrayList<>();
    for (int i = 0; i < numbers; i++) {
      float[] column = new float[rows];
      for (int row = 0; row < rows; row++) {
        column[row] = observations[row * numbers + i];
      }
      Arrays.sort(column);
      List<Float> own = new ArrayList<>();
      for (int bin = 1; bin < counts.get(i); bin++) {
        float edge = column[(int) ((long) rows * bin / counts.get(i))];
        if (edge > column[0] && (own.isEmpty() || edge > own.get(own.size() - 1))) {
          own.add(edge);
        }
      }
      edges.add(own);
    }
    return new Quantiles(edges);
  }

  @Override
  public int numbers() {
    return edges.size();
  }

  @Override
  public int width() {
    return edges.size();
  }

  @Override
  public long count() {
    return Discretization.product(edges.stream().mapToLong(own -> own.size() + 1L));
  }

  @Override
  public boolean has(float[] cell) {
    return IntStream.range(0, width())
        .allMatch(i -> Discretization.isBelow(cell[i], edges.get(i).size() + 1L));
  }

  /** An observation lies in the bin behind the last edge that is not above it. */
  @Override
  public float[] cell(float[] observation, int at, int layer) {
    float[] cell = new float[edges.size()];
    for (int i = 0; i < cell.length; i++) {
      int bin = 0;
      for (float edge : edges.get(i)) {
        if (observation[at + i] >= edge) {
          bin++;
        }
      }
      cell[i] = bin;
    }
    return cell;
  }

  /** Half-way between two edges; on the edge of a bin that is open to one side. */
  @Override
  public void middle(float[] cell, float[] observation) {
    for (int i = 0; i < cell.length; i++) {
      List<Float> own = edges.get(i);
      int bin = (int) cell[i];
      observation[i] =
          own.isEmpty()
              ? 0
              : (own.get(Math.max(0, bin - 1)) + own.get(Math.min(own.size() - 1, bin))) / 2;
    }
  }

  @Override
  public String summary() {
    return Bins.times(edges.stream().map(own -> own.size() + 1).toList()) + " quantile bins";
  }

  @Override
  public Tensors save() {
    int[] sizes = edges.stream().mapToInt(List::size).toArray();
    float[] all = new float[Arrays.stream(sizes).sum()];
    int next = 0;
    for (List<Float> own : edges) {
      for (float edge : own) {
        all[next++] = edge;
      }
    }
    return new Tensors().put("edges", all).put("sizes", sizes);
  }

  static Quantiles of(Tensors saved) {
    float[] all = saved.floats("edges");
    int[] sizes = saved.ints("sizes");
    if (Arrays.stream(sizes).anyMatch(size -> size < 0)
        || Arrays.stream(sizes).asLongStream().sum() != all.length) {
      throw new RetortException(
          "quantiles: expected sizes that sum to the %s edges, got %s sizes."
              .formatted(all.length, sizes.length));
    }
    List<List<Float>> edges = new ArrayList<>();
    int next = 0;
    for (int size : sizes) {
      List<Float> own = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        own.add(all[next++]);
      }
      edges.add(own);
    }
    return new Quantiles(edges);
  }
}
