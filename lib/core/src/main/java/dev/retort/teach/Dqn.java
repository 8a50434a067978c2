package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.nn.Activation;
import dev.retort.nn.Adam;
import dev.retort.nn.Architecture;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Huber;
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
import dev.retort.policy.Head;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Softmax;
import dev.retort.random.RandomStream;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Deep Q-learning with a replay memory and a target network, by default in its double form.
 *
 * <p>After every {@code train-every} environment steps come {@code updates} gradient steps on
 * minibatches of the memory:
 *
 * <pre>
 * y = r + γ (1 − terminated) Q⁻(s', argmax_a' Q(s', a'))        (double; Q⁻(s', argmax_a' Q⁻(s', a')) otherwise)
 * L = E[ huber(Q(s, a) − y) ]
 * </pre>
 *
 * <p>where {@code Q⁻} is a copy of {@code Q} that follows behind and {@code s'} the true next
 * observation. A truncated episode bootstraps; only a terminated one does not.
 *
 * <p>Volodymyr Mnih and others, "Human-level control through deep reinforcement learning", 2015;
 * Hado van Hasselt, Arthur Guez, David Silver, "Deep reinforcement learning with double
 * Q-learning", 2015, arXiv 1509.06461.
 *
 * <p>Departures from the papers: Adam in place of RMSProp, gradients are clipped by their norm,
 * exploration falls in a straight line, updates come in blocks. The settings of an untouched {@code
 * Dqn} are those that solve CartPole.
 */
public final class Dqn implements Algorithm {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("dqn");

  /** Which network chooses the action that the target network values. */
  public enum Target {
    /** The target network chooses and values. */
    SINGLE,
    /** The online network chooses, the target network values. */
    DOUBLE
  }

  static final Option<Long> STEPS =
      OPTIONS.whole("steps", 50_000, 1, "environment steps", "how long each seed trains");
  static final Option<Architecture> NETWORK =
      OPTIONS.option(
          "network",
          Architecture.type(),
          Mlp.of(256, 256).activation(Activation.RELU),
          "",
          "the network of action values");
  static final Option<Target> TARGET =
      OPTIONS.option(
          "target",
          Type.choice(Target.class),
          Target.DOUBLE,
          "",
          "who chooses the next action in the target");
  static final Option<Long> MEMORY =
      OPTIONS.whole("memory", 50_000, 1, "transitions", "how many are remembered");
  static final Option<Long> WARM_UP =
      OPTIONS.whole("warm-up", 1_000, 0, "environment steps", "how long to act before learning");
  static final Option<Long> TRAIN_EVERY =
      OPTIONS.whole(
          "train-every", 256, 1, "environment steps", "how many lie between two blocks of updates");
  static final Option<Long> UPDATES =
      OPTIONS.whole("updates", 128, 1, "", "gradient steps in a block");
  static final Option<Long> TARGET_EVERY =
      OPTIONS.whole(
          "target-every",
          128,
          1,
          "updates",
          "how many lie between two steps of the target network");
  static final Option<Double> TARGET_RATE =
      OPTIONS.real(
          "target-rate", 1, 0, 1, "", "how far the target network moves in a step: 1 copies");
  static final Option<Long> BATCH =
      OPTIONS.whole("batch", 64, 1, "transitions", "size of a minibatch");
  static final Option<Schedule> LEARNING_RATE =
      OPTIONS.option(
          "learning-rate", Schedule.type(), Schedule.constant(0.0023), "", "step size of Adam");
  static final Option<Double> GAMMA = OPTIONS.real("gamma", 0.99, 0, 1, "", "discount factor γ");
  static final Option<Double> EXPLORE_UNTIL =
      OPTIONS.real(
          "explore-until",
          0.16,
          0,
          1,
          "part of training",
          "when exploration has fallen to its end");
  static final Option<Double> EPSILON =
      OPTIONS.real("epsilon", 0.04, 0, 1, "", "share of random actions at the end of exploration");
  static final Option<Double> MAX_NORM =
      OPTIONS.real("max-norm", 10, 0, Double.MAX_VALUE, "", "where the gradient's norm is clipped");

  private final Settings settings;

  /** DQN at its defaults. */
  public Dqn() {
    this(OPTIONS.standard());
  }

  private Dqn(Settings settings) {
    this.settings = settings;
  }

  /** How many environment steps each seed trains. */
  public Dqn steps(long steps) {
    return with(settings.with(STEPS, steps));
  }

  /** A perceptron with these hidden widths and rectifiers. */
  public Dqn hidden(int... widths) {
    return network(Mlp.of(widths).activation(Activation.RELU));
  }

  /** The network of action values. */
  public Dqn network(Architecture network) {
    return with(settings.with(NETWORK, network));
  }

  /** Who chooses the next action in the target. */
  public Dqn target(Target target) {
    return with(settings.with(TARGET, target));
  }

  /** How many transitions are remembered. */
  public Dqn memory(long transitions) {
    return with(settings.with(MEMORY, transitions));
  }

  /** How long to act before learning. */
  public Dqn warmUp(long steps) {
    return with(settings.with(WARM_UP, steps));
  }

  /** How many environment steps lie between two blocks of updates. */
  public Dqn trainEvery(int steps) {
    return with(settings.with(TRAIN_EVERY, (long) steps));
  }

  /** Gradient steps in a block. */
  public Dqn updates(int updates) {
    return with(settings.with(UPDATES, (long) updates));
  }

  /**
   * The target network moves by {@code Q⁻ ← (1 − rate) Q⁻ + rate Q} after every so many updates; a
   * rate of 1 copies.
   */
  public Dqn targetUpdate(int everyUpdates, double rate) {
    return with(settings.with(TARGET_EVERY, (long) everyUpdates).with(TARGET_RATE, rate));
  }

  /** Size of a minibatch. */
  public Dqn batchSize(int size) {
    return with(settings.with(BATCH, (long) size));
  }

  /** A constant step size of Adam. */
  public Dqn learningRate(double rate) {
    return learningRate(Schedule.constant(rate));
  }

  /** The step size of Adam over training. */
  public Dqn learningRate(Schedule rate) {
    return with(settings.with(LEARNING_RATE, rate));
  }

  /** Discount factor γ. */
  public Dqn gamma(double gamma) {
    return with(settings.with(GAMMA, gamma));
  }

  /**
   * The part of training after which exploration has fallen to its end, and the share of random
   * actions there.
   */
  public Dqn exploration(double until, double epsilon) {
    return with(settings.with(EXPLORE_UNTIL, until).with(EPSILON, epsilon));
  }

  /** Where the gradient's norm is clipped. */
  public Dqn maxNorm(double norm) {
    return with(settings.with(MAX_NORM, norm));
  }

  @Override
  public String name() {
    return "DQN";
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Dqn with(Settings other) {
    return new Dqn(other);
  }

  @Override
  public long steps() {
    return get(STEPS);
  }

  @Override
  public void require(Env env) {
    if (!(env.actions() instanceof Discrete)) {
      throw new RetortException(
          "dqn: expected an environment with discrete choices, got %s with %s."
              .formatted(env.name(), env.actions().summary()));
    }
    if (get(MEMORY) < get(BATCH)) {
      throw new RetortException(
          "dqn: expected a memory of at least one batch of %d transitions, got %d."
              .formatted(get(BATCH), get(MEMORY)));
    }
  }

  @Override
  public Budget budget(Env env) {
    return new Budget(
        get(NETWORK),
        List.of(Output.of("q", ((Discrete) env.actions()).n())),
        Torso.SHARED,
        1,
        steps(),
        settings.whole(BATCH),
        Math.max(0, steps() - get(WARM_UP)) / get(TRAIN_EVERY) * get(UPDATES));
  }

  @Override
  public List<NetworkPolicy> train(Env env, long[] seeds, Session session) {
    require(env);
    try (Learner learner = new Learner(env, seeds)) {
      return learner.run(session);
    }
  }

  /**
   * The targets {@code y = r + γ (1 − terminated) Q⁻(s', argmax_a' chooser(s', a'))} of a sample.
   *
   * @param rows how many transitions
   * @param chooser values that choose the next action, {@code (rows, choices)}
   * @param values values that it is worth, {@code (rows, choices)}
   * @param y receives the targets, {@code (rows)}
   */
  static void targets(
      Replay.Sample sample,
      int rows,
      float[] chooser,
      float[] values,
      int choices,
      double gamma,
      double[] y) {
    for (int row = 0; row < rows; row++) {
      int best = Softmax.argmax(chooser, row * choices, choices);
      double future = sample.terminated[row] ? 0 : values[row * choices + best];
      y[row] = sample.rewards[row] + gamma * future;
    }
  }

  /** One training of one population; each member acts in one environment of its own. */
  private final class Learner implements AutoCloseable {
    private final Env env;
    private final int members;
    private final int batch = settings.whole(BATCH);
    private final int choices;
    private final Network online;
    private final Network target;
    private final Adam adam;
    private final VectorEnv envs;
    private final Replay replay;
    private final Replay.Sample sample;
    private final RandomStream[] exploration;
    private final RandomStream[] memory;
    private final Episodes episodes;
    private final float[] q;
    private final float[] qNext;
    private final float[] qTarget;
    private final float[] dq;
    private final double[] y;
    private long step;
    private long updates;

    Learner(Env env, long[] seeds) {
      this.env = env;
      this.members = seeds.length;
      this.choices = ((Discrete) env.actions()).n();
      int obsSize = env.observations().size();
      this.online = network(seeds);
      this.target = network(seeds);
      this.adam = new Adam(online.parameters().length, 1e-8);
      this.envs = new VectorEnv(env, members, copy -> RandomStream.of(seeds[copy], "environment"));
      this.replay = new Replay(members, Math.min(get(MEMORY), steps()), obsSize, 1);
      this.sample = new Replay.Sample(members * batch, obsSize, 1);
      this.exploration = streams(seeds, "exploration");
      this.memory = streams(seeds, "memory");
      this.episodes = new Episodes(members);
      this.q = new float[members * batch * choices];
      this.qNext = new float[q.length];
      this.qTarget = new float[q.length];
      this.dq = new float[q.length];
      this.y = new double[members * batch];
      envs.reset();
    }

    private Network network(long[] seeds) {
      return Network.of(
          get(NETWORK),
          NetworkPolicy.shape(env.observations()),
          List.of(Output.of("q", choices)),
          Torso.SHARED,
          Initialization.PYTORCH,
          seeds);
    }

    private static RandomStream[] streams(long[] seeds, String purpose) {
      return Arrays.stream(seeds)
          .mapToObj(seed -> RandomStream.of(seed, purpose))
          .toArray(RandomStream[]::new);
    }

    List<NetworkPolicy> run(Session session) {
      session.resumed().ifPresent(this::restore);
      while (step < steps()) {
        act(session, Math.min(steps(), step + settings.whole(TRAIN_EVERY)));
        for (int i = 0; i < settings.whole(UPDATES) && step >= get(WARM_UP); i++) {
          session.check();
          update();
        }
        episodes.record(session.curve(), step);
        session.boundary(step, this::save);
      }
      List<NetworkPolicy> policies = new ArrayList<>();
      for (int member = 0; member < members; member++) {
        policies.add(
            new NetworkPolicy(
                "DQN",
                env.observations(),
                env.actions(),
                Head.Q_VALUES,
                get(NETWORK),
                online.member(member)));
      }
      return policies;
    }

    private void act(Session session, long until) {
      float[] values = new float[members * choices];
      float[] actions = new float[members];
      float[] before = new float[envs.observations().length];
      for (; step < until; step++) {
        session.check();
        Finite.require(envs.observations(), 0, before.length, "observation", step);
        double epsilon = epsilon();
        online.predict(envs.observations(), 1, Rows.PER_MEMBER, values);
        for (int member = 0; member < members; member++) {
          RandomStream random = exploration[member];
          boolean explore = step < get(WARM_UP) || random.nextDouble() < epsilon;
          actions[member] =
              explore ? random.nextInt(choices) : Softmax.argmax(values, member * choices, choices);
        }
        System.arraycopy(envs.observations(), 0, before, 0, before.length);
        envs.step(actions);
        Finite.require(envs.rewards(), 0, members, "reward", step);
        Finite.require(envs.nextObservations(), 0, before.length, "observation", step);
        replay.add(before, actions, envs);
        episodes.observe(envs);
      }
    }

    private double epsilon() {
      double until = get(EXPLORE_UNTIL) * steps();
      return step >= until ? get(EPSILON) : 1 + (get(EPSILON) - 1) * step / until;
    }

    private void update() {
      replay.sample(memory, batch, sample);
      target.predict(sample.nextObs, batch, Rows.PER_MEMBER, qTarget);
      float[] chooser = qTarget;
      if (get(TARGET) == Target.DOUBLE) {
        online.predict(sample.nextObs, batch, Rows.PER_MEMBER, qNext);
        chooser = qNext;
      }
      online.forward(sample.obs, batch, Rows.PER_MEMBER, q);
      targets(sample, members * batch, chooser, qTarget, choices, get(GAMMA), y);
      Arrays.fill(dq, 0);
      for (int row = 0; row < members * batch; row++) {
        int taken = row * choices + (int) sample.actions[row];
        double error = q[taken] - y[row];
        Finite.require(error, row, "temporal difference", step);
        dq[taken] = (float) (Huber.slope(error) / batch);
      }
      online.backward(dq);
      Finite.require(GradientNorm.clip(online, get(MAX_NORM)), 0, "gradient norm", step);
      adam.step(
          online.parameters(), online.gradients(), get(LEARNING_RATE).at((double) step / steps()));
      online.parametersChanged();
      if (++updates % get(TARGET_EVERY) == 0) {
        moveTarget((float) (double) get(TARGET_RATE));
      }
    }

    private void moveTarget(float rate) {
      float[] to = target.parameters();
      float[] from = online.parameters();
      for (int i = 0; i < to.length; i++) {
        to[i] += rate * (from[i] - to[i]);
      }
      target.parametersChanged();
    }

    private Tensors save() {
      return new Tensors()
          .put("step", new long[] {step, updates})
          .put("online", online.parameters().clone())
          .put("target", target.parameters().clone())
          .put("exploration", Arrays.stream(exploration).mapToLong(RandomStream::state).toArray())
          .put("memory", Arrays.stream(memory).mapToLong(RandomStream::state).toArray())
          .putAll("adam", adam.save())
          .putAll("environments", envs.save())
          .putAll("replay", replay.save())
          .putAll("episodes", episodes.save());
    }

    private void restore(Tensors saved) {
      step = saved.longs("step")[0];
      updates = saved.longs("step")[1];
      online.set(saved.floats("online"));
      target.set(saved.floats("target"));
      for (int member = 0; member < members; member++) {
        exploration[member].restore(saved.longs("exploration")[member]);
        memory[member].restore(saved.longs("memory")[member]);
      }
      adam.restore(saved.part("adam"));
      envs.restore(saved.part("environments"));
      replay.restore(saved.part("replay"));
      episodes.restore(saved.part("episodes"));
    }

    @Override
    public void close() {
      online.close();
      target.close();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dqn that && settings.equals(that.settings);
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
