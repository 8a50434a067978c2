package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.nn.Adam;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.space.Bounded;
import dev.retort.space.Box;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What learners of continuous actions from a memory have in common: they act, remember, and learn
 * two values of every action, of which the smaller one counts.
 *
 * <p>Within a learner an action is what the squashing gives, {@code t = tanh(z)} between −1 and 1;
 * it is stretched to the bounds when it is taken. Each member acts in one environment of its own.
 */
abstract class ActorCritic extends Learner {
  final OffPolicy<?> algorithm;
  final int actionSize;
  final int batch;
  final int rows;
  final Network actor;
  final Network critic;
  final Network targetCritic;
  final Adam actorAdam;
  final RandomStreams exploration;
  final Replay.Sample sample;
  final Normalizers normalizers;

  /** Both values of the last actions that were valued, {@code (members, batch, 2)}. */
  final float[] q;

  private final Box bounds;
  private final Adam criticAdam;
  private final Replay replay;
  private final NStep steps;
  private final RandomStreams memory;
  private final float[] joint;
  private final float[] dJoint;
  private final float[] dq;
  private final double[] errors;

  ActorCritic(OffPolicy<?> algorithm, Distribution distribution, Env env, long[] seeds) {
    super(env, 1, seeds);
    this.algorithm = algorithm;
    this.bounds = (Box) env.actions();
    this.actionSize = bounds.size();
    this.batch = algorithm.batchSize();
    this.rows = members * batch;
    this.actor = actor(distribution, seeds);
    this.critic = critic(seeds);
    this.targetCritic = critic(seeds);
    this.actorAdam = new Adam(actor.parameters().length, 1e-8);
    this.criticAdam = new Adam(critic.parameters().length, 1e-8);
    this.replay =
        new Replay(
            members,
            Math.min(algorithm.memory(), algorithm.steps()),
            obsSize,
            actionSize,
            Optional.empty());
    this.steps =
        new NStep(members, algorithm.nStep(), algorithm.gamma(), obsSize, actionSize, replay);
    this.exploration = RandomStreams.of(seeds, "exploration");
    this.memory = RandomStreams.of(seeds, "memory");
    this.sample = new Replay.Sample(rows, obsSize, actionSize);
    this.q = new float[rows * 2];
    this.dq = new float[rows * 2];
    this.errors = new double[rows * 2];
    this.joint = new float[rows * (obsSize + actionSize)];
    this.dJoint = new float[joint.length];
    state
        .floats("actor", actor::parameters, actor::set)
        .floats("critic", critic::parameters, critic::set)
        .floats("targetCritic", targetCritic::parameters, targetCritic::set)
        .part("actorAdam", actorAdam::save, actorAdam::restore)
        .part("criticAdam", criticAdam::save, criticAdam::restore)
        .part("replay", replay::save, replay::restore)
        .part("waiting", steps::save, steps::restore)
        .longs("exploration", exploration::states, exploration::restore)
        .longs("memory", memory::states, memory::restore);
    this.normalizers =
        new Normalizers(algorithm, members, copies, obsSize, algorithm.gamma(), state);
  }

  /** Refuses what such a learner cannot learn. */
  static void require(OffPolicy<?> algorithm, Env env) {
    String name = algorithm.settings().schema().owner();
    if (!(env.actions() instanceof Box)) {
      throw new RetortException(
          "%s: expected an environment with continuous actions, got %s with %s. Use ppo or dqn."
              .formatted(name, env.name(), env.actions().summary()));
    }
    Bounded.require(name, "to scale to", env.actions(), env.name());
    if (!(algorithm.network() instanceof Mlp)) {
      throw new RetortException(
          "%s: expected a perceptron, got %s: the critic sees the action beside the observation."
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
        critics(),
        Trunk.SEPARATE,
        1,
        algorithm.steps(),
        algorithm.batchSize(),
        Math.max(0, blocks * algorithm.updates()));
  }

  private static List<Output> critics() {
    return List.of(Output.of("q1", 1), Output.of("q2", 1));
  }

  /** A network from observations to the numbers of a distribution. */
  final Network actor(Distribution distribution, long[] seeds) {
    return Network.of(
        algorithm.network(),
        NetworkPolicy.shape(env.observations()),
        distribution.outputs(),
        Trunk.SHARED,
        Initialization.PYTORCH,
        seeds);
  }

  /** Critics with parameters of their own stream; each target begins as what it follows. */
  private Network critic(long[] seeds) {
    long[] own =
        Arrays.stream(seeds).map(seed -> RandomStream.of(seed, "critic").nextLong()).toArray();
    return Network.of(
        algorithm.network(),
        List.of(obsSize + actionSize),
        critics(),
        Trunk.SEPARATE,
        Initialization.PYTORCH,
        own);
  }

  /**
   * Chooses actions of members that explore by themselves.
   *
   * @param seen {@code (members, obsSize)}
   * @param t receives {@code (members, actionSize)}
   */
  abstract void choose(float[] seen, float[] t);

  /** Learns from the sample that has just been drawn. */
  abstract void update();

  @Override
  final void iterate(Session session) {
    long until = Math.min(step + algorithm.trainEvery(), total());
    play(session, until);
    for (int i = 0; i < algorithm.updates(); i++) {
      if (step >= algorithm.warmUp() && replay.isFilled()) {
        session.check();
        replay.sample(memory, batch, 0, sample);
        normalizers.apply(sample);
        update();
      }
    }
  }

  /** How many steps there are in all. */
  abstract long total();

  private void play(Session session, long until) {
    float[] t = new float[members * actionSize];
    float[] actions = new float[t.length];
    float[] before = new float[members * obsSize];
    for (; step < until; step++) {
      float[] raw = observe(session);
      System.arraycopy(raw, 0, before, 0, before.length);
      float[] seen = normalizers.see(raw);
      if (step < algorithm.warmUp()) {
        for (int i = 0; i < t.length; i++) {
          RandomStream random = exploration.get(i / actionSize);
          t[i] = (float) (2 * random.nextDouble() - 1);
        }
      } else {
        choose(seen, t);
      }
      for (int i = 0; i < t.length; i++) {
        float low = bounds.low().get(i % actionSize);
        float high = bounds.high().get(i % actionSize);
        actions[i] = (float) (low + (t[i] + 1.0) / 2 * ((double) high - low));
      }
      bounds.clip(actions, members);
      act(actions);
      normalizers.count(envs);
      steps.add(before, t, envs);
    }
  }

  /** The smaller of a target critic's two values of an action, one a row. */
  final float targetValue(int row) {
    return Math.min(q[2 * row], q[2 * row + 1]);
  }

  /** Fills {@link #q} with the target critic's values. */
  final void valueByTarget(float[] obs, float[] t) {
    join(obs, t);
    targetCritic.predict(joint, batch, Rows.PER_MEMBER, q);
  }

  /** Fills {@link #q} with the critic's values, to go back from. */
  final void value(float[] obs, float[] t) {
    join(obs, t);
    critic.forward(joint, batch, Rows.PER_MEMBER, q);
  }

  private void join(float[] obs, float[] t) {
    int width = obsSize + actionSize;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(obs, row * obsSize, joint, row * width, obsSize);
      System.arraycopy(t, row * actionSize, joint, row * width + obsSize, actionSize);
    }
  }

  /** Moves both values of the sample's actions towards {@code y}: least squares. */
  final void improveCritic(double[] y, double learningRate) {
    value(sample.obs, sample.actions);
    for (int i = 0; i < q.length; i++) {
      errors[i] = q[i] - y[i / 2];
      dq[i] = (float) (2 * errors[i] / batch);
    }
    Finite.require(errors, 0, errors.length, "temporal difference", step);
    critic.backward(dq);
    Finite.require(GradientNorm.largest(critic), 0, "gradient norm", step);
    criticAdam.step(critic.parameters(), critic.gradients(), learningRate);
    critic.parametersChanged();
  }

  /**
   * The gradient of the mean of some values of {@link #value} with respect to the actions.
   *
   * @param counts which of a row's two values counts: 0 or 1
   * @param dt receives {@code −∂/∂t 1/batch Σ q}, {@code (members, batch, actionSize)}
   */
  final void ascend(int[] counts, float[] dt) {
    for (int row = 0; row < rows; row++) {
      dq[2 * row] = counts[row] == 0 ? -1f / batch : 0;
      dq[2 * row + 1] = counts[row] == 1 ? -1f / batch : 0;
    }
    critic.backwardToInputs(dq, dJoint);
    int width = obsSize + actionSize;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(dJoint, row * width + obsSize, dt, row * actionSize, actionSize);
    }
  }

  /** Takes a step of the actor along the gradient of its numbers. */
  final void improveActor(float[] dz, double learningRate) {
    actor.backward(dz);
    Finite.require(GradientNorm.largest(actor), 0, "gradient norm", step);
    actorAdam.step(actor.parameters(), actor.gradients(), learningRate);
    actor.parametersChanged();
  }

  @Override
  public void close() {
    actor.close();
    critic.close();
    targetCritic.close();
  }
}
