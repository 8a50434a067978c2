package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.random.RandomStreams;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The last transitions of every member, each in a ring of its own.
 *
 * <p>A transition keeps what its future is worth: the true next observation and the discount with
 * which that is bootstrapped, 0 after termination. Truncation leaves no trace, because the future
 * beyond it is bootstrapped like any other.
 */
final class Replay {
  /** The episode of what was met before episodes were remembered. */
  static final int UNKNOWN = -1;

  private final int members;
  private final int capacity;
  private final int obsSize;
  private final int actionSize;
  private final Optional<Priorities> priorities;
  private final float[] obs;
  private final float[] nextObs;
  private final float[] actions;
  private final float[] rewards;
  private final float[] discounts;
  private final int[] episodes;
  private final int[] steps;
  private final int[] next;
  private final int[] size;

  /** A memory that is sampled evenly, or by priority. */
  Replay(int members, long capacity, int obsSize, int actionSize, Optional<Double> exponent) {
    long most = Integer.MAX_VALUE / members / Math.max(obsSize, actionSize);
    if (capacity > most) {
      throw new RetortException(
          String.format(
              Locale.ROOT,
              "replay: expected a memory of at most %,d transitions for %d members with observations of %d numbers, got %,d.",
              most,
              members,
              obsSize,
              capacity));
    }
    this.members = members;
    this.capacity = (int) capacity;
    this.obsSize = obsSize;
    this.actionSize = actionSize;
    this.priorities = exponent.map(alpha -> new Priorities(members, this.capacity, alpha));
    this.obs = new float[members * this.capacity * obsSize];
    this.nextObs = new float[obs.length];
    this.actions = new float[members * this.capacity * actionSize];
    this.rewards = new float[members * this.capacity];
    this.discounts = new float[members * this.capacity];
    this.episodes = new int[members * this.capacity];
    this.steps = new int[members * this.capacity];
    this.next = new int[members];
    this.size = new int[members];
  }

  /**
   * Adds a transition of one member; arrays are read from the index that follows them.
   *
   * @param discount what the value of {@code after} is multiplied with
   * @param episode of the member, in which {@code before} was seen
   * @param step of that episode, at which it was
   */
  void add(
      int member,
      float[] before,
      int beforeAt,
      float[] action,
      int actionAt,
      float reward,
      float[] after,
      int afterAt,
      float discount,
      int episode,
      int step) {
    int to = member * capacity + next[member];
    System.arraycopy(before, beforeAt, obs, to * obsSize, obsSize);
    System.arraycopy(action, actionAt, actions, to * actionSize, actionSize);
    System.arraycopy(after, afterAt, nextObs, to * obsSize, obsSize);
    rewards[to] = reward;
    discounts[to] = discount;
    episodes[to] = episode;
    steps[to] = step;
    priorities.ifPresent(each -> each.welcome(member, next[member]));
    next[member] = (next[member] + 1) % capacity;
    size[member] = Math.min(size[member] + 1, capacity);
  }

  /** How many transitions a member has. */
  int size(int member) {
    return size[member];
  }

  /** Whether every member has something to draw, which it has after {@code n-step} steps. */
  boolean isFilled() {
    return Arrays.stream(size).allMatch(count -> count > 0);
  }

  /**
   * Draws rows with replacement, {@code batch} a member, each member from its own stream.
   *
   * @param beta how much of the bias of sampling by priority the weights take back, from 0 to 1
   */
  void sample(RandomStreams streams, int batch, double beta, Sample into) {
    draw(streams, batch, into.places);
    for (int member = 0; priorities.isPresent() && member < members; member++) {
      priorities.get().sample(streams.get(member), member, size[member], batch, beta, into);
    }
    gather(into);
  }

  /**
   * Draws places of rows with replacement, each member from its own stream.
   *
   * @param each how many a member
   * @param places receives them, {@code (members, each)}
   */
  void draw(RandomStreams streams, int each, int[] places) {
    for (int i = 0; i < members * each; i++) {
      places[i] = streams.get(i / each).nextInt(size[i / each]);
    }
  }

  /** Fills a sample with the rows at its places. */
  void gather(Sample into) {
    int batch = into.places.length / members;
    for (int row = 0; row < into.places.length; row++) {
      int from = row / batch * capacity + into.places[row];
      System.arraycopy(obs, from * obsSize, into.obs, row * obsSize, obsSize);
      System.arraycopy(nextObs, from * obsSize, into.nextObs, row * obsSize, obsSize);
      System.arraycopy(actions, from * actionSize, into.actions, row * actionSize, actionSize);
      into.rewards[row] = rewards[from];
      into.discounts[row] = discounts[from];
      into.episodes[row] = episodes[from];
      into.steps[row] = steps[from];
    }
  }

  /** Copies what followed on a member's row into a row of observations. */
  void gatherNext(int member, int place, float[] rows, int row) {
    System.arraycopy(nextObs, (member * capacity + place) * obsSize, rows, row * obsSize, obsSize);
  }

  /** How many transitions a member can have. */
  int capacity() {
    return capacity;
  }

  /** Tells how wrong the values of a sample were, for the next sample by priority. */
  void prioritize(Sample sample, double[] errors) {
    int batch = sample.places.length / members;
    priorities.ifPresent(
        each -> {
          for (int row = 0; row < sample.places.length; row++) {
            each.set(row / batch, sample.places[row], Math.abs(errors[row]));
          }
        });
  }

  /** A minibatch for every member, {@code (members, batch, ...)}. */
  static final class Sample {
    final float[] obs;
    final float[] nextObs;
    final float[] actions;
    final float[] rewards;
    final float[] discounts;
    final float[] weights;
    final int[] places;
    final int[] episodes;
    final int[] steps;

    Sample(int rows, int obsSize, int actionSize) {
      obs = new float[rows * obsSize];
      nextObs = new float[rows * obsSize];
      actions = new float[rows * actionSize];
      rewards = new float[rows];
      discounts = new float[rows];
      weights = new float[rows];
      Arrays.fill(weights, 1);
      places = new int[rows];
      episodes = new int[rows];
      steps = new int[rows];
    }
  }

  /** Only what is filled is saved. */
  Tensors save() {
    int rows = Arrays.stream(size).sum();
    Tensors saved =
        new Tensors()
            .put("next", next.clone())
            .put("size", size.clone())
            .put("obs", filled(obs, new float[rows * obsSize], obsSize))
            .put("nextObs", filled(nextObs, new float[rows * obsSize], obsSize))
            .put("actions", filled(actions, new float[rows * actionSize], actionSize))
            .put("rewards", filled(rewards, new float[rows], 1))
            .put("discounts", filled(discounts, new float[rows], 1))
            .put("episodes", filled(episodes, new int[rows], 1))
            .put("steps", filled(steps, new int[rows], 1));
    priorities.ifPresent(each -> saved.putAll("priorities", each.save()));
    return saved;
  }

  void restore(Tensors saved) {
    System.arraycopy(saved.ints("next"), 0, next, 0, members);
    System.arraycopy(saved.ints("size"), 0, size, 0, members);
    fill(saved.floats("obs"), obs, obsSize);
    fill(saved.floats("nextObs"), nextObs, obsSize);
    fill(saved.floats("actions"), actions, actionSize);
    fill(saved.floats("rewards"), rewards, 1);
    fill(saved.floats("discounts"), discounts, 1);
    if (saved.has("episodes")) {
      fill(saved.ints("episodes"), episodes, 1);
      fill(saved.ints("steps"), steps, 1);
    } else { // checkpoints of before did not say it
      Arrays.fill(episodes, UNKNOWN);
    }
    priorities.ifPresent(each -> each.restore(saved.part("priorities")));
  }

  private <A> A filled(A all, A part, int width) {
    int to = 0;
    for (int member = 0; member < members; member++) {
      System.arraycopy(all, member * capacity * width, part, to, size[member] * width);
      to += size[member] * width;
    }
    return part;
  }

  private <A> void fill(A part, A all, int width) {
    int from = 0;
    for (int member = 0; member < members; member++) {
      System.arraycopy(part, from, all, member * capacity * width, size[member] * width);
      from += size[member] * width;
    }
  }
}
