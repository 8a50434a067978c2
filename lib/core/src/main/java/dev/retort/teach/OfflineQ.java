package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.env.Prologue;
import dev.retort.loss.BehaviorCloning;
import dev.retort.loss.Huber;
import dev.retort.loss.Softmax;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Descent;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.policy.Constrained;
import dev.retort.policy.Fit;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import dev.retort.space.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Q-learning from data, without acting.
 *
 * <p>Each step is an update on a minibatch of what others did. A greedy target would believe values
 * of choices that nobody tried, which nothing corrects. Three remedies, each an option of {@link
 * Dqn}:
 *
 * <pre>
 * y   = R + γ (1 − terminated) Q⁻(s', a')
 *         a' = argmax_b Q(s', b)                               as in Dqn
 *         a' = argmax { Q(s', b) : μ(b|s') ≥ τ max μ(·|s') }   constrained τ
 *         a' = what was done next                              implicit β
 * L_Q = E[ w' huber(Q(s, a) − y) + α (log Σ_b exp Q(s, b) − Q(s, a)) ]      conservative α
 * L_μ = −E[ log μ(a|s) ]                                       constrained
 * L_π = −E[ w log π(a|s) ]                                     implicit, which acts by π
 * </pre>
 *
 * <p>where {@code w} is {@code exp(A(s, a)/β)}, {@code w'} is {@code exp(A⁻(s', a')/β)}, {@code A =
 * Q − Σ_b π(b|s) Q(s, b)}, and both are divided by their mean over the minibatch; {@code w'} is 1
 * unless {@code implicit} is on, and where the task was over.
 *
 * <p>Conservative: Aviral Kumar, Aurick Zhou, George Tucker, Sergey Levine, "Conservative
 * Q-learning for offline reinforcement learning", 2020, arXiv 2006.04779. Constrained: Scott
 * Fujimoto, Edoardo Conti, Mohammad Ghavamzadeh, Joelle Pineau, "Benchmarking batch deep
 * reinforcement learning algorithms", 2019, arXiv 1910.01708. Implicit: Yiqin Yang and others,
 * "Believe what you see: implicit constraint approach for offline multi-agent reinforcement
 * learning", 2021, arXiv 2106.03400.
 *
 * <p>Departures from the papers are listed in {@code docs/departures.md}.
 */
final class OfflineQ extends Learner {
  private static final int TOGETHER = 64;

  private final Dqn dqn;
  private final int batch;
  private final int choices;
  private final int rows;
  private final Selection sight;
  private final ActionValues values;
  private final Categorical probabilities;
  private final Transitions data;
  private final Network online;
  private final Network target;
  private final Descent descent;
  private final Optional<Descent> behavior;
  private final float[] q;
  private final float[] qNext;
  private final float[] qTarget;
  private final float[] dq;
  private final float[] logits;
  private final float[] dLogits;
  private final double[] y;
  private final float[] weights;
  private final float[] nextWeights;

  OfflineQ(Dqn dqn, Dataset given, Env env, long[] seeds) {
    super(env, 1, seeds, Prologue.NONE);
    this.dqn = dqn;
    this.batch = dqn.batchSize();
    this.choices = ((Discrete) env.actions()).n();
    this.rows = members * batch;
    this.sight = dqn.sight(env);
    this.values = dqn.values(env);
    this.probabilities = new Categorical((Discrete) env.actions());
    this.data = new Transitions(given, seeds, batch, dqn.gamma(), dqn.implicit() > 0);
    this.online = Network.of(dqn.blueprint(env, values.outputs()), Initialization.FAN_IN, seeds);
    this.target = Network.of(dqn.blueprint(env, values.outputs()), Initialization.FAN_IN, seeds);
    this.descent = new Descent(online, 1e-8, dqn.maxNorm());
    descent.join(state, "online", "adam");
    this.behavior =
        dqn.constrained() == 0 && dqn.implicit() == 0
            ? Optional.empty()
            : Optional.of(
                new Descent(
                    Network.of(behaviorBlueprint(), Initialization.FAN_IN, seeds),
                    1e-8,
                    dqn.maxNorm()));
    behavior.ifPresent(own -> own.join(state, "behavior", "behaviorAdam"));
    state
        .floats("target", target::parameters, target::set)
        .longs("memory", data.streams()::states, data.streams()::restore);
    this.q = new float[rows * values.size()];
    this.qNext = new float[q.length];
    this.qTarget = new float[q.length];
    this.dq = new float[q.length];
    this.logits = new float[rows * choices];
    this.dLogits = new float[logits.length];
    this.y = new double[rows];
    this.weights = new float[rows];
    this.nextWeights = new float[rows];
    target.polyakAverage(online, 1);
  }

  /** Refuses data of other spaces, and options that say how to act or how to remember. */
  static void require(Dqn dqn, Dataset data, Env env) {
    Fit.spaces(env)
        .require(
            "dqn",
            "data",
            "for " + env.name(),
            "'%s'".formatted(data.name()),
            data.spaces(),
            "Collect it in this environment.");
    List<String> set = new ArrayList<>();
    dqn.guidance().forEach(given -> set.add(given.name()));
    if (dqn.hasBonus() || dqn.shaping() > 0 || !dqn.taskReward()) {
      set.add("another reward");
    }
    if (dqn.exploreGo() > 0) {
      set.add("explore-go");
    }
    if (dqn.normalizes()) {
      set.add("normalization");
    }
    if (dqn.isPrioritized()) {
      set.add("prioritized");
    }
    if (dqn.nStep() > 1) {
      set.add("n-step");
    }
    if (!set.isEmpty()) {
      throw new RetortException(
          "dqn: expected nothing that belongs to acting where it learns from data, got %s. Leave that out."
              .formatted(String.join(", ", set)));
    }
    if (dqn.constrained() > 0 && dqn.implicit() > 0) {
      throw new RetortException(
          "dqn: expected constrained or implicit, got both, of which each says what is done next.");
    }
  }

  private Blueprint behaviorBlueprint() {
    return dqn.blueprint(env, probabilities.outputs());
  }

  @Override
  protected void iterate(Session session) {
    for (long until = Math.min(dqn.steps(), step + TOGETHER); step < until; step++) {
      session.check();
      update();
    }
  }

  private void update() {
    double rate = dqn.learningRate().at((double) step / dqn.steps());
    data.draw();
    float[] obs = sight.of(data.obs, rows);
    float[] nextObs = sight.of(data.nextObs, rows);
    // y = R + γ (1 − terminated) Q⁻(s', a')
    target.predict(nextObs, batch, Rows.PER_MEMBER, qTarget);
    values.combine(qTarget, rows);
    if (dqn.target() == Dqn.Target.DOUBLE) {
      online.predict(nextObs, batch, Rows.PER_MEMBER, qNext);
      values.combine(qNext, rows);
    } else {
      System.arraycopy(qTarget, 0, qNext, 0, qTarget.length);
    }
    behavior.ifPresent(own -> own.network().predict(nextObs, batch, Rows.PER_MEMBER, logits));
    Arrays.fill(nextWeights, 1);
    if (dqn.implicit() > 0) {
      // w' = exp(A⁻(s', a') / β)
      weigh(qTarget, logits, data.nextActions, batch, choices, dqn.implicit(), nextWeights);
    } else if (dqn.constrained() > 0) {
      Constrained.constrain(qNext, logits, rows, choices, dqn.constrained());
    }
    for (int row = 0; row < rows; row++) {
      int next =
          dqn.implicit() > 0
              ? Math.max(0, data.nextActions[row]) // discounted by 0 where there is none
              : Softmax.argmax(qNext, row * choices, choices);
      y[row] = data.rewards[row] + (double) data.discounts[row] * qTarget[row * choices + next];
    }
    // L_Q = E[ w' huber(Q(s, a) − y) + α (log Σ_b exp Q(s, b) − Q(s, a)) ]
    online.forward(obs, batch, Rows.PER_MEMBER, q);
    values.combine(q, rows);
    Arrays.fill(dq, 0);
    double loss = loss(q, data.actions, y, nextWeights, choices, dqn.conservative(), dq);
    Finite.require(loss, 0, "loss of the values", step);
    scale(dq);
    behavior.ifPresent(own -> imitate(own, obs, rate));
    values.spread(dq, rows);
    descent.step(dq, rate, step);
    if ((step + 1) % dqn.targetEvery() == 0) {
      target.polyakAverage(online, dqn.targetRate());
    }
  }

  /** L_μ = −E[ log μ(a|s) ], or L_π = −E[ w log π(a|s) ] with w = exp(A(s, a) / β). */
  private void imitate(Descent own, float[] obs, double rate) {
    own.network().forward(obs, batch, Rows.PER_MEMBER, logits);
    Arrays.fill(weights, 1);
    if (dqn.implicit() > 0) {
      weigh(q, logits, data.actions, batch, choices, dqn.implicit(), weights);
    }
    Arrays.fill(dLogits, 0);
    cloning(logits, data.actions, weights, choices, dLogits);
    scale(dLogits);
    own.step(dLogits, rate, step);
  }

  private void scale(float[] gradient) {
    for (int i = 0; i < rows * choices; i++) {
      gradient[i] /= batch;
    }
  }

  /**
   * The loss of action values, {@code Σ w huber(Q(s, a) − y) + α (log Σ_b exp Q(s, b) − Q(s, a))}.
   *
   * @param q action values, {@code (rows, choices)}
   * @param actions what was done, {@code (rows)}
   * @param y its targets, {@code (rows)}
   * @param w weights of the first term, {@code (rows)}
   * @param alpha factor of the second term, which is the loss of {@link BehaviorCloning} of a
   *     softmax of the values
   * @param dq the loss's gradient is added to it, {@code (rows, choices)}
   */
  static double loss(
      float[] q, int[] actions, double[] y, float[] w, int choices, double alpha, float[] dq) {
    double loss = 0;
    for (int row = 0; row < actions.length; row++) {
      int taken = row * choices + actions[row];
      double error = q[taken] - y[row];
      loss += w[row] * Huber.value(error);
      dq[taken] += (float) (w[row] * Huber.slope(error));
    }
    if (alpha > 0) {
      float[] alphas = new float[actions.length];
      Arrays.fill(alphas, (float) alpha);
      loss += cloning(q, actions, alphas, choices, dq);
    }
    return loss;
  }

  /**
   * The weighted loss of cloning, {@code −Σ w log softmax(z)_a}.
   *
   * @param z logits, {@code (rows, choices)}
   * @param actions what was done, {@code (rows)}
   * @param w weights, {@code (rows)}
   * @param dz the loss's gradient is added to it, {@code (rows, choices)}
   */
  static double cloning(float[] z, int[] actions, float[] w, int choices, float[] dz) {
    BehaviorCloning term = new BehaviorCloning();
    float[] slope = new float[z.length];
    double loss = 0;
    for (int row = 0; row < actions.length; row++) {
      loss += w[row] * term.at(z, row * choices, new float[] {actions[row]}, 0, choices, slope);
      for (int i = row * choices; i < (row + 1) * choices; i++) {
        dz[i] += w[row] * slope[i];
      }
    }
    return loss;
  }

  /**
   * The weights {@code exp(A(s, a) / β)}, {@code A(s, a) = Q(s, a) − Σ_b π(b|s) Q(s, b)}, divided
   * by their mean over the rows of a member that have an action; of others 1.
   *
   * @param q action values, {@code (members, batch, choices)}
   * @param logits of π, {@code (members, batch, choices)}
   * @param actions of which, {@code (members, batch)}; −1 for none
   * @param beta β
   * @param w receives them, {@code (members, batch)}
   */
  static void weigh(
      float[] q, float[] logits, int[] actions, int batch, int choices, double beta, float[] w) {
    float[] p = new float[choices];
    for (int from = 0; from < actions.length; from += batch) {
      float[] advantages = new float[batch];
      int count = 0;
      for (int row = from; row < from + batch; row++) {
        if (actions[row] >= 0) {
          Softmax.apply(logits, row * choices, choices, 1, p, 0);
          double mean = 0;
          for (int i = 0; i < choices; i++) {
            mean += (double) p[i] * q[row * choices + i];
          }
          advantages[count++] = (float) (q[row * choices + actions[row]] - mean);
        }
      }
      Softmax.apply(advantages, 0, count, beta, advantages, 0);
      int next = 0;
      for (int row = from; row < from + batch; row++) {
        w[row] = actions[row] >= 0 ? count * advantages[next++] : 1;
      }
    }
  }

  @Override
  protected Policy policy(int member) {
    Policy valued = policy("DQN from data", values, online, member).discounting(dqn.gamma());
    if (dqn.implicit() > 0) {
      return policy("DQN from data", probabilities, behavior.orElseThrow().network(), member);
    }
    return behavior
        .map(own -> policy("behavior", probabilities, own.network(), member))
        .map(own -> valued.among(own, dqn.constrained()))
        .orElse(valued);
  }

  private NetworkPolicy policy(
      String name, Distribution distribution, Network network, int member) {
    return new NetworkPolicy(
            name,
            env.observations(),
            distribution,
            network.blueprint(),
            network.member(member),
            Optional.empty())
        .seeing(sight);
  }

  @Override
  public void close() {
    online.close();
    target.close();
    behavior.ifPresent(own -> own.network().close());
  }
}
