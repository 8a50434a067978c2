package dev.retort.teach;

import dev.retort.distribution.SquashedPoint;
import dev.retort.env.Env;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStreams;
import dev.retort.space.Box;

/** The algorithm of {@link Td3}. */
final class Td3Learner extends ActorCritic {
  private final Td3 td3;
  private final Network targetActor;
  private final RandomStreams smoothing;
  private final double[] drift;
  private final float[] z;
  private final float[] dz;
  private final float[] dt;
  private final double[] y;
  private final int[] first;
  private long updates;

  Td3Learner(Td3 td3, Env env, long[] seeds) {
    super(td3, new SquashedPoint((Box) env.actions()), env, seeds);
    this.td3 = td3;
    this.targetActor = actor(new SquashedPoint((Box) env.actions()), seeds);
    this.smoothing = RandomStreams.of(seeds, "smoothing");
    this.drift = new double[members * actionSize];
    this.z = new float[rows * actionSize];
    this.dz = new float[z.length];
    this.dt = new float[z.length];
    this.y = new double[rows];
    this.first = new int[rows];
    state
        .floats("targetActor", targetActor::parameters, targetActor::set)
        .longs("smoothing", smoothing::states, smoothing::restore)
        .longs("updates", () -> new long[] {updates}, saved -> updates = saved[0])
        .doubles("drift", drift);
  }

  @Override
  long total() {
    return td3.steps();
  }

  @Override
  void choose(float[] seen, float[] t) {
    double rho = td3.noiseMemory();
    double sigma = td3.noise() * Math.sqrt(1 - rho * rho);
    actor.predict(seen, 1, Rows.PER_MEMBER, t);
    for (int i = 0; i < t.length; i++) {
      drift[i] = rho * drift[i] + sigma * exploration.get(i / actionSize).nextGaussian();
      t[i] = (float) clip(Math.tanh(t[i]) + drift[i], 1);
    }
  }

  @Override
  void update() {
    double rate = td3.learningRate().at((double) step / td3.steps());
    targetActor.predict(sample.nextObs, batch, Rows.PER_MEMBER, z);
    for (int i = 0; i < z.length; i++) {
      double drawn = smoothing.get(i / actionSize / batch).nextGaussian();
      double noise = clip(td3.targetNoise() * drawn, td3.targetNoiseClip());
      z[i] = (float) clip(Math.tanh(z[i]) + noise, 1);
    }
    valueByTarget(sample.nextObs, z);
    for (int row = 0; row < rows; row++) {
      y[row] = sample.rewards[row] + (double) sample.discounts[row] * targetValue(row);
    }
    improveCritic(y, rate);
    if (++updates % td3.policyEvery() != 0) {
      return;
    }
    actor.forward(sample.obs, batch, Rows.PER_MEMBER, z);
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) Math.tanh(z[i]);
    }
    value(sample.obs, z);
    ascend(first, dt);
    for (int i = 0; i < z.length; i++) {
      dz[i] = dt[i] * (1 - z[i] * z[i]);
    }
    improveActor(dz, rate);
    targetCritic.approach(critic, td3.targetRate());
    targetActor.approach(actor, td3.targetRate());
  }

  private static double clip(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }

  @Override
  NetworkPolicy policy(int member) {
    return new NetworkPolicy(
        td3.name(),
        env.observations(),
        new SquashedPoint((Box) env.actions()),
        actor.blueprint(),
        actor.member(member),
        normalizers.frozen(member));
  }

  @Override
  public void close() {
    super.close();
    targetActor.close();
  }
}
