package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.policy.ExploreGo;
import dev.retort.random.RandomStream;
import java.util.function.Supplier;

/**
 * First episodes that begin with {@code k ~ U[0, limit)} hidden random steps of their own, and
 * further ones that begin as they would otherwise.
 */
final class Staggered implements Prologue {
  private final Prologue first;
  private final Prologue further;

  Staggered(int limit, Env env, Prologue further) {
    this.first = ExploreGo.random(limit, env.actions());
    this.further = further;
  }

  @Override
  public int steps(long episode, RandomStream random) {
    return (episode == 0 ? first : further).steps(episode, random);
  }

  /** Both act at random, or the further one never does. */
  @Override
  public void act(
      float[] observation, RandomStream random, float[] action, Supplier<String> place) {
    first.act(observation, random, action, place);
  }
}
