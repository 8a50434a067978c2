package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Descent;
import dev.retort.nn.Groups;
import dev.retort.nn.Trunk;
import dev.retort.option.Option;
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
public record Ppo(Settings settings, List<Guidance> guidance) implements OnPolicy<Ppo> {
  /** What learns: play a rollout, estimate advantages, improve. */
  class Learning extends RolloutLearner {
    static final double ADAM_EPSILON = 1e-5;
    static final double LEAST_PENALTY = 1e-6;
    static final double MOST_PENALTY = 1e6;

    private final double[] penalty = new double[members];
    private final StepSizes stepSizes = new StepSizes(Ppo.this, members, state);
    private final boolean rewarded = isRewarded();

    Learning(Env env, long[] seeds) {
      super(Ppo.this, env, seeds, networks(env, seeds), ADAM_EPSILON);
      Arrays.fill(penalty, 1);
      state.doubles("penalty", penalty);
    }

    @Override
    protected void iterate(Session session) {
      double part = (double) step / steps();
      rollout.play(session);
      if (!bootstrapTimeOuts()) {
        rollout.endTasksWithEpisodes();
      }
      float[] advantage = rollout.advantages(gamma(), lambda());
      double[] divergence = new double[members];
      stepSizes.begin(part);
      double clip = clip().at(part);
      double entropy = entropy().at(part);
      for (int epoch = 0; epoch < epochs(); epoch++) {
        Arrays.fill(divergence, 0);
        pass(
            session,
            descent,
            batch -> {
              divergence[batch.member] += policyGradient(batch, advantage, clip, entropy);
              if (criticDescent.isEmpty()) {
                valueGradient(batch, advantage);
              }
              stepSizes.adapt(batch);
            });
        criticDescent.ifPresent(
            critic -> pass(session, critic, batch -> valueGradient(batch, advantage)));
      }
      adaptPenalty(divergence);
      step += rollout.perMember;
    }

    private void pass(Session session, Descent improved, Rollout.Loss loss) {
      rollout.pass(session, batchSize(), improved, stepSizes.all(), loss);
    }

    /**
     * The gradient of the terms of {@code L} that move the policy, for one member's minibatch.
     *
     * @return the sum over the rows of {@code KL(π_old ‖ π)}; 0 where it is not needed
     */
    final double policyGradient(Minibatch batch, float[] advantage, double clip, double entropy) {
      Normalized normalized = new Normalized(batch, rollout, advantage);
      boolean penalized = surrogate() == Surrogate.KL;
      double divergence = 0;
      for (int i = 0; i < batch.size; i++) {
        int row = batch.row(i);
        if (rollout.guided[row]) {
          continue;
        }
        // −min(r Â, clip(r, 1 − ε, 1 + ε) Â) − c_e H, or −r Â
        double old = rollout.logProbability[row];
        double a = rewarded ? normalized.of(row) : 0;
        batch.addPolicyGradient(
            i,
            now -> {
              double ratio = Math.exp(now - old);
              return (penalized ? -a * ratio : clippedSlope(ratio, a, clip)) / batch.size;
            },
            -entropy / batch.size);
        // β KL(π_old ‖ π)
        if (penalized) {
          divergence += batch.divergence(i);
          batch.addDivergenceGradient(i, penalty[batch.member] / batch.size);
        }
      }
      return divergence;
    }

    /** The gradient of {@code c_v (V(s) − R̂)²}, or of its clipped form. */
    final void valueGradient(Minibatch batch, float[] advantage) {
      double weight = valueWeight();
      double bound = valueClip();
      for (int i = 0; i < batch.size; i++) {
        int row = batch.row(i);
        if (!rollout.guided[row]) {
          double old = rollout.value[row];
          double error = valueError(batch.value(i), old, advantage[row] + old, bound);
          batch.addValueGradient(i, weight * 2 * error / batch.size);
        }
      }
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

  /**
   * Half of {@code ∂/∂V} of {@code max((V − R̂)², (V_old + clip(V − V_old, ±ε) − R̂)²)}: flat where
   * the value has moved beyond the bound and is nearer to its target than the bound is.
   *
   * @param bound ε; 0 for none, and {@code V − R̂}
   */
  static double valueError(double value, double old, double target, double bound) {
    double error = value - target;
    double move = value - old;
    if (bound == 0 || Math.abs(move) <= bound) {
      return error;
    }
    double clipped = old + Math.copySign(bound, move) - target;
    return Math.abs(error) >= Math.abs(clipped) ? error : 0;
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
  public static final Schema OPTIONS = new Schema("ppo").including(ROLLOUTS);

  static final Option<Trunk>     TRUNK        = OPTIONS.choice("trunk", Trunk.SEPARATE).formerly("torso").says("whether policy and value share layers");
  static final Option<Integer>   EPOCHS       = OPTIONS.whole("epochs", 20).from(1).says("passes over each rollout");
  static final Option<Surrogate> SURROGATE    = OPTIONS.choice("surrogate", Surrogate.CLIP).says("what keeps the policy near the one that played");
  static final Option<Double>    KL_TARGET    = OPTIONS.real("kl-target", 0.01).from(0).in("nats").says("move of the policy in an iteration, with surrogate kl");
  static final Option<Double>    LAMBDA       = OPTIONS.real("lambda", 0.8).from(0, 1).says("λ of the advantage estimate");
  static final Option<Double>    VALUE_WEIGHT = OPTIONS.real("value-weight", 0.5).from(0).says("weight c_v of the value loss");

  /** Whether policy and value share layers. */
  public Ppo trunk(Trunk trunk) { return with(TRUNK, trunk); }
  public Trunk trunk() { return get(TRUNK); }

  /** Passes over each rollout. */
  public Ppo epochs(int epochs) { return with(EPOCHS, epochs); }
  public int epochs() { return get(EPOCHS); }

  /** What keeps the new policy near the one that played. */
  public Ppo surrogate(Surrogate surrogate) { return with(SURROGATE, surrogate); }
  public Surrogate surrogate() { return get(SURROGATE); }

  /** Move of the policy in an iteration, in nats, to which the penalty of {@link Surrogate#KL} adapts. */
  public Ppo klTarget(double nats) { return with(KL_TARGET, nats); }
  public double klTarget() { return get(KL_TARGET); }

  /** λ of the advantage estimate. */
  public Ppo lambda(double lambda) { return with(LAMBDA, lambda); }
  public double lambda() { return get(LAMBDA); }

  /** Weight c_v of the value loss. */
  public Ppo valueWeight(double weight) { return with(VALUE_WEIGHT, weight); }
  public double valueWeight() { return get(VALUE_WEIGHT); }
  // spotless:on

  /** PPO at its defaults. */
  public Ppo() {
    this(OPTIONS.standard(), List.of());
  }

  /** The settings that are known to learn a task, such as {@code CartPole}. */
  public static Ppo preset(String task) {
    return Presets.find("ppo", Presets.ppo(), task);
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
    requireRollouts(env, blueprint(env));
    if (isAsymmetric(env) && trunk() == Trunk.SHARED) {
      throw new RetortException(
          "ppo: expected policy and value to see the same where they share layers, got %s and %s. Say trunk(Trunk.SEPARATE)."
              .formatted(seeing(), criticSeeing()));
    }
  }

  /** Whether the value sees anything but what the policy sees, and so has a network of its own. */
  boolean isAsymmetric(Env env) {
    return !sight(env).equals(criticSight(env));
  }

  private ActorCritic networks(Env env, long[] seeds) {
    return isAsymmetric(env)
        ? ActorCritic.apart(blueprint(env), sight(env), network(), criticSight(env), seeds)
        : ActorCritic.together(blueprint(env), sight(env), seeds);
  }

  @Override
  public Optional<Budget> budget(Env env) {
    long perRollout = (long) environments() * rollout();
    long iterations = (steps() + perRollout - 1) / perRollout;
    return Optional.of(
        new Budget(
            network(),
            sight(env).sees(),
            blueprint(env).outputs(),
            trunk(),
            environments(),
            iterations * (rollout() + 1),
            batchSize(),
            iterations * epochs() * perRollout / batchSize()));
  }

  private Blueprint blueprint(Env env) {
    return RolloutLearner.blueprint(this, env, trunk(), !isAsymmetric(env));
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
