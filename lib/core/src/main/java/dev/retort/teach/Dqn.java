package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.distribution.ActionValues;
import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.loss.Huber;
import dev.retort.loss.Softmax;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Descent;
import dev.retort.nn.Groups;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.space.Selection;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Deep Q-learning with a replay memory and a target network, by default in its double form.
 *
 * <p>After every {@code train-every} environment steps come {@code updates} gradient steps on
 * minibatches of the memory:
 *
 * <pre>
 * y = R + γⁿ (1 − terminated) Q⁻(s', argmax_a' Q(s', a'))        (double; Q⁻(s', argmax_a' Q⁻(s', a')) otherwise)
 * L = E[ huber(Q(s, a) − y) ]
 * </pre>
 *
 * <p>where {@code R} sums the rewards of {@code n-step} steps, {@code Q⁻} is a copy of {@code Q}
 * that follows behind and {@code s'} the true observation after those steps. A truncated episode
 * bootstraps; only a terminated one does not. With {@code dueling} on, values are {@code V + A −
 * mean A} ({@link ActionValues}); with {@code prioritized} on, surprising transitions are replayed
 * more often ({@link Priorities}).
 *
 * <p>Volodymyr Mnih and others, "Human-level control through deep reinforcement learning", 2015;
 * Hado van Hasselt, Arthur Guez, David Silver, "Deep reinforcement learning with double
 * Q-learning", 2015, arXiv 1509.06461.
 *
 * <p>Departures from the papers are listed in {@code docs/departures.md}. The settings of an
 * untouched {@code Dqn} are those of the RL Zoo for CartPole, in the double form.
 *
 * <p>{@link #from} makes it learn from data without acting, as {@link OfflineQ} says.
 *
 * @param settings what is set
 * @param guidance what it is given of solved tasks, if anything
 * @param data what it learns from in place of acting, if anything
 */
public record Dqn(Settings settings, List<Guidance> guidance, Optional<Dataset> data)
    implements OffPolicy<Dqn> {
  /** Where the data stand in a run's inputs. */
  private static final String DATA = "data";

  /** What learns: act and remember, then improve the values of what is remembered. */
  final class Learning extends Learner {
    private final Selection sight = sight(env);
    private final int batch = batchSize();
    private final int choices = ((Discrete) env.actions()).n();
    private final int rows = members * batch;
    private final ActionValues values = values(env);
    private final Network online;
    private final Network target;
    private final Descent descent;
    private final Experience experience;
    private final TargetValues targetValues;
    private final RandomStreams exploration;
    private final float[] predicted = new float[members * values.size()];
    private final float[] q = new float[rows * values.size()];
    private final float[] qNext = new float[q.length];
    private final float[] qTarget = new float[q.length];
    private final float[] dq = new float[q.length];
    private final double[] y = new double[rows];
    private final double[] errors = new double[rows];
    private long updates;

    Learning(Env env, long[] seeds) {
      super(env, 1, seeds, prologue(env));
      online = Network.of(blueprint(env), Initialization.FAN_IN, seeds);
      target = Network.of(blueprint(env), Initialization.FAN_IN, seeds);
      descent = new Descent(online, 1e-8, maxNorm());
      exploration = RandomStreams.of(seeds, "exploration");
      descent.join(state, "online", "adam");
      state
          .longs("updates", () -> new long[] {updates}, saved -> updates = saved[0])
          .floats("target", target::parameters, target::set)
          .longs("exploration", exploration::states, exploration::restore);
      experience = new Experience(this, Dqn.this, values, online, priority());
      targetValues =
          new TargetValues(target, sight, experience, batch, Math.min(updates(), targetEvery()));
      target.polyakAverage(online, 1);
    }

    @Override
    protected void iterate(Session session) {
      experience.play(session, Math.min(steps(), step + trainEvery()), this::choose);
      for (int i = 0; i < updates() && experience.isReady(); i++) {
        session.check();
        if (!isPrioritized() && !experience.isDrawn()) {
          long untilTargetMoves = targetEvery() - updates % targetEvery();
          targetValues.draw((int) Math.min(updates() - i, untilTargetMoves));
        }
        update();
      }
    }

    private void choose(float[] raw, float[] seen, float[] actions) {
      double epsilon = epsilonNow();
      online.predict(sight.of(seen, members), 1, Rows.PER_MEMBER, predicted);
      values.combine(predicted, members);
      experience.companions().act(step, raw, predicted);
      for (int member = 0; member < members; member++) {
        RandomStream random = exploration.get(member);
        boolean explore = step < warmUp() || random.nextDouble() < epsilon;
        actions[member] =
            explore
                ? random.nextInt(choices)
                : Softmax.argmax(predicted, member * choices, choices);
      }
    }

    private double epsilonNow() {
      double until = exploreUntil() * steps();
      return step >= until ? epsilon() : 1 + (epsilon() - 1) * step / until;
    }

    private void update() {
      double part = (double) step / steps();
      Replay.Sample sample = experience.draw(priorityCorrection().at(part));
      // y = R + γⁿ (1 − terminated) Q⁻(s', argmax_a' Q(s', a'))
      targetValues.of(sample, qTarget);
      valueNext(sample, qTarget);
      float[] chooser = qTarget;
      if (target() == Target.DOUBLE) {
        chooser = qNext;
        online.predict(sight.of(sample.nextObs, rows), batch, Rows.PER_MEMBER, qNext);
        valueNext(sample, qNext);
      }
      targets(sample, rows, chooser, qTarget, choices, y);
      // L = E[ huber(Q(s, a) − y) ]
      online.forward(sight.of(sample.obs, rows), batch, Rows.PER_MEMBER, q);
      values.combine(q, rows);
      experience.companions().value(sample.obs, batch, q);
      Arrays.fill(dq, 0);
      for (int row = 0; row < rows; row++) {
        int taken = row * choices + (int) sample.actions[row];
        errors[row] = q[taken] - y[row];
        dq[taken] = (float) (sample.weights[row] * Huber.slope(errors[row]) / batch);
      }
      Finite.require(errors, 0, rows, "temporal difference", step);
      experience.prioritize(errors);
      experience.guide(y, q, choices, dq);
      values.spread(dq, rows);
      descent.step(dq, learningRate().at(part), step);
      if (++updates % targetEvery() == 0) {
        target.polyakAverage(online, targetRate());
      }
    }

    private void valueNext(Replay.Sample sample, float[] next) {
      values.combine(next, rows);
      experience.companions().target(sample.nextObs, batch, next);
    }

    @Override
    protected NetworkPolicy policy(int member) {
      return new NetworkPolicy(
              name(),
              env.observations(),
              values,
              online.blueprint(),
              online.member(member),
              experience.normalization(member))
          .seeing(sight)
          .discounting(gamma());
    }

    @Override
    public void close() {
      online.close();
      target.close();
      experience.close();
    }
  }

  /**
   * The targets {@code y = R + discount · Q⁻(s', argmax_a' chooser(s', a'))} of a sample.
   *
   * @param chooser values that choose the next action, {@code (rows, choices)}
   * @param values values of its actions, {@code (rows, choices)}
   * @param y receives the targets, {@code (rows)}
   */
  static void targets(
      Replay.Sample sample, int rows, float[] chooser, float[] values, int choices, double[] y) {
    for (int row = 0; row < rows; row++) {
      int best = Softmax.argmax(chooser, row * choices, choices);
      y[row] = sample.rewards[row] + (double) sample.discounts[row] * values[row * choices + best];
    }
  }

  /** Which network chooses the action that the target network values. */
  public enum Target {
    /** The target network chooses and values. */
    SINGLE,
    /** The online network chooses, the target network values. */
    DOUBLE
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("dqn").including(EXPERIENCE)
      .standard(STEPS, 50_000L).standard(LEARNING_RATE, Schedule.constant(0.0023)).standard(MEMORY, 50_000L).standard(WARM_UP, 1_000L)
      .standard(TRAIN_EVERY, 256).standard(UPDATES, 128).standard(BATCH_SIZE, 64);

  static final Option<Architecture> NETWORK             = OPTIONS.option("network", Architecture.type(), Mlp.of(256, 256).activation(Activation.RELU)).says("network of action values");
  static final Option<Target>       TARGET              = OPTIONS.choice("target", Target.DOUBLE).says("who chooses the next action in the target");
  static final Option<Boolean>      DUELING             = OPTIONS.flag("dueling", false).says("whether value and advantage are apart");
  static final Option<Boolean>      PRIORITIZED         = OPTIONS.flag("prioritized", false).formerly("prioritised").says("whether large TD errors are replayed more often");
  static final Option<Double>       PRIORITY_EXPONENT   = OPTIONS.real("priority-exponent", 0.6).from(0, 1).says("α, power of the TD error in the priority");
  static final Option<Schedule>     PRIORITY_CORRECTION = OPTIONS.schedule("priority-correction", new Schedule(0.4, 1)).says("β, part of the bias that is taken back");
  static final Option<Integer>      TARGET_EVERY        = OPTIONS.whole("target-every", 128).from(1).in("updates").says("distance of two steps of the target network");
  static final Option<Double>       TARGET_RATE         = OPTIONS.real("target-rate", 1).from(0, 1).says("part of the way that the target network moves in a step: 1 copies");
  static final Option<Double>       EXPLORE_UNTIL       = OPTIONS.real("explore-until", 0.16).from(0, 1).in("part of training").says("when exploration has fallen to its end");
  static final Option<Double>       EPSILON             = OPTIONS.real("epsilon", 0.04).from(0, 1).says("share of random actions at the end of exploration");
  static final Option<Double>       CONSERVATIVE        = OPTIONS.real("conservative", 0).from(0).says("from data: α of α (log Σ exp Q − Q(s, a)), which lowers values of what the data do not show");
  static final Option<Double>       CONSTRAINED         = OPTIONS.real("constrained", 0).from(0, 1).says("from data: part of the likeliest choice's probability below which a choice is left out");
  static final Option<Double>       IMPLICIT            = OPTIONS.real("implicit", 0).from(0).says("from data: β of the weights exp(A/β) of what was done; 0 for none");
  static final Option<Double>       MAX_NORM            = OPTIONS.real("max-norm", 10).from(0).says("where the gradient's norm is clipped");

  /** Network of action values. */
  public Dqn network(Architecture network) { return with(NETWORK, network); }
  @Override public Architecture network() { return get(NETWORK); }

  /** Network that chooses the next action in the target. */
  public Dqn target(Target target) { return with(TARGET, target); }
  public Target target() { return get(TARGET); }

  /** Value and advantages apart: {@code Q = V + A − mean A}. */
  public Dqn dueling(boolean on) { return with(DUELING, on); }
  public Dqn dueling() { return dueling(true); }
  public boolean isDueling() { return get(DUELING); }

  /** Replay by priority. */
  public Dqn prioritized(boolean on) { return with(PRIORITIZED, on); }
  public Dqn prioritized() { return prioritized(true); }
  public boolean isPrioritized() { return get(PRIORITIZED); }

  /** α, power of the TD error in the priority. */
  public Dqn priorityExponent(double alpha) { return with(PRIORITY_EXPONENT, alpha); }
  public double priorityExponent() { return get(PRIORITY_EXPONENT); }

  /** β, part of the priorities' bias that is taken back, over training. */
  public Dqn priorityCorrection(Schedule beta) { return with(PRIORITY_CORRECTION, beta); }
  public Schedule priorityCorrection() { return get(PRIORITY_CORRECTION); }

  /** Updates between two steps of the target network. */
  public Dqn targetEvery(int updates) { return with(TARGET_EVERY, updates); }
  public int targetEvery() { return get(TARGET_EVERY); }

  /** Step of the target network, {@code Q⁻ ← (1 − rate) Q⁻ + rate Q}; a rate of 1 copies. */
  public Dqn targetRate(double rate) { return with(TARGET_RATE, rate); }
  public double targetRate() { return get(TARGET_RATE); }

  /** Part of training after which exploration has fallen to its end. */
  public Dqn exploreUntil(double part) { return with(EXPLORE_UNTIL, part); }
  public double exploreUntil() { return get(EXPLORE_UNTIL); }

  /** Share of random actions at the end of exploration. */
  public Dqn epsilon(double share) { return with(EPSILON, share); }
  public double epsilon() { return get(EPSILON); }

  /** α of conservative Q-learning, with data. */
  public Dqn conservative(double alpha) { return with(CONSERVATIVE, alpha); }
  public double conservative() { return get(CONSERVATIVE); }

  /** Part of the likeliest choice's probability in the data below which a choice is left out. */
  public Dqn constrained(double threshold) { return with(CONSTRAINED, threshold); }
  public double constrained() { return get(CONSTRAINED); }

  /** β of the weights by which what was done in the data counts. */
  public Dqn implicit(double beta) { return with(IMPLICIT, beta); }
  public double implicit() { return get(IMPLICIT); }

  /** Where the gradient's norm is clipped. */
  public Dqn maxNorm(double norm) { return with(MAX_NORM, norm); }
  public double maxNorm() { return get(MAX_NORM); }
  // spotless:on

  /** DQN at its defaults. */
  public Dqn() {
    this(OPTIONS.standard(), List.of());
  }

  /** DQN that acts. */
  public Dqn(Settings settings, List<Guidance> guidance) {
    this(settings, guidance, Optional.empty());
  }

  /**
   * Learning from data without acting: {@link #steps(long)} are updates, each on a minibatch of the
   * data. The environment is there for its spaces and for evaluations.
   */
  public Dqn from(Dataset given) {
    return new Dqn(settings, guidance, Optional.of(Given.given("dqn", "a dataset", given)));
  }

  @Override
  public String unit() {
    return data.isPresent() ? "updates" : OffPolicy.super.unit();
  }

  @Override
  public Tensors inputs() {
    Tensors inputs = Guidance.tensors(guidance);
    data.ifPresent(given -> inputs.putAll(DATA, given.tensors()));
    return inputs;
  }

  @Override
  public Dqn withInputs(Tensors inputs) {
    Tensors saved = inputs.part(DATA);
    Dqn guided = with(settings, Guidance.list(inputs));
    return saved.all().isEmpty() ? guided : guided.from(Dataset.of(saved));
  }

  /** The settings that are known to learn a task, such as {@code CartPole}. */
  public static Dqn preset(String task) {
    return Presets.find("dqn", Presets.dqn(), task);
  }

  /** A perceptron with these hidden widths and rectifiers. */
  public Dqn hidden(int... widths) {
    return network(Mlp.of(widths).activation(Activation.RELU));
  }

  /** α of replay by priority, where it is on. */
  Optional<Double> priority() {
    return isPrioritized() ? Optional.of(priorityExponent()) : Optional.empty();
  }

  @Override
  public String name() {
    return "DQN";
  }

  @Override
  public Dqn with(Settings other, List<Guidance> given) {
    return new Dqn(other, given, data);
  }

  @Override
  public void require(Env env) {
    if (!(env.actions() instanceof Discrete)) {
      throw new RetortException(
          "dqn: expected an environment with discrete choices, got %s with %s."
              .formatted(env.name(), env.actions().summary()));
    }
    if (data.isPresent()) {
      OfflineQ.require(this, data.get(), env);
      return;
    }
    if (conservative() > 0 || constrained() > 0 || implicit() > 0) {
      throw new RetortException(
          "dqn: expected data where conservative, constrained or implicit is set, got none. Say .from(data), or leave them out.");
    }
    if (warmUp() >= steps()) {
      throw new RetortException(
          "dqn: expected a warm-up of fewer steps than the %s of training, got %s. Say .warmUp(%s), or train longer."
              .formatted(steps(), warmUp(), Math.max(1, steps() / 10)));
    }
    if (memory() < batchSize()) {
      throw new RetortException(
          "dqn: expected a memory of at least one batch of %s transitions, got %s."
              .formatted(batchSize(), memory()));
    }
    requireCompany(env, values(env), blueprint(env));
  }

  ActionValues values(Env env) {
    return new ActionValues((Discrete) env.actions(), isDueling());
  }

  private Blueprint blueprint(Env env) {
    return blueprint(env, values(env).outputs());
  }

  Blueprint blueprint(Env env, List<Output> outputs) {
    return new Blueprint(network(), NetworkPolicy.shape(sight(env).sees()), outputs, Trunk.SHARED);
  }

  @Override
  public Optional<Budget> budget(Env env) {
    return Optional.of(
        new Budget(
            network(),
            env.observations(),
            values(env).outputs(),
            Trunk.SHARED,
            1,
            steps(),
            batchSize(),
            data.isPresent()
                ? steps()
                : Math.max(0, steps() - warmUp()) / trainEvery() * updates()));
  }

  @Override
  public int[] groups(int members) {
    return Groups.of(network(), members, batchSize());
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return data.isPresent() ? new OfflineQ(this, data.get(), env, seeds) : new Learning(env, seeds);
  }

  @Override
  public String toString() {
    String from = data.map(given -> " from '" + given.name() + "'").orElse("");
    return settings + Accompanied.text(guidance) + from;
  }
}
