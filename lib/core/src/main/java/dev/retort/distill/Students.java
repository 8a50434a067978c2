package dev.retort.distill;

import dev.retort.data.Dataset;
import dev.retort.nn.Adam;
import dev.retort.nn.Architecture;
import dev.retort.nn.Engine;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Torso;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Head;
import dev.retort.policy.NetworkPolicy;
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
  /** Where updates are computed. */
  enum Where {
    /** By Java and the engine's CPU. */
    JAVA,
    /** On the engine's device, which may be the CPU too. */
    DEVICE;

    /** A device, where there is one and it knows the architecture. */
    static Where best(Architecture architecture) {
      return Engine.usesGpu() && architecture instanceof Mlp ? DEVICE : JAVA;
    }
  }

  private final Distillation distillation;
  private final Dataset data;
  private final Where where;
  private final int members;
  private final int batch;
  private final int batches;
  private final boolean discrete;
  private final Rows rows;
  private final Squash squash;
  private final Network network;
  private final Adam adam;
  private final RandomStreams orders;
  private final Resumable state = new Resumable();
  private long update;

  Students(Distillation distillation, Dataset data, long seed, Where where) {
    this.distillation = distillation;
    this.data = data;
    this.where = where;
    this.members = distillation.members();
    this.batch = distillation.batch(data.size());
    this.batches = (data.size() + batch - 1) / batch;
    this.discrete = data.actions() instanceof Discrete;
    boolean shared = distillation.settings().get(Distillation.ORDER) == Distillation.Order.SHARED;
    this.rows = shared ? Rows.SHARED : Rows.PER_MEMBER;
    long[] seeds = new long[members];
    Arrays.setAll(seeds, member -> RandomStream.of(seed, "student", member).nextLong());
    this.network =
        Network.of(
            distillation.architecture(),
            NetworkPolicy.shape(data.observations()),
            List.of(Output.of("outputs", data.width())),
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
    try (Updates updates = updates()) {
      while (update < total) {
        epoch(session, updates, (double) update / total);
        session.boundary(
            update,
            () -> {
              fetch(updates);
              return state.save();
            });
      }
      fetch(updates);
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

  private Updates updates() {
    Loss loss = distillation.settings().get(Distillation.LOSS);
    return where == Where.DEVICE
        ? new DeviceUpdates(data, loss, squash, network, adam, rows, batch)
        : new JavaUpdates(data, loss, squash, network, adam, rows, batch);
  }

  private void fetch(Updates updates) {
    updates.fetch();
    Finite.require(network.parameters(), 0, network.parameters().length, "parameter", update);
  }

  private void epoch(Session session, Updates updates, double part) {
    int owners = orders.size();
    int[][] order = new int[owners][data.size()];
    for (int owner = 0; owner < owners; owner++) {
      orders.get(owner).permutation(order[owner], data.size());
    }
    double[] losses = new double[members];
    double[] agreements = new double[members];
    double rate = distillation.settings().get(Distillation.LEARNING_RATE).at(part);
    for (int b = 0; b < batches; b += updates.together()) {
      session.check();
      int count = Math.min(updates.together(), batches - b);
      updates.take(pick(order, b, count), count, rate, update, losses, agreements);
      update += count;
    }
    int seen = batches * batch;
    for (int member = 0; member < members; member++) {
      session.curve().add(update, member, losses[member] / seen, agreements[member] / seen);
    }
  }

  /** The rows of some minibatches, {@code (count, owners, batch)}. */
  private int[] pick(int[][] order, int first, int count) {
    int[] picked = new int[count * order.length * batch];
    int to = 0;
    for (int b = first; b < first + count; b++) {
      for (int[] own : order) {
        for (int i = 0; i < batch; i++) {
          picked[to++] = own[(b * batch + i) % data.size()];
        }
      }
    }
    return picked;
  }

  @Override
  public void close() {
    network.close();
  }
}
