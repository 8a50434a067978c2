package dev.retort.teach;

import dev.retort.distribution.Density;
import dev.retort.env.normalize.Normalization;
import dev.retort.guidance.Companion;
import dev.retort.guidance.Guidance;
import dev.retort.guidance.Lesson;
import dev.retort.guidance.Played;
import dev.retort.nn.Descent;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.Optional;

/**
 * So many steps of every copy, played by a network's own distribution and kept to learn from.
 *
 * <p>The network's outputs are those of the distribution and, behind them, one number: the value.
 * Rows are ordered by member, then copy, then time. Normalization, bonuses, guides and teachers of
 * the algorithm have their say here.
 */
public final class Rollout {
  /** Rows of all members. */
  public final int rows;

  /** Rows of one member: environment steps that a rollout takes. */
  public final int perMember;

  /** What the network saw, {@code (rows, obsSize)}. */
  public final float[] obs;

  /** What was drawn, {@code (rows, actionSize)}; what was done is within the bounds. */
  public final float[] actions;

  /** What the network said, {@code (rows, width)}. */
  public final float[] outputs;

  /** {@code log π} of what was drawn, {@code (rows)}. */
  public final double[] logProbability;

  /** Value of what was seen, {@code (rows)}. */
  public final float[] value;

  /** Value of the true next observation where an episode or the rollout ended, {@code (rows)}. */
  public final float[] nextValue;

  /** Rewards by which is learned, {@code (rows)}. */
  public final float[] reward;

  /** Whether the step ended its episode, {@code (rows)}. */
  public final boolean[] ended;

  /** Whether it ended its task, {@code (rows)}. */
  public final boolean[] terminated;

  /** Whether a guide acted, so that there is nothing to learn from the action, {@code (rows)}. */
  public final boolean[] guided;

  private final Learner learner;
  private final Density distribution;
  private final Network network;
  private final int steps;
  private final int width;
  private final Normalizers normalizers;
  private final Companion companions;
  private final RandomStreams actionStreams;
  private final RandomStreams orderStreams;
  private final float[] raw;

  /**
   * Rollouts of a learner.
   *
   * @param learner whose environments and state
   * @param algorithm what accompanies it
   * @param distribution by which is acted
   * @param network its numbers, and behind them the value
   * @param steps of each copy
   */
  public Rollout(
      Learner learner, Accompanied<?> algorithm, Density distribution, Network network, int steps) {
    this.learner = learner;
    this.distribution = distribution;
    this.network = network;
    this.steps = steps;
    this.width = network.width();
    this.perMember = learner.copies * steps;
    this.rows = learner.members * perMember;
    this.obs = new float[rows * learner.obsSize];
    this.actions = new float[rows * learner.actionSize];
    this.outputs = new float[rows * width];
    this.logProbability = new double[rows];
    this.value = new float[rows];
    this.nextValue = new float[rows];
    this.reward = new float[rows];
    this.ended = new boolean[rows];
    this.terminated = new boolean[rows];
    this.guided = new boolean[rows];
    this.actionStreams = RandomStreams.of(learner.seeds, "action");
    this.orderStreams = RandomStreams.of(learner.seeds, "order");
    learner
        .state
        .longs("actionStreams", actionStreams::states, actionStreams::restore)
        .longs("orderStreams", orderStreams::states, orderStreams::restore);
    this.normalizers =
        new Normalizers(algorithm, learner.members, learner.copies, learner.obsSize, learner.state);
    this.companions =
        new Companions(
            algorithm,
            new Guidance.Learners(
                algorithm.learning(learner.env, distribution, network.blueprint()),
                Arrays.stream(learner.seeds).boxed().toList(),
                learner.copies,
                algorithm.steps(),
                learner.envs::place,
                row -> "a row of the last rollout"));
    this.raw = normalizers.isSeeing() ? new float[obs.length] : obs;
    learner.accompany(companions);
    companions.begin(network);
  }

  /** Plays {@code steps} steps in every copy. */
  public void play(Session session) {
    int copies = learner.members * learner.copies;
    int obsSize = learner.obsSize;
    int actionSize = learner.actionSize;
    float[] out = new float[copies * width];
    float[] taken = new float[copies * actionSize];
    float[] rewards = new float[copies];
    float[] before = new float[copies * obsSize];
    boolean[] others = new boolean[copies];
    for (int t = 0; t < steps; t++) {
      System.arraycopy(learner.observe(session), 0, before, 0, before.length);
      float[] seen = normalizers.see(before);
      network.predict(seen, learner.copies, Rows.PER_MEMBER, out);
      for (int copy = 0; copy < copies; copy++) {
        int row = copy * steps + t;
        distribution.draw(
            out, copy * width, actionStreams.get(copy / learner.copies), actions, row * actionSize);
        System.arraycopy(out, copy * width, outputs, row * width, width);
        value[row] = out[copy * width + width - 1];
        System.arraycopy(seen, copy * obsSize, obs, row * obsSize, obsSize);
        if (normalizers.isSeeing()) {
          System.arraycopy(before, copy * obsSize, raw, row * obsSize, obsSize);
        }
        System.arraycopy(actions, row * actionSize, taken, copy * actionSize, actionSize);
        distribution.clip(taken, copy * actionSize);
      }
      Arrays.fill(others, false);
      companions.choose(before, taken, others);
      learner.act(taken);
      System.arraycopy(learner.envs.rewards(), 0, rewards, 0, copies);
      companions.took(before, taken, learner.envs, rewards);
      normalizers.earn(rewards, learner.envs);
      boolean bootstrap = t == steps - 1;
      for (int copy = 0; copy < copies; copy++) {
        int row = copy * steps + t;
        if (others[copy]) {
          System.arraycopy(taken, copy * actionSize, actions, row * actionSize, actionSize);
        }
        logProbability[row] =
            distribution.logProbability(out, copy * width, actions, row * actionSize);
        guided[row] = others[copy];
        reward[row] = rewards[copy];
        terminated[row] = learner.envs.terminated()[copy];
        ended[row] = learner.envs.ended(copy);
        bootstrap |= learner.envs.truncated()[copy];
      }
      // Within an episode V(s_{t+1}) is the next step's value; only ends of episodes and of the
      // rollout need one more.
      if (bootstrap) {
        float[] next = normalizers.peek(learner.envs.nextObservations());
        network.predict(next, learner.copies, Rows.PER_MEMBER, out);
        for (int copy = 0; copy < copies; copy++) {
          nextValue[copy * steps + t] = out[copy * width + width - 1];
        }
      }
    }
    companions.played(
        new Played(
            learner.step,
            rows,
            steps,
            learner.copies,
            raw,
            outputs,
            width,
            actions,
            guided,
            ended,
            reward));
    Finite.require(value, 0, rows, "value", learner.step);
  }

  /**
   * Advantages of what was done, {@code (rows)}, by {@link Advantages}; with {@code lambda} 1 they
   * are returns without the value.
   */
  public float[] advantages(double gamma, double lambda) {
    float[] advantage = new float[rows];
    Advantages.estimate(
        learner.members * learner.copies,
        steps,
        reward,
        value,
        nextValue,
        terminated,
        ended,
        gamma,
        lambda,
        advantage);
    Finite.require(advantage, 0, rows, "advantage", learner.step);
    return advantage;
  }

  /** One member's part of a minibatch. */
  public final class Minibatch {
    /** Which member's. */
    public final int member;

    /** Number of its rows. */
    public final int size;

    /** Outputs of the network, those of row {@code i} at {@link #at}. */
    public final float[] outputs;

    /** Receives the gradient of the member's loss with respect to them; 0 at first. */
    public final float[] gradient;

    private final int[] order;

    private Minibatch(int member, int size, int[] order, float[] outputs, float[] gradient) {
      this.member = member;
      this.size = size;
      this.order = order;
      this.outputs = outputs;
      this.gradient = gradient;
    }

    /** Row of the rollout that is row {@code i} here. */
    public int row(int i) {
      return order[member * size + i];
    }

    /** Where the outputs of row {@code i} begin. */
    public int at(int i) {
      return (member * size + i) * width;
    }

    /** {@code V(s)} now. */
    public float value(int i) {
      return outputs[at(i) + width - 1];
    }

    /** {@code log π(a|s)} now, of what was done. */
    public double logProbability(int i) {
      return distribution.logProbability(outputs, at(i), actions, row(i) * learner.actionSize);
    }

    /** {@code KL(π_old ‖ π)} of those that played and of now. */
    public double divergence(int i) {
      return distribution.divergence(Rollout.this.outputs, row(i) * width, outputs, at(i));
    }

    /** Adds {@code slope · ∂V(s)} to the gradient. */
    public void addValueGradient(int i, double slope) {
      gradient[at(i) + width - 1] += (float) slope;
    }

    /** Adds {@code slope · ∂log π(a|s) + entropySlope · ∂H(π(·|s))} to the gradient. */
    public void addPolicyGradient(int i, double slope, double entropySlope) {
      int from = row(i) * learner.actionSize;
      distribution.addGradient(outputs, at(i), actions, from, slope, entropySlope, gradient);
    }

    /** Adds {@code weight · ∂KL(π_old ‖ π)} to the gradient. */
    public void addDivergenceGradient(int i, double weight) {
      int old = row(i) * width;
      distribution.addDivergenceGradient(
          Rollout.this.outputs, old, outputs, at(i), weight, gradient);
    }
  }

  /** What is learned of a minibatch. */
  @FunctionalInterface
  public interface Loss {
    /** Adds a member's gradient. */
    void of(Minibatch batch);
  }

  /**
   * One pass over the rollout, in minibatches whose order is each member's own.
   *
   * @param batch rows of a member in a minibatch; it divides {@link #perMember}
   * @param descent of the network that is improved
   * @param loss gives the gradient of each member's minibatch; companions add theirs
   */
  public void pass(Session session, int batch, Descent descent, double learningRate, Loss loss) {
    Network improved = descent.network();
    int members = learner.members;
    int obsSize = learner.obsSize;
    int columns = improved.width();
    int[][] order = new int[members][perMember];
    int[] chosen = new int[members * batch];
    float[] batchObs = new float[members * batch * obsSize];
    float[] out = new float[members * batch * columns];
    float[] gradient = new float[out.length];
    for (int member = 0; member < members; member++) {
      orderStreams.get(member).permutation(order[member], perMember);
    }
    for (int from = 0; from < perMember; from += batch) {
      session.check();
      for (int i = 0; i < chosen.length; i++) {
        int member = i / batch;
        int row = member * perMember + order[member][from + i % batch];
        chosen[i] = row;
        System.arraycopy(obs, row * obsSize, batchObs, i * obsSize, obsSize);
      }
      improved.forward(batchObs, batch, Rows.PER_MEMBER, out);
      Arrays.fill(gradient, 0);
      for (int member = 0; member < members; member++) {
        loss.of(new Minibatch(member, batch, chosen, out, gradient));
      }
      companions.learn(
          new Lesson(
              learner.step,
              chosen.length,
              batch,
              new float[0],
              new float[0],
              chosen,
              new double[0],
              out,
              columns,
              gradient));
      descent.step(gradient, learningRate, learner.step);
    }
  }

  /** How a member's network sees, for its policy to carry. */
  public Optional<Normalization> normalization(int member) {
    return normalizers.frozen(member);
  }

  /** Ends what the companions hold. */
  public void close() {
    companions.close();
  }
}
