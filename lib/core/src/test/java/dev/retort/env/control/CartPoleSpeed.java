package dev.retort.env.control;

import dev.retort.env.VectorEnv;
import dev.retort.random.RandomStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Prints how many steps of CartPole one core takes in a second of its own time; run it by hand. */
final class CartPoleSpeed {
  private CartPoleSpeed() {}

  public static void main(String[] args) {
    for (int copies : new int[] {8, 64, 1024}) {
      System.out.printf(
          Locale.ROOT, "%4d copies: %.1f million steps a second%n", copies, best(copies));
    }
  }

  private static double best(int copies) {
    VectorEnv envs =
        new VectorEnv(new CartPole(), copies, copy -> RandomStream.of(0, "speed", copy));
    envs.reset();
    float[][] actions = new float[64][copies];
    RandomStream random = RandomStream.of(0, "speed actions");
    for (float[] row : actions) {
      for (int copy = 0; copy < copies; copy++) {
        row[copy] = random.nextInt(2);
      }
    }
    double best = 0;
    int sweeps = 5_000_000 / copies;
    for (int round = 0; round < 8; round++) {
      long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int i = 0; i < sweeps; i++) {
        envs.step(actions[i & 63]);
      }
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
      best = Math.max(best, sweeps * (double) copies / nanos * 1e3);
    }
    return best;
  }
}
