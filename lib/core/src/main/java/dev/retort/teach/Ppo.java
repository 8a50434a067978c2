package dev.retort.teach;

import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Groups;
import dev.retort.nn.Mlp;
import dev.retort.nn.Trunk;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Proximal policy optimization.
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
 * <p>where {@code s_{t+1}} is the true next observation, also at the end of an episode. With {@code
 * surrogate kl} the first term is {@code −r Â + β KL(π_old ‖ π)} instead; after each iteration β
 * doubles where the divergence was above 1.5 times {@code kl-target} and halves where it was below
 * a 1.5th of it.
 *
 * <p>John Schulman, Filip Wolski, Prafulla Dhariwal, Alec Radford, Oleg Klimov, "Proximal policy
 * optimization algorithms", 2017, arXiv 1707.06347; advantages from Schulman, Moritz, Levine,
 * Jordan, Abbeel, 2015, arXiv 1506.02438.
 *
 * <p>Choices have the probabilities of a softmax; continuous actions a normal distribution whose
 * deviations do not depend on the observation, clipped into the bounds when taken.
 *
 * <p>Departures from the paper are listed in {@code docs/departures.md}. The settings of an
 * untouched {@code Ppo} are those that solve CartPole.
 */
public record Ppo(Settings settings, List<Guidance> guidance) implements Accompanied<Ppo> {
  /** What learns: play a rollout, estimate advantages, improve. */
  class Learning extends RolloutLearner {
    static final double ADAM_EPSILON = 1e-5;
    static final double LEAST_PENALTY = 1e-6;
    static final double MOST_PENALTY = 1e6;

    private final double[] penalty = new double[members];
    private final boolean rewarded = isRewarded();

    Learning(Env env, long[] seeds) {
      super(
          Ppo.this,
          env,
          seeds,
          environments(),
          rollout(),
          Ppo.this.blueprint(env),
          Optional.empty(),
          maxNorm(),
          ADAM_EPSILON);
      Arrays.fill(penalty, 1);
      state.doubles("penalty", penalty);
    }

    @Override
    protected void iterate(Session session) {
      double part = (double) step / steps();
      rollout.play(session);
      float[] advantage = rollout.advantages(gamma(), lambda());
      double[] divergence = new double[members];
      for (int epoch = 0; epoch < epochs(); epoch++) {
        Arrays.fill(divergence, 0);
        rollout.pass(
            session,
            batchSize(),
            descent,
            learningRate().at(part),
            batch ->
                divergence[batch.member] +=
                    gradient(batch, advantage, clip().at(part), entropy().at(part)));
      }
      adaptPenalty(divergence);
      step += rollout.perMember;
    }

    /**
     * The gradient of {@code L} for one member's minibatch.
     *
     * @return the sum over the rows of {@code KL(π_old ‖ π)}; 0 where it is not needed
     */
    final double gradient(Rollout.Minibatch batch, float[] advantage, double clip, double entropy) {
      Normalized normalized = new Normalized(batch, rollout, advantage);
      boolean penalized = surrogate() == Surrogate.KL;
      double valueWeight = valueWeight();
      double divergence = 0;
      for (int i = 0; i < batch.size; i++) {
        int row = batch.row(i);
        if (rollout.guided[row]) {
          continue;
        }
        // −min(r Â, clip(r, 1 − ε, 1 + ε) Â) − c_e H, or −r Â
        double ratio = Math.exp(batch.logProbability(i) - rollout.logProbability[row]);
        double a = rewarded ? normalized.of(row) : 0;
        double slope = penalized ? -a * ratio : clippedSlope(ratio, a, clip);
        batch.addPolicyGradient(i, slope / batch.size, -entropy / batch.size);
        // β KL(π_old ‖ π)
        if (penalized) {
          divergence += batch.divergence(i);
          batch.addDivergenceGradient(i, penalty[batch.member] / batch.size);
        }
        // c_v (V(s) − R̂)²
        double target = (double) advantage[row] + rollout.value[row];
        batch.addValueGradient(i, valueWeight * 2 * (batch.value(i) - target) / batch.size);
      }
      return divergence;
    }

    /**
     * β halves where the policies of the last epoch were too near and doubles where too far off.
     */
    private void adaptPenalty(double[] divergence) {
      for (int member = 0; member < members; member++) {
        double mean = divergence[member] / rollout.perMember;
        penalty[member] *= mean > 1.5 * klTarget() ? 2 : mean < klTarget() / 1.5 ? 0.5 : 1;
        penalty[member] = Math.min(MOST_PENALTY, Math.max(LEAST_PENALTY, penalty[member]));
      }
    }
  }

  /**
   * {@code ∂/∂ log π} of {@code −min(r A, clip(r, 1 − ε, 1 + ε) A)}: flat where the clipped branch
   * is the smaller one.
   */
  static double clippedSlope(double ratio, double advantage, double clip) {
    boolean flat = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
    return flat ? 0 : -advantage * ratio;
  }

  /** What keeps the new policy near the one that played. */
  public enum Surrogate {
    /** The clipped ratio. */
    CLIP,
    /** A penalty on the divergence, {@code β KL(π_old ‖ π)}, whose weight adapts. */
    KL
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("ppo").endingWith(COMPANY);

  static final Option<Long>         STEPS         = OPTIONS.whole("steps", 100_000L).from(1).in("environment steps").says("length of each seed's training");
  static final Option<Architecture> NETWORK       = OPTIONS.option("network", Architecture.type(), Mlp.of(64, 64)).says("network of policy and value");
  static final Option<Trunk>        TRUNK         = OPTIONS.choice("trunk", Trunk.SEPARATE).formerly("torso").says("whether policy and value share layers");
  static final Option<Integer>      ENVIRONMENTS  = OPTIONS.whole("environments", 8).from(1).in("copies").says("copies that are stepped together for each seed");
  static final Option<Integer>      ROLLOUT       = OPTIONS.whole("rollout", 32).from(1).in("steps").says("steps of each copy between two updates");
  static final Option<Integer>      EPOCHS        = OPTIONS.whole("epochs", 20).from(1).says("passes over each rollout");
  static final Option<Integer>      BATCH_SIZE    = OPTIONS.whole("batch-size", 256).from(2).in("steps").formerly("batch").says("size of a minibatch, within which advantages are normalized");
  static final Option<Schedule>     LEARNING_RATE = OPTIONS.schedule("learning-rate", Schedule.linear(0.001)).says("step size of Adam");
  static final Option<Surrogate>    SURROGATE     = OPTIONS.choice("surrogate", Surrogate.CLIP).says("what keeps the policy near the one that played");
  static final Option<Schedule>     CLIP          = OPTIONS.schedule("clip", Schedule.linear(0.2)).says("ε, bound of the ratio's move");
  static final Option<Double>       KL_TARGET     = OPTIONS.real("kl-target", 0.01).from(0).in("nats").says("move of the policy in an iteration, with surrogate kl");
  static final Option<Double>       GAMMA         = OPTIONS.real("gamma", 0.98).from(0, 1).says("discount factor γ");
  static final Option<Double>       LAMBDA        = OPTIONS.real("lambda", 0.8).from(0, 1).says("λ of the advantage estimate");
  static final Option<Schedule>     ENTROPY       = OPTIONS.schedule("entropy", 0).says("weight c_e of the entropy bonus");
  static final Option<Double>       VALUE_WEIGHT  = OPTIONS.real("value-weight", 0.5).from(0).says("weight c_v of the value loss");
  static final Option<Double>       MAX_NORM      = OPTIONS.real("max-norm", 0.5).from(0).says("where the gradient's norm is clipped");

  /** Environment steps of each seed. */
  @Override public Ppo steps(long steps) { return with(STEPS, steps); }
  @Override public long steps() { return get(STEPS); }

  /** Network of policy and value. */
  public Ppo network(Architecture network) { return with(NETWORK, network); }
  public Architecture network() { return get(NETWORK); }

  /** Whether policy and value share layers. */
  public Ppo trunk(Trunk trunk) { return with(TRUNK, trunk); }
  public Trunk trunk() { return get(TRUNK); }

  /** Copies that are stepped together for each seed. */
  public Ppo environments(int copies) { return with(ENVIRONMENTS, copies); }
  public int environments() { return get(ENVIRONMENTS); }

  /** Steps of each copy between two updates. */
  public Ppo rollout(int steps) { return with(ROLLOUT, steps); }
  public int rollout() { return get(ROLLOUT); }

  /** Passes over each rollout. */
  public Ppo epochs(int epochs) { return with(EPOCHS, epochs); }
  public int epochs() { return get(EPOCHS); }

  /** Size of a minibatch, in steps. */
  public Ppo batchSize(int size) { return with(BATCH_SIZE, size); }
  public int batchSize() { return get(BATCH_SIZE); }

  /** Step size of Adam, constant or over training. */
  public Ppo learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  public Ppo learningRate(double rate) { return learningRate(Schedule.constant(rate)); }
  public Schedule learningRate() { return get(LEARNING_RATE); }

  /** What keeps the new policy near the one that played. */
  public Ppo surrogate(Surrogate surrogate) { return with(SURROGATE, surrogate); }
  public Surrogate surrogate() { return get(SURROGATE); }

  /** ε, bound of the ratio's move, constant or over training. */
  public Ppo clip(Schedule clip) { return with(CLIP, clip); }
  public Ppo clip(double clip) { return clip(Schedule.constant(clip)); }
  public Schedule clip() { return get(CLIP); }

  /** Move of the policy in an iteration, in nats, to which the penalty of {@link Surrogate#KL} adapts. */
  public Ppo klTarget(double nats) { return with(KL_TARGET, nats); }
  public double klTarget() { return get(KL_TARGET); }

  /** Discount factor γ. */
  public Ppo gamma(double gamma) { return with(GAMMA, gamma); }
  @Override public double gamma() { return get(GAMMA); }

  /** λ of the advantage estimate. */
  public Ppo lambda(double lambda) { return with(LAMBDA, lambda); }
  public double lambda() { return get(LAMBDA); }

  /** Weight c_e of the entropy bonus, constant or over training. */
  public Ppo entropy(Schedule weight) { return with(ENTROPY, weight); }
  public Ppo entropy(double weight) { return entropy(Schedule.constant(weight)); }
  public Schedule entropy() { return get(ENTROPY); }

  /** Weight c_v of the value loss. */
  public Ppo valueWeight(double weight) { return with(VALUE_WEIGHT, weight); }
  public double valueWeight() { return get(VALUE_WEIGHT); }

  /** Where the gradient's norm is clipped. */
  public Ppo maxNorm(double norm) { return with(MAX_NORM, norm); }
  public double maxNorm() { return get(MAX_NORM); }
  // spotless:on

  /** PPO at its defaults. */
  public Ppo() {
    this(OPTIONS.standard(), List.of());
  }

  /** The settings that are known to learn a task, such as {@code CartPole}. */
  public static Ppo preset(String task) {
    return Presets.find("ppo", Presets.ppo(), task);
  }

  /** A perceptron with these hidden widths. */
  public Ppo hidden(int... widths) {
    return network(Mlp.of(widths));
  }

  @Override
  public String name() {
    return "PPO";
  }

  @Override
  public Ppo with(Settings other, List<Guidance> given) {
    return new Ppo(other, given);
  }

  @Override
  public void require(Env env) {
    requireCompany(env, Density.over(env.actions()), blueprint(env));
    Rollout.requireBatch("ppo", environments(), rollout(), batchSize());
  }

  @Override
  public Optional<Budget> budget(Env env) {
    long perRollout = (long) environments() * rollout();
    long iterations = (steps() + perRollout - 1) / perRollout;
    return Optional.of(
        new Budget(
            network(),
            blueprint(env).outputs(),
            trunk(),
            environments(),
            iterations * (rollout() + 1),
            batchSize(),
            iterations * epochs() * perRollout / batchSize()));
  }

  private Blueprint blueprint(Env env) {
    return RolloutLearner.blueprint(env, network(), trunk());
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
