package dev.retort.teach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Observations that nobody acts on in a rollout and whose values it needs: where an episode was cut
 * off, and after the last step.
 *
 * <p>They are valued after the rollout, in batches of as many rows as are acted on, each member's
 * in their own order: so they are computed as they are for that member alone.
 */
final class NextValues {
  private final int copies;
  private final int size;
  private final int[] count;
  private final List<Batch> batches = new ArrayList<>();

  /** What is seen {@code (members, copies, size)}, and its rows of the rollout; −1 for none. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Batch(float[] seen, int[] rows) {}

  NextValues(int members, int copies, int size) {
    this.copies = copies;
    this.size = size;
    this.count = new int[members];
  }

  /**
   * Keeps what follows on a row of the rollout.
   *
   * @param next what the network would see now, {@code (members × copies, size)}
   * @param copy which of them
   */
  void add(float[] next, int copy, int row) {
    int member = copy / copies;
    int at = count[member]++;
    if (at / copies == batches.size()) {
      Batch batch = new Batch(new float[next.length], new int[count.length * copies]);
      Arrays.fill(batch.rows(), -1);
      batches.add(batch);
    }
    Batch batch = batches.get(at / copies);
    int place = member * copies + at % copies;
    batch.rows()[place] = row;
    System.arraycopy(next, copy * size, batch.seen(), place * size, size);
  }

  /**
   * Values all that was kept, and begins anew.
   *
   * @param values receives each at its row of the rollout
   */
  void give(ActorCritic networks, float[] values) {
    float[] said = new float[count.length * copies];
    for (Batch batch : batches) {
      networks.values(batch.seen(), copies, said);
      for (int i = 0; i < said.length; i++) {
        if (batch.rows()[i] >= 0) {
          values[batch.rows()[i]] = said[i];
        }
      }
    }
    batches.clear();
    Arrays.fill(count, 0);
  }
}
