package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.env.VectorEnv;
import dev.retort.figure.Figure;
import dev.retort.guidance.Companion;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.DivergedException;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import dev.retort.run.Team;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the training of every group of members has in common: environments, episodes, state. The
 * algorithm itself is {@link #iterate}.
 *
 * <p>Each member acts in {@code copies} environments of its own; rows are ordered by member, then
 * copy. A learner from rollouts has a {@link Rollout}, one from a memory an {@link Experience};
 * whatever else changes while it learns is said to {@link #state}.
 */
public abstract class Learner implements Team.Group {
  /** Where is learned. */
  protected final Env env;

  /** Number of members, one a seed. */
  protected final int members;

  /** Environments of each member. */
  protected final int copies;

  /** Numbers of an observation. */
  protected final int obsSize;

  /** Numbers of an action. */
  protected final int actionSize;

  /** Environments of all members, ordered by member, then copy. */
  protected final VectorEnv envs;

  /** Everything that has to be saved in order to go on exactly. */
  protected final Resumable state = new Resumable();

  /** Environment steps that each member has taken, at the least; {@link #iterate} moves it on. */
  protected long step;

  final long[] seeds;
  final Episodes episodes;
  private Companion companion = Companion.NONE;

  /**
   * A group of members at their beginning, each in one environment.
   *
   * @param seeds one a member
   */
  protected Learner(Env env, long[] seeds) {
    this(env, 1, seeds, Prologue.NONE);
  }

  /**
   * A group of members at their beginning.
   *
   * @param copies environments of each member
   * @param seeds one a member
   * @param prologue hidden steps at the beginning of every episode, such as {@link
   *     Accompanied#prologue}
   */
  protected Learner(Env env, int copies, long[] seeds, Prologue prologue) {
    this.env = env;
    this.seeds = seeds.clone();
    this.members = seeds.length;
    this.copies = copies;
    this.obsSize = env.observations().size();
    this.actionSize = env.actions().size();
    this.envs =
        new VectorEnv(
            copy -> env.ofSeed(seeds[copy / copies]),
            members * copies,
            copy -> RandomStream.of(seeds[copy / copies], "environment", copy % copies),
            prologue,
            copy -> RandomStream.of(seeds[copy / copies], "prologue", copy % copies));
    envs.naming(
        (copy, episode) ->
            "seed %s%s, episode %s"
                .formatted(
                    seeds[copy / copies], copies == 1 ? "" : ", copy " + copy % copies, episode));
    this.episodes = new Episodes(members);
    state.longs("step", () -> new long[] {step}, saved -> step = saved[0]);
    state.part("environments", envs::save, envs::restore);
    state.part("episodes", episodes::save, episodes::restore);
    envs.reset();
  }

  /** Acts and learns for a while, and moves {@link #step} on. */
  protected abstract void iterate(Session session);

  /** What a member has learned. */
  protected abstract Policy policy(int member);

  /** What accompanies the members is asked for columns, pictures and policies too. */
  final void accompany(Companion by) {
    companion = by;
    Resumable own = by.state();
    state.part("companions", own::save, own::restore);
  }

  /** Pictures of what the first member has learned, for whoever watches. */
  protected List<Figure> pictures() {
    return companion.pictures();
  }

  /** What a member gives: what it has learned, and what companions make of it. */
  final Policy given(int member) {
    return companion.policy(member, policy(member));
  }

  /** How many environment steps one member has taken, where members differ. */
  protected long stepOf(int member) {
    return step;
  }

  /** Whether its columns are worth a row though no episode has ended, as of one who never acts. */
  protected boolean isAlwaysTold() {
    return false;
  }

  /** A column of the curve that is the learner's own, for one member; NaN where there is none. */
  protected double column(String name, int member) {
    return switch (name) {
      case "hidden" -> hiddenOf(member);
      case "believed" -> companion.believed(member);
      case "queries" -> companion.queries(member);
      default -> companion.column(name, member);
    };
  }

  /** How many hidden steps one member has taken so far. */
  private long hiddenOf(int member) {
    return IntStream.range(member * copies, (member + 1) * copies)
        .mapToLong(envs::hiddenSteps)
        .sum();
  }

  @Override
  public final Resumable state() {
    return state;
  }

  /** What every copy sees, {@code (members × copies, obsSize)}; live. */
  protected final float[] observe(Session session) {
    session.check();
    return envs.observations();
  }

  /** Takes a step in every copy. */
  protected final void act(float[] actions) {
    taking(() -> envs.step(actions));
  }

  /** Takes a step in those copies that are playing. */
  final void act(float[] actions, boolean[] playing) {
    taking(() -> envs.step(actions, playing));
  }

  private void taking(Runnable act) {
    try {
      act.run();
    } catch (DivergedException met) {
      throw met.during(step);
    }
    episodes.observe(envs);
  }
}
