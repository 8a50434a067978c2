package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.nn.Adam;
import dev.retort.nn.Architecture;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Torso;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Head;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Softmax;
import dev.retort.policy.Squash;
import dev.retort.random.RandomStream;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Distillation of a fixed dataset into an ensemble of students.
 *
 * <pre>
 * for each member i: θ_i ← fresh initialisation of its own seed
 * for each epoch, for each minibatch B:  θ_i ← Adam(θ_i, ∇ 1/|B| Σ_{s ∈ B} loss(π_{θ_i}(s), teacher(s)))
 * </pre>
 *
 * <p>All members are one population; the cost of collecting the data does not depend on how many
 * there are. By default each has its own order of minibatches; {@code order shared} saves the
 * copying, and is what joint training in published code does. The last minibatch of an epoch is
 * filled up from the beginning of the same order.
 *
 * <p>Andrei A. Rusu and others, "Policy distillation", 2015, arXiv 1511.06295; ensembles after
 * Weltevrede, Zanger, Spaan, Böhmer, 2025, arXiv 2505.16581.
 */
public final class Distillation {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("distill");

  /** Whether members see minibatches in an order of their own. */
  public enum Order {
    /** Each member its own. */
    INDEPENDENT,
    /** One order for all. */
    SHARED
  }

  static final Option<Architecture> NETWORK =
      OPTIONS.option(
          "into", Architecture.type(), Mlp.of(64, 64), "", "the network of each student");
  static final Option<Long> MEMBERS =
      OPTIONS.whole("members", 10, 1, "students", "size of the ensemble");
  static final Option<Loss> LOSS =
      OPTIONS.option(
          "loss", Loss.type(), new Loss.Kl(1), "", "how a student is compared with its teacher");
  static final Option<Long> EPOCHS =
      OPTIONS.whole("epochs", 30, 1, "", "how often the dataset is learned from");
  static final Option<Long> BATCH = OPTIONS.whole("batch", 256, 1, "steps", "size of a minibatch");
  static final Option<Schedule> LEARNING_RATE =
      OPTIONS.option(
          "learning-rate", Schedule.type(), Schedule.constant(0.001), "", "step size of Adam");
  static final Option<Order> ORDER =
      OPTIONS.option(
          "order", Type.choice(Order.class), Order.INDEPENDENT, "", "whose order of minibatches");

  private final Settings settings;

  /** Distillation at its defaults. */
  public Distillation() {
    this(OPTIONS.standard());
  }

  /** Distillation with given settings. */
  public Distillation(Settings settings) {
    this.settings = settings;
  }

  /** What is set. */
  public Settings settings() {
    return settings;
  }

  /** The network of each student. */
  public Distillation network(Architecture network) {
    return new Distillation(settings.with(NETWORK, network));
  }

  /** Size of the ensemble. */
  public Distillation members(int members) {
    return new Distillation(settings.with(MEMBERS, (long) members));
  }

  /** How a student is compared with its teacher. */
  public Distillation loss(Loss loss) {
    return new Distillation(settings.with(LOSS, loss));
  }

  /** How often the dataset is learned from. */
  public Distillation epochs(int epochs) {
    return new Distillation(settings.with(EPOCHS, (long) epochs));
  }

  /** Size of a minibatch. */
  public Distillation batchSize(int size) {
    return new Distillation(settings.with(BATCH, (long) size));
  }

  /** The step size of Adam over training. */
  public Distillation learningRate(Schedule rate) {
    return new Distillation(settings.with(LEARNING_RATE, rate));
  }

  /** Whose order of minibatches. */
  public Distillation order(Order order) {
    return new Distillation(settings.with(ORDER, order));
  }

  /** How many students there will be. */
  public int members() {
    return settings.whole(MEMBERS);
  }

  /** The network of each student. */
  public Architecture architecture() {
    return settings.get(NETWORK);
  }

  /** Rows of a minibatch from a dataset of {@code size} steps. */
  public int batch(int size) {
    return Math.min(settings.whole(BATCH), size);
  }

  /** How many updates a dataset of {@code size} steps takes. */
  public long updates(int size) {
    return settings.get(EPOCHS) * ((size + batch(size) - 1) / batch(size));
  }

  /** Refuses a dataset that the loss cannot serve. */
  public void require(Dataset data) {
    if (!settings.get(LOSS).serves(data.head())) {
      throw new RetortException(
          "distill: expected a loss that serves a teacher with %s, got %s (dataset '%s'). Use %s."
              .formatted(
                  data.head() == Head.ACTION ? "continuous actions" : "action values",
                  settings.get(LOSS),
                  data.name(),
                  data.head() == Head.ACTION ? "mse" : "kl:0.01 or mse"));
    }
  }

  /**
   * Trains the students.
   *
   * @param data what they learn from
   * @param seed of the ensemble; members have seeds of their own below it
   * @param session its curve has the columns {@code loss} and {@code agreement}, means over an
   *     epoch for each member; agreement is the share of steps at which student and teacher prefer
   *     the same choice (NaN for continuous actions)
   */
  public Ensemble run(Dataset data, long seed, Session session) {
    require(data);
    try (Learner learner = new Learner(data, seed)) {
      return learner.run(session);
    }
  }

  /** One training of one population. */
  private final class Learner implements AutoCloseable {
    private final Dataset data;
    private final Loss loss = settings.get(LOSS);
    private final int members = settings.whole(MEMBERS);
    private final int batch;
    private final int batches;
    private final int width;
    private final int obsSize;
    private final boolean discrete;
    private final Rows rows;
    private final Squash squash;
    private final Network network;
    private final Adam adam;
    private final RandomStream[] orders;
    private final float[] actions;
    private long update;

    Learner(Dataset data, long seed) {
      this.data = data;
      this.batch = batch(data.size());
      this.batches = (data.size() + batch - 1) / batch;
      this.width = data.width();
      this.obsSize = data.observations().size();
      this.discrete = data.actions() instanceof Discrete;
      this.actions = discrete ? new float[0] : data.taken();
      this.rows = settings.get(ORDER) == Order.SHARED ? Rows.SHARED : Rows.PER_MEMBER;
      long[] seeds = new long[members];
      Arrays.setAll(seeds, member -> RandomStream.of(seed, "student", member).nextLong());
      this.network =
          Network.of(
              settings.get(NETWORK),
              NetworkPolicy.shape(data.observations()),
              List.of(Output.of("outputs", width)),
              Torso.SHARED,
              Initialization.PYTORCH,
              seeds);
      this.squash = discrete ? Squash.none() : Squash.into(data.actions());
      this.adam = new Adam(network.parameters().length, 1e-8);
      this.orders = new RandomStream[rows == Rows.SHARED ? 1 : members];
      Arrays.setAll(orders, i -> RandomStream.of(rows == Rows.SHARED ? seed : seeds[i], "order"));
    }

    Ensemble run(Session session) {
      session.resumed().ifPresent(this::restore);
      long total = updates(data.size());
      while (update < total) {
        epoch(session, (double) update / total);
        session.boundary(update, this::save);
      }
      List<NetworkPolicy> students = new ArrayList<>();
      for (int member = 0; member < members; member++) {
        students.add(
            new NetworkPolicy(
                "student " + member,
                data.observations(),
                data.actions(),
                discrete ? Head.LOGITS : Head.ACTION,
                settings.get(NETWORK),
                network.member(member)));
      }
      return new Ensemble("ensemble of " + members, students);
    }

    private void epoch(Session session, double part) {
      int owners = orders.length;
      int[][] order = new int[owners][data.size()];
      for (int owner = 0; owner < owners; owner++) {
        orders[owner].permutation(order[owner], data.size());
      }
      int[] picked = new int[owners * batch];
      float[] obs = new float[owners * batch * obsSize];
      float[] out = new float[members * batch * width];
      float[] dOut = new float[out.length];
      double[] losses = new double[members];
      double[] agreements = new double[members];
      for (int b = 0; b < batches; b++) {
        session.check();
        for (int owner = 0; owner < owners; owner++) {
          for (int i = 0; i < batch; i++) {
            int row = order[owner][(b * batch + i) % data.size()];
            picked[owner * batch + i] = row;
            System.arraycopy(
                data.obs(), row * obsSize, obs, (owner * batch + i) * obsSize, obsSize);
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
        adam.step(network.parameters(), network.gradients(), settings.get(LEARNING_RATE).at(part));
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
      return Softmax.argmax(out, at, width) == Softmax.argmax(data.targets(), target, width)
          ? 1
          : 0;
    }

    private Tensors save() {
      return new Tensors()
          .put("update", new long[] {update})
          .put("parameters", network.parameters().clone())
          .put("orders", Arrays.stream(orders).mapToLong(RandomStream::state).toArray())
          .putAll("adam", adam.save());
    }

    private void restore(Tensors saved) {
      update = saved.longs("update")[0];
      network.set(saved.floats("parameters"));
      for (int i = 0; i < orders.length; i++) {
        orders[i].restore(saved.longs("orders")[i]);
      }
      adam.restore(saved.part("adam"));
    }

    @Override
    public void close() {
      network.close();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Distillation that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
