package dev.retort.teach;

import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Descent;
import dev.retort.nn.InputShape;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.space.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A learner that plays rollouts with its own distribution and learns from them: a network of policy
 * and value, its descent, and the rollout. What is learned of a rollout is the algorithm's.
 */
public abstract class RolloutLearner extends Learner {
  /** Value of what is seen. */
  static final Output VALUE = new Output("value", 1, 1);

  /** Distribution over actions: categorical, normal, or a product of them. */
  protected final Density distribution;

  /** Network of all members: numbers of the distribution and, behind them, the value. */
  protected final Network network;

  /** How the network is improved. */
  protected final Descent descent;

  /** How the critic is improved, where it is a network of its own. */
  final Optional<Descent> criticDescent;

  /** What was played last. */
  protected final Rollout rollout;

  /** What acts and what values. */
  final ActorCritic networks;

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
      double maxNorm,
      double epsilon) {
    this(
        algorithm,
        env,
        seeds,
        copies,
        steps,
        ActorCritic.together(network, Selection.all(env.observations()), seeds),
        maxNorm,
        epsilon);
  }

  /**
   * A group of members at their beginning, as an algorithm's options have it.
   *
   * @param seeds one a member
   * @param networks what acts and what values; the learner's to close
   * @param epsilon of Adam
   */
  RolloutLearner(
      OnPolicy<?> algorithm, Env env, long[] seeds, ActorCritic networks, double epsilon) {
    this(
        algorithm,
        env,
        seeds,
        algorithm.environments(),
        algorithm.rollout(),
        networks,
        algorithm.maxNorm(),
        epsilon);
  }

  private RolloutLearner(
      Accompanied<?> algorithm,
      Env env,
      long[] seeds,
      int copies,
      int steps,
      ActorCritic networks,
      double maxNorm,
      double epsilon) {
    super(env, copies, seeds, algorithm.prologue(env));
    this.name = algorithm.name();
    this.distribution = Density.over(env.actions());
    this.networks = networks;
    this.network = networks.actor();
    this.descent = new Descent(network, epsilon, maxNorm);
    descent.join(state, "parameters", "adam");
    this.criticDescent = networks.critic().map(critic -> new Descent(critic, epsilon, maxNorm));
    criticDescent.ifPresent(critic -> critic.join(state, "critic", "criticAdam"));
    this.rollout = new Rollout(this, algorithm, distribution, networks, steps);
  }

  /** A network of policy and value for an environment. */
  public static Blueprint blueprint(Env env, Architecture architecture, Trunk trunk) {
    List<Output> outputs = new ArrayList<>(Density.over(env.actions()).outputs());
    outputs.add(VALUE);
    return new Blueprint(architecture, NetworkPolicy.shape(env.observations()), outputs, trunk);
  }

  /**
   * The network that acts, as an algorithm's options have it.
   *
   * @param values whether it gives the value too
   */
  static Blueprint blueprint(OnPolicy<?> algorithm, Env env, Trunk trunk, boolean values) {
    double first = Math.log(algorithm.initialDeviation());
    List<Output> outputs = new ArrayList<>();
    for (Output output : Density.over(env.actions()).outputs()) {
      outputs.add(output.isFree() ? Output.free(output.name(), output.size(), first) : output);
    }
    if (values) {
      outputs.add(VALUE);
    }
    InputShape shape = NetworkPolicy.shape(algorithm.sight(env).sees());
    return new Blueprint(algorithm.network(), shape, outputs, trunk);
  }

  @Override
  protected NetworkPolicy policy(int member) {
    return new NetworkPolicy(
            name,
            env.observations(),
            distribution,
            network.blueprint(),
            network.member(member),
            rollout.normalization(member))
        .seeing(networks.sees());
  }

  @Override
  public void close() {
    networks.close();
    rollout.close();
  }
}
