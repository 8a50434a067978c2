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
import dev.retort.run.Resumable;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

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
 * <p>Simon Schmitt and others, "Kickstarting deep reinforcement learning", 2018, arXiv 1803.03835,
 * for policy gradients; to draw action values by their softmax, and squashed actions by squares, is
 * ours. Wojciech Czarnecki and others, "Distilling policy distillation", 2019, arXiv 1902.02186: we
 * know the three choices of its gradient, not its reward to the letter, which is derived here, and
 * the last step of a rollout has none.
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

  /** λ at the beginning. */
  public Kickstart weight(double weight) { return with(WEIGHT, weight); }
  public double weight() { return settings.get(WEIGHT); }

  /** τ, by which action values are divided. */
  public Kickstart temperature(double temperature) { return with(TEMPERATURE, temperature); }
  public double temperature() { return settings.get(TEMPERATURE); }

  /** Part of training over which λ falls to 0; infinity for a weight that stays. */
  public Kickstart until(double part) { return with(UNTIL, part); }
  public double until() { return settings.get(UNTIL); }

  /** Whether what the next state will cost is subtracted from the reward. */
  public Kickstart expectedEntropy(boolean on) { return with(EXPECTED_ENTROPY, on); }
  public boolean expectedEntropy() { return settings.get(EXPECTED_ENTROPY); }
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
    if (expectedEntropy() && !(learning.distribution() instanceof Density)) {
      throw new RetortException(
          "kickstart: expected a learner from rollouts, such as ppo(), with expected-entropy, got %s."
              .formatted(learning.algorithm()));
    }
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
  public Companion companion(Learners learners) {
    return new Attraction(learners);
  }

  @Override
  public String toString() {
    return settings + " teacher " + teacher.name();
  }

  /** At work on a group. */
  private final class Attraction implements Companion {
    private final Resumable state = new Resumable();
    private final Learners learners;
    private Optional<Pull> pull = Optional.empty();
    private int stretch;
    private float[] answers = {};
    private long queries;
    private long step;

    Attraction(Learners learners) {
      this.learners = learners;
      state
          .longs("step", () -> new long[] {step}, saved -> step = saved[0])
          .longsOr("queries", () -> new long[] {queries}, saved -> queries = saved[0]);
    }

    @Override
    public Resumable state() {
      return state;
    }

    /** λ now. */
    private double weightNow() {
      return Double.isInfinite(until())
          ? weight()
          : weight() * Math.max(0, 1 - step / (until() * learners.steps()));
    }

    /** A pull that asks so many rows at a time. */
    private Pull pull(int rows, IntFunction<String> places) {
      if (pull.isEmpty() || stretch != rows) {
        close();
        stretch = rows;
        pull = Optional.of(Pull.of(teacher, learners.learning(), temperature(), rows, places));
      }
      return pull.get();
    }

    @Override
    public void played(Played played) {
      step = played.step();
      double weight = weightNow();
      if (weight == 0) {
        return;
      }
      int members = learners.seeds().size();
      Pull asked = pull(played.rows() / members / played.copies(), row -> "a rollout's row " + row);
      answers = asked.ask(played.obs(), played.rows());
      queries += played.rows() / members;
      for (int row = 0; expectedEntropy() && row < played.rows(); row++) {
        boolean goesOn = (row + 1) % played.steps() != 0 && !played.ended()[row];
        if (goesOn) {
          double next =
              asked.distance(answers, row + 1, played.outputs(), (row + 1) * played.width());
          played.rewards()[row] -= (float) (weight * next);
        }
      }
    }

    @Override
    public void learn(Lesson lesson) {
      step = lesson.step();
      double weight = weightNow();
      if (weight == 0) {
        return;
      }
      if (!lesson.isOfRollout()) {
        Pull asked = pull(lesson.size(), learners.replays());
        answers = asked.ask(lesson.obs(), lesson.size());
        queries += lesson.batch();
      }
      Pull asked = pull.orElseThrow();
      for (int i = 0; i < lesson.size(); i++) {
        int row = lesson.isOfRollout() ? lesson.rows()[i] : i;
        int at = i * lesson.width();
        asked.addGradient(
            answers, row, lesson.outputs(), at, weight / lesson.batch(), lesson.gradient());
      }
    }

    @Override
    public long queries(int member) {
      return queries;
    }

    @Override
    public void close() {
      pull.ifPresent(Pull::close);
      pull = Optional.empty();
    }
  }
}
