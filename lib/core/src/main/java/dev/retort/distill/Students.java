package dev.retort.distill;

import dev.retort.data.Dataset;
import dev.retort.nn.Adam;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Torso;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Softmax;
import dev.retort.policy.Squash;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import dev.retort.run.Team;
import dev.retort.space.Discrete;
import java.util.Arrays;
import java.util.List;

/** The algorithm of {@link Distillation}, for a group of students that learn from one dataset. */
final class Students implements Team.Group {
  private final Distillation distillation;
  private final Dataset data;
  private final Loss loss;
  private final int members;
  private final int batch;
  private final int batches;
  private final int width;
  private final int obsSize;
  private final boolean discrete;
  private final Rows rows;
  private final Squash squash;
  private final Network network;
  private final Adam adam;
  private final RandomStreams orders;
  private final Resumable state = new Resumable();
  private final float[] actions;
  private final double[] losses;
  private final double[] agreements;
  private long update;

  /**
   * A group at its beginning.
   *
   * @param seeds one a member
   * @param order names the order that all members of all groups share, where they share one
   */
  Students(Distillation distillation, Dataset data, long[] seeds, long order) {
    this.distillation = distillation;
    this.data = data;
    this.loss = distillation.settings().get(Distillation.LOSS);
    this.members = seeds.length;
    this.batch = distillation.batch(data.size());
    this.batches = (data.size() + batch - 1) / batch;
    this.width = data.width();
    this.obsSize = data.observations().size();
    this.discrete = data.actions() instanceof Discrete;
    this.actions = discrete ? new float[0] : data.taken();
    boolean shared = distillation.settings().get(Distillation.ORDER) == Distillation.Order.SHARED;
    this.rows = shared ? Rows.SHARED : Rows.PER_MEMBER;
    this.network =
        Network.of(
            distillation.architecture(),
            NetworkPolicy.shape(data.observations()),
            List.of(Output.of("outputs", width)),
            Torso.SHARED,
            Initialization.PYTORCH,
            seeds);
    this.squash = discrete ? Squash.none() : Squash.into(data.actions());
    this.adam = new Adam(network.parameters().length, 1e-8);
    this.orders = RandomStreams.of(shared ? new long[] {order} : seeds, "order");
    this.losses = new double[members];
    this.agreements = new double[members];
    state
        .longs("update", () -> new long[] {update}, saved -> update = saved[0])
        .floats("parameters", network::parameters, network::set)
        .longs("orders", orders::states, orders::restore)
        .part("adam", adam::save, adam::restore);
  }

  /** Learns from the whole dataset once. */
  void epoch(Session session) {
    int owners = orders.size();
    int[][] order = new int[owners][data.size()];
    for (int owner = 0; owner < owners; owner++) {
      orders.get(owner).permutation(order[owner], data.size());
    }
    int[] picked = new int[owners * batch];
    float[] obs = new float[owners * batch * obsSize];
    float[] out = new float[members * batch * width];
    float[] dOut = new float[out.length];
    double part = (double) update / distillation.updates(data.size());
    double rate = distillation.settings().get(Distillation.LEARNING_RATE).at(part);
    Arrays.fill(losses, 0);
    Arrays.fill(agreements, 0);
    for (int b = 0; b < batches; b++) {
      session.check();
      for (int owner = 0; owner < owners; owner++) {
        for (int i = 0; i < batch; i++) {
          int row = order[owner][(b * batch + i) % data.size()];
          picked[owner * batch + i] = row;
          System.arraycopy(data.obs(), row * obsSize, obs, (owner * batch + i) * obsSize, obsSize);
        }
      }
      network.forward(obs, batch, rows, out);
      squash.apply(out, members * batch);
      for (int i = 0; i < members * batch; i++) {
        int member = i / batch;
        int row = picked[i % picked.length];
        int taken = discrete ? (int) data.taken()[row] : row * width;
        losses[member] +=
            loss.apply(out, i * width, width, data.targets(), row * width, taken, actions, dOut);
        agreements[member] += agreement(out, i * width, row * width);
      }
      squash.chain(out, dOut, 1.0 / batch);
      network.backward(dOut);
      Finite.require(losses, 0, members, "loss", update);
      Finite.require(GradientNorm.largest(network), 0, "gradient norm", update);
      adam.step(network.parameters(), network.gradients(), rate);
      network.parametersChanged();
      update++;
    }
  }

  private double agreement(float[] out, int at, int target) {
    if (!discrete) {
      return Double.NaN;
    }
    return Softmax.argmax(out, at, width) == Softmax.argmax(data.targets(), target, width) ? 1 : 0;
  }

  /** How many updates there have been. */
  long update() {
    return update;
  }

  /** The mean loss of a member over the last epoch. */
  double loss(int member) {
    return losses[member] / (batches * batch);
  }

  /** The share of steps of the last epoch at which a member and its teacher preferred the same. */
  double agreement(int member) {
    return agreements[member] / (batches * batch);
  }

  /** The parameters of a member. */
  float[] parameters(int member) {
    return network.member(member);
  }

  @Override
  public Resumable state() {
    return state;
  }

  @Override
  public void close() {
    network.close();
  }
}
