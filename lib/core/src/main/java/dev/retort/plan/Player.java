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
   * @param more what is played in addition, once the scores of those are known
   * @return the scores of each of the first games, with those of what was played in addition
   */
  List<Scores> all(List<Game> games, Function<List<Scores>, List<Game>> more) {
    play(games, 0);
    List<Scores> scores = new ArrayList<>(played.subList(0, games.size()));
    List<Game> further = more.apply(scores);
    play(further, games.size());
    for (int i = 0; i < further.size(); i++) {
      Game game = further.get(i);
      int same = games.indexOf(game.begun());
      scores.set(same, scores.get(same).then(played.get(games.size() + i)));
    }
    return scores;
  }

  private void play(List<Game> games, int before) {
    for (Game game :
        games.subList(Math.max(0, Math.min(games.size(), played.size() - before)), games.size())) {
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
