package dev.retort.teach;

import dev.retort.distribution.Distribution;
import dev.retort.distribution.SquashedNormal;
import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Activation;
import dev.retort.nn.Adam;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Descent;
import dev.retort.nn.Groups;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Soft actor-critic with automatic temperature.
 *
 * <p>After every step comes a minibatch of the memory, and
 *
 * <pre>
 * y   = R + γⁿ (1 − terminated) (min(Q⁻_1(s', a'), Q⁻_2(s', a')) − α log π(a'|s')),   a' ~ π(·|s')
 * L_Q = E[ Σ_i (Q_i(s, a) − y)² ]
 * L_π = E[ α log π(a|s) − min(Q_1(s, a), Q_2(s, a)) ],   a ~ π(·|s)
 * L_α = −E[ log α (log π(a|s) + H̄) ],   H̄ = −(number of action components)
 * </pre>
 *
 * <p>where {@code π} is a normal distribution seen through the hyperbolic tangent ({@link
 * SquashedNormal}), actions are measured between −1 and 1, {@code Q⁻} follows behind, and {@code
 * s'} is the true next observation, also where an episode was cut off.
 *
 * <p>Tuomas Haarnoja and others, "Soft actor-critic algorithms and applications", 2018, arXiv
 * 1812.05905.
 *
 * <p>Departures from the paper are listed in {@code docs/departures.md}.
 *
 * @param settings what is set
 * @param guidance guides and teachers
 */
public record Sac(Settings settings, List<Guidance> guidance) implements OffPolicy<Sac> {
  /** What learns: actors, critics of two values, and temperatures. */
  final class Learning extends Learner {
    private final SquashedNormal distribution = new SquashedNormal((Box) ownActions(env));
    private final Selection sight = sight(env);
    private final int batch = batchSize();
    private final int rows = members * batch;
    private final Network actor;
    private final Descent descent;
    private final TwinCritics critics;
    private final Experience experience;
    private final RandomStreams exploration;
    private final RandomStreams noise;
    private final float[] logAlpha = new float[members];
    private final float[] dLogAlpha = new float[members];
    private final Adam alphaAdam = new Adam(members, 1e-8);
    private final float[] z = new float[rows * 2 * actionSize];
    private final float[] dz = new float[z.length];
    private final float[] t = new float[rows * actionSize];
    private final float[] dt = new float[t.length];
    private final float[] epsilon = new float[t.length];
    private final double[] logProbability = new double[rows];
    private final double[] y = new double[rows];

    Learning(Env env, long[] seeds) {
      super(env, 1, seeds, prologue(env));
      Blueprint network = TwinCritics.actor(Sac.this, env, distribution);
      actor = Network.of(network, Initialization.FAN_IN, seeds);
      descent = new Descent(actor, 1e-8, Double.POSITIVE_INFINITY);
      critics = new TwinCritics(Sac.this, env, seeds, state);
      exploration = RandomStreams.of(seeds, "exploration");
      noise = RandomStreams.of(seeds, "noise");
      Arrays.fill(logAlpha, (float) Math.log(firstTemperature()));
      descent.join(state, "actor", "actorAdam");
      state
          .longs("exploration", exploration::states, exploration::restore)
          .longs("noise", noise::states, noise::restore)
          .floats(
              "logAlpha", () -> logAlpha, saved -> System.arraycopy(saved, 0, logAlpha, 0, members))
          .part("alphaAdam", alphaAdam::save, alphaAdam::restore);
      experience = new Experience(this, Sac.this, distribution, actor, Optional.empty());
    }

    @Override
    protected void iterate(Session session) {
      experience.play(session, Math.min(steps(), step + trainEvery()), this::choose);
      for (int i = 0; i < updates() && experience.isReady(); i++) {
        session.check();
        update();
      }
    }

    private void choose(float[] raw, float[] seen, float[] chosen) {
      if (step < warmUp()) {
        TwinCritics.uniform(exploration, chosen);
        return;
      }
      float[] numbers = new float[members * distribution.size()];
      float[] drawn = new float[chosen.length];
      actor.predict(sight.of(seen, members), 1, Rows.PER_MEMBER, numbers);
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

    private void update() {
      double rate = learningRate().at((double) step / steps());
      Replay.Sample sample = experience.draw(0);
      // y = R + γⁿ (1 − terminated) (min(Q⁻_1(s', a'), Q⁻_2(s', a')) − α log π(a'|s'))
      actor.predict(sight.of(sample.nextObs, rows), batch, Rows.PER_MEMBER, z);
      draw();
      critics.valueByTarget(sample.nextObs, t);
      for (int row = 0; row < rows; row++) {
        double soft = critics.smaller(row) - alpha(row) * logProbability[row];
        y[row] = sample.rewards[row] + sample.discounts[row] * soft;
      }
      critics.improve(sample, y, rate, step);
      // L_π = E[ α log π(a|s) − min(Q_1(s, a), Q_2(s, a)) ]
      actor.forward(sight.of(sample.obs, rows), batch, Rows.PER_MEMBER, z);
      draw();
      critics.ascendSmaller(sample.obs, t, dt);
      for (int row = 0; row < rows; row++) {
        int at = row * distribution.size();
        distribution.chain(z, at, epsilon, dt, row * actionSize, alpha(row) / batch, dz);
      }
      experience.guide(y, z, distribution.size(), dz);
      descent.step(dz, rate, step);
      if (isAutomatic()) {
        adaptTemperature(rate);
      }
      critics.follow(targetRate());
    }

    private double alpha(int row) {
      return Math.exp(logAlpha[row / batch]);
    }

    private void draw() {
      for (int row = 0; row < rows; row++) {
        int at = row * distribution.size();
        logProbability[row] =
            distribution.draw(z, at, noise.get(row / batch), epsilon, t, row * actionSize);
      }
      Finite.require(logProbability, 0, rows, "log-probability", step);
    }

    /** {@code L_α = −E[ log α (log π(a|s) + H̄) ]}. */
    private void adaptTemperature(double rate) {
      Arrays.fill(dLogAlpha, 0);
      for (int row = 0; row < rows; row++) {
        dLogAlpha[row / batch] -= (float) ((logProbability[row] - actionSize) / batch);
      }
      alphaAdam.step(logAlpha, dLogAlpha, rate);
    }

    @Override
    protected NetworkPolicy policy(int member) {
      return new NetworkPolicy(
              name(),
              env.observations(),
              distribution,
              actor.blueprint(),
              actor.member(member),
              experience.normalization(member))
          .seeing(sight);
    }

    @Override
    public void close() {
      actor.close();
      critics.close();
      experience.close();
    }
  }

  private static final double AUTO = 0;

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("sac").including(EXPERIENCE);

  static final Option<Architecture> NETWORK     = OPTIONS.option("network", Architecture.type(), Mlp.of(256, 256).activation(Activation.RELU)).says("network of the actor and of each critic");
  static final Option<Double>       TARGET_RATE = OPTIONS.real("target-rate", 0.005).from(0, 1).says("part of the way that target networks move after an update");
  static final Option<Double>       TEMPERATURE = OPTIONS.option("temperature", Type.orWord(Type.real(0, Double.MAX_VALUE), "auto", AUTO), AUTO).says("α, weight of the entropy; auto keeps the entropy at its target");

  /** Network of the actor and of each critic. */
  public Sac network(Architecture network) { return with(NETWORK, network); }
  @Override public Architecture network() { return get(NETWORK); }

  /** Part of the way that target networks move after an update. */
  public Sac targetRate(double rate) { return with(TARGET_RATE, rate); }
  public double targetRate() { return get(TARGET_RATE); }

  /** α, constant weight of the entropy; 0 keeps the entropy at its target. */
  public Sac temperature(double alpha) { return with(TEMPERATURE, alpha); }
  public double temperature() { return get(TEMPERATURE); }
  // spotless:on

  /** SAC at its defaults: the settings of the RL Zoo for Pendulum. */
  public Sac() {
    this(OPTIONS.standard(), List.of());
  }

  /** The settings that are known to learn a task, such as {@code Pendulum}. */
  public static Sac preset(String task) {
    return Presets.find("sac", Presets.sac(), task);
  }

  /** Perceptrons with these hidden widths and rectifiers. */
  public Sac hidden(int... widths) {
    return network(Mlp.of(widths).activation(Activation.RELU));
  }

  /** Whether the temperature adapts. */
  boolean isAutomatic() {
    return temperature() == AUTO;
  }

  /** The temperature at first. */
  double firstTemperature() {
    return isAutomatic() ? 1 : temperature();
  }

  @Override
  public String name() {
    return "SAC";
  }

  @Override
  public Sac with(Settings other, List<Guidance> given) {
    return new Sac(other, given);
  }

  @Override
  public void require(Env env) {
    TwinCritics.require(this, env);
    Distribution distribution = new SquashedNormal((Box) ownActions(env));
    requireCompany(env, distribution, TwinCritics.actor(this, env, distribution));
  }

  @Override
  public Optional<Budget> budget(Env env) {
    return Optional.of(TwinCritics.budget(this, env));
  }

  @Override
  public int[] groups(int members) {
    return Groups.of(network(), members, batchSize());
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return new Learning(env, seeds);
  }

  @Override
  public String toString() {
    return settings + Accompanied.text(guidance);
  }
}
