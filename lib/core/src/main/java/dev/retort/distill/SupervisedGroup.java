package dev.retort.distill;

import dev.retort.nn.Adam;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Engine;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.PerceptronDifference;
import dev.retort.nn.Rows;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import dev.retort.run.Team;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The algorithm of {@link Learning}, for a group of networks that learn from one dataset. */
final class SupervisedGroup implements Team.Group {
  /** Where updates are computed. */
  enum Where {
    /** By Java and the engine's CPU. */
    JAVA,
    /** On the engine's device, which may be the CPU too. */
    DEVICE;

    /** A device, where there is one and it knows what is to be learned. */
    static Where best(Lesson lesson) {
      return Engine.usesGpu() && lesson.isOnDevice() ? DEVICE : JAVA;
    }
  }

  private final Lesson lesson;
  private final Optional<HeldOut> heldOut;
  private final Where where;
  private final int size;
  private final int members;
  private final int batch;
  private final int batches;
  private final Rows rows;
  private final Network network;
  private final Optional<Network> initial;
  private final Adam adam;
  private final RandomStreams orders;
  private final RandomStreams chance;
  private final Resumable state = new Resumable();
  private final double[] losses;
  private final double[] agreements;
  private final double[] heldOutLosses;
  private Optional<Updates> updates = Optional.empty();
  private long update;

  /** The orders of this epoch, {@code (owners, size)}; drawn again where it was resumed. */
  private int[][] order = new int[0][];

  /** Where the streams of the orders stood when this epoch began. */
  private long[] drawnFrom;

  /** Whether there have been updates since the parameters were last fetched. */
  private boolean away;

  /**
   * A group at its beginning.
   *
   * @param lesson what it learns
   * @param heldOut rows that it does not learn from, where its loss on them is wanted
   * @param seeds one a member
   * @param ordered names the order of each member; one number where all share one
   * @param first the parameters that each member begins with; empty for fresh ones
   * @param where updates are computed
   */
  SupervisedGroup(
      Lesson lesson,
      Optional<Lesson> heldOut,
      long[] seeds,
      long[] ordered,
      List<float[]> first,
      Where where) {
    this.lesson = lesson;
    this.heldOut = heldOut.map(HeldOut::new);
    this.where = where;
    this.size = lesson.data().size();
    this.members = seeds.length;
    this.batch = lesson.how().batch(size);
    this.batches = lesson.how().batches(size);
    boolean shared = lesson.how().order() == Supervised.Order.SHARED && ordered.length == 1;
    this.rows = shared ? Rows.SHARED : Rows.PER_MEMBER;
    Blueprint blueprint = lesson.blueprint();
    this.network =
        first.isEmpty()
            ? Network.of(blueprint, Initialization.FAN_IN, seeds)
            : Network.of(blueprint, first);
    this.initial =
        lesson.how().centered()
            ? Optional.of(Network.of(blueprint, Initialization.FAN_IN, seeds))
            : Optional.empty();
    this.adam = new Adam(network.parameters().length, 1e-8);
    this.orders = RandomStreams.of(ordered, "order");
    this.chance = RandomStreams.of(ordered, "view");
    this.drawnFrom = orders.states();
    this.losses = new double[members];
    this.agreements = new double[members];
    this.heldOutLosses = new double[members];
    Arrays.fill(heldOutLosses, Double.NaN);
    state.longs("update", () -> new long[] {update}, saved -> update = saved[0]);
    network.join(state, "parameters", this::fetched);
    state
        .longs("orders", this::savedOrders, orders::restore)
        .part("adam", adam::save, adam::restore)
        .part("epoch", this::saveEpoch, this::restoreEpoch);
  }

  /** Where the streams of the orders stand, or stood at the beginning of an epoch in its midst. */
  private long[] savedOrders() {
    return update % batches == 0 ? orders.states() : drawnFrom;
  }

  private Tensors saveEpoch() {
    return new Tensors()
        .put("losses", losses.clone())
        .put("agreements", agreements.clone())
        .put("chance", chance.states());
  }

  private void restoreEpoch(Tensors saved) {
    if (saved.has("losses")) { // checkpoints of before were of ends of epochs alone
      System.arraycopy(saved.doubles("losses"), 0, losses, 0, members);
      System.arraycopy(saved.doubles("agreements"), 0, agreements, 0, members);
      chance.restore(saved.longs("chance"));
    }
  }

  /** The parameters, and with them the optimizer's moments, from wherever they are. */
  private float[] fetched() {
    if (away) {
      updates.orElseThrow().fetch();
      Finite.require(network.parameters(), 0, network.parameters().length, "parameter", update);
      away = false;
    }
    return network.parameters();
  }

  private Updates begin() {
    Objective objective = lesson.objective();
    return where == Where.DEVICE
        ? new DeviceUpdates(lesson, objective, network, adam, rows, batch)
        : new JavaUpdates(lesson, objective, network, initial, adam, rows, batch, chance);
  }

  /** Learns from so many minibatches, or from the rest of the epoch. */
  void advance(Session session, int most) {
    if (updates.isEmpty()) {
      updates = Optional.of(begin());
    }
    int first = (int) (update % batches);
    if (first == 0) {
      Arrays.fill(losses, 0);
      Arrays.fill(agreements, 0);
    }
    if (first == 0 || order.length == 0) {
      draw();
    }
    Updates taking = updates.get();
    double part = (double) (update - first) / lesson.how().updates(size);
    double rate = lesson.how().learningRate().at(part);
    int last = Math.min(batches, first + most);
    for (int b = first; b < last; b += taking.together()) {
      session.check();
      int count = Math.min(taking.together(), last - b);
      taking.take(pick(b, count), count, rate, update, losses, agreements);
      update += count;
      away = true;
    }
    if (update % batches == 0 && heldOut.isPresent()) {
      fetched();
      heldOut.get().measure(network, heldOutLosses);
    }
  }

  /** Draws the orders of an epoch. */
  private void draw() {
    drawnFrom = orders.states();
    order = new int[orders.size()][size];
    for (int owner = 0; owner < order.length; owner++) {
      orders.get(owner).permutation(order[owner], size);
    }
  }

  /** The rows of some minibatches, {@code (count, owners, batch)}. */
  private int[] pick(int first, int count) {
    int[] picked = new int[count * order.length * batch];
    int to = 0;
    for (int b = first; b < first + count; b++) {
      for (int[] own : order) {
        for (int i = 0; i < batch; i++) {
          picked[to++] = own[(b * batch + i) % size];
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

  /** The mean loss of a member on rows that are held out, at the end of the last epoch. */
  double heldOut(int member) {
    return heldOutLosses[member];
  }

  /** The parameters of a member; of a centered one those of the difference that it is. */
  float[] parameters(int member) {
    fetched();
    float[] own = network.member(member);
    return initial
        .map(
            before ->
                PerceptronDifference.parameters(network.blueprint(), own, before.member(member)))
        .orElse(own);
  }

  @Override
  public Resumable state() {
    return state;
  }

  @Override
  public void close() {
    updates.ifPresent(Updates::close);
    initial.ifPresent(Network::close);
    network.close();
  }
}
