package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.env.Prologue;
import dev.retort.random.RandomStream;
import dev.retort.space.Space;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Episodes begin with {@code k ~ U[0, K)} hidden steps of an explorer: a uniformly random one, or a
 * policy that acts with its own distribution. It belongs to one thread.
 *
 * <p>What is learned or recorded then begins in states that an agent can reach, rather than in
 * those few where tasks begin.
 *
 * <p>Max Weltevrede, Felix Kaubek, Matthijs T. J. Spaan, Wendelin Böhmer, "Explore-Go: leveraging
 * exploration for generalisation in deep reinforcement learning", 2024, arXiv 2406.08069. The
 * authors' code draws k from {@code [0, K]} in one place; the paper, and this, from {@code [0, K)}.
 */
public final class ExploreGo implements Prologue, AutoCloseable {
  private final int limit;
  private final Space actions;
  private final Optional<Actor> explorer;
  private final RandomStream[] stream = new RandomStream[1];

  private ExploreGo(int limit, Space actions, Optional<Actor> explorer) {
    if (limit < 1) {
      throw new RetortException(
          "explore-go: expected at least 1 step to draw from, got " + limit + ".");
    }
    this.limit = limit;
    this.actions = actions;
    this.explorer = explorer;
  }

  /** Explores with random actions; {@code limit} is K. */
  public static ExploreGo random(int limit, Space actions) {
    return new ExploreGo(limit, actions, Optional.empty());
  }

  /** Explores with a policy, which acts stochastically if it can; {@code limit} is K. */
  public static ExploreGo by(Policy explorer, int limit) {
    return new ExploreGo(limit, explorer.actions(), Optional.of(explorer.actor(1)));
  }

  @Override
  public int steps(long episode, RandomStream random) {
    explorer.ifPresent(actor -> actor.begin(0));
    return random.nextInt(limit);
  }

  @Override
  public void act(
      float[] observation, RandomStream random, float[] action, Supplier<String> place) {
    if (explorer.isEmpty()) {
      actions.sample(random, action, 0);
      return;
    }
    stream[0] = random;
    explorer.get().placing(row -> place.get()).sample(observation, stream, action);
  }

  @Override
  public void close() {
    explorer.ifPresent(Actor::close);
  }
}
