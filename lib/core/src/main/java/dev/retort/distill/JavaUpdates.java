package dev.retort.distill;

import dev.retort.data.Dataset;
import dev.retort.nn.Adam;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.nn.Targets;
import dev.retort.policy.Softmax;
import dev.retort.policy.Squash;
import dev.retort.run.Finite;
import dev.retort.space.Discrete;

/** Updates whose passes the engine computes, and all else Java. */
final class JavaUpdates implements Updates {
  private final Dataset data;
  private final Targets targets;
  private final Squash squash;
  private final Network network;
  private final Adam adam;
  private final Rows rows;
  private final int members;
  private final int batch;
  private final int width;
  private final int obsSize;
  private final boolean discrete;
  private final float[] obs;
  private final float[] out;
  private final float[] dOut;

  JavaUpdates(
      Dataset data, Loss loss, Squash squash, Network network, Adam adam, Rows rows, int batch) {
    this.data = data;
    this.targets = loss.targets(data);
    this.squash = squash;
    this.network = network;
    this.adam = adam;
    this.rows = rows;
    this.members = network.members();
    this.batch = batch;
    this.width = data.width();
    this.obsSize = data.observations().size();
    this.discrete = data.actions() instanceof Discrete;
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
    squash.apply(out, members * batch);
    for (int i = 0; i < members * batch; i++) {
      int member = i / batch;
      int row = picked[from + i % seen];
      losses[member] += targets.apply(row, out, i * width, dOut);
      agreements[member] += agreement(i * width, row * width);
    }
    squash.chain(out, dOut, 1.0 / batch);
    network.backward(dOut);
    Finite.require(losses, 0, members, "loss", update);
    Finite.require(GradientNorm.largest(network), 0, "gradient norm", update);
    adam.step(network.parameters(), network.gradients(), rate);
    network.parametersChanged();
  }

  private double agreement(int at, int target) {
    if (!discrete) {
      return Double.NaN;
    }
    return Softmax.argmax(out, at, width) == Softmax.argmax(data.targets(), target, width) ? 1 : 0;
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
