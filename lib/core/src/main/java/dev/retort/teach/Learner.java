package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.env.VectorEnv;
import dev.retort.figure.Figure;
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
 * copy.
 */
abstract class Learner implements Team.Group {
  final Env env;
  final int members;
  final int copies;
  final int obsSize;
  final VectorEnv envs;
  final Episodes episodes;
  final Resumable state = new Resumable();

  /** Environment steps that each member has taken, at the least. */
  long step;

  Learner(Env env, int copies, long[] seeds) {
    this(env, copies, seeds, Prologue.NONE);
  }

  /** With hidden steps at the beginning of every episode. */
  Learner(Env env, int copies, long[] seeds, Prologue prologue) {
    this.env = env;
    this.members = seeds.length;
    this.copies = copies;
    this.obsSize = env.observations().size();
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
  abstract void iterate(Session session);

  /** What a member has learned. */
  abstract Policy policy(int member);

  /** Pictures of what the first member has learned, for whoever watches. */
  List<Figure> pictures() {
    return List.of();
  }

  /** How many environment steps one member has taken, where members differ. */
  long stepOf(int member) {
    return step;
  }

  /** The share of a member's decisions since it was asked last in which a prior was believed. */
  double believedOf(int member) {
    return Double.NaN;
  }

  /** How many hidden steps one member has taken so far. */
  final long hiddenOf(int member) {
    return IntStream.range(member * copies, (member + 1) * copies)
        .mapToLong(envs::hiddenSteps)
        .sum();
  }

  @Override
  public final Resumable state() {
    return state;
  }

  /** What every copy sees, {@code (members × copies, obsSize)}; live. */
  final float[] observe(Session session) {
    session.check();
    return envs.observations();
  }

  /** Takes a step in every copy. */
  final void act(float[] actions) {
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
