package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Groups;
import dev.retort.nn.Mlp;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
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
 */
public record Sac(Settings settings) implements OffPolicy<Sac> {
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
    this(OPTIONS.standard());
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
  public Sac with(Settings other) {
    return new Sac(other);
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
        group -> new SacLearner(this, env, group));
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
