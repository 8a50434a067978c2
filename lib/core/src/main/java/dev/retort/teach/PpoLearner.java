package dev.retort.teach;

import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.nn.Adam;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;

/**
 * The algorithm of {@link Ppo}: play a rollout, estimate advantages, improve.
 *
 * <p>Rows of a rollout are ordered by member, then copy, then time.
 */
final class PpoLearner extends Learner {
  static final double ADAM_EPSILON = 1e-5;
  static final double LEAST_PENALTY = 1e-6;
  static final double MOST_PENALTY = 1e6;

  private final Ppo ppo;
  private final Density distribution;
  private final Network network;
  private final Adam adam;
  private final RandomStreams actionStreams;
  private final RandomStreams orderStreams;
  private final double[] penalty;
  private final Normalizers normalizers;
  private final List<CountBonus> countBonuses;

  private final int rollout;
  private final int perMember;
  private final int batch;
  private final int width;
  private final int actionSize;

  private final float[] obs;
  private final float[] action;
  private final float[] old;
  private final double[] oldLogProb;
  private final float[] value;
  private final float[] nextValue;
  private final float[] reward;
  private final boolean[] ended;
  private final boolean[] terminated;
  private final float[] advantage;

  PpoLearner(Ppo ppo, Env env, long[] seeds) {
    super(env, ppo.environments(), seeds, ppo.prologue(env));
    this.ppo = ppo;
    this.distribution = Density.over(env.actions());
    this.rollout = ppo.rollout();
    this.perMember = copies * rollout;
    this.batch = ppo.batchSize();
    this.width = distribution.size() + 1;
    this.actionSize = env.actions().size();
    this.network =
        Network.of(
            ppo.network(),
            NetworkPolicy.shape(env.observations()),
            Ppo.outputs(distribution),
            ppo.trunk(),
            Initialization.ORTHOGONAL,
            seeds);
    this.adam = new Adam(network.parameters().length, ADAM_EPSILON);
    this.actionStreams = RandomStreams.of(seeds, "action");
    this.orderStreams = RandomStreams.of(seeds, "order");
    this.penalty = new double[members];
    Arrays.fill(penalty, 1);
    this.countBonuses =
        ppo.countBonus() == 0
            ? List.of()
            : Arrays.stream(seeds)
                .mapToObj(seed -> new CountBonus(ppo.countBonus(), obsSize, actionSize))
                .toList();
    int size = members * perMember;
    this.obs = new float[size * obsSize];
    this.action = new float[size * actionSize];
    this.old = new float[size * width];
    this.oldLogProb = new double[size];
    this.value = new float[size];
    this.nextValue = new float[size];
    this.reward = new float[size];
    this.ended = new boolean[size];
    this.terminated = new boolean[size];
    this.advantage = new float[size];
    state
        .floats("parameters", network::parameters, network::set)
        .part("adam", adam::save, adam::restore)
        .longs("actionStreams", actionStreams::states, actionStreams::restore)
        .longs("orderStreams", orderStreams::states, orderStreams::restore)
        .doubles("penalty", penalty);
    this.normalizers = new Normalizers(ppo, members, copies, obsSize, ppo.gamma(), state);
    for (int member = 0; member < countBonuses.size(); member++) {
      CountBonus counts = countBonuses.get(member);
      state.part("countBonus" + member, counts::save, counts::restore);
    }
  }

  @Override
  void iterate(Session session) {
    double part = (double) step / ppo.steps();
    play(session);
    estimateAdvantages();
    improve(session, ppo.learningRate().at(part), ppo.clip().at(part), ppo.entropy().at(part));
    step += perMember;
  }

  private void play(Session session) {
    int rows = members * copies;
    float[] out = new float[rows * width];
    float[] taken = new float[rows * actionSize];
    float[] rewards = new float[rows];
    float[] bonuses = new float[rows];
    for (int t = 0; t < rollout; t++) {
      float[] seen = normalizers.see(observe(session));
      network.predict(seen, copies, Rows.PER_MEMBER, out);
      for (int row = 0; row < rows; row++) {
        int at = row * rollout + t;
        distribution.draw(
            out, row * width, actionStreams.get(row / copies), action, at * actionSize);
        System.arraycopy(out, row * width, old, at * width, width);
        oldLogProb[at] = distribution.logProbability(out, row * width, action, at * actionSize);
        value[at] = out[row * width + width - 1];
        System.arraycopy(seen, row * obsSize, obs, at * obsSize, obsSize);
        System.arraycopy(action, at * actionSize, taken, row * actionSize, actionSize);
        distribution.clip(taken, row * actionSize);
      }
      count(taken, bonuses);
      act(taken);
      earn(bonuses, rewards);
      boolean bootstrap = t == rollout - 1;
      for (int row = 0; row < rows; row++) {
        int at = row * rollout + t;
        reward[at] = rewards[row];
        terminated[at] = envs.terminated()[row];
        ended[at] = envs.ended(row);
        bootstrap |= envs.truncated()[row];
      }
      // Within an episode V(s_{t+1}) is the next step's value; only ends of episodes and of the
      // rollout need one more.
      if (bootstrap) {
        float[] next = normalizers.peek(envs.nextObservations());
        network.predict(next, copies, Rows.PER_MEMBER, out);
        for (int row = 0; row < rows; row++) {
          nextValue[row * rollout + t] = out[row * width + width - 1];
        }
      }
    }
  }

  /** Counts what is about to be done where it is done, and writes its bonuses, if there are any. */
  private void count(float[] taken, float[] bonuses) {
    for (int row = 0; row < (countBonuses.isEmpty() ? 0 : bonuses.length); row++) {
      CountBonus counts = countBonuses.get(row / copies);
      bonuses[row] =
          (float) counts.visit(envs.observations(), row * obsSize, taken, row * actionSize);
    }
  }

  private void earn(float[] bonuses, float[] rewards) {
    boolean task = ppo.taskReward();
    for (int row = 0; row < rewards.length; row++) {
      rewards[row] = (task ? envs.rewards()[row] : 0) + bonuses[row];
    }
    normalizers.earn(rewards, envs);
  }

  private void estimateAdvantages() {
    Finite.require(value, 0, value.length, "value", step);
    Advantages.estimate(
        members * copies,
        rollout,
        reward,
        value,
        nextValue,
        terminated,
        ended,
        ppo.gamma(),
        ppo.lambda(),
        advantage);
    Finite.require(advantage, 0, advantage.length, "advantage", step);
  }

  private void improve(Session session, double learningRate, double clip, double entropy) {
    int[][] order = new int[members][perMember];
    int[] rows = new int[members * batch];
    float[] batchObs = new float[members * batch * obsSize];
    float[] out = new float[members * batch * width];
    float[] dOut = new float[members * batch * width];
    double[] divergence = new double[members];
    for (int epoch = 0; epoch < ppo.epochs(); epoch++) {
      Arrays.fill(divergence, 0);
      for (int member = 0; member < members; member++) {
        orderStreams.get(member).permutation(order[member], perMember);
      }
      for (int from = 0; from < perMember; from += batch) {
        session.check();
        for (int member = 0; member < members; member++) {
          for (int i = 0; i < batch; i++) {
            int row = member * perMember + order[member][from + i];
            rows[member * batch + i] = row;
            System.arraycopy(obs, row * obsSize, batchObs, (member * batch + i) * obsSize, obsSize);
          }
        }
        network.forward(batchObs, batch, Rows.PER_MEMBER, out);
        Arrays.fill(dOut, 0);
        for (int member = 0; member < members; member++) {
          divergence[member] += lossGradient(member, out, rows, clip, entropy, dOut);
        }
        network.backward(dOut);
        Finite.require(GradientNorm.clip(network, ppo.maxNorm()), 0, "gradient norm", step);
        adam.step(network.parameters(), network.gradients(), learningRate);
        network.parametersChanged();
      }
    }
    adaptPenalty(divergence);
  }

  /**
   * The gradient of one member's loss with respect to its outputs.
   *
   * @return the sum over the rows of {@code KL(π_old ‖ π)}; 0 where it is not needed
   */
  private double lossGradient(
      int member, float[] out, int[] rows, double clip, double entropy, float[] dOut) {
    int first = member * batch;
    double mean = 0;
    double square = 0;
    for (int i = first; i < first + batch; i++) {
      mean += advantage[rows[i]];
      square += (double) advantage[rows[i]] * advantage[rows[i]];
    }
    mean /= batch;
    double deviation =
        Math.sqrt(Math.max(0, square / batch - mean * mean) * batch / Math.max(1, batch - 1));
    boolean penalised = ppo.surrogate() == Ppo.Surrogate.KL;
    double divergence = 0;
    for (int i = first; i < first + batch; i++) {
      int row = rows[i];
      int at = i * width;
      double normalized = (advantage[row] - mean) / (deviation + 1e-8);
      double logProb = distribution.logProbability(out, at, action, row * actionSize);
      double ratio = Math.exp(logProb - oldLogProb[row]);
      double slope = penalised ? -normalized * ratio : clippedSlope(ratio, normalized, clip);
      distribution.addGradient(
          out, at, action, row * actionSize, slope / batch, -entropy / batch, dOut);
      if (penalised) {
        divergence += distribution.divergence(old, row * width, out, at);
        distribution.addDivergenceGradient(
            old, row * width, out, at, penalty[member] / batch, dOut);
      }
      int v = at + width - 1;
      double target = (double) advantage[row] + value[row];
      dOut[v] = (float) (ppo.valueWeight() * 2 * (out[v] - target) / batch);
    }
    return divergence;
  }

  /**
   * {@code ∂/∂ log π} of {@code −min(r A, clip(r, 1 − ε, 1 + ε) A)}: flat where the clipped branch
   * is the smaller one.
   */
  static double clippedSlope(double ratio, double advantage, double clip) {
    boolean flat = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
    return flat ? 0 : -advantage * ratio;
  }

  /** β halves where the policies of the last epoch were too near and doubles where too far off. */
  private void adaptPenalty(double[] divergence) {
    double target = ppo.klTarget();
    for (int member = 0; member < members; member++) {
      double mean = divergence[member] / perMember;
      penalty[member] *= mean > 1.5 * target ? 2 : mean < target / 1.5 ? 0.5 : 1;
      penalty[member] = Math.min(MOST_PENALTY, Math.max(LEAST_PENALTY, penalty[member]));
    }
  }

  @Override
  NetworkPolicy policy(int member) {
    return new NetworkPolicy(
        ppo.name(),
        env.observations(),
        distribution,
        network.blueprint(),
        network.member(member),
        normalizers.frozen(member));
  }

  @Override
  public void close() {
    network.close();
  }
}
