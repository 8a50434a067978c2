package dev.retort.data;

/**
 * One episode of a dataset.
 *
 * @param data whose it is
 * @param index its number, from 0
 */
public record Episode(Dataset data, int index) {
  /** First row. */
  public int start() {
    return data.start(index);
  }

  /** One past the last row. */
  public int end() {
    return data.end(index);
  }

  /** Number of steps. */
  public int length() {
    return end() - start();
  }

  /** Task that it is of: its context in the environment that it was collected in, from 0. */
  public int task() {
    return data.task(index);
  }

  /** What ended it. */
  public End how() {
    return data.how(index);
  }

  /** Undiscounted return. */
  public double total() {
    return data.episodeReturn(index);
  }

  /** Number {@code k} of a column at a step, counted from 0. */
  public float at(String column, int step, int k) {
    return data.column(column).at(start() + step, k);
  }

  @Override
  public String toString() {
    return "episode %s of '%s': %s steps, return %s"
        .formatted(index, data.name(), length(), total());
  }
}
