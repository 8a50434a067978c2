package dev.retort.distill;

import dev.retort.data.Dataset;
import dev.retort.nn.Adam;
import dev.retort.nn.DevicePopulation;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.run.Finite;
import java.util.Arrays;

/** Updates on a device where data, parameters and optimizer lie together. */
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
      Lesson lesson, Objective objective, Network network, Adam adam, Rows rows, int batch) {
    lesson.requireOnDevice();
    Dataset data = lesson.data();
    this.members = network.members();
    this.discrete = objective.preferred().length > 0;
    double rowsSeen = (double) members * batch;
    double each = 3.0 * network.parameters().length * batch;
    this.together = (int) Math.max(1, Math.min(MOST, Math.min(PATIENCE / each, PICKED / rowsSeen)));
    this.loss = new float[together * members];
    this.agreement = new float[together * members];
    this.population =
        new DevicePopulation(
            network,
            adam,
            lesson.selection().orElseThrow().of(data.obs(), data.size()),
            objective.onDevice().orElseThrow(),
            Arrays.stream(objective.preferred()).asLongStream().toArray(),
            objective.squash().bounds(),
            rows,
            batch);
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
