package dev.retort.distill;

import dev.retort.data.Dataset;
import dev.retort.nn.Adam;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Engine;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import dev.retort.run.Team;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The algorithm of {@link Distillation}, for a group of students that learn from one dataset. */
final class Students implements Team.Group {
  /** Where updates are computed. */
  enum Where {
    /** By Java and the engine's CPU. */
    JAVA,
    /** On the engine's device, which may be the CPU too. */
    DEVICE;

    /** A device, where there is one and it knows architecture and loss. */
    static Where best(Architecture architecture, Loss loss, Dataset data) {
      boolean isKnown = architecture instanceof Mlp && Objective.isOnDevice(loss, data);
      return Engine.usesGpu() && isKnown ? DEVICE : JAVA;
    }
  }

  private final Distillation distillation;
  private final Dataset data;
  private final Where where;
  private final int members;
  private final int batch;
  private final int batches;
  private final Rows rows;
  private final Network network;
  private final Adam adam;
  private final RandomStreams orders;
  private final Resumable state = new Resumable();
  private final double[] losses;
  private final double[] agreements;
  private Optional<Updates> updates = Optional.empty();
  private long update;

  /** Whether there have been updates since the parameters were last fetched. */
  private boolean away;

  /**
   * A group at its beginning.
   *
   * @param seeds one a member
   * @param ordered names the order of each member; one number where all share one
   * @param first the parameters that each member begins with; empty for fresh ones
   * @param where updates are computed
   */
  Students(
      Distillation distillation,
      Dataset data,
      long[] seeds,
      long[] ordered,
      List<float[]> first,
      Where where) {
    this.distillation = distillation;
    this.data = data;
    this.where = where;
    this.members = seeds.length;
    this.batch = distillation.batch(data.size());
    this.batches = (data.size() + batch - 1) / batch;
    boolean shared = distillation.isShared() && ordered.length == 1;
    this.rows = shared ? Rows.SHARED : Rows.PER_MEMBER;
    Blueprint blueprint = distillation.blueprint(data);
    this.network =
        first.isEmpty()
            ? Network.of(
                blueprint.architecture(),
                blueprint.inputShape(),
                blueprint.outputs(),
                blueprint.trunk(),
                Initialization.PYTORCH,
                seeds)
            : Network.of(blueprint, first);
    this.adam = new Adam(network.parameters().length, 1e-8);
    this.orders = RandomStreams.of(ordered, "order");
    this.losses = new double[members];
    this.agreements = new double[members];
    state
        .longs("update", () -> new long[] {update}, saved -> update = saved[0])
        .floats("parameters", this::fetched, network::set)
        .longs("orders", orders::states, orders::restore)
        .part("adam", adam::save, adam::restore);
  }

  /** The parameters, and with them the optimiser's moments, from wherever they are. */
  private float[] fetched() {
    if (away) {
      updates.orElseThrow().fetch();
      Finite.require(network.parameters(), 0, network.parameters().length, "parameter", update);
      away = false;
    }
    return network.parameters();
  }

  private Updates begin() {
    Objective objective = new Objective(distillation.minimizing(), data);
    return where == Where.DEVICE
        ? new DeviceUpdates(data, objective, network, adam, rows, batch)
        : new JavaUpdates(data, objective, network, adam, rows, batch);
  }

  /** Learns from the whole dataset once. */
  void epoch(Session session) {
    if (updates.isEmpty()) {
      updates = Optional.of(begin());
    }
    Updates taking = updates.get();
    int[][] order = new int[orders.size()][data.size()];
    for (int owner = 0; owner < order.length; owner++) {
      orders.get(owner).permutation(order[owner], data.size());
    }
    double part = (double) update / distillation.updates(data.size());
    double rate = distillation.learningRate().at(part);
    Arrays.fill(losses, 0);
    Arrays.fill(agreements, 0);
    for (int b = 0; b < batches; b += taking.together()) {
      session.check();
      int count = Math.min(taking.together(), batches - b);
      taking.take(pick(order, b, count), count, rate, update, losses, agreements);
      update += count;
      away = true;
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
    fetched();
    return network.member(member);
  }

  @Override
  public Resumable state() {
    return state;
  }

  @Override
  public void close() {
    updates.ifPresent(Updates::close);
    network.close();
  }
}
