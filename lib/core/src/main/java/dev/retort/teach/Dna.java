package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Descent;
import dev.retort.nn.Groups;
import dev.retort.nn.Network;
import dev.retort.nn.Trunk;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.run.Session;
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
public record Dna(Settings settings, List<Guidance> guidance) implements OnPolicy<Dna> {
  /** What learns: play a rollout, then the three phases. */
  final class Learning extends RolloutLearner {
    private final Network critic = networks.critic().orElseThrow();
    private final StepSizes stepSizes = new StepSizes(Dna.this, members, state);
    private final boolean rewarded = isRewarded();

    Learning(Env env, long[] seeds) {
      super(Dna.this, env, seeds, networks(env, seeds), Ppo.Learning.ADAM_EPSILON);
    }

    @Override
    protected void iterate(Session session) {
      double part = (double) step / steps();
      double rate = learningRate().at(part);
      rollout.play(session);
      if (!bootstrapTimeOuts()) {
        rollout.endTasksWithEpisodes();
      }
      float[] advantage = rollout.advantages(gamma(), policyLambda());
      float[] returns = rollout.advantages(gamma(), valueLambda());
      for (int row = 0; row < returns.length; row++) {
        returns[row] += rollout.value[row];
      }
      stepSizes.begin(part);
      for (int epoch = 0; epoch < policyEpochs(); epoch++) {
        rollout.pass(
            session,
            batchSize(),
            descent,
            stepSizes.all(),
            batch -> {
              policy(batch, advantage, part);
              stepSizes.adapt(batch);
            });
      }
      Descent valueDescent = criticDescent.orElseThrow();
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

    private void policy(Minibatch batch, float[] advantage, double part) {
      Normalized normalized = new Normalized(batch, rollout, advantage);
      double entropy = entropy().at(part);
      double clip = clip().at(part);
      for (int i = 0; i < batch.size; i++) {
        int row = batch.row(i);
        if (!rollout.guided[row]) {
          double old = rollout.logProbability[row];
          double a = rewarded ? normalized.of(row) : 0;
          batch.addPolicyGradient(
              i,
              now -> Ppo.clippedSlope(Math.exp(now - old), a, clip) / batch.size,
              -entropy / batch.size);
        }
      }
    }

    private void value(Minibatch batch, float[] returns) {
      double bound = valueClip();
      for (int i = 0; i < batch.size; i++) {
        int row = batch.row(i);
        if (!rollout.guided[row]) {
          double error = Ppo.valueError(batch.value(i), rollout.value[row], returns[row], bound);
          batch.addValueGradient(i, 2 * error / batch.size);
        }
      }
    }

    private void distill(Minibatch batch, float[] values) {
      for (int i = 0; i < batch.size; i++) {
        batch.addValueGradient(i, 2 * (batch.value(i) - values[batch.row(i)]) / batch.size);
        batch.addDivergenceGradient(i, beta() / batch.size);
      }
    }

    Network critic() {
      return critic;
    }
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("dna").including(ROLLOUTS).standard(CLIP, Schedule.constant(0.2));

  static final Option<Integer> POLICY_EPOCHS       = OPTIONS.whole("policy-epochs", 10).from(1).says("passes of the policy phase");
  static final Option<Integer> VALUE_EPOCHS        = OPTIONS.whole("value-epochs", 10).from(1).says("passes of the value phase");
  static final Option<Integer> DISTILLATION_EPOCHS = OPTIONS.whole("distillation-epochs", 2).from(0).says("passes of the distillation phase");
  static final Option<Double>  POLICY_LAMBDA       = OPTIONS.real("policy-lambda", 0.8).from(0, 1).says("λ of the advantages");
  static final Option<Double>  VALUE_LAMBDA        = OPTIONS.real("value-lambda", 0.95).from(0, 1).says("λ of the returns that the value learns");
  static final Option<Double>  BETA                = OPTIONS.real("beta", 1).from(0).says("β, weight by which the policy stays while it is distilled into");

  /** Passes of the policy phase. */
  public Dna policyEpochs(int epochs) { return with(POLICY_EPOCHS, epochs); }
  public int policyEpochs() { return get(POLICY_EPOCHS); }

  /** Passes of the value phase. */
  public Dna valueEpochs(int epochs) { return with(VALUE_EPOCHS, epochs); }
  public int valueEpochs() { return get(VALUE_EPOCHS); }

  /** Passes of the distillation phase. */
  public Dna distillationEpochs(int epochs) { return with(DISTILLATION_EPOCHS, epochs); }
  public int distillationEpochs() { return get(DISTILLATION_EPOCHS); }

  /** λ of the advantages. */
  public Dna policyLambda(double lambda) { return with(POLICY_LAMBDA, lambda); }
  public double policyLambda() { return get(POLICY_LAMBDA); }

  /** λ of the returns that the value learns. */
  public Dna valueLambda(double lambda) { return with(VALUE_LAMBDA, lambda); }
  public double valueLambda() { return get(VALUE_LAMBDA); }

  /** β, weight by which the policy stays what it is while the value is distilled into its network. */
  public Dna beta(double weight) { return with(BETA, weight); }
  public double beta() { return get(BETA); }
  // spotless:on

  /** DNA at its defaults: what {@link Ppo} has for CartPole, in three phases. */
  public Dna() {
    this(OPTIONS.standard(), List.of());
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
    requireRollouts(env, blueprint(env));
  }

  private ActorCritic networks(Env env, long[] seeds) {
    return ActorCritic.apart(blueprint(env), sight(env), network(), criticSight(env), seeds);
  }

  private Blueprint blueprint(Env env) {
    return RolloutLearner.blueprint(this, env, Trunk.SHARED, true);
  }

  @Override
  public Optional<Budget> budget(Env env) {
    long perRollout = (long) environments() * rollout();
    long iterations = (steps() + perRollout - 1) / perRollout;
    int passes = policyEpochs() + valueEpochs() + distillationEpochs();
    return Optional.of(
        new Budget(
            network(),
            sight(env).sees(),
            blueprint(env).outputs(),
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
