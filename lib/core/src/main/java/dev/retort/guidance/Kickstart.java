package dev.retort.guidance;

import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Softmax;
import dev.retort.env.Env;
import dev.retort.nn.Architecture;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Actor;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.run.Resumable;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.List;

/**
 * Kickstarting: while it learns by itself, the learner is also drawn towards a teacher's behavior
 * in the states that it replays, less and less.
 *
 * <pre>
 * L + λ · H(p, softmax(Q / τ)),    λ falls in a straight line to 0 over the first part of training
 * </pre>
 *
 * <p>with the cross entropy {@code H} of the teacher's probabilities {@code p}, the softmax of its
 * logits, or of its action values divided by τ.
 *
 * <p>Simon Schmitt and others, "Kickstarting deep reinforcement learning", 2018, arXiv 1803.03835,
 * for policy gradients; to draw action values by their softmax is ours.
 *
 * @param settings weight, temperature and when it is over
 * @param teacher whose behavior
 */
public record Kickstart(Settings settings, Policy teacher) implements Guidance {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("kickstart");

  static final Option<Double> WEIGHT      = OPTIONS.real("weight", 1).from(0).says("λ at the beginning");
  static final Option<Double> TEMPERATURE = OPTIONS.real("temperature", 1).from(1e-6).says("τ, what values are divided by");
  static final Option<Double> UNTIL       = OPTIONS.real("until", 0.5).from(1e-6, 1).in("part of training").says("when λ has fallen to 0");

  /** λ at the beginning. */
  public Kickstart weight(double weight) { return with(WEIGHT, weight); }
  public double weight() { return settings.get(WEIGHT); }

  /** τ, by which action values are divided. */
  public Kickstart temperature(double temperature) { return with(TEMPERATURE, temperature); }
  public double temperature() { return settings.get(TEMPERATURE); }

  /** Part of training over which λ falls to 0. */
  public Kickstart until(double part) { return with(UNTIL, part); }
  public double until() { return settings.get(UNTIL); }
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

  private Kickstart with(Option<Double> option, double value) {
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
  public void require(Env env, double discount, Architecture network) {
    Fit.require(
        "kickstart",
        "a teacher",
        teacher,
        env,
        "Take a teacher of tasks like this one, or wrap the environment.");
    if (!(teacher.actions() instanceof Discrete)) {
      throw new RetortException(
          "kickstart: expected a teacher that chooses among actions, got '%s', which gives one."
              .formatted(teacher.name()));
    }
  }

  @Override
  public Guide guide(Learners learners) {
    return new Attraction(learners);
  }

  @Override
  public String toString() {
    return settings + " teacher " + teacher.name();
  }

  /** At work on a group. */
  private final class Attraction implements Guide {
    private final Resumable state = new Resumable();
    private final Learners learners;
    private Actor actor;
    private int rows;
    private long step;

    Attraction(Learners learners) {
      this.learners = learners;
      state.longs("step", () -> new long[] {step}, saved -> step = saved[0]);
    }

    @Override
    public Resumable state() {
      return state;
    }

    @Override
    public void act(long now, float[] seen, float[] values) {
      step = now;
    }

    @Override
    public void learn(
        float[] obs, float[] actions, int batch, double[] targets, float[] q, float[] dq) {
      double part = step / (until() * learners.steps());
      double weight = weight() * Math.max(0, 1 - part);
      if (weight == 0) {
        return;
      }
      if (rows != actions.length) {
        close();
        rows = actions.length;
        actor = teacher.actor(rows).placing(learners.replays());
      }
      double temperature = temperature();
      int choices = learners.choices();
      float[] wanted = wanted(obs, temperature, choices);
      float[] student = new float[rows * choices];
      for (int row = 0; row < rows; row++) {
        Softmax.apply(q, row * choices, choices, temperature, student);
      }
      double scale = weight / temperature / batch;
      for (int i = 0; i < rows * choices; i++) {
        dq[i] += (float) (scale * (student[i] - wanted[i]));
      }
    }

    /** The teacher's probabilities; those of action values are their softmax. */
    private float[] wanted(float[] obs, double temperature, int choices) {
      float[] wanted = new float[rows * choices];
      if (!(teacher.distribution() instanceof ActionValues)) {
        actor.probabilities(obs, wanted);
        return wanted;
      }
      float[] numbers = actor.values(obs);
      for (int row = 0; row < rows; row++) {
        Softmax.apply(numbers, row * choices, choices, temperature, wanted);
      }
      return wanted;
    }

    @Override
    public void close() {
      if (actor != null) {
        actor.close();
      }
    }
  }
}
