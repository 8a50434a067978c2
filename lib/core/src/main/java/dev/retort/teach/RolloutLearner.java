package dev.retort.teach;

import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Descent;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A learner that plays rollouts with its own distribution and learns from them: a network of policy
 * and value, its descent, and the rollout. What is learned of a rollout is the algorithm's.
 */
public abstract class RolloutLearner extends Learner {
  /** Distribution over actions: categorical, normal, or a product of them. */
  protected final Density distribution;

  /** Network of all members: numbers of the distribution and, behind them, the value. */
  protected final Network network;

  /** How the network is improved. */
  protected final Descent descent;

  /** What was played last. */
  protected final Rollout rollout;

  private final String name;

  /**
   * A group of members at their beginning, with perceptrons of 64 and 64 hidden units, 8 copies of
   * the environment and Adam.
   *
   * @param algorithm what it is called, and what accompanies it
   * @param seeds one a member
   * @param steps of each copy in a rollout
   */
  protected RolloutLearner(Accompanied<?> algorithm, Env env, long[] seeds, int steps) {
    this(
        algorithm,
        env,
        seeds,
        8,
        steps,
        blueprint(env, Mlp.of(64, 64), Trunk.SEPARATE),
        Optional.empty(),
        Double.POSITIVE_INFINITY,
        1e-8);
  }

  /**
   * A group of members at their beginning.
   *
   * @param algorithm what it is called, and what accompanies it
   * @param seeds one a member
   * @param copies environments of each member
   * @param steps of each copy in a rollout
   * @param network of policy and value, such as {@link #blueprint}
   * @param critic another network that gives the values, if there is one; the learner's to close
   * @param maxNorm where the norm of each member's gradient is clipped
   * @param epsilon of Adam
   */
  protected RolloutLearner(
      Accompanied<?> algorithm,
      Env env,
      long[] seeds,
      int copies,
      int steps,
      Blueprint network,
      Optional<Network> critic,
      double maxNorm,
      double epsilon) {
    super(env, copies, seeds, algorithm.prologue(env));
    this.name = algorithm.name();
    this.distribution = Density.over(env.actions());
    this.network = Network.of(network, Initialization.ORTHOGONAL, seeds);
    this.descent = new Descent(this.network, epsilon, maxNorm);
    descent.join(state, "parameters", "adam");
    this.rollout = new Rollout(this, algorithm, distribution, this.network, critic, steps);
  }

  /** A network of policy and value for an environment. */
  public static Blueprint blueprint(Env env, Architecture architecture, Trunk trunk) {
    List<Output> outputs = new ArrayList<>(Density.over(env.actions()).outputs());
    outputs.add(new Output("value", 1, 1));
    return new Blueprint(architecture, NetworkPolicy.shape(env.observations()), outputs, trunk);
  }

  @Override
  protected NetworkPolicy policy(int member) {
    return new NetworkPolicy(
        name,
        env.observations(),
        distribution,
        network.blueprint(),
        network.member(member),
        rollout.normalization(member));
  }

  @Override
  public void close() {
    network.close();
    rollout.close();
  }
}
