package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.random.RandomStreams;
import java.util.stream.IntStream;

/**
 * Minibatches of a dataset of choices: what {@link Experience} is to a learner that acts.
 *
 * <p>All members draw from the same data, each by a stream of its own.
 */
final class Transitions {
  private final Dataset data;
  private final int[] rows;
  private final int members;
  private final int batch;
  private final int obsSize;
  private final double gamma;
  private final RandomStreams streams;

  /** What was seen, {@code (members, batch, obsSize)}. */
  final float[] obs;

  /** What was seen next, {@code (members, batch, obsSize)}. */
  final float[] nextObs;

  /** What was done, {@code (members, batch)}. */
  final int[] actions;

  /** What was done next; −1 where the task was over, or nobody knows, {@code (members, batch)}. */
  final int[] nextActions;

  /** What it earned, {@code (members, batch)}. */
  final float[] rewards;

  /** γ, or 0 where the task was over, {@code (members, batch)}. */
  final float[] discounts;

  /**
   * Nothing drawn yet.
   *
   * @param isFollowed whether only steps are drawn that ended the task or after which it is known
   *     what was done next; the last step of an episode that was cut off is not one
   */
  Transitions(Dataset data, long[] seeds, int batch, double gamma, boolean isFollowed) {
    this.data = data;
    this.members = seeds.length;
    this.batch = batch;
    this.gamma = gamma;
    this.obsSize = data.observations().size();
    this.streams = RandomStreams.of(seeds, "memory");
    this.rows =
        IntStream.range(0, data.size())
            .filter(row -> !isFollowed || !isLast(row) || data.terminated(data.episodeOf(row)))
            .toArray();
    if (rows.length == 0) {
      throw new RetortException(
          "dqn: expected steps after which the data '%s' say what was done next, got none. Learn from longer episodes."
              .formatted(data.name()));
    }
    int all = members * batch;
    this.obs = new float[all * obsSize];
    this.nextObs = new float[obs.length];
    this.actions = new int[all];
    this.nextActions = new int[all];
    this.rewards = new float[all];
    this.discounts = new float[all];
  }

  private boolean isLast(int row) {
    return row + 1 == data.end(data.episodeOf(row));
  }

  /** Where the chance of every member stands, for who saves it. */
  RandomStreams streams() {
    return streams;
  }

  /** Draws a minibatch for every member, with replacement. */
  void draw() {
    for (int at = 0; at < members * batch; at++) {
      int row = rows[streams.get(at / batch).nextInt(rows.length)];
      boolean isOver = isLast(row) && data.terminated(data.episodeOf(row));
      data.column(Dataset.OBSERVATION).read(row, obs, at * obsSize);
      data.nextObservation(row, nextObs, at * obsSize);
      actions[at] = (int) data.taken()[row];
      nextActions[at] = isLast(row) ? -1 : (int) data.taken()[row + 1];
      rewards[at] = data.rewards()[row];
      discounts[at] = isOver ? 0 : (float) gamma;
    }
  }
}
