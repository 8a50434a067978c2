package dev.retort.plan;

import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Scores;
import dev.retort.evaluate.Statistics;
import dev.retort.plan.Evaluating.Game;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Plays the games of an evaluation one after the other, a row of the curve for each. */
final class Player {
  private final Evaluating plan;
  private final Session session;
  private final List<Scores> played = new ArrayList<>();
  private Optional<Tensors> begun;
  private long episodes;

  /** How many games belong to this round and to those before it. */
  private int round;

  Player(Evaluating plan, Session session) {
    this.plan = plan;
    this.session = session;
    Optional<Tensors> saved = session.resumed();
    saved.ifPresent(from -> played.addAll(Evaluating.read(from)));
    this.begun = saved.map(from -> from.part("playing"));
    this.episodes = played.stream().mapToLong(Scores::episodes).sum();
  }

  /**
   * Plays all games.
   *
   * @param games what is played first
   * @param more what is played in addition, once the scores are known; asked again after each round
   *     until there is nothing more
   * @return the scores of each of the first games, with those of what was played in addition
   */
  List<Scores> all(List<Game> games, Function<List<Scores>, List<Game>> more) {
    List<Scores> scores = new ArrayList<>(play(games));
    List<Game> further = more.apply(scores);
    while (!further.isEmpty()) {
      List<Scores> found = play(further);
      for (int i = 0; i < found.size(); i++) {
        int same = games.indexOf(further.get(i).begun(games.get(0).all()));
        scores.set(same, scores.get(same).then(found.get(i)));
      }
      further = more.apply(scores);
    }
    return scores;
  }

  /** The scores of games, some of which may have been played before the run was resumed. */
  private List<Scores> play(List<Game> games) {
    int before = round;
    round += games.size();
    for (Game game : games.subList(Math.min(games.size(), played.size() - before), games.size())) {
      Scores scores = play(game);
      begun = Optional.empty();
      played.add(scores);
      episodes += scores.episodes();
      session
          .curve()
          .add(
              episodes,
              game.run(),
              game.env(),
              game.candidate(),
              Statistics.mean(scores.runMeans()),
              scores.meanLength().orElse(Double.NaN),
              scores.agreement().orElse(Double.NaN));
    }
    return List.copyOf(played.subList(before, round));
  }

  private Scores play(Game game) {
    Policy policy = plan.candidates().get(game.candidate()).runs().get(game.run());
    Optional<Policy> reference =
        game.candidate() == 0
            ? Optional.empty()
            : Optional.of(plan.candidates().get(0).runs().get(0));
    try (Evaluator.Play play =
        plan.evaluator(game, session).play(policy, reference, plan.envs().get(game.env()))) {
      begun.ifPresent(play::restore);
      while (!play.isOver()) {
        session.check();
        play.step();
        session.boundary(
            episodes + play.played(),
            () -> Evaluating.write(played).putAll("playing", play.save()));
      }
      return play.scores();
    }
  }
}
