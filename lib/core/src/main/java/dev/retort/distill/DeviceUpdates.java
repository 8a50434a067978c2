package dev.retort.distill;

import dev.retort.data.Dataset;
import dev.retort.nn.Adam;
import dev.retort.nn.DevicePopulation;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.policy.Softmax;
import dev.retort.policy.Squash;
import dev.retort.run.Finite;
import dev.retort.space.Discrete;
import java.util.Arrays;

/** Updates on a device where data, parameters and optimiser lie together. */
final class DeviceUpdates implements Updates {
  /** So many multiplications lie between two looks whether to stop: a fraction of a second. */
  private static final double PATIENCE = 1e10;

  private static final int MOST = 256;

  /** So many numbers of rows travel to the device together. */
  private static final double PICKED = 4e6;

  private final DevicePopulation population;
  private final int members;
  private final int together;
  private final boolean discrete;
  private final float[] loss;
  private final float[] agreement;

  DeviceUpdates(
      Dataset data, Loss loss, Squash squash, Network network, Adam adam, Rows rows, int batch) {
    this.members = network.members();
    this.discrete = data.actions() instanceof Discrete;
    double rowsSeen = (double) members * batch;
    double each = 3.0 * network.parameters().length * batch;
    this.together = (int) Math.max(1, Math.min(MOST, Math.min(PATIENCE / each, PICKED / rowsSeen)));
    this.loss = new float[together * members];
    this.agreement = new float[together * members];
    this.population =
        new DevicePopulation(
            network,
            adam,
            data.obs(),
            loss.targets(data),
            discrete ? preferred(data) : new long[0],
            squash.bounds(),
            rows,
            batch);
  }

  /** What the teacher prefers in each row. */
  private static long[] preferred(Dataset data) {
    long[] preferred = new long[data.size()];
    for (int row = 0; row < preferred.length; row++) {
      preferred[row] = Softmax.argmax(data.targets(), row * data.width(), data.width());
    }
    return preferred;
  }

  @Override
  public int together() {
    return together;
  }

  @Override
  public void take(
      int[] picked,
      int count,
      double learningRate,
      long first,
      double[] losses,
      double[] agreements) {
    long[] rows = Arrays.stream(picked).asLongStream().toArray();
    population.learn(rows, count, learningRate, loss, agreement);
    for (int i = 0; i < count * members; i++) {
      Finite.require(loss[i], i % members, "loss", first + i / members);
      losses[i % members] += loss[i];
      agreements[i % members] += discrete ? agreement[i] : Double.NaN;
    }
  }

  @Override
  public void fetch() {
    population.fetch();
  }

  @Override
  public void close() {
    population.close();
  }
}
