package dev.retort.teach;

import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.policy.Head;
import dev.retort.policy.Spread;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.List;

/**
 * How the outputs of a policy's network become actions, and how log-probability, entropy and
 * divergence depend on them. One row of outputs is {@code z[at .. at + size)}, one action {@code
 * action[from .. from + actionSize)}.
 */
sealed interface ActionDistribution permits Categorical, Gaussian {
  /** The distribution that a space of actions asks for. */
  static ActionDistribution over(Space actions) {
    return actions instanceof Discrete discrete
        ? new Categorical(discrete.n())
        : new Gaussian(actions.size());
  }

  /** How many outputs describe one distribution. */
  int size();

  /** The outputs of the network, side by side. */
  List<Output> outputs();

  /** What the outputs of the finished policy mean. */
  Head head();

  /** How the finished policy draws its actions. */
  Spread spread();

  /** The parameters of one member that its policy needs. */
  float[] parameters(Network network, int member);

  /** Draws an action to {@code action[to ..]}. */
  void sample(float[] z, int at, RandomStream random, float[] action, int to);

  /** {@code log π(a|s)}. */
  double logProb(float[] z, int at, float[] action, int from);

  /** {@code H(π(·|s))}. */
  double entropy(float[] z, int at);

  /** {@code KL(π_old(·|s) ‖ π(·|s))}. */
  double divergence(float[] old, int oldAt, float[] z, int at);

  /** Adds {@code dLogProb · ∂ log π(a|s)/∂z + dEntropy · ∂H/∂z} to {@code dz[at ..]}. */
  void chain(
      float[] z, int at, float[] action, int from, double dLogProb, double dEntropy, float[] dz);

  /** Adds {@code weight · ∂ KL(π_old(·|s) ‖ π(·|s))/∂z} to {@code dz[at ..]}. */
  void chainDivergence(float[] old, int oldAt, float[] z, int at, double weight, float[] dz);
}
