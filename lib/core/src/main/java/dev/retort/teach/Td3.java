package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Groups;
import dev.retort.nn.Mlp;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
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
 */
public record Td3(Settings settings) implements OffPolicy<Td3> {
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
    this(OPTIONS.standard());
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
  public Td3 with(Settings other) {
    return new Td3(other);
  }

  @Override
  public void require(Env env) {
    ActorCritic.require(this, env);
  }

  @Override
  public Optional<Budget> budget(Env env) {
    return Optional.of(ActorCritic.budget(this, env));
  }

  @Override
  public List<Policy> train(Env env, long[] seeds, Session session) {
    return Population.train(
        this,
        Groups.of(network(), seeds.length, batchSize()),
        env,
        seeds,
        session,
        group -> new Td3Learner(this, env, group));
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
