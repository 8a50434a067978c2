package dev.retort.guidance;

import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Actor;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Residual;
import dev.retort.run.Resumable;
import dev.retort.space.Box;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Residual reinforcement learning: a policy that is there already acts and stays as it is, and the
 * learner learns what to add to its greedy action,
 *
 * <pre>
 * a = clip(base(s) + scale · own(s))
 * </pre>
 *
 * <p>with the bounds of the environment's actions. The last layer of what is added begins at 0, so
 * that training begins at the base. The learner explores with its own part alone and learns from
 * that; a learner of squashed actions adds as much as half of their range, times the scale, on
 * either side. The base may have a memory, which begins anew with every episode. What training
 * gives is a {@link Residual}: base and own in one policy. No other guidance may stand beside it
 * but a warm start, of whose network it takes the features.
 *
 * <p>Tobias Johannink and others, "Residual reinforcement learning for robot control", 2018, arXiv
 * 1812.03201; Tom Silver, Kelsey Allen, Josh Tenenbaum, Leslie Kaelbling, "Residual policy
 * learning", 2018, arXiv 1812.06298, from whom is the layer that begins at 0; their burn-in, in
 * which critics learn alone, is left out.
 *
 * @param settings how much is added
 * @param base who is added to
 */
public record ResidualGuide(Settings settings, Policy base) implements Guidance {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("residual");

  static final Option<Double> SCALE = OPTIONS.real("scale", 1).from(1e-6).says("what the learner's own action is multiplied with");

  /** Scale of what the learner adds. */
  public ResidualGuide scale(double factor) { return with(settings.with(SCALE, factor)); }
  public double scale() { return settings.get(SCALE); }
  // spotless:on

  /** Refuses no base. */
  public ResidualGuide {
    Given.given("residual", "a base", base);
  }

  /** A base to which as much is added as the learner gives. */
  public ResidualGuide(Policy base) {
    this(OPTIONS.standard(), base);
  }

  static ResidualGuide of(String settings, Tensors knowledge) {
    return new ResidualGuide(
        Settings.of(OPTIONS, JsonParser.parseString(settings).getAsJsonObject()),
        PolicyFile.of(knowledge));
  }

  @Override
  public ResidualGuide with(Settings other) {
    return new ResidualGuide(other, base);
  }

  @Override
  public String name() {
    return "residual RL";
  }

  @Override
  public List<String> cautions(Env env) {
    return Fit.cautions(base, env);
  }

  @Override
  public Tensors knowledge() {
    return PolicyFile.tensors(base);
  }

  @Override
  public void require(Learning learning) {
    Env env = learning.env();
    Fit.require(
        "residual",
        "a base",
        base,
        env,
        "Take a base of tasks like this one, or wrap the environment.");
    if (!(env.actions() instanceof Box)) {
      throw new RetortException(
          "residual: expected continuous actions, to which something can be added, got %s with %s."
              .formatted(env.name(), env.actions().summary()));
    }
    if (!base.actions().equals(env.actions())) {
      throw new RetortException(
          "residual: expected a base with the bounds of %s, %s, got '%s' with those %s. Take a base of this very task."
              .formatted(env.name(), bounds(env.actions()), base.name(), bounds(base.actions())));
    }
    if (base.isAlwaysDrawn()) {
      throw new RetortException(
          "residual: expected a base that prefers an action, got '%s', which draws all of its."
              .formatted(base.name()));
    }
  }

  private static String bounds(Space actions) {
    Box box = (Box) actions;
    return "from %s to %s".formatted(box.low(), box.high());
  }

  /** Around 0, as wide as those of the environment. */
  @Override
  public Space own(Space actions) {
    Box box = (Box) actions;
    List<Float> half =
        IntStream.range(0, box.size())
            .mapToObj(i -> (box.high().get(i) - box.low().get(i)) / 2)
            .toList();
    return new Box(half.stream().map(each -> -each).toList(), half, box.shape());
  }

  @Override
  public boolean isAlone() {
    return true;
  }

  @Override
  public Companion companion(Learners learners) {
    return new Adding(learners);
  }

  @Override
  public String toString() {
    return settings + " base " + base.name();
  }

  /** At work on a group. */
  private final class Adding implements Companion {
    private final Resumable state = new Resumable();
    private final Box actions;
    private final Output added;
    private final Actor actor;
    private final float[] preferred;

    Adding(Learners learners) {
      int rows = learners.seeds().size() * learners.copies();
      actions = (Box) learners.env().actions();
      added = learners.learning().distribution().outputs().get(0);
      actor = base.actor(rows).placing(learners.places());
      preferred = new float[rows * actions.size()];
      for (int row = 0; row < rows; row++) {
        actor.begin(row);
      }
      if (base.memory() > 0) {
        state.floats("memory", actor::memory, actor::recall);
      }
    }

    @Override
    public Resumable state() {
      return state;
    }

    @Override
    public void begin(Network online) {
      for (int member = 0; member < online.members(); member++) {
        online.zeroLastLayer(member, added);
      }
      online.parametersChanged();
    }

    @Override
    public void choose(float[] seen, float[] own, boolean[] guided) {
      actor.greedy(seen, preferred);
      for (int i = 0; i < own.length; i++) {
        own[i] = Residual.sum(actions, i % actions.size(), preferred[i], scale(), own[i]);
      }
    }

    @Override
    public void took(float[] before, float[] taken, VectorEnv envs, float[] rewards) {
      for (int row = 0; row < envs.copies(); row++) {
        if (envs.ended(row)) {
          actor.begin(row);
        }
      }
    }

    @Override
    public Policy policy(int member, Policy own) {
      return base.plus(own, scale());
    }

    @Override
    public void close() {
      actor.close();
    }
  }
}
