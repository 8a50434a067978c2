package dev.retort.distill;

import dev.retort.data.Dataset;
import dev.retort.nn.Adam;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.run.Finite;
import dev.retort.space.Discrete;

/** Updates whose passes the engine computes, and all else Java. */
final class JavaUpdates implements Updates {
  private final Dataset data;
  private final Objective objective;
  private final Network network;
  private final Adam adam;
  private final Rows rows;
  private final int members;
  private final int batch;
  private final int width;
  private final int choices;
  private final int obsSize;
  private final float[] obs;
  private final float[] out;
  private final float[] dOut;

  JavaUpdates(Dataset data, Objective objective, Network network, Adam adam, Rows rows, int batch) {
    this.data = data;
    this.objective = objective;
    this.network = network;
    this.adam = adam;
    this.rows = rows;
    this.members = network.members();
    this.batch = batch;
    this.width = objective.width();
    this.choices = data.actions() instanceof Discrete discrete ? discrete.n() : 0;
    this.obsSize = data.observations().size();
    this.obs = new float[(rows == Rows.SHARED ? 1 : members) * batch * obsSize];
    this.out = new float[members * batch * width];
    this.dOut = new float[out.length];
  }

  @Override
  public int together() {
    return 1;
  }

  @Override
  public void take(
      int[] picked,
      int count,
      double learningRate,
      long first,
      double[] losses,
      double[] agreements) {
    int each = obs.length / obsSize;
    for (int update = 0; update < count; update++) {
      update(picked, update * each, learningRate, first + update, losses, agreements);
    }
  }

  private void update(
      int[] picked, int from, double rate, long update, double[] losses, double[] agreements) {
    int seen = obs.length / obsSize;
    for (int i = 0; i < seen; i++) {
      System.arraycopy(data.obs(), picked[from + i] * obsSize, obs, i * obsSize, obsSize);
    }
    network.forward(obs, batch, rows, out);
    for (int i = 0; i < members * batch; i++) {
      int member = i / batch;
      int row = picked[from + i % seen];
      agreements[member] += objective.agreement(row, out, i * width, choices);
      losses[member] += objective.at(row, out, i * width, 1.0 / batch, dOut);
    }
    network.backward(dOut);
    Finite.require(losses, 0, members, "loss", update);
    Finite.require(GradientNorm.largest(network), 0, "gradient norm", update);
    adam.step(network.parameters(), network.gradients(), rate);
    network.parametersChanged();
  }

  @Override
  public void fetch() {
    // They are here.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
