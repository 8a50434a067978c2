package dev.retort.teach;

import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.space.Selection;

/**
 * What a target network says of minibatches to come, as long as it stands still.
 *
 * <p>Between two steps of the target network its values of a transition stay what they are, and
 * within a block of updates so does the memory. The minibatches of such a stretch are drawn
 * together, each transition among them is valued once, however often it was drawn, and many in one
 * pass.
 */
final class TargetValues {
  /** Minibatches whose rows are valued in one pass. */
  private static final int TOGETHER = 4;

  /** Minibatches that are drawn at once, at the most. */
  private static final int MOST = 256;

  private final Network target;
  private final Selection sight;
  private final Experience experience;
  private final int members;
  private final int batch;
  private final int width;
  private final int rows;
  private final float[] seen;
  private final float[] values;
  private final int[] index;
  private int[] distinct = new int[0];
  private float[] valued = new float[0];
  private int each;
  private int next;

  /**
   * Nothing valued yet.
   *
   * @param sight what the network sees of an observation
   * @param most how many minibatches come from the same memory, at the most
   */
  TargetValues(Network target, Selection sight, Experience experience, int batch, int most) {
    this.target = target;
    this.sight = sight;
    this.experience = experience;
    this.members = target.members();
    this.batch = batch;
    this.width = target.width();
    this.rows = batch * Math.min(TOGETHER, most);
    this.seen = new float[members * rows * sight.whole().size()];
    this.values = new float[members * rows * width];
    this.index = new int[members * experience.replay().capacity()];
  }

  /**
   * Draws minibatches that {@link Experience#draw} then gives, and values what followed.
   *
   * @param left how many come before the target network or the memory changes; where they are very
   *     many, some of them are drawn
   */
  void draw(int left) {
    int count = Math.min(left, MOST);
    int[] places = experience.drawAhead(count);
    each = count * batch;
    next = 0;
    if (distinct.length < places.length) {
      distinct = new int[places.length];
      valued = new float[places.length * width];
    }
    int[] found = new int[members];
    int most = 0;
    for (int member = 0; member < members; member++) {
      found[member] = find(member, places);
      most = Math.max(most, found[member]);
    }
    for (int from = 0; from < most; from += rows) {
      value(found, from);
    }
  }

  /** Finds the distinct places of a member, and where each of them is among those. */
  private int find(int member, int[] places) {
    int capacity = index.length / members;
    int count = 0;
    for (int i = member * each; i < (member + 1) * each; i++) {
      int at = member * capacity + places[i];
      boolean known = index[at] < count && distinct[member * each + index[at]] == places[i];
      if (!known) {
        index[at] = count;
        distinct[member * each + count] = places[i];
        count++;
      }
    }
    return count;
  }

  /** Values some of each member's distinct places; who has fewer repeats the last. */
  private void value(int[] found, int from) {
    for (int row = 0; row < members * rows; row++) {
      int member = row / rows;
      int at = Math.min(from + row % rows, found[member] - 1);
      experience.replay().gatherNext(member, distinct[member * each + at], seen, row);
    }
    experience.normalize(seen);
    target.predict(sight.of(seen, members * rows), rows, Rows.PER_MEMBER, values);
    for (int member = 0; member < members; member++) {
      int own = Math.max(0, Math.min(rows, found[member] - from));
      System.arraycopy(
          values, member * rows * width, valued, (member * each + from) * width, own * width);
    }
  }

  /**
   * The target network's values of what followed on a minibatch: those that are there already if it
   * was drawn ahead.
   *
   * @param sample what {@link Experience#draw} gave last
   * @param into receives {@code (members, batch, width)}
   */
  void of(Replay.Sample sample, float[] into) {
    if (next == each) {
      target.predict(sight.of(sample.nextObs, members * batch), batch, Rows.PER_MEMBER, into);
      return;
    }
    int capacity = index.length / members;
    for (int row = 0; row < members * batch; row++) {
      int member = row / batch;
      int at = member * each + index[member * capacity + sample.places[row]];
      System.arraycopy(valued, at * width, into, row * width, width);
    }
    next += batch;
  }
}
