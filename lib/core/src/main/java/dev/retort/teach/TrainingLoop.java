package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.run.Team;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Trains all members of a population in step: the loop, the curve, evaluations, checkpoints. */
final class TrainingLoop {
  private final Team<Learner> team;
  private final PeriodicEvaluation evaluation;
  private final Session session;

  private TrainingLoop(Team<Learner> team, PeriodicEvaluation evaluation, Session session) {
    this.team = team;
    this.evaluation = evaluation;
    this.session = session;
  }

  /**
   * Trains a population from its beginning, or from where the session was resumed.
   *
   * @return what the members have learned, in the order of the seeds
   */
  static List<Policy> train(Algorithm algorithm, Env env, long[] seeds, Session session) {
    algorithm.require(env);
    int[] sizes = algorithm.groups(seeds.length);
    Function<long[], Learner> learner = group -> algorithm.learner(env, group);
    try (Team<Learner> team = Team.of(sizes, seeds, session.resumed(), learner)) {
      PeriodicEvaluation evaluation = new PeriodicEvaluation(env, seeds, algorithm);
      session.resumed().ifPresent(saved -> evaluation.restore(saved.part("evaluation")));
      return new TrainingLoop(team, evaluation, session).train(algorithm.steps());
    }
  }

  private List<Policy> train(long steps) {
    while (step() < steps && !evaluation.isSatisfied()) {
      long before = step();
      team.each(learner -> learner.iterate(session));
      long now = step();
      Optional<double[]> scores = Optional.empty();
      if (evaluation.isDue(before, now, now >= steps)) {
        scores = Optional.of(evaluation.look(policies(), session));
      }
      record(scores);
      session.show(team.groups().get(0)::pictures);
      session.boundary(now, this::save);
    }
    return evaluation.choose(policies());
  }

  private long step() {
    return team.groups().stream().mapToLong(learner -> learner.step).min().orElseThrow();
  }

  private List<Policy> policies() {
    return team.members(Learner::given);
  }

  private void record(Optional<double[]> scores) {
    int first = 0;
    for (Learner learner : team.groups()) {
      learner.episodes.record(session.curve(), learner, first, scores);
      first += learner.members;
    }
  }

  private Tensors save() {
    return team.save().putAll("evaluation", evaluation.save());
  }
}
