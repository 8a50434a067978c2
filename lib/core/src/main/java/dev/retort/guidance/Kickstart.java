package dev.retort.guidance;

import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.List;

/**
 * Kickstarting: while it learns by itself, the learner is also drawn towards a teacher's behavior
 * in the states that it meets, less and less.
 *
 * <pre>
 * L + λ · E[ℓ(s)],   ℓ(s) = KL(π_T(·|s) ‖ π(·|s)),   λ falls in a straight line to 0 over the first part of training
 * </pre>
 *
 * <p>What ℓ is where learner and teacher are of different kinds is said by {@link Pull}: a teacher
 * of one action is followed by its likelihood, a learner of action values by the softmax of {@code
 * Q / τ}, one of squashed actions by squared distance.
 *
 * <p>With a weight that stays ({@code until never}) and no reward of the task this is
 * student-driven distillation. The direction in which it moves is then in general no gradient of
 * anything; with {@code expected-entropy} the next state's ℓ is subtracted from the reward, and it
 * is the gradient of the sum of ℓ that the student is going to meet,
 *
 * <pre>
 * ∇ E_π[Σ_t ℓ_t] = E_π[ Σ_t ∇ℓ_t + Σ_t ∇log π(a_t|s_t) Σ_{i>t} ℓ_i ]
 * </pre>
 *
 * <p>With {@code proximal} each row is weighted by {@code max(r, 1 − ε)}, where {@code r} is the
 * ratio of PPO, and the gradient goes through that weight. With {@code demonstrations} the teacher
 * acts at first, and with {@code caught-up} λ is multiplied by {@code max(0, 1 − G / G_T)} for the
 * mean return {@code G} of the learner's last episodes: QDagger. A learner of action values then
 * wants targets of several rewards, such as {@code nStep(10)}: where a teacher never fails, values
 * that bootstrap after one reward have nothing to hold to but each other, and can outgrow every
 * return.
 *
 * <p>Simon Schmitt and others, "Kickstarting deep reinforcement learning", 2018, arXiv 1803.03835,
 * for policy gradients; to draw action values by their softmax, and squashed actions by squares, is
 * ours. Wojciech Czarnecki and others, "Distilling policy distillation", 2019, arXiv 1902.02186: we
 * know the three choices of its gradient, not its reward to the letter, which is derived here, and
 * the last step of a rollout has none. Giacomo Spigler, "Proximal policy distillation", 2024, arXiv
 * 2407.15134, and Rishabh Agarwal and others, "Reincarnating reinforcement learning", 2022, arXiv
 * 2206.01626, are rebuilt from general knowledge of them; the window of returns is ours.
 *
 * @param settings weight, temperature and when it is over
 * @param teacher whose behavior
 */
public record Kickstart(Settings settings, Policy teacher) implements Guidance {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("kickstart");

  static final Option<Double>  WEIGHT           = OPTIONS.real("weight", 1).from(0).says("λ at the beginning");
  static final Option<Double>  TEMPERATURE      = OPTIONS.real("temperature", 1).from(1e-6).says("τ, what values are divided by");
  static final Option<Double>  UNTIL            = OPTIONS.option("until", Type.orWord(Type.real(1e-6, 1), "never", Double.POSITIVE_INFINITY), 0.5).in("part of training").says("when λ has fallen to 0");
  static final Option<Boolean> EXPECTED_ENTROPY = OPTIONS.flag("expected-entropy", false).says("whether what comes is a reward, so that the gradient is one of the whole sum");
  static final Option<Double>  PROXIMAL         = OPTIONS.option("proximal", Type.orWord(Type.real(0, 1), "off", Double.POSITIVE_INFINITY), Double.POSITIVE_INFINITY).says("ε, below 1 by which the weight of what has become unlikely is kept");
  static final Option<Double>  CAUGHT_UP        = OPTIONS.option("caught-up", Type.orWord(Type.real(), "never", Double.POSITIVE_INFINITY), Double.POSITIVE_INFINITY).in("mean return").says("return of the teacher, at which the pull has ended");
  static final Option<Long>    DEMONSTRATIONS   = OPTIONS.whole("demonstrations", 0L).from(0).in("environment steps").says("steps that the teacher takes at first, from which a memory is learned from");

  /** λ at the beginning. */
  public Kickstart weight(double weight) { return with(WEIGHT, weight); }
  public double weight() { return settings.get(WEIGHT); }

  /** τ, by which action values are divided. */
  public Kickstart temperature(double temperature) { return with(TEMPERATURE, temperature); }
  public double temperature() { return settings.get(TEMPERATURE); }

  /** Part of training over which λ falls to 0; infinity for a weight that stays. */
  public Kickstart until(double part) { return with(UNTIL, part); }
  public double until() { return settings.get(UNTIL); }

  /** A weight that stays throughout training. */
  public Kickstart throughout() { return until(Double.POSITIVE_INFINITY); }

  /** Whether what the next state will cost is subtracted from the reward. */
  public Kickstart expectedEntropy(boolean on) { return with(EXPECTED_ENTROPY, on); }
  public boolean expectedEntropy() { return settings.get(EXPECTED_ENTROPY); }

  /** ε of proximal distillation: each row's pull is weighted by {@code max(r, 1 − ε)}; infinity for none of that. */
  public Kickstart proximal(double epsilon) { return with(PROXIMAL, epsilon); }
  public double proximal() { return settings.get(PROXIMAL); }

  /** Return of the teacher: λ is multiplied by {@code max(0, 1 − G / G_T)}; infinity for no such gate. */
  public Kickstart caughtUp(double teachersReturn) { return with(CAUGHT_UP, teachersReturn); }
  public double caughtUp() { return settings.get(CAUGHT_UP); }

  /** Environment steps that the teacher takes at first; learners from a memory learn from them. */
  public Kickstart demonstrations(long steps) { return with(DEMONSTRATIONS, steps); }
  public long demonstrations() { return settings.get(DEMONSTRATIONS); }
  // spotless:on

  /** Refuses no teacher. */
  public Kickstart {
    Given.given("kickstart", "a teacher", teacher);
  }

  /** A teacher at the defaults. */
  public Kickstart(Policy teacher) {
    this(OPTIONS.standard(), teacher);
  }

  static Kickstart of(String settings, Tensors knowledge) {
    return new Kickstart(
        Settings.of(OPTIONS, JsonParser.parseString(settings).getAsJsonObject()),
        PolicyFile.of(knowledge));
  }

  @Override
  public Kickstart with(Settings other) {
    return new Kickstart(other, teacher);
  }

  private <T> Kickstart with(Option<T> option, T value) {
    return with(settings.with(option, value));
  }

  @Override
  public String name() {
    return "kickstarting";
  }

  @Override
  public List<String> cautions(Env env) {
    return Fit.cautions(teacher, env);
  }

  @Override
  public Tensors knowledge() {
    return PolicyFile.tensors(teacher);
  }

  @Override
  public void require(Learning learning) {
    Fit.requireMemoryless("kickstart", "a teacher", teacher);
    Fit.require(
        "kickstart",
        "a teacher",
        teacher,
        learning.env(),
        "Take a teacher of tasks like this one, or wrap the environment.");
    if (learning.isOfValues() && !(teacher.actions() instanceof Discrete)) {
      throw new RetortException(
          "kickstart: expected a teacher that chooses among actions, got '%s', which gives one."
              .formatted(teacher.name()));
    }
    boolean needsRollouts = expectedEntropy() || !Double.isInfinite(proximal());
    if (!(caughtUp() > 0)) {
      throw new RetortException(
          "kickstart: expected a return above 0 to catch up with, got %s. Shift the task's rewards, or say until(0.5)."
              .formatted(caughtUp()));
    }
    if (needsRollouts && !(learning.distribution() instanceof Density)) {
      throw new RetortException(
          "kickstart: expected a learner from rollouts, such as ppo(), with expected-entropy and proximal, got %s."
              .formatted(learning.algorithm()));
    }
  }

  @Override
  public boolean teaches() {
    return true;
  }

  @Override
  public boolean rewards() {
    return expectedEntropy();
  }

  @Override
  public List<String> columns() {
    return List.of("queries");
  }

  @Override
  public String toString() {
    return settings + " teacher " + teacher.name();
  }

  @Override
  public Companion companion(Learners learners) {
    return new Attraction(this, learners);
  }
}
