package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.evaluate.Evaluator;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Looks after a training: evaluates now and then, remembers the best policies, says when it is
 * enough. Initial states come from streams of their own, the same at every evaluation.
 */
final class Coach {
  private final Env env;
  private final long[] seeds;
  private final long every;
  private final int episodes;
  private final boolean keepsBest;
  private final double enough;
  private final double[] best;
  private final Tensors[] policies;

  Coach(Env env, long[] seeds, Settings settings, Coaching options) {
    this.env = env;
    this.seeds = seeds;
    this.every = settings.get(options.every());
    this.episodes = settings.whole(options.episodes());
    this.keepsBest = settings.get(options.keep()) == Coaching.Keep.BEST;
    this.enough = settings.get(options.enough());
    this.best = new double[seeds.length];
    this.policies = new Tensors[seeds.length];
    Arrays.setAll(policies, member -> new Tensors());
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
  }

  /** Whether nothing is left to learn. */
  boolean isSatisfied() {
    return Arrays.stream(best).allMatch(score -> score >= enough);
  }

  /**
   * Evaluates every member, if an evaluation is due between two steps or at the end.
   *
   * @return the mean returns, one a member
   */
  Optional<double[]> look(
      long before, long step, boolean last, IntFunction<Policy> policy, Session session) {
    if (every == 0 || (before / every == step / every && !last)) {
      return Optional.empty();
    }
    double[] scores = new double[seeds.length];
    for (int member = 0; member < seeds.length; member++) {
      Policy now = policy.apply(member);
      long seed = RandomStream.of(seeds[member], "coach").nextLong();
      double[][] returns =
          new Evaluator(episodes, seed, session::check).evaluate(now, env).returns();
      scores[member] = Arrays.stream(returns[0]).average().orElseThrow();
      if (scores[member] > best[member]) {
        best[member] = scores[member];
        policies[member] = PolicyFile.tensors(now);
      }
    }
    return Optional.of(scores);
  }

  /** What training gives: the last policies, or the best. */
  List<Policy> choose(List<Policy> last) {
    if (!keepsBest || every == 0) {
      return last;
    }
    Policy[] chosen = new Policy[last.size()];
    Arrays.setAll(chosen, member -> PolicyFile.of(policies[member]));
    return List.of(chosen);
  }

  Tensors save() {
    Tensors saved = new Tensors().put("best", best.clone());
    for (int member = 0; member < policies.length; member++) {
      saved.putAll("policy" + member, policies[member]);
    }
    return saved;
  }

  void restore(Tensors saved) {
    System.arraycopy(saved.doubles("best"), 0, best, 0, best.length);
    for (int member = 0; member < policies.length; member++) {
      policies[member] = saved.part("policy" + member);
    }
  }
}
