package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.nn.Architecture;
import dev.retort.nn.Groups;
import dev.retort.policy.NetworkPolicy;
import dev.retort.run.Session;
import dev.retort.run.Team;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Trains all members of a population in step: the loop, the curve, evaluations, checkpoints. */
final class Population implements AutoCloseable {
  private final Team<Learner> team;
  private final Coach coach;
  private final Session session;

  /**
   * A population at its beginning, or where the session was resumed.
   *
   * @param network what the members learn with, which decides how they are dealt out to cores
   * @param learner makes what learns for the members of some seeds
   */
  Population(
      Algorithm algorithm,
      Architecture network,
      Coaching coaching,
      Env env,
      long[] seeds,
      Session session,
      Function<long[], Learner> learner) {
    this.session = session;
    this.coach = new Coach(env, seeds, algorithm.settings(), coaching);
    this.team = Team.of(Groups.of(network, seeds.length), seeds, session.resumed(), learner);
    session.resumed().ifPresent(saved -> coach.restore(saved.part("coach")));
  }

  /** Trains for so many environment steps, or until the coach is satisfied. */
  List<NetworkPolicy> train(long steps) {
    while (step() < steps && !coach.isSatisfied()) {
      long before = step();
      team.each(learner -> learner.iterate(session));
      long now = step();
      Optional<double[]> scores = Optional.empty();
      if (coach.isDue(before, now, now >= steps)) {
        scores = Optional.of(coach.look(policies(), session));
      }
      record(now, scores);
      session.boundary(now, this::save);
    }
    return coach.choose(policies());
  }

  private long step() {
    return team.groups().get(0).step;
  }

  private List<NetworkPolicy> policies() {
    return team.members(Learner::policy);
  }

  private void record(long step, Optional<double[]> scores) {
    int first = 0;
    for (Learner learner : team.groups()) {
      learner.episodes.record(session.curve(), step, first, scores);
      first += learner.members;
    }
  }

  private Tensors save() {
    return team.save().putAll("coach", coach.save());
  }

  @Override
  public void close() {
    team.close();
  }
}
