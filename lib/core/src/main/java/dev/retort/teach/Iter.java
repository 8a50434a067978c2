package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Descent;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Iterated relearning (ITER) on {@link Ppo}: an agent has learned from data that it has long
 * outgrown, so now and then it is distilled into a fresh network, which takes its place.
 *
 * <p>At the end of every period, while the agent goes on to learn, a student with new parameters
 * learns from the agent's rollouts
 *
 * <pre>
 * α [ KL(π_agent(·|s) ‖ π(·|s)) + c_v (V(s) − V_agent(s))² ] + L_PPO
 * </pre>
 *
 * <p>and α falls in a straight line to 0; then the student is the agent.
 *
 * <p>Maximilian Igl, Gregory Farquhar, Jelena Luketina, Wendelin Boehmer, Shimon Whiteson,
 * "Transient non-stationarity and generalisation in deep reinforcement learning", 2020, arXiv
 * 2006.05826. A reconstruction: we know the form of the loss, not the schedule of α.
 *
 * @param settings what is set, those of {@link Ppo} among them
 * @param guidance guides and teachers of the agent
 */
public record Iter(Settings settings, List<Guidance> guidance) implements OnPolicy<Iter> {
  /** What learns: PPO, and its successor at the end of every period. */
  private final class Learning extends Ppo.Learning {
    private final Ppo ppo;
    private final Network successor;
    private final Descent relearning;
    private long generation;

    Learning(Ppo ppo, Env env, long[] seeds) {
      ppo.super(env, seeds);
      this.ppo = ppo;
      successor = Network.of(network.blueprint(), Initialization.ORTHOGONAL, fresh(seeds));
      relearning = new Descent(successor, ADAM_EPSILON, ppo.maxNorm());
      relearning.join(state, "successor", "successorAdam");
      state.longs("generation", () -> new long[] {generation}, saved -> generation = saved[0]);
    }

    private long[] fresh(long[] seeds) {
      return Arrays.stream(seeds)
          .map(seed -> RandomStream.of(seed, "generation " + generation).nextLong())
          .toArray();
    }

    @Override
    protected void iterate(Session session) {
      super.iterate(session);
      double age = (double) (step - generation * period()) / period();
      if (age > 1 - transfer()) {
        relearn(session, Math.max(0, (1 - age) / transfer()));
      }
      if (age >= 1 && step < steps()) {
        network.set(successor.parameters());
        descent.rest();
        generation++;
        try (Network next =
            Network.of(network.blueprint(), Initialization.ORTHOGONAL, fresh(seeds))) {
          successor.set(next.parameters());
        }
        relearning.rest();
      }
    }

    private void relearn(Session session, double alpha) {
      double part = (double) step / steps();
      double valueWeight = ppo.valueWeight();
      double clip = ppo.clip().at(part);
      double entropy = ppo.entropy().at(part);
      float[] advantage = rollout.advantages(ppo.gamma(), ppo.lambda());
      for (int epoch = 0; epoch < ppo.epochs(); epoch++) {
        rollout.pass(
            session,
            ppo.batchSize(),
            relearning,
            ppo.learningRate().at(Math.min(1, part)),
            batch -> {
              policyGradient(batch, advantage, clip, entropy);
              valueGradient(batch, advantage);
              for (int i = 0; i < batch.size; i++) {
                double error = batch.value(i) - rollout.value[batch.row(i)];
                batch.addDivergenceGradient(i, alpha / batch.size);
                batch.addValueGradient(i, alpha * valueWeight * 2 * error / batch.size);
              }
            });
      }
    }

    @Override
    public void close() {
      super.close();
      successor.close();
    }
  }

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("iter").including(Ppo.OPTIONS);

  static final Option<Long>   PERIOD   = OPTIONS.whole("period", 20_000L).from(1).in("environment steps").says("age at which a network is replaced");
  static final Option<Double> TRANSFER = OPTIONS.real("transfer", 0.25).from(0.01, 1).in("part of a period").says("time in which its successor learns from it");

  /** Environment steps after which a network is replaced. */
  public Iter period(long steps) { return with(PERIOD, steps); }
  public long period() { return get(PERIOD); }

  /** Part of a period in which the successor learns. */
  public Iter transfer(double part) { return with(TRANSFER, part); }
  public double transfer() { return get(TRANSFER); }
  // spotless:on

  /** ITER over PPO at its defaults. */
  public Iter() {
    this(OPTIONS.standard(), List.of());
  }

  /** The same over an agent with other settings and guides than those of an untouched PPO. */
  public Iter agent(Ppo ppo) {
    Settings all = settings;
    for (Map.Entry<String, String> change : ppo.settings().changes().entrySet()) {
      all = all.parse(change.getKey(), change.getValue());
    }
    return new Iter(all, ppo.guidance());
  }

  /** The agent's own algorithm. */
  public Ppo ppo() {
    return new Ppo(settings, guidance);
  }

  @Override
  public String name() {
    return "ITER";
  }

  @Override
  public Iter with(Settings other, List<Guidance> given) {
    return new Iter(other, given);
  }

  @Override
  public void require(Env env) {
    ppo().require(env);
    if (ppo().isAsymmetric(env)) {
      throw new RetortException(
          "iter: expected policy and value to see the same, got %s and %s: a successor takes over both."
              .formatted(seeing(), criticSeeing()));
    }
    if (period() < (long) environments() * rollout()) {
      throw new RetortException(
          "iter: expected a period of at least one rollout of %s steps, got %s."
              .formatted((long) environments() * rollout(), period()));
    }
  }

  @Override
  public Optional<Budget> budget(Env env) {
    return ppo().budget(env);
  }

  @Override
  public int[] groups(int members) {
    return ppo().groups(members);
  }

  @Override
  public Learner learner(Env env, long[] seeds) {
    return new Learning(ppo(), env, seeds);
  }

  @Override
  public String toString() {
    return settings + Accompanied.text(guidance);
  }
}
