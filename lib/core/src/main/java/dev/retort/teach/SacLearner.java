package dev.retort.teach;

import dev.retort.distribution.SquashedNormal;
import dev.retort.env.Env;
import dev.retort.nn.Adam;
import dev.retort.nn.Rows;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.space.Box;
import java.util.Arrays;

/** The algorithm of {@link Sac}. */
final class SacLearner extends ActorCritic {
  private final Sac sac;
  private final RandomStreams noise;
  private final SquashedNormal distribution;
  private final float[] logAlpha;
  private final float[] dLogAlpha;
  private final Adam alphaAdam;
  private final float[] z;
  private final float[] dz;
  private final float[] t;
  private final float[] dt;
  private final float[] epsilon;
  private final double[] logProb;
  private final double[] y;
  private final int[] smaller;

  SacLearner(Sac sac, Env env, long[] seeds) {
    super(sac, new SquashedNormal((Box) env.actions()), env, seeds);
    this.sac = sac;
    this.noise = RandomStreams.of(seeds, "noise");
    this.distribution = new SquashedNormal((Box) env.actions());
    this.logAlpha = new float[members];
    this.dLogAlpha = new float[members];
    this.alphaAdam = new Adam(members, 1e-8);
    this.z = new float[rows * 2 * actionSize];
    this.dz = new float[z.length];
    this.t = new float[rows * actionSize];
    this.dt = new float[t.length];
    this.epsilon = new float[t.length];
    this.logProb = new double[rows];
    this.y = new double[rows];
    this.smaller = new int[rows];
    Arrays.fill(logAlpha, (float) Math.log(sac.firstTemperature()));
    state
        .longs("noise", noise::states, noise::restore)
        .floats(
            "logAlpha", () -> logAlpha, saved -> System.arraycopy(saved, 0, logAlpha, 0, members))
        .part("alphaAdam", alphaAdam::save, alphaAdam::restore);
  }

  @Override
  long total() {
    return sac.steps();
  }

  @Override
  void choose(float[] seen, float[] chosen) {
    float[] numbers = new float[members * 2 * actionSize];
    float[] drawn = new float[chosen.length];
    actor.predict(seen, 1, Rows.PER_MEMBER, numbers);
    for (int member = 0; member < members; member++) {
      distribution.draw(
          numbers,
          member * distribution.size(),
          exploration.get(member),
          drawn,
          chosen,
          member * actionSize);
    }
  }

  @Override
  void update() {
    double rate = sac.learningRate().at((double) step / sac.steps());
    actor.predict(sample.nextObs, batch, Rows.PER_MEMBER, z);
    draw();
    valueByTarget(sample.nextObs, t);
    for (int row = 0; row < rows; row++) {
      double soft = targetValue(row) - Math.exp(logAlpha[row / batch]) * logProb[row];
      y[row] = sample.rewards[row] + sample.discounts[row] * soft;
    }
    improveCritic(y, rate);

    actor.forward(sample.obs, batch, Rows.PER_MEMBER, z);
    draw();
    value(sample.obs, t);
    for (int row = 0; row < rows; row++) {
      smaller[row] = q[2 * row] <= q[2 * row + 1] ? 0 : 1;
    }
    ascend(smaller, dt);
    for (int row = 0; row < rows; row++) {
      double alpha = Math.exp(logAlpha[row / batch]);
      distribution.chain(
          z, row * distribution.size(), epsilon, dt, row * actionSize, alpha / batch, dz);
    }
    improveActor(dz, rate);
    if (sac.isAutomatic()) {
      adaptTemperature(rate);
    }
    targetCritic.approach(critic, sac.targetRate());
  }

  private void draw() {
    for (int row = 0; row < rows; row++) {
      logProb[row] =
          distribution.draw(
              z, row * distribution.size(), noise.get(row / batch), epsilon, t, row * actionSize);
    }
    Finite.require(logProb, 0, rows, "log-probability", step);
  }

  /**
   * {@code ∂/∂ log α} of {@code −log α (log π + H̄)}, with the entropy's target {@code H̄ = −k}.
   */
  private void adaptTemperature(double rate) {
    Arrays.fill(dLogAlpha, 0);
    for (int row = 0; row < rows; row++) {
      dLogAlpha[row / batch] -= (float) ((logProb[row] - actionSize) / batch);
    }
    alphaAdam.step(logAlpha, dLogAlpha, rate);
  }

  @Override
  NetworkPolicy policy(int member) {
    return new NetworkPolicy(
        sac.name(),
        env.observations(),
        distribution,
        actor.blueprint(),
        actor.member(member),
        normalizers.frozen(member));
  }
}
