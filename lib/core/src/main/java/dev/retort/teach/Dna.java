package dev.retort.teach;

import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Descent;
import dev.retort.nn.Groups;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Proximal policy optimization with a dual network architecture (DNA): the policy and the value are
 * networks of their own, each improved by itself, and what the value network knows is then
 * distilled into the policy network, which has a value output for that alone.
 *
 * <p>After each rollout come three phases, with advantages {@code Â} of {@code λ_π} and returns
 * {@code R̂} of {@code λ_V}:
 *
 * <pre>
 * policy phase    E[ −min(r Â, clip(r, 1 − ε, 1 + ε) Â) − c_e H(π(·|s)) ]        policy network
 * value phase     E[ (V(s) − R̂)² ]                                              value network
 * distillation    E[ (v(s) − V(s))² + β KL(π_old(·|s) ‖ π(·|s)) ]               policy network
 * </pre>
 *
 * <p>where {@code v} is the value output of the policy network and {@code π_old} the policy at the
 * end of the policy phase.
 *
 * <p>Matthew Aitchison, Penny Sweetser, "DNA: proximal policy optimization with a dual network
 * architecture", 2022, arXiv 2206.10027. A reconstruction: we know the phases, not every equation;
 * one learning rate serves all three.
 *
 * @param settings what is set
 * @param guidance guides and teachers, who have their say while the policy network is improved
 */
public record Dna(Settings settings, List<Guidance> guidance) implements Accompanied<Dna> {
  /** What learns: play a rollout, then the three phases. */
  final class Learning extends RolloutLearner {
    private final Network critic;
    private final Descent valueDescent;
    private final boolean rewarded = isRewarded();

    Learning(Env env, long[] seeds) {
      this(env, seeds, Dna.this.critic(env, seeds));
    }

    private Learning(Env env, long[] seeds, Network critic) {
      super(
          Dna.this,
          env,
          seeds,
          environments(),
          rollout(),
          RolloutLearner.blueprint(env, network(), Trunk.SHARED),
          Optional.of(critic),
          maxNorm(),
          1e-5);
      this.critic = critic;
      this.valueDescent = new Descent(critic, 1e-5, maxNorm());
      valueDescent.join(state, "critic", "criticAdam");
    }

    @Override
    protected void iterate(Session session) {
      double part = (double) step / steps();
      double rate = learningRate().at(part);
      rollout.play(session);
      float[] advantage = rollout.advantages(gamma(), policyLambda());
      float[] returns = rollout.advantages(gamma(), valueLambda());
      for (int row = 0; row < returns.length; row++) {
        returns[row] += rollout.value[row];
      }
      for (int epoch = 0; epoch < policyEpochs(); epoch++) {
        rollout.pass(session, batchSize(), descent, rate, batch -> policy(batch, advantage, part));
      }
      for (int epoch = 0; epoch < valueEpochs(); epoch++) {
        rollout.pass(session, batchSize(), valueDescent, rate, batch -> value(batch, returns));
      }
      rollout.refresh();
      float[] values = rollout.predict(critic);
      for (int epoch = 0; epoch < distillationEpochs(); epoch++) {
        rollout.pass(session, batchSize(), descent, rate, batch -> distill(batch, values));
      }
      step += rollout.perMember;
    }

    private void policy(Rollout.Minibatch batch, float[] advantage, double part) {
      Normalized normalized = new Normalized(batch, rollout, advantage);
      double entropy = entropy().at(part);
      double clip = clip();
      for (int i = 0; i < batch.size; i++) {
        int row = batch.row(i);
        if (!rollout.guided[row]) {
          double ratio = Math.exp(batch.logProbability(i) - rollout.logProbability[row]);
          double a = rewarded ? normalized.of(row) : 0;
          double slope = Ppo.clippedSlope(ratio, a, clip);
          batch.addPolicyGradient(i, slope / batch.size, -entropy / batch.size);
        }
      }
    }

    private void value(Rollout.Minibatch batch, float[] returns) {
      for (int i = 0; i < batch.size; i++) {
        if (!rollout.guided[batch.row(i)]) {
          batch.addValueGradient(i, 2 * (batch.value(i) - returns[batch.row(i)]) / batch.size);
        }
      }
    }

    private void distill(Rollout.Minibatch batch, float[] values) {
      for (int i = 0; i < batch.size; i++) {
        batch.addValueGradient(i, 2 * (batch.value(i) - values[batch.row(i)]) / batch.size);
        batch.addDivergenceGradient(i, beta() / batch.size);
      }
    }

    Network critic() {
      return critic;
    }

    @Override
    public void close() {
      super.close();
      critic.close();
    }
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("dna").endingWith(COMPANY);

  static final Option<Long>         STEPS               = OPTIONS.whole("steps", 100_000L).from(1).in("environment steps").says("length of each seed's training");
  static final Option<Architecture> NETWORK             = OPTIONS.option("network", Architecture.type(), Mlp.of(64, 64)).says("network of the policy, and another of the value");
  static final Option<Integer>      ENVIRONMENTS        = OPTIONS.whole("environments", 8).from(1).in("copies").says("copies that are stepped together for each seed");
  static final Option<Integer>      ROLLOUT             = OPTIONS.whole("rollout", 32).from(1).in("steps").says("steps of each copy between two updates");
  static final Option<Integer>      POLICY_EPOCHS       = OPTIONS.whole("policy-epochs", 10).from(1).says("passes of the policy phase");
  static final Option<Integer>      VALUE_EPOCHS        = OPTIONS.whole("value-epochs", 10).from(1).says("passes of the value phase");
  static final Option<Integer>      DISTILLATION_EPOCHS = OPTIONS.whole("distillation-epochs", 2).from(0).says("passes of the distillation phase");
  static final Option<Integer>      BATCH_SIZE          = OPTIONS.whole("batch-size", 256).from(2).in("steps").says("size of a minibatch");
  static final Option<Schedule>     LEARNING_RATE       = OPTIONS.schedule("learning-rate", Schedule.linear(0.001)).says("step size of Adam in every phase");
  static final Option<Double>       CLIP                = OPTIONS.real("clip", 0.2).from(0).says("ε, bound of the ratio's move");
  static final Option<Double>       GAMMA               = OPTIONS.real("gamma", 0.98).from(0, 1).says("discount factor γ");
  static final Option<Double>       POLICY_LAMBDA       = OPTIONS.real("policy-lambda", 0.8).from(0, 1).says("λ of the advantages");
  static final Option<Double>       VALUE_LAMBDA        = OPTIONS.real("value-lambda", 0.95).from(0, 1).says("λ of the returns that the value learns");
  static final Option<Schedule>     ENTROPY             = OPTIONS.schedule("entropy", 0).says("weight c_e of the entropy bonus");
  static final Option<Double>       BETA                = OPTIONS.real("beta", 1).from(0).says("β, weight by which the policy stays while it is distilled into");
  static final Option<Double>       MAX_NORM            = OPTIONS.real("max-norm", 0.5).from(0).says("where the gradient's norm is clipped");

  /** Environment steps of each seed. */
  @Override public Dna steps(long steps) { return with(STEPS, steps); }
  @Override public long steps() { return get(STEPS); }

  /** Network of the policy, and another one of the value. */
  public Dna network(Architecture network) { return with(NETWORK, network); }
  public Architecture network() { return get(NETWORK); }

  /** Copies that are stepped together for each seed. */
  public Dna environments(int copies) { return with(ENVIRONMENTS, copies); }
  public int environments() { return get(ENVIRONMENTS); }

  /** Steps of each copy between two updates. */
  public Dna rollout(int steps) { return with(ROLLOUT, steps); }
  public int rollout() { return get(ROLLOUT); }

  /** Passes of the policy phase. */
  public Dna policyEpochs(int epochs) { return with(POLICY_EPOCHS, epochs); }
  public int policyEpochs() { return get(POLICY_EPOCHS); }

  /** Passes of the value phase. */
  public Dna valueEpochs(int epochs) { return with(VALUE_EPOCHS, epochs); }
  public int valueEpochs() { return get(VALUE_EPOCHS); }

  /** Passes of the distillation phase. */
  public Dna distillationEpochs(int epochs) { return with(DISTILLATION_EPOCHS, epochs); }
  public int distillationEpochs() { return get(DISTILLATION_EPOCHS); }

  /** Size of a minibatch, in steps. */
  public Dna batchSize(int size) { return with(BATCH_SIZE, size); }
  public int batchSize() { return get(BATCH_SIZE); }

  /** Step size of Adam in every phase, constant or over training. */
  public Dna learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  public Dna learningRate(double rate) { return learningRate(Schedule.constant(rate)); }
  public Schedule learningRate() { return get(LEARNING_RATE); }

  /** ε, bound of the ratio's move. */
  public Dna clip(double clip) { return with(CLIP, clip); }
  public double clip() { return get(CLIP); }

  /** Discount factor γ. */
  public Dna gamma(double gamma) { return with(GAMMA, gamma); }
  @Override public double gamma() { return get(GAMMA); }

  /** λ of the advantages. */
  public Dna policyLambda(double lambda) { return with(POLICY_LAMBDA, lambda); }
  public double policyLambda() { return get(POLICY_LAMBDA); }

  /** λ of the returns that the value learns. */
  public Dna valueLambda(double lambda) { return with(VALUE_LAMBDA, lambda); }
  public double valueLambda() { return get(VALUE_LAMBDA); }

  /** Weight c_e of the entropy bonus, constant or over training. */
  public Dna entropy(Schedule weight) { return with(ENTROPY, weight); }
  public Dna entropy(double weight) { return entropy(Schedule.constant(weight)); }
  public Schedule entropy() { return get(ENTROPY); }

  /** β, weight by which the policy stays what it is while the value is distilled into its network. */
  public Dna beta(double weight) { return with(BETA, weight); }
  public double beta() { return get(BETA); }

  /** Where the gradient's norm is clipped. */
  public Dna maxNorm(double norm) { return with(MAX_NORM, norm); }
  public double maxNorm() { return get(MAX_NORM); }
  // spotless:on

  /** DNA at its defaults: what {@link Ppo} has for CartPole, in three phases. */
  public Dna() {
    this(OPTIONS.standard(), List.of());
  }

  /** Perceptrons with these hidden widths. */
  public Dna hidden(int... widths) {
    return network(Mlp.of(widths));
  }

  @Override
  public String name() {
    return "DNA";
  }

  @Override
  public Dna with(Settings other, List<Guidance> given) {
    return new Dna(other, given);
  }

  @Override
  public void require(Env env) {
    requireCompany(
        env, Density.over(env.actions()), RolloutLearner.blueprint(env, network(), Trunk.SHARED));
    Rollout.requireBatch("dna", environments(), rollout(), batchSize());
  }

  /** Value networks, with parameters of their own stream. */
  private Network critic(Env env, long[] seeds) {
    Blueprint blueprint =
        new Blueprint(
            network(),
            NetworkPolicy.shape(env.observations()),
            List.of(new Output("value", 1, 1)),
            Trunk.SHARED);
    return Network.of(
        blueprint,
        Initialization.ORTHOGONAL,
        Arrays.stream(seeds).map(seed -> RandomStream.of(seed, "critic").nextLong()).toArray());
  }

  @Override
  public Optional<Budget> budget(Env env) {
    long perRollout = (long) environments() * rollout();
    long iterations = (steps() + perRollout - 1) / perRollout;
    int passes = policyEpochs() + valueEpochs() + distillationEpochs();
    return Optional.of(
        new Budget(
            network(),
            RolloutLearner.blueprint(env, network(), Trunk.SHARED).outputs(),
            Trunk.SHARED,
            environments(),
            2 * iterations * (rollout() + 1),
            batchSize(),
            iterations * passes * perRollout / batchSize()));
  }

  @Override
  public int[] groups(int members) {
    return Groups.of(network(), members, batchSize());
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return new Learning(env, seeds);
  }

  @Override
  public String toString() {
    return settings + Accompanied.text(guidance);
  }
}
