package dev.retort.teach;

import dev.retort.env.VectorEnv;
import dev.retort.store.Tensors;

/**
 * Sums rewards over several steps before a transition is remembered.
 *
 * <pre>R = Σ_{k<m} γ^k r_{t+k},    discount γ^m, or 0 if the task is over within the m steps</pre>
 *
 * <p>with {@code m = n}, or fewer where the episode ends before; a truncated one is bootstrapped
 * from its true final observation. One copy of the environment a member. Rich Sutton, 1988.
 */
final class NStep {
  private final int n;
  private final double gamma;
  private final int obsSize;
  private final int actionSize;
  private final Replay replay;
  private final float[] obs;
  private final float[] actions;
  private final float[] rewards;
  private final int[] oldest;
  private final int[] waiting;

  NStep(int members, int n, double gamma, int obsSize, int actionSize, Replay replay) {
    this.n = n;
    this.gamma = gamma;
    this.obsSize = obsSize;
    this.actionSize = actionSize;
    this.replay = replay;
    this.obs = new float[members * n * obsSize];
    this.actions = new float[members * n * actionSize];
    this.rewards = new float[members * n];
    this.oldest = new int[members];
    this.waiting = new int[members];
  }

  /**
   * Takes the step that every member has just taken.
   *
   * @param before what they acted on, {@code (members, obsSize)}
   * @param taken their actions, {@code (members, actionSize)}
   * @param reward by which is learned, {@code (members)}
   */
  void add(float[] before, float[] taken, float[] reward, VectorEnv envs) {
    for (int member = 0; member < waiting.length; member++) {
      int at = member * n + (oldest[member] + waiting[member]) % n;
      System.arraycopy(before, member * obsSize, obs, at * obsSize, obsSize);
      System.arraycopy(taken, member * actionSize, actions, at * actionSize, actionSize);
      rewards[at] = reward[member];
      waiting[member]++;
      while (waiting[member] == n || (envs.ended(member) && waiting[member] > 0)) {
        remember(member, envs);
      }
    }
  }

  private void remember(int member, VectorEnv envs) {
    double sum = 0;
    double discount = 1;
    for (int k = 0; k < waiting[member]; k++) {
      sum += discount * rewards[member * n + (oldest[member] + k) % n];
      discount *= gamma;
    }
    int at = member * n + oldest[member];
    replay.add(
        member,
        obs,
        at * obsSize,
        actions,
        at * actionSize,
        (float) sum,
        envs.nextObservations(),
        member * obsSize,
        envs.terminated()[member] ? 0 : (float) discount,
        envs.episode(member),
        envs.taken(member) - waiting[member]);
    oldest[member] = (oldest[member] + 1) % n;
    waiting[member]--;
  }

  Tensors save() {
    return new Tensors()
        .put("obs", obs.clone())
        .put("actions", actions.clone())
        .put("rewards", rewards.clone())
        .put("oldest", oldest.clone())
        .put("waiting", waiting.clone());
  }

  void restore(Tensors saved) {
    System.arraycopy(saved.floats("obs"), 0, obs, 0, obs.length);
    System.arraycopy(saved.floats("actions"), 0, actions, 0, actions.length);
    System.arraycopy(saved.floats("rewards"), 0, rewards, 0, rewards.length);
    System.arraycopy(saved.ints("oldest"), 0, oldest, 0, oldest.length);
    System.arraycopy(saved.ints("waiting"), 0, waiting, 0, waiting.length);
  }
}
