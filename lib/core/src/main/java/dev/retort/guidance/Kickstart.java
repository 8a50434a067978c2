package dev.retort.guidance;

import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.nn.Architecture;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Actor;
import dev.retort.policy.Fit;
import dev.retort.policy.Head;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Softmax;
import dev.retort.run.Resumable;
import dev.retort.store.Tensors;
import java.util.List;

/**
 * Kickstarting: while it learns by itself, the learner is also drawn towards a teacher's behaviour
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
 * @param teacher whose behaviour
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
  public List<Policy> policies() {
    return List.of(teacher);
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
    if (teacher.head() == Head.ACTION) {
      throw new RetortException(
          "kickstart: expected a teacher that chooses among actions, got '%s', which gives one."
              .formatted(teacher.name()));
    }
  }

  @Override
  public Guide guide(Pupils pupils) {
    return new Attraction(pupils);
  }

  @Override
  public String toString() {
    return settings + " teacher " + teacher.name();
  }

  /** At work on a group. */
  private final class Attraction implements Guide {
    private final Resumable state = new Resumable();
    private final Pupils pupils;
    private Actor actor;
    private int rows;
    private long step;

    Attraction(Pupils pupils) {
      this.pupils = pupils;
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
      double part = step / (until() * pupils.steps());
      double weight = weight() * Math.max(0, 1 - part);
      if (weight == 0) {
        return;
      }
      if (rows != actions.length) {
        close();
        rows = actions.length;
        actor = teacher.actor(rows).placing(row -> place(row / batch));
      }
      double temperature = temperature();
      double own = teacher.head() == Head.LOGITS ? 1 : temperature;
      float[] wanted = actor.outputs(obs).clone();
      float[] student = new float[q.length];
      int choices = pupils.choices();
      for (int row = 0; row < rows; row++) {
        Softmax.apply(wanted, row * choices, choices, own, wanted);
        Softmax.apply(q, row * choices, choices, temperature, student);
      }
      double scale = weight / temperature / batch;
      for (int i = 0; i < rows * choices; i++) {
        dq[i] += (float) (scale * (student[i] - wanted[i]));
      }
    }

    /** What is replayed no longer has an episode. */
    private String place(int member) {
      return "seed %s, replayed at step %s".formatted(pupils.seeds().get(member), step);
    }

    @Override
    public void close() {
      if (actor != null) {
        actor.close();
      }
    }
  }
}
