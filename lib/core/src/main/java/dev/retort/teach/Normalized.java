package dev.retort.teach;

/**
 * The advantages of a member's minibatch, with mean 0 and deviation 1 over what is learned from.
 */
final class Normalized {
  private static final double SMALL = 1e-8;

  private final float[] advantage;
  private final double mean;
  private final double deviation;

  Normalized(Minibatch batch, Rollout rollout, float[] advantage) {
    this.advantage = advantage;
    double sum = 0;
    double squares = 0;
    int n = 0;
    for (int i = 0; i < batch.size; i++) {
      int row = batch.row(i);
      if (!rollout.guided[row]) {
        sum += advantage[row];
        squares += (double) advantage[row] * advantage[row];
        n++;
      }
    }
    this.mean = sum / Math.max(1, n);
    this.deviation =
        Math.sqrt(Math.max(0, squares / Math.max(1, n) - mean * mean) * n / Math.max(1, n - 1));
  }

  double of(int row) {
    return (advantage[row] - mean) / (deviation + SMALL);
  }
}
