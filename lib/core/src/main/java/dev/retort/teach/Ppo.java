package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.nn.Adam;
import dev.retort.nn.Architecture;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.ResidualCnn;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Proximal policy optimisation.
 *
 * <p>Each iteration plays {@code rollout} steps in {@code environments} copies and then improves,
 * for some epochs of minibatches, the clipped surrogate
 *
 * <pre>
 * r = π(a|s) / π_old(a|s)
 * L = E[ −min(r Â, clip(r, 1 − ε, 1 + ε) Â) + c_v (V(s) − R̂)² − c_e H(π(·|s)) ]
 * δ_t = r_t + γ (1 − terminated) V(s_{t+1}) − V(s_t)
 * Â_t = δ_t + γ λ (1 − ended) Â_{t+1}        R̂_t = Â_t + V(s_t)
 * </pre>
 *
 * <p>where {@code s_{t+1}} is the true next observation, also at the end of an episode.
 *
 * <p>John Schulman, Filip Wolski, Prafulla Dhariwal, Alec Radford, Oleg Klimov, "Proximal policy
 * optimization algorithms", 2017, arXiv 1707.06347; advantages from Schulman, Moritz, Levine,
 * Jordan, Abbeel, 2015, arXiv 1506.02438.
 *
 * <p>Departures from the paper: advantages are normalised within each minibatch, gradients are
 * clipped by their norm, initialisation is orthogonal, policy and value have separate networks
 * unless {@code torso} is shared. The settings of an untouched {@code Ppo} are those that solve
 * CartPole.
 */
public final class Ppo implements Algorithm {
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("ppo");

  static final Option<Long> STEPS =
      OPTIONS.whole("steps", 100_000, 1, "environment steps", "how long each seed trains");
  static final Option<Architecture> NETWORK =
      OPTIONS.option(
          "network", Architecture.type(), Mlp.of(64, 64), "", "the network of policy and value");
  static final Option<Torso> TORSO =
      OPTIONS.option(
          "torso",
          Type.choice(Torso.class),
          Torso.SEPARATE,
          "",
          "whether policy and value share layers");
  static final Option<Long> ENVIRONMENTS =
      OPTIONS.whole(
          "environments", 8, 1, "copies", "how many copies are stepped together for each seed");
  static final Option<Long> ROLLOUT =
      OPTIONS.whole(
          "rollout", 32, 1, "steps", "how many steps each copy takes between two updates");
  static final Option<Long> EPOCHS =
      OPTIONS.whole("epochs", 20, 1, "", "how often each rollout is learned from");
  static final Option<Long> BATCH =
      OPTIONS.whole(
          "batch", 256, 2, "steps", "size of a minibatch, within which advantages are normalised");
  static final Option<Schedule> LEARNING_RATE =
      OPTIONS.option(
          "learning-rate", Schedule.type(), Schedule.linear(0.001), "", "step size of Adam");
  static final Option<Schedule> CLIP =
      OPTIONS.option(
          "clip", Schedule.type(), Schedule.linear(0.2), "", "ε, how far the ratio may move");
  static final Option<Double> GAMMA = OPTIONS.real("gamma", 0.98, 0, 1, "", "discount factor γ");
  static final Option<Double> LAMBDA =
      OPTIONS.real("lambda", 0.8, 0, 1, "", "λ of the advantage estimate");
  static final Option<Schedule> ENTROPY =
      OPTIONS.option(
          "entropy", Schedule.type(), Schedule.constant(0), "", "weight c_e of the entropy bonus");
  static final Option<Double> VALUE =
      OPTIONS.real("value-weight", 0.5, 0, Double.MAX_VALUE, "", "weight c_v of the value loss");
  static final Option<Double> MAX_NORM =
      OPTIONS.real(
          "max-norm", 0.5, 0, Double.MAX_VALUE, "", "where the gradient's norm is clipped");

  private final Settings settings;

  /** PPO at its defaults. */
  public Ppo() {
    this(OPTIONS.standard());
  }

  private Ppo(Settings settings) {
    this.settings = settings;
  }

  /**
   * The settings that are known to learn a task, by the task's name: {@code CartPole}, {@code
   * FourRooms}, {@code FourRooms-small}; upper and lower case alike.
   */
  public static Ppo preset(String name) {
    for (Map.Entry<String, Ppo> preset : presets().entrySet()) {
      if (preset.getKey().equalsIgnoreCase(name)) {
        return preset.getValue();
      }
    }
    throw new UnknownNameException("preset of ppo", name, presets().keySet());
  }

  /** All presets by their names. */
  public static Map<String, Ppo> presets() {
    Map<String, Ppo> presets = new LinkedHashMap<>();
    presets.put("CartPole", new Ppo());
    presets.put("FourRooms", fourRooms());
    presets.put("FourRooms-small", fourRoomsSmall());
    return Collections.unmodifiableMap(presets);
  }

  /**
   * The settings of the teachers of FourRooms at its published size: 8 million steps, the residual
   * network, shared by policy and value. Weltevrede, Zanger, Spaan, Böhmer, 2025, arXiv 2505.16581.
   */
  public static Ppo fourRooms() {
    return new Ppo()
        .steps(8_000_000)
        .network(ResidualCnn.paper())
        .torso(Torso.SHARED)
        .environments(50)
        .rollout(256)
        .batchSize(256)
        .epochs(5)
        .learningRate(5e-4)
        .clip(Schedule.constant(0.2))
        .entropy(0.01)
        .gamma(0.99)
        .lambda(0.95);
  }

  /**
   * Settings for FourRooms with rooms of 3 × 3 and some tens of contexts, for minutes on one core.
   * Found by trying a dozen settings on one seed each: on 20 training contexts of 3 × 3 rooms the
   * preferred actions reach 17 of the 20 goals (seed 100).
   */
  public static Ppo fourRoomsSmall() {
    return fourRooms()
        .steps(150_000)
        .network(new ResidualCnn(8, List.of(64)))
        .environments(16)
        .rollout(64)
        .batchSize(512)
        .epochs(10)
        .learningRate(new Schedule(2e-3, 2e-4))
        .gamma(0.97);
  }

  /** How many environment steps each seed trains. */
  public Ppo steps(long steps) {
    return with(settings.with(STEPS, steps));
  }

  /** A perceptron with these hidden widths. */
  public Ppo hidden(int... widths) {
    return network(Mlp.of(widths));
  }

  /** The network of policy and value. */
  public Ppo network(Architecture network) {
    return with(settings.with(NETWORK, network));
  }

  /** Whether policy and value share layers. */
  public Ppo torso(Torso torso) {
    return with(settings.with(TORSO, torso));
  }

  /** How many copies are stepped together for each seed. */
  public Ppo environments(int copies) {
    return with(settings.with(ENVIRONMENTS, (long) copies));
  }

  /** How many steps each copy takes between two updates. */
  public Ppo rollout(int steps) {
    return with(settings.with(ROLLOUT, (long) steps));
  }

  /** How often each rollout is learned from. */
  public Ppo epochs(int epochs) {
    return with(settings.with(EPOCHS, (long) epochs));
  }

  /** Size of a minibatch. */
  public Ppo batchSize(int size) {
    return with(settings.with(BATCH, (long) size));
  }

  /** A constant step size of Adam. */
  public Ppo learningRate(double rate) {
    return learningRate(Schedule.constant(rate));
  }

  /** The step size of Adam over training. */
  public Ppo learningRate(Schedule rate) {
    return with(settings.with(LEARNING_RATE, rate));
  }

  /** How far the ratio may move, always the same. */
  public Ppo clip(double clip) {
    return clip(Schedule.constant(clip));
  }

  /** How far the ratio may move, over training. */
  public Ppo clip(Schedule clip) {
    return with(settings.with(CLIP, clip));
  }

  /** Discount factor γ. */
  public Ppo gamma(double gamma) {
    return with(settings.with(GAMMA, gamma));
  }

  /** λ of the advantage estimate. */
  public Ppo lambda(double lambda) {
    return with(settings.with(LAMBDA, lambda));
  }

  /** A constant weight of the entropy bonus. */
  public Ppo entropy(double weight) {
    return entropy(Schedule.constant(weight));
  }

  /** The weight of the entropy bonus over training. */
  public Ppo entropy(Schedule weight) {
    return with(settings.with(ENTROPY, weight));
  }

  /** Weight of the value loss. */
  public Ppo valueWeight(double weight) {
    return with(settings.with(VALUE, weight));
  }

  /** Where the gradient's norm is clipped. */
  public Ppo maxNorm(double norm) {
    return with(settings.with(MAX_NORM, norm));
  }

  @Override
  public String name() {
    return "PPO";
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Ppo with(Settings other) {
    return new Ppo(other);
  }

  @Override
  public long steps() {
    return get(STEPS);
  }

  @Override
  public void require(Env env) {
    if (!(env.actions() instanceof Discrete)) {
      throw new RetortException(
          "ppo: expected an environment with discrete choices, got %s with %s."
              .formatted(env.name(), env.actions().summary()));
    }
    long perRollout = (long) settings.whole(ENVIRONMENTS) * settings.whole(ROLLOUT);
    if (perRollout % settings.whole(BATCH) != 0) {
      throw new RetortException(
          "ppo: expected a batch that divides environments × rollout = %d, got %d."
              .formatted(perRollout, settings.whole(BATCH)));
    }
    if (perRollout > Integer.MAX_VALUE) {
      throw new RetortException(
          "ppo: expected environments × rollout of at most %d steps, got %d."
              .formatted(Integer.MAX_VALUE, perRollout));
    }
  }

  @Override
  public Budget budget(Env env) {
    long perRollout = get(ENVIRONMENTS) * get(ROLLOUT);
    long iterations = (steps() + perRollout - 1) / perRollout;
    return new Budget(
        get(NETWORK),
        outputs(env),
        get(TORSO),
        settings.whole(ENVIRONMENTS),
        iterations * (get(ROLLOUT) + 1),
        settings.whole(BATCH),
        iterations * get(EPOCHS) * perRollout / get(BATCH));
  }

  private static List<Output> outputs(Env env) {
    return List.of(
        new Output("logits", ((Discrete) env.actions()).n(), 0.01), new Output("value", 1, 1));
  }

  @Override
  public List<NetworkPolicy> train(Env env, long[] seeds, Session session) {
    require(env);
    try (Learner learner = new Learner(env, seeds)) {
      return learner.run(session);
    }
  }

  /**
   * One training of one population. Rows of batches are ordered by member, then copy, then time.
   */
  private final class Learner implements AutoCloseable {
    private final Env env;
    private final int members;
    private final int copies = settings.whole(ENVIRONMENTS);
    private final int rollout = settings.whole(ROLLOUT);
    private final int perMember = copies * rollout;
    private final int batch = settings.whole(BATCH);
    private final int obsSize;
    private final int choices;
    private final int width;
    private final Network network;
    private final Adam adam;
    private final VectorEnv envs;
    private final RandomStream[] actionStreams;
    private final RandomStream[] orderStreams;
    private final Episodes episodes;
    private long step;

    private final float[] obs;
    private final int[] action;
    private final float[] logProb;
    private final float[] value;
    private final float[] nextValue;
    private final float[] reward;
    private final boolean[] ended;
    private final boolean[] terminated;
    private final float[] advantage;

    Learner(Env env, long[] seeds) {
      this.env = env;
      this.members = seeds.length;
      this.obsSize = env.observations().size();
      this.choices = ((Discrete) env.actions()).n();
      this.width = choices + 1;
      this.network =
          Network.of(
              get(NETWORK),
              NetworkPolicy.shape(env.observations()),
              outputs(env),
              get(TORSO),
              Initialization.ORTHOGONAL,
              seeds);
      this.adam = new Adam(network.parameters().length, 1e-5);
      this.envs =
          new VectorEnv(
              env,
              members * copies,
              copy -> RandomStream.of(seeds[copy / copies], "environment", copy % copies));
      this.actionStreams = streams(seeds, "action");
      this.orderStreams = streams(seeds, "order");
      this.episodes = new Episodes(members);
      int size = members * perMember;
      this.obs = new float[size * obsSize];
      this.action = new int[size];
      this.logProb = new float[size];
      this.value = new float[size];
      this.nextValue = new float[size];
      this.reward = new float[size];
      this.ended = new boolean[size];
      this.terminated = new boolean[size];
      this.advantage = new float[size];
      envs.reset();
    }

    private static RandomStream[] streams(long[] seeds, String purpose) {
      return Arrays.stream(seeds)
          .mapToObj(seed -> RandomStream.of(seed, purpose))
          .toArray(RandomStream[]::new);
    }

    List<NetworkPolicy> run(Session session) {
      session.resumed().ifPresent(this::restore);
      while (step < steps()) {
        double part = (double) step / steps();
        collect(session);
        estimateAdvantages();
        improve(session, get(LEARNING_RATE).at(part), get(CLIP).at(part), get(ENTROPY).at(part));
        step += perMember;
        episodes.record(session.curve(), step);
        session.boundary(step, this::save);
      }
      List<NetworkPolicy> policies = new ArrayList<>();
      for (int member = 0; member < members; member++) {
        policies.add(
            new NetworkPolicy(
                "PPO",
                env.observations(),
                env.actions(),
                Head.LOGITS,
                get(NETWORK),
                network.tower(member, "logits")));
      }
      return policies;
    }

    private void collect(Session session) {
      int rows = members * copies;
      float[] out = new float[rows * width];
      float[] chosen = new float[rows];
      float[] probabilities = new float[choices];
      for (int t = 0; t < rollout; t++) {
        session.check();
        Finite.require(envs.observations(), 0, rows * obsSize, "observation", step);
        network.predict(envs.observations(), copies, Rows.PER_MEMBER, out);
        for (int row = 0; row < rows; row++) {
          int at = row * rollout + t;
          System.arraycopy(out, row * width, probabilities, 0, choices);
          Softmax.apply(probabilities, 0, choices, 1, probabilities);
          int a = actionStreams[row / copies].categorical(probabilities, 0, choices);
          chosen[row] = a;
          action[at] = a;
          logProb[at] = (float) Math.log(probabilities[a]);
          value[at] = out[row * width + choices];
          System.arraycopy(envs.observations(), row * obsSize, obs, at * obsSize, obsSize);
        }
        envs.step(chosen);
        Finite.require(envs.rewards(), 0, rows, "reward", step);
        Finite.require(envs.nextObservations(), 0, rows * obsSize, "observation", step);
        episodes.observe(envs);
        boolean bootstrap = t == rollout - 1;
        for (int row = 0; row < rows; row++) {
          int at = row * rollout + t;
          reward[at] = envs.rewards()[row];
          terminated[at] = envs.terminated()[row];
          ended[at] = envs.ended(row);
          bootstrap |= envs.truncated()[row];
        }
        // Within an episode V(s_{t+1}) is the next step's value; only ends of episodes and of the
        // rollout need one more.
        if (bootstrap) {
          network.predict(envs.nextObservations(), copies, Rows.PER_MEMBER, out);
          for (int row = 0; row < rows; row++) {
            nextValue[row * rollout + t] = out[row * width + choices];
          }
        }
      }
    }

    private void estimateAdvantages() {
      Finite.require(value, 0, value.length, "value", step);
      Advantages.estimate(
          members * copies,
          rollout,
          reward,
          value,
          nextValue,
          terminated,
          ended,
          get(GAMMA),
          get(LAMBDA),
          advantage);
      Finite.require(advantage, 0, advantage.length, "advantage", step);
    }

    private void improve(Session session, double learningRate, double clip, double entropy) {
      int[][] order = new int[members][perMember];
      int[] rows = new int[members * batch];
      float[] batchObs = new float[members * batch * obsSize];
      float[] out = new float[members * batch * width];
      float[] dOut = new float[members * batch * width];
      for (int epoch = 0; epoch < settings.whole(EPOCHS); epoch++) {
        for (int member = 0; member < members; member++) {
          orderStreams[member].permutation(order[member], perMember);
        }
        for (int from = 0; from < perMember; from += batch) {
          session.check();
          for (int member = 0; member < members; member++) {
            for (int i = 0; i < batch; i++) {
              int row = member * perMember + order[member][from + i];
              rows[member * batch + i] = row;
              System.arraycopy(
                  obs, row * obsSize, batchObs, (member * batch + i) * obsSize, obsSize);
            }
          }
          network.forward(batchObs, batch, Rows.PER_MEMBER, out);
          for (int member = 0; member < members; member++) {
            lossGradient(out, rows, member * batch, clip, entropy, dOut);
          }
          network.backward(dOut);
          Finite.require(GradientNorm.clip(network, get(MAX_NORM)), 0, "gradient norm", step);
          adam.step(network.parameters(), network.gradients(), learningRate);
          network.parametersChanged();
        }
      }
    }

    /**
     * The gradient of one member's loss with respect to its logits and values, rows {@code first ..
     * first + batch}.
     */
    private void lossGradient(
        float[] out, int[] rows, int first, double clip, double entropy, float[] dOut) {
      double mean = 0;
      double square = 0;
      for (int i = first; i < first + batch; i++) {
        mean += advantage[rows[i]];
        square += (double) advantage[rows[i]] * advantage[rows[i]];
      }
      mean /= batch;
      double deviation =
          Math.sqrt(Math.max(0, square / batch - mean * mean) * batch / Math.max(1, batch - 1));
      for (int i = first; i < first + batch; i++) {
        int row = rows[i];
        double normalised = (advantage[row] - mean) / (deviation + 1e-8);
        PpoLoss.gradient(
            out,
            i * width,
            choices,
            action[row],
            logProb[row],
            normalised,
            clip,
            entropy,
            1.0 / batch,
            dOut);
        double target = (double) advantage[row] + value[row];
        dOut[i * width + choices] =
            (float) (get(VALUE) * 2 * (out[i * width + choices] - target) / batch);
      }
    }

    private Tensors save() {
      return new Tensors()
          .put("step", new long[] {step})
          .put("parameters", network.parameters().clone())
          .put(
              "actionStreams",
              Arrays.stream(actionStreams).mapToLong(RandomStream::state).toArray())
          .put("orderStreams", Arrays.stream(orderStreams).mapToLong(RandomStream::state).toArray())
          .putAll("adam", adam.save())
          .putAll("environments", envs.save())
          .putAll("episodes", episodes.save());
    }

    private void restore(Tensors saved) {
      step = saved.longs("step")[0];
      network.set(saved.floats("parameters"));
      for (int member = 0; member < members; member++) {
        actionStreams[member].restore(saved.longs("actionStreams")[member]);
        orderStreams[member].restore(saved.longs("orderStreams")[member]);
      }
      adam.restore(saved.part("adam"));
      envs.restore(saved.part("environments"));
      episodes.restore(saved.part("episodes"));
    }

    @Override
    public void close() {
      network.close();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ppo that && settings.equals(that.settings);
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
