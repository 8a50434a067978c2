package dev.retort.distill;

import dev.retort.data.Dataset;
import dev.retort.nn.Adam;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Torso;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Head;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Softmax;
import dev.retort.policy.Squash;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The algorithm of {@link Distillation}: a population of students learns from one dataset. */
final class Students implements AutoCloseable {
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
  private long update;

  Students(Distillation distillation, Dataset data, long seed) {
    this.distillation = distillation;
    this.data = data;
    this.loss = distillation.settings().get(Distillation.LOSS);
    this.members = distillation.members();
    this.batch = distillation.batch(data.size());
    this.batches = (data.size() + batch - 1) / batch;
    this.width = data.width();
    this.obsSize = data.observations().size();
    this.discrete = data.actions() instanceof Discrete;
    this.actions = discrete ? new float[0] : data.taken();
    boolean shared = distillation.settings().get(Distillation.ORDER) == Distillation.Order.SHARED;
    this.rows = shared ? Rows.SHARED : Rows.PER_MEMBER;
    long[] seeds = new long[members];
    Arrays.setAll(seeds, member -> RandomStream.of(seed, "student", member).nextLong());
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
    this.orders = RandomStreams.of(shared ? new long[] {seed} : seeds, "order");
    state
        .longs("update", () -> new long[] {update}, saved -> update = saved[0])
        .floats("parameters", network::parameters, network::set)
        .longs("orders", orders::states, orders::restore)
        .part("adam", adam::save, adam::restore);
  }

  Ensemble train(Session session) {
    session.resumed().ifPresent(state::restore);
    long total = distillation.updates(data.size());
    while (update < total) {
      epoch(session, (double) update / total);
      session.boundary(update, state::save);
    }
    List<NetworkPolicy> students = new ArrayList<>();
    for (int member = 0; member < members; member++) {
      students.add(
          new NetworkPolicy(
              "student " + member,
              data.observations(),
              data.actions(),
              discrete ? Head.LOGITS : Head.ACTION,
              distillation.architecture(),
              network.member(member)));
    }
    return new Ensemble("ensemble of " + members, students);
  }

  private void epoch(Session session, double part) {
    int owners = orders.size();
    int[][] order = new int[owners][data.size()];
    for (int owner = 0; owner < owners; owner++) {
      orders.get(owner).permutation(order[owner], data.size());
    }
    int[] picked = new int[owners * batch];
    float[] obs = new float[owners * batch * obsSize];
    float[] out = new float[members * batch * width];
    float[] dOut = new float[out.length];
    double[] losses = new double[members];
    double[] agreements = new double[members];
    double rate = distillation.settings().get(Distillation.LEARNING_RATE).at(part);
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
    int seen = batches * batch;
    for (int member = 0; member < members; member++) {
      session.curve().add(update, member, losses[member] / seen, agreements[member] / seen);
    }
  }

  private double agreement(float[] out, int at, int target) {
    if (!discrete) {
      return Double.NaN;
    }
    return Softmax.argmax(out, at, width) == Softmax.argmax(data.targets(), target, width) ? 1 : 0;
  }

  @Override
  public void close() {
    network.close();
  }
}
