package dev.retort.guidance;

import com.google.gson.JsonParser;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Actor;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.run.Resumable;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;

/**
 * Jump-start reinforcement learning: a guide policy plays the first {@code h} steps of every
 * episode, the learner the rest; {@code h} shrinks as long as the returns hold.
 *
 * <p>{@code h} falls from {@code horizon} to 0 in {@code levels} equal steps. After every {@code
 * patience} episodes of a member their mean return is held against the best such mean so far: if it
 * is not worse by more than {@code tolerance} of its size, the member goes a level down.
 *
 * <p>Ikechukwu Uchendu and others, "Jump-start reinforcement learning", 2022, arXiv 2204.02372, in
 * the form with a curriculum; number of levels, patience and tolerance are ours.
 *
 * @param settings of the curriculum
 * @param guide who plays first
 */
public record JumpStart(Settings settings, Policy guide) implements Guidance {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("jumpStart");

  static final Option<Integer> HORIZON   = OPTIONS.whole("horizon", 200).from(0).in("steps").says("steps of the guide at first");
  static final Option<Integer> LEVELS    = OPTIONS.whole("levels", 10).from(1).says("equal parts in which the horizon shrinks to none");
  static final Option<Integer> PATIENCE  = OPTIONS.whole("patience", 3).from(1).in("episodes").says("episodes that are looked at together");
  static final Option<Double>  TOLERANCE = OPTIONS.real("tolerance", 0.05).from(0, 1).says("part by which returns may become worse");

  /** Steps of the guide at first. */
  public JumpStart horizon(int steps) { return with(HORIZON, steps); }
  public int horizon() { return settings.get(HORIZON); }

  /** Equal parts in which the horizon shrinks to none. */
  public JumpStart levels(int levels) { return with(LEVELS, levels); }
  public int levels() { return settings.get(LEVELS); }

  /** Episodes that are looked at together before the horizon shrinks. */
  public JumpStart patience(int episodes) { return with(PATIENCE, episodes); }
  public int patience() { return settings.get(PATIENCE); }

  /** Part by which returns may become worse while the horizon shrinks. */
  public JumpStart tolerance(double part) { return with(TOLERANCE, part); }
  public double tolerance() { return settings.get(TOLERANCE); }
  // spotless:on

  /** Refuses no guide. */
  public JumpStart {
    Given.given("jumpStart", "a guide", guide);
  }

  /** A guide at the usual curriculum. */
  public JumpStart(Policy guide) {
    this(OPTIONS.standard(), guide);
  }

  static JumpStart of(String settings, Tensors knowledge) {
    return new JumpStart(
        Settings.of(OPTIONS, JsonParser.parseString(settings).getAsJsonObject()),
        PolicyFile.of(knowledge));
  }

  @Override
  public JumpStart with(Settings other) {
    return new JumpStart(other, guide);
  }

  private <T> JumpStart with(Option<T> option, T value) {
    return with(settings.with(option, value));
  }

  @Override
  public String name() {
    return "jump-start RL";
  }

  @Override
  public List<String> cautions(Env env) {
    return Fit.cautions(guide, env);
  }

  @Override
  public Tensors knowledge() {
    return PolicyFile.tensors(guide);
  }

  @Override
  public void require(Learning learning) {
    Fit.requireMemoryless("jumpStart", "a guide", guide);
    Fit.require(
        "jumpStart",
        "a guide",
        guide,
        learning.env(),
        "Take a guide of tasks like this one, or wrap the environment.");
  }

  @Override
  public List<String> columns() {
    return List.of("queries");
  }

  @Override
  public Companion companion(Learners learners) {
    return new Curriculum(learners);
  }

  @Override
  public String toString() {
    return settings + " guide " + guide.name();
  }

  /** At work on a group. */
  private final class Curriculum implements Companion {
    private final Resumable state = new Resumable();
    private final Actor actor;
    private final int copies;
    private final float[] preferred;
    private final long[] asked;
    private final long[] level;
    private final long[] age;
    private final long[] episodes;
    private final double[] sum;
    private final double[] best;

    Curriculum(Learners learners) {
      int members = learners.seeds().size();
      copies = learners.copies();
      actor = guide.actor(members * copies).placing(learners.places());
      preferred = new float[members * copies * guide.actions().size()];
      level = new long[members];
      age = new long[members * copies];
      episodes = new long[members];
      asked = new long[members];
      sum = new double[members];
      best = new double[members];
      Arrays.fill(level, levels());
      Arrays.fill(best, Double.NEGATIVE_INFINITY);
      state
          .longs("level", level::clone, saved -> fill(saved, level))
          .longs("age", age::clone, saved -> fill(saved, age))
          .longs("episodes", episodes::clone, saved -> fill(saved, episodes))
          .longsOr("asked", asked::clone, saved -> fill(saved, asked))
          .doubles("sum", sum)
          .doubles("best", best);
    }

    private void fill(long[] saved, long[] live) {
      System.arraycopy(saved, 0, live, 0, live.length);
    }

    @Override
    public Resumable state() {
      return state;
    }

    @Override
    public void choose(float[] seen, float[] actions, boolean[] guided) {
      actor.greedy(seen, preferred);
      int size = actions.length / age.length;
      for (int row = 0; row < age.length; row++) {
        if (age[row] < horizon() * level[row / copies] / levels()) {
          System.arraycopy(preferred, row * size, actions, row * size, size);
          guided[row] = true;
          asked[row / copies]++;
        }
      }
    }

    @Override
    public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
      for (int row = 0; row < age.length; row++) {
        int member = row / copies;
        age[row]++;
        if (envs.ended(row)) {
          age[row] = 0;
          sum[member] += envs.episodeReturn(row);
          if (++episodes[member] == patience()) {
            judge(member);
          }
        }
      }
    }

    @Override
    public long queries(int member) {
      return asked[member];
    }

    private void judge(int member) {
      double mean = sum[member] / episodes[member];
      double size = Double.isInfinite(best[member]) ? 0 : Math.abs(best[member]);
      if (mean >= best[member] - tolerance() * size) {
        level[member] = Math.max(0, level[member] - 1);
      }
      best[member] = Math.max(best[member], mean);
      sum[member] = 0;
      episodes[member] = 0;
    }

    @Override
    public void close() {
      actor.close();
    }
  }
}
