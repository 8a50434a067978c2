package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Descent;
import dev.retort.nn.Initialization;
import dev.retort.nn.InputShape;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Resumable;
import dev.retort.space.Bounded;
import dev.retort.space.Box;
import dev.retort.space.Selection;
import java.util.Arrays;
import java.util.List;

/**
 * Two values of every continuous action, of which the smaller one counts, and the targets that
 * follow behind them. Actions are measured between −1 and 1.
 */
final class TwinCritics implements AutoCloseable {
  private final int batch;
  private final int rows;
  private final Selection sight;
  private final int obsSize;
  private final int seenSize;
  private final int actionSize;
  private final Network critic;
  private final Network target;
  private final Network first;
  private final Descent descent;
  private final float[] q;
  private final float[] dq;
  private final float[] joint;
  private final float[] dJoint;
  private final double[] errors;

  /**
   * Critics with parameters of their own stream; each target begins as what it follows.
   *
   * @param seeds one a member
   * @param state receives what they have to save
   */
  TwinCritics(OffPolicy<?> algorithm, Env env, long[] seeds, Resumable state) {
    this.batch = algorithm.batchSize();
    this.rows = seeds.length * batch;
    this.sight = algorithm.sight(env);
    this.obsSize = env.observations().size();
    this.seenSize = sight.sees().size();
    this.actionSize = env.actions().size();
    this.critic = critic(algorithm, seeds);
    this.target = critic(algorithm, seeds);
    this.first = critic.part(List.of(outputs().get(0)));
    this.descent = new Descent(critic, 1e-8, Double.POSITIVE_INFINITY);
    this.q = new float[rows * 2];
    this.dq = new float[rows * 2];
    this.errors = new double[rows * 2];
    this.joint = new float[rows * (seenSize + actionSize)];
    this.dJoint = new float[joint.length];
    descent.join(state, "critic", "criticAdam");
    state.floats("targetCritic", target::parameters, target::set);
  }

  private Network critic(OffPolicy<?> algorithm, long[] seeds) {
    long[] own =
        Arrays.stream(seeds).map(seed -> RandomStream.of(seed, "critic").nextLong()).toArray();
    return Network.of(
        algorithm.network(),
        List.of(seenSize + actionSize),
        outputs(),
        Trunk.SEPARATE,
        Initialization.FAN_IN,
        own);
  }

  private static List<Output> outputs() {
    return List.of(Output.of("q1", 1), Output.of("q2", 1));
  }

  /** The network of an actor, which gives the numbers of a distribution. */
  static Blueprint actor(OffPolicy<?> algorithm, Env env, Distribution distribution) {
    return new Blueprint(
        algorithm.network(),
        NetworkPolicy.shape(algorithm.sight(env).sees()),
        distribution.outputs(),
        Trunk.SHARED);
  }

  /** Fills {@code t} with uniform actions between −1 and 1, each member's from its own stream. */
  static void uniform(RandomStreams streams, float[] t) {
    int each = t.length / streams.size();
    for (int i = 0; i < t.length; i++) {
      t[i] = (float) (2 * streams.get(i / each).nextDouble() - 1);
    }
  }

  /** Refuses what actor and critics cannot learn. */
  static void require(OffPolicy<?> algorithm, Env env) {
    String name = algorithm.settings().schema().owner();
    if (!(env.actions() instanceof Box)) {
      throw new RetortException(
          "%s: expected an environment with continuous actions, got %s with %s. Use ppo or dqn."
              .formatted(name, env.name(), env.actions().summary()));
    }
    Bounded.require(name, "to scale to", env.actions(), env.name());
    InputShape joint =
        InputShape.of(List.of(algorithm.sight(env).sees().size() + env.actions().size()));
    if (!algorithm.network().takes(joint)) {
      throw new RetortException(
          "%s: expected a network over numbers, such as a perceptron, got %s: the critic sees the action beside the observation."
              .formatted(name, algorithm.network()));
    }
    long warmUp = algorithm.warmUp();
    if (warmUp >= algorithm.steps()) {
      throw new RetortException(
          "%s: expected a warm-up of fewer steps than the %s of training, got %s. Say .warmUp(%s), or train longer."
              .formatted(name, algorithm.steps(), warmUp, Math.max(1, algorithm.steps() / 10)));
    }
  }

  /** What training amounts to, told by its critics, which cost most. */
  static Budget budget(OffPolicy<?> algorithm, Env env) {
    long blocks = algorithm.steps() / algorithm.trainEvery();
    return new Budget(
        algorithm.network(),
        env.observations(),
        outputs(),
        Trunk.SEPARATE,
        1,
        algorithm.steps(),
        algorithm.batchSize(),
        Math.max(0, blocks * algorithm.updates()));
  }

  /** Computes both values of actions by the targets; {@link #smaller} gives them. */
  void valueByTarget(float[] obs, float[] t) {
    join(obs, t);
    target.predict(joint, batch, Rows.PER_MEMBER, q);
  }

  /** The smaller of the two values that were computed last, of one row. */
  float smaller(int row) {
    return Math.min(q[2 * row], q[2 * row + 1]);
  }

  private void join(float[] obs, float[] t) {
    int width = seenSize + actionSize;
    for (int row = 0; row < rows; row++) {
      sight.take(obs, row * obsSize, joint, row * width);
      System.arraycopy(t, row * actionSize, joint, row * width + seenSize, actionSize);
    }
  }

  /** {@code L_Q = E[ Σ_i (Q_i(s, a) − y)² ]} of a sample: one step down. */
  void improve(Replay.Sample sample, double[] y, double learningRate, long step) {
    join(sample.obs, sample.actions);
    critic.forward(joint, batch, Rows.PER_MEMBER, q);
    for (int i = 0; i < q.length; i++) {
      errors[i] = q[i] - y[i / 2];
      dq[i] = (float) (2 * errors[i] / batch);
    }
    Finite.require(errors, 0, errors.length, "temporal difference", step);
    descent.step(dq, learningRate, step);
  }

  /**
   * The gradient {@code −∂/∂t 1/batch Σ Q_1(s, t)}; the second critic is not asked.
   *
   * @param dt receives it, {@code (members, batch, actionSize)}
   */
  void ascendFirst(float[] obs, float[] t, float[] dt) {
    first.follow(critic);
    join(obs, t);
    first.forward(joint, batch, Rows.PER_MEMBER, q);
    Arrays.fill(dq, 0, rows, -1f / batch);
    first.backwardToInputs(dq, dJoint);
    part(dt);
  }

  /**
   * The gradient {@code −∂/∂t 1/batch Σ min(Q_1(s, t), Q_2(s, t))}.
   *
   * @param dt receives it, {@code (members, batch, actionSize)}
   */
  void ascendSmaller(float[] obs, float[] t, float[] dt) {
    join(obs, t);
    critic.forward(joint, batch, Rows.PER_MEMBER, q);
    for (int row = 0; row < rows; row++) {
      boolean isFirst = q[2 * row] <= q[2 * row + 1];
      dq[2 * row] = isFirst ? -1f / batch : 0;
      dq[2 * row + 1] = isFirst ? 0 : -1f / batch;
    }
    critic.backwardToInputs(dq, dJoint);
    part(dt);
  }

  /** Takes the actions' part of the gradient of both. */
  private void part(float[] dt) {
    int width = seenSize + actionSize;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(dJoint, row * width + seenSize, dt, row * actionSize, actionSize);
    }
  }

  /** Moves the targets part of the way. */
  void follow(double rate) {
    target.polyakAverage(critic, rate);
  }

  @Override
  public void close() {
    critic.close();
    target.close();
    first.close();
  }
}
