package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.env.VectorEnv;
import dev.retort.random.RandomStream;
import dev.retort.store.Tensors;
import java.util.Arrays;

/**
 * The last transitions of every member, each in a ring of its own.
 *
 * <p>A transition keeps the true next observation and whether it terminated; truncation leaves no
 * trace, because the future beyond it is bootstrapped like any other.
 */
final class Replay {
  private final int members;
  private final int capacity;
  private final int obsSize;
  private final int actionSize;
  private final float[] obs;
  private final float[] nextObs;
  private final float[] actions;
  private final float[] rewards;
  private final byte[] terminated;
  private int next;
  private int size;

  Replay(int members, long capacity, int obsSize, int actionSize) {
    long most = Integer.MAX_VALUE / members / Math.max(obsSize, actionSize);
    if (capacity > most) {
      throw new RetortException(
          "replay: expected a memory of at most %,d transitions for %d members with observations of %d numbers, got %,d."
              .formatted(most, members, obsSize, capacity));
    }
    this.members = members;
    this.capacity = (int) capacity;
    this.obsSize = obsSize;
    this.actionSize = actionSize;
    this.obs = new float[members * this.capacity * obsSize];
    this.nextObs = new float[obs.length];
    this.actions = new float[members * this.capacity * actionSize];
    this.rewards = new float[members * this.capacity];
    this.terminated = new byte[members * this.capacity];
  }

  /**
   * Adds the step that every copy has just taken.
   *
   * @param before what the agents acted on, {@code (members × copies, obsSize)}
   * @param taken their actions
   */
  void add(float[] before, float[] taken, VectorEnv envs) {
    int copies = envs.copies() / members;
    for (int copy = 0; copy < copies; copy++) {
      for (int member = 0; member < members; member++) {
        int from = member * copies + copy;
        int to = member * capacity + next;
        System.arraycopy(before, from * obsSize, obs, to * obsSize, obsSize);
        System.arraycopy(envs.nextObservations(), from * obsSize, nextObs, to * obsSize, obsSize);
        System.arraycopy(taken, from * actionSize, actions, to * actionSize, actionSize);
        rewards[to] = envs.rewards()[from];
        terminated[to] = (byte) (envs.terminated()[from] ? 1 : 0);
      }
      next = (next + 1) % capacity;
      size = Math.min(size + 1, capacity);
    }
  }

  /** How many transitions each member has. */
  int size() {
    return size;
  }

  /** Draws rows with replacement, {@code batch} a member, each member from its own stream. */
  void sample(RandomStream[] streams, int batch, Sample into) {
    for (int member = 0; member < members; member++) {
      for (int i = 0; i < batch; i++) {
        int from = member * capacity + streams[member].nextInt(size);
        int to = member * batch + i;
        System.arraycopy(obs, from * obsSize, into.obs, to * obsSize, obsSize);
        System.arraycopy(nextObs, from * obsSize, into.nextObs, to * obsSize, obsSize);
        System.arraycopy(actions, from * actionSize, into.actions, to * actionSize, actionSize);
        into.rewards[to] = rewards[from];
        into.terminated[to] = terminated[from] != 0;
      }
    }
  }

  /** A minibatch for every member, {@code (members, batch, ...)}. */
  static final class Sample {
    final float[] obs;
    final float[] nextObs;
    final float[] actions;
    final float[] rewards;
    final boolean[] terminated;

    Sample(int rows, int obsSize, int actionSize) {
      obs = new float[rows * obsSize];
      nextObs = new float[rows * obsSize];
      actions = new float[rows * actionSize];
      rewards = new float[rows];
      terminated = new boolean[rows];
    }
  }

  /** Only what is filled is saved. */
  Tensors save() {
    return new Tensors()
        .put("next", new long[] {next})
        .put("obs", filled(obs, obsSize))
        .put("nextObs", filled(nextObs, obsSize))
        .put("actions", filled(actions, actionSize))
        .put("rewards", filled(rewards, 1))
        .put("terminated", filled(terminated));
  }

  void restore(Tensors saved) {
    next = (int) saved.longs("next")[0];
    size = saved.floats("rewards").length / members;
    fill(saved.floats("obs"), obs, obsSize);
    fill(saved.floats("nextObs"), nextObs, obsSize);
    fill(saved.floats("actions"), actions, actionSize);
    fill(saved.floats("rewards"), rewards, 1);
    for (int member = 0; member < members; member++) {
      System.arraycopy(
          saved.bytes("terminated"), member * size, terminated, member * capacity, size);
    }
  }

  private float[] filled(float[] all, int width) {
    float[] part = new float[members * size * width];
    for (int member = 0; member < members; member++) {
      System.arraycopy(all, member * capacity * width, part, member * size * width, size * width);
    }
    return part;
  }

  private byte[] filled(byte[] all) {
    byte[] part = new byte[members * size];
    for (int member = 0; member < members; member++) {
      System.arraycopy(all, member * capacity, part, member * size, size);
    }
    return part;
  }

  private void fill(float[] part, float[] all, int width) {
    Arrays.fill(all, 0);
    for (int member = 0; member < members; member++) {
      System.arraycopy(part, member * size * width, all, member * capacity * width, size * width);
    }
  }
}
