package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Finite;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the training of every population has in common: environments, episodes, curve, checkpoints.
 * The algorithm itself is {@link #iterate}.
 *
 * <p>Each member acts in {@code copies} environments of its own; rows are ordered by member, then
 * copy.
 */
abstract class Learner implements AutoCloseable {
  final Env env;
  final int members;
  final int copies;
  final int obsSize;
  final VectorEnv envs;
  final Resumable state = new Resumable();

  /** Environment steps that each member has taken, at the least. */
  long step;

  final Episodes episodes;
  private final Coach coach;

  Learner(Env env, int copies, long[] seeds, Settings settings, Coaching coaching) {
    this.env = env;
    this.members = seeds.length;
    this.copies = copies;
    this.obsSize = env.observations().size();
    this.envs =
        new VectorEnv(
            env,
            members * copies,
            copy -> RandomStream.of(seeds[copy / copies], "environment", copy % copies));
    this.episodes = new Episodes(members);
    this.coach = new Coach(env, seeds, settings, coaching);
    state.longs("step", () -> new long[] {step}, saved -> step = saved[0]);
    state.part("environments", envs::save, envs::restore);
    state.part("episodes", episodes::save, episodes::restore);
    state.part("coach", coach::save, coach::restore);
    envs.reset();
  }

  /** Acts and learns for a while, and moves {@link #step} on. */
  abstract void iterate(Session session);

  /** What a member has learned. */
  abstract Policy policy(int member);

  /** How many environment steps one member has taken, where members differ. */
  long stepOf(int member) {
    return step;
  }

  @Override
  public abstract void close();

  /** Trains to the end. */
  final List<Policy> run(long steps, Session session) {
    session.resumed().ifPresent(state::restore);
    while (step < steps && !coach.isSatisfied()) {
      long before = step;
      iterate(session);
      Optional<double[]> scores = coach.look(before, step, step >= steps, this::policy, session);
      episodes.record(session.curve(), this::stepOf, scores);
      session.boundary(step, state::save);
    }
    return coach.choose(IntStream.range(0, members).mapToObj(this::policy).toList());
  }

  /** What every copy sees, {@code (members × copies, obsSize)}; live. */
  final float[] observe(Session session) {
    session.check();
    Finite.require(envs.observations(), 0, envs.copies() * obsSize, "observation", step);
    return envs.observations();
  }

  /** Takes a step in every copy. */
  final void act(float[] actions) {
    envs.step(actions);
    told();
  }

  /** Takes a step in those copies that are playing. */
  final void act(float[] actions, boolean[] playing) {
    envs.step(actions, playing);
    told();
  }

  private void told() {
    Finite.require(envs.rewards(), 0, envs.copies(), "reward", step);
    Finite.require(envs.nextObservations(), 0, envs.copies() * obsSize, "observation", step);
    episodes.observe(envs);
  }
}
