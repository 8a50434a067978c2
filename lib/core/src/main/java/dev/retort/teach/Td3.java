package dev.retort.teach;

import dev.retort.distribution.Distribution;
import dev.retort.distribution.Squash;
import dev.retort.distribution.SquashedPoint;
import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Activation;
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
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStreams;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Selection;
import java.util.List;
import java.util.Optional;

/**
 * Twin delayed deep deterministic policy gradient.
 *
 * <p>After every step comes a minibatch of the memory, and
 *
 * <pre>
 * a' = clip(μ⁻(s') + clip(ε, −c, c), −1, 1),   ε ~ N(0, σ̃²)
 * y  = R + γⁿ (1 − terminated) min(Q⁻_1(s', a'), Q⁻_2(s', a'))
 * L_Q = E[ Σ_i (Q_i(s, a) − y)² ]
 * L_μ = −E[ Q_1(s, μ(s)) ]                      every second update, and only then targets move
 * </pre>
 *
 * <p>where actions are measured between −1 and 1, {@code Q⁻} and {@code μ⁻} follow behind, and
 * {@code s'} is the true next observation, also where an episode was cut off. Exploration adds
 * normal noise to the actor's action, which may have a memory: {@code n ← ρ n + √(1 − ρ²) σ ε}.
 *
 * <p>Scott Fujimoto, Herke van Hoof, David Meger, "Addressing function approximation error in
 * actor-critic methods", 2018, arXiv 1802.09477.
 *
 * <p>Departures from the paper are listed in {@code docs/departures.md}.
 *
 * @param settings what is set
 * @param guidance guides and teachers
 */
public record Td3(Settings settings, List<Guidance> guidance) implements OffPolicy<Td3> {
  /** What learns: actors, and critics of two values. */
  final class Learning extends Learner {
    private final SquashedPoint distribution = new SquashedPoint((Box) ownActions(env));
    private final Selection sight = sight(env);
    private final int batch = batchSize();
    private final int rows = members * batch;
    private final Network actor;
    private final Network targetActor;
    private final Descent descent;
    private final TwinCritics critics;
    private final Experience experience;
    private final RandomStreams exploration;
    private final RandomStreams smoothing;
    private final double[] drift = new double[members * actionSize];
    private final float[] z = new float[rows * actionSize];
    private final float[] t = new float[z.length];
    private final float[] dz = new float[z.length];
    private final float[] dt = new float[z.length];
    private final double[] y = new double[rows];
    private long updates;

    Learning(Env env, long[] seeds) {
      super(env, 1, seeds, prologue(env));
      Blueprint network = TwinCritics.actor(Td3.this, env, distribution);
      actor = Network.of(network, Initialization.FAN_IN, seeds);
      targetActor = Network.of(network, Initialization.FAN_IN, seeds);
      descent = new Descent(actor, 1e-8, Double.POSITIVE_INFINITY);
      critics = new TwinCritics(Td3.this, env, seeds, state);
      exploration = RandomStreams.of(seeds, "exploration");
      smoothing = RandomStreams.of(seeds, "smoothing");
      descent.join(state, "actor", "actorAdam");
      state
          .floats("targetActor", targetActor::parameters, targetActor::set)
          .longs("exploration", exploration::states, exploration::restore)
          .longs("smoothing", smoothing::states, smoothing::restore)
          .longs("updates", () -> new long[] {updates}, saved -> updates = saved[0])
          .doubles("drift", drift);
      experience = new Experience(this, Td3.this, distribution, actor, Optional.empty());
      targetActor.polyakAverage(actor, 1);
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
      double rho = noiseMemory();
      double sigma = noise() * Math.sqrt(1 - rho * rho);
      actor.predict(sight.of(seen, members), 1, Rows.PER_MEMBER, chosen);
      for (int i = 0; i < chosen.length; i++) {
        drift[i] = rho * drift[i] + sigma * exploration.get(i / actionSize).nextGaussian();
        chosen[i] = (float) clip(Math.tanh(chosen[i]) + drift[i], 1);
      }
    }

    private void update() {
      double rate = learningRate().at((double) step / steps());
      Replay.Sample sample = experience.draw(0);
      // a' = clip(μ⁻(s') + clip(ε, −c, c), −1, 1)
      targetActor.predict(sight.of(sample.nextObs, rows), batch, Rows.PER_MEMBER, t);
      for (int i = 0; i < t.length; i++) {
        double drawn = smoothing.get(i / actionSize / batch).nextGaussian();
        double noise = clip(targetNoise() * drawn, targetNoiseClip());
        t[i] = (float) clip(Math.tanh(t[i]) + noise, 1);
      }
      // y = R + γⁿ (1 − terminated) min(Q⁻_1(s', a'), Q⁻_2(s', a'))
      critics.valueByTarget(sample.nextObs, t);
      for (int row = 0; row < rows; row++) {
        y[row] = sample.rewards[row] + (double) sample.discounts[row] * critics.smaller(row);
      }
      critics.improve(sample, y, rate, step);
      if (++updates % policyEvery() != 0) {
        return;
      }
      // L_μ = −E[ Q_1(s, μ(s)) ]
      actor.forward(sight.of(sample.obs, rows), batch, Rows.PER_MEMBER, z);
      for (int i = 0; i < z.length; i++) {
        t[i] = (float) Math.tanh(z[i]);
      }
      critics.ascendFirst(sample.obs, t, dt);
      for (int i = 0; i < z.length; i++) {
        dz[i] = (float) (dt[i] * Squash.slope(t[i]));
      }
      experience.guide(y, z, actionSize, dz);
      descent.step(dz, rate, step);
      critics.follow(targetRate());
      targetActor.polyakAverage(actor, targetRate());
    }

    private static double clip(double value, double most) {
      return Math.max(-most, Math.min(most, value));
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
      targetActor.close();
      critics.close();
      experience.close();
    }
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("td3").including(EXPERIENCE)
      .standard(GAMMA, 0.98).standard(MEMORY, 200_000L).standard(WARM_UP, 10_000L);

  static final Option<Architecture> NETWORK           = OPTIONS.option("network", Architecture.type(), Mlp.of(400, 300).activation(Activation.RELU)).says("network of the actor and of each critic");
  static final Option<Double>       TARGET_RATE       = OPTIONS.real("target-rate", 0.005).from(0, 1).says("part of the way that target networks move after an update");
  static final Option<Double>       NOISE             = OPTIONS.real("noise", 0.1).from(0, 10).says("σ, deviation of the exploration");
  static final Option<Double>       NOISE_MEMORY      = OPTIONS.real("noise-memory", 0).from(0, 0.99999).says("ρ, part of the noise that stays for a step");
  static final Option<Double>       TARGET_NOISE      = OPTIONS.real("target-noise", 0.2).from(0, 10).says("σ̃, deviation of the target's smoothing");
  static final Option<Double>       TARGET_NOISE_CLIP = OPTIONS.real("target-noise-clip", 0.5).from(0, 10).says("c, where that is clipped");
  static final Option<Integer>      POLICY_EVERY      = OPTIONS.whole("policy-every", 2).from(1).in("updates").says("critic updates for one of the actor");

  /** Network of the actor and of each critic. */
  public Td3 network(Architecture network) { return with(NETWORK, network); }
  @Override public Architecture network() { return get(NETWORK); }

  /** Part of the way that target networks move after an update. */
  public Td3 targetRate(double rate) { return with(TARGET_RATE, rate); }
  public double targetRate() { return get(TARGET_RATE); }

  /** σ, deviation of the exploration. */
  public Td3 noise(double sigma) { return with(NOISE, sigma); }
  public double noise() { return get(NOISE); }

  /** ρ, part of the noise that stays for a step. */
  public Td3 noiseMemory(double part) { return with(NOISE_MEMORY, part); }
  public double noiseMemory() { return get(NOISE_MEMORY); }

  /** σ̃, deviation of the target's smoothing. */
  public Td3 targetNoise(double sigma) { return with(TARGET_NOISE, sigma); }
  public double targetNoise() { return get(TARGET_NOISE); }

  /** c, where the target's smoothing is clipped. */
  public Td3 targetNoiseClip(double bound) { return with(TARGET_NOISE_CLIP, bound); }
  public double targetNoiseClip() { return get(TARGET_NOISE_CLIP); }

  /** Critic updates for one of the actor. */
  public Td3 policyEvery(int updates) { return with(POLICY_EVERY, updates); }
  public int policyEvery() { return get(POLICY_EVERY); }
  // spotless:on

  /** TD3 at its defaults: the settings of the RL Zoo for Pendulum. */
  public Td3() {
    this(OPTIONS.standard(), List.of());
  }

  /** The settings that are known to learn a task, such as {@code Pendulum}. */
  public static Td3 preset(String task) {
    return Presets.find("td3", Presets.td3(), task);
  }

  /** Perceptrons with these hidden widths and rectifiers. */
  public Td3 hidden(int... widths) {
    return network(Mlp.of(widths).activation(Activation.RELU));
  }

  @Override
  public String name() {
    return "TD3";
  }

  @Override
  public Td3 with(Settings other, List<Guidance> given) {
    return new Td3(other, given);
  }

  @Override
  public void require(Env env) {
    TwinCritics.require(this, env);
    Distribution distribution = new SquashedPoint((Box) ownActions(env));
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
