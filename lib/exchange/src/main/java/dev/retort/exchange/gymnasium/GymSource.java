package dev.retort.exchange.gymnasium;

import dev.retort.env.Env;
import dev.retort.env.EnvSource;

/**
 * The environments of Gymnasium: {@code gym:CartPole-v1}, {@code gym:ALE/Pong-v5}, {@code
 * gym:FrozenLake-v1?is_slippery=False&map_name=8x8}, and {@code gym:module:Name-v0} of one that a
 * module of Python registers as it is imported.
 */
public final class GymSource implements EnvSource {
  @Override
  public String scheme() {
    return "gym";
  }

  @Override
  public Env find(String name) {
    return GymEnv.of(GymName.of(name));
  }
}
