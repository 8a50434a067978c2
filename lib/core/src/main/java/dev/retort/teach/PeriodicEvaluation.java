package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.evaluate.Evaluator;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.random.RandomStream;
import dev.retort.run.Parallel;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks after a training: evaluates now and then, remembers the best policies, says when it is
 * enough. Initial states come from streams of their own, the same at every evaluation.
 */
final class PeriodicEvaluation {
  private final Env env;
  private final long[] seeds;
  private final long every;
  private final int episodes;
  private final double temperature;
  private final boolean keepsBest;
  private final double enough;
  private final double[] best;
  private final Tensors[] kept;

  PeriodicEvaluation(Env env, long[] seeds, Algorithm algorithm) {
    this.env = env;
    this.seeds = seeds;
    this.every = algorithm.get(Evaluated.EVALUATE_EVERY);
    this.episodes = algorithm.get(Evaluated.EVALUATE_EPISODES);
    this.temperature = algorithm.get(Evaluated.EVALUATE_TEMPERATURE);
    this.keepsBest = algorithm.get(Evaluated.KEEP) == Keep.BEST;
    this.enough = algorithm.get(Evaluated.STOP_AT);
    this.best = new double[seeds.length];
    this.kept = new Tensors[seeds.length];
    Arrays.setAll(kept, member -> new Tensors());
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
  }

  /** Whether nothing is left to learn. */
  boolean isSatisfied() {
    return Arrays.stream(best).allMatch(score -> score >= enough);
  }

  /** Whether an evaluation is due between two steps, or at the end. */
  boolean isDue(long before, long step, boolean last) {
    return every > 0 && (before / every != step / every || last);
  }

  /**
   * Evaluates every member.
   *
   * @return the mean returns, one a member
   */
  double[] look(List<Policy> policies, Session session) {
    double[] scores = new double[seeds.length];
    Parallel.all(
        IntStream.range(0, seeds.length)
            .mapToObj(
                member ->
                    (Runnable) () -> scores[member] = score(policies.get(member), member, session))
            .toList());
    for (int member = 0; member < seeds.length; member++) {
      if (scores[member] > best[member]) {
        best[member] = scores[member];
        kept[member] = PolicyFile.tensors(policies.get(member));
      }
    }
    return scores;
  }

  private double score(Policy policy, int member, Session session) {
    long seed = RandomStream.of(seeds[member], "evaluation").nextLong();
    boolean draws = temperature > 0;
    double[][] returns =
        new Evaluator(episodes, seed, session::check)
            .stochastic(draws)
            .evaluate(draws ? policy.tempered(temperature) : policy, env.ofSeed(seeds[member]))
            .returns();
    return Arrays.stream(returns[0]).average().orElseThrow();
  }

  /** What training gives: the last policies, or the best. */
  List<Policy> choose(List<Policy> last) {
    if (!keepsBest || every == 0) {
      return last;
    }
    Policy[] chosen = new Policy[last.size()];
    Arrays.setAll(chosen, member -> PolicyFile.of(kept[member]));
    return List.of(chosen);
  }

  Tensors save() {
    Tensors saved = new Tensors().put("best", best.clone());
    for (int member = 0; member < kept.length; member++) {
      saved.putAll("policy" + member, kept[member]);
    }
    return saved;
  }

  void restore(Tensors saved) {
    System.arraycopy(saved.doubles("best"), 0, best, 0, best.length);
    for (int member = 0; member < kept.length; member++) {
      kept[member] = saved.part("policy" + member);
    }
  }
}
