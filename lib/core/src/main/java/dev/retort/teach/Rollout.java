package dev.retort.teach;

import dev.retort.distribution.Density;
import dev.retort.env.normalize.Normalization;
import dev.retort.guidance.Companion;
import dev.retort.guidance.Guidance;
import dev.retort.guidance.LearningBatch;
import dev.retort.guidance.Played;
import dev.retort.nn.Descent;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.run.Session;
import dev.retort.space.Perception;
import java.util.Arrays;
import java.util.Optional;

/**
 * So many steps of every copy, played by a network's own distribution and kept to learn from.
 *
 * <p>At every step only the distribution is asked for; values come after the last one, all in one
 * call. Rows are ordered by member, then copy, then time. Normalization, bonuses, guides and
 * teachers of the algorithm have their say here.
 */
public final class Rollout {
  /** Rows of all members. */
  public final int rows;

  /** Rows of one member: environment steps that a rollout takes. */
  public final int perMember;

  /** What was observed, as the network sees it, {@code (rows, obsSize)}. */
  public final float[] obs;

  /** What was drawn, {@code (rows, actionSize)}; what was done is within the bounds. */
  public final float[] actions;

  /** What the network said of the distribution, {@code (rows, width)}. */
  public final float[] outputs;

  /** {@code log π} of what was drawn, {@code (rows)}. */
  public final double[] logProbability;

  /** Value of what was seen, {@code (rows)}. */
  public final float[] value;

  /** Value of the true next observation where an episode was cut off or the rollout ended. */
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
  final Density distribution;
  private final ActorCritic networks;
  private final int steps;
  final int width;
  private final Normalizers normalizers;
  private final Companion companions;
  private final RandomStreams actionStreams;
  private final RandomStreams orderStreams;
  private final NextValues nextValues;
  private final Seen seen;
  private final Seen criticSeen;
  private final float[] raw;
  private final Optional<ActionMask> mask;

  /**
   * Rollouts of a learner.
   *
   * @param learner whose environments and state
   * @param algorithm what accompanies it
   * @param distribution by which is acted
   * @param networks what gives its numbers, and the values
   * @param steps of each copy
   */
  public Rollout(
      Learner learner,
      Accompanied<?> algorithm,
      Density distribution,
      ActorCritic networks,
      int steps) {
    this.learner = learner;
    this.distribution = distribution;
    this.networks = networks;
    this.steps = steps;
    this.width = networks.width();
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
    this.mask = ActionMask.of(algorithm, learner.env, rows);
    this.seen = seen(networks.sees(), "seen");
    this.criticSeen =
        networks.criticSees().equals(networks.sees())
            ? seen
            : seen(networks.criticSees(), "criticSeen");
    this.nextValues = new NextValues(learner.members, learner.copies, criticSeen.size);
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
                algorithm.learning(learner.env, distribution, networks.actor().blueprint()),
                Arrays.stream(learner.seeds).boxed().toList(),
                learner.copies,
                algorithm.steps(),
                learner.envs::place,
                row -> "a row of the last rollout"));
    this.raw = normalizers.isSeeing() ? new float[obs.length] : obs;
    learner.accompany(companions);
    companions.begin(networks.actor());
    normalizers.begin(companions);
  }

  /** What is seen in such a way, whose memory is part of the learner's state. */
  private Seen seen(Perception perception, String name) {
    Seen own = new Seen(perception, obs, learner.members * learner.copies, steps);
    float[] memory = own.memory();
    if (memory.length > 0) {
      learner.state.floats(
          name, () -> memory, saved -> System.arraycopy(saved, 0, memory, 0, memory.length));
    }
    return own;
  }

  /** What a network sees: the critic, or one that acts or will act. */
  Seen seenBy(Network asked) {
    return networks.isCritic(asked) ? criticSeen : seen;
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
    networks.follow();
    for (int t = 0; t < steps; t++) {
      System.arraycopy(learner.observe(session), 0, before, 0, before.length);
      float[] observed = normalizers.observe(before);
      networks.act(seen.look(observed, learner.envs, t), learner.copies, out);
      if (criticSeen != seen) {
        criticSeen.look(observed, learner.envs, t);
      }
      for (int copy = 0; copy < copies; copy++) {
        int row = copy * steps + t;
        if (mask.isPresent()) {
          mask.get().see(before, copy * obsSize, row);
          mask.get().apply(out, copy * width, row);
        }
        distribution.draw(
            out, copy * width, actionStreams.get(copy / learner.copies), actions, row * actionSize);
        System.arraycopy(out, copy * width, outputs, row * width, width);
        System.arraycopy(observed, copy * obsSize, obs, row * obsSize, obsSize);
        if (normalizers.isSeeing()) {
          System.arraycopy(before, copy * obsSize, raw, row * obsSize, obsSize);
        }
        System.arraycopy(actions, row * actionSize, taken, copy * actionSize, actionSize);
      }
      Arrays.fill(others, false);
      companions.choose(before, taken, others);
      for (int copy = 0; copy < copies; copy++) {
        distribution.clip(taken, copy * actionSize);
      }
      learner.act(taken);
      System.arraycopy(learner.envs.rewards(), 0, rewards, 0, copies);
      companions.took(before, taken, learner.envs, rewards);
      normalizers.scale(rewards, learner.envs);
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
      }
      keepNext(t);
    }
    networks.values(criticSeen.rows, perMember, value);
    nextValues.give(networks, nextValue);
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
   * Within an episode V(s_{t+1}) is the next step's value; only where an episode was cut off, and
   * after the last step, one more is needed.
   */
  private void keepNext(int t) {
    boolean[] cutOff = learner.envs.truncated();
    boolean isLast = t == steps - 1;
    boolean isNeeded = isLast;
    for (boolean each : cutOff) {
      isNeeded |= each;
    }
    if (!isNeeded) {
      return;
    }
    float[] next = criticSeen.ahead(normalizers.normalize(learner.envs.nextObservations()));
    for (int copy = 0; copy < cutOff.length; copy++) {
      if (isLast || cutOff[copy]) {
        nextValues.add(next, copy, copy * steps + t);
      }
    }
  }

  /**
   * Takes every episode that was cut off for one whose task ended, so that nothing is bootstrapped
   * there.
   */
  void endTasksWithEpisodes() {
    System.arraycopy(ended, 0, terminated, 0, rows);
  }

  /** What a network says now of everything that was seen, {@code (rows, outputs)}. */
  public float[] predict(Network asked) {
    float[] said = new float[rows * asked.width()];
    asked.predict(seenBy(asked).rows, perMember, Rows.PER_MEMBER, said);
    if (!networks.isCritic(asked)) {
      mask(said, asked.width());
    }
    return said;
  }

  /** Takes what the network says now for what it said when it played. */
  public void refresh() {
    networks.follow();
    networks.act(seen.rows, perMember, outputs);
    mask(outputs, width);
  }

  /** Masks what a network says of all rows, {@code (rows, columns)}. */
  private void mask(float[] said, int columns) {
    mask.ifPresent(
        absent -> {
          for (int row = 0; row < rows; row++) {
            absent.apply(said, row * columns, row);
          }
        });
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

  /** What is learned of a minibatch. */
  @FunctionalInterface
  public interface Loss {
    /** Adds a member's gradient. */
    void of(Minibatch batch);
  }

  /** One pass over the rollout, with one step size for all members. */
  public void pass(Session session, int batch, Descent descent, double learningRate, Loss loss) {
    double[] same = new double[learner.members];
    Arrays.fill(same, learningRate);
    pass(session, batch, descent, same, loss);
  }

  /**
   * One pass over the rollout, in minibatches whose order is each member's own.
   *
   * @param batch rows of a member in a minibatch; it divides {@link #perMember}
   * @param descent of the network that is improved
   * @param learningRates step size of each member, {@code (members)}; the loss may change them
   * @param loss gives the gradient of each member's minibatch; companions add theirs to that of a
   *     network that acts
   */
  public void pass(Session session, int batch, Descent descent, double[] learningRates, Loss loss) {
    Network improved = descent.network();
    float[] shown = seenBy(improved).rows;
    int members = learner.members;
    int inputs = improved.inputs();
    int columns = improved.width();
    int[][] order = new int[members][perMember];
    int[] chosen = new int[members * batch];
    float[] batchObs = new float[members * batch * inputs];
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
        System.arraycopy(shown, row * inputs, batchObs, i * inputs, inputs);
      }
      improved.forward(batchObs, batch, Rows.PER_MEMBER, out);
      if (mask.isPresent() && !networks.isCritic(improved)) {
        for (int i = 0; i < chosen.length; i++) {
          mask.get().apply(out, i * columns, chosen[i]);
        }
      }
      Arrays.fill(gradient, 0);
      for (int member = 0; member < members; member++) {
        loss.of(new Minibatch(this, member, batch, columns, chosen, out, gradient));
      }
      if (!networks.isCritic(improved)) {
        companions.learn(lesson(batch, columns, chosen, out, gradient));
      }
      descent.step(gradient, learningRates, learner.step);
    }
  }

  private LearningBatch lesson(
      int batch, int columns, int[] chosen, float[] out, float[] gradient) {
    return new LearningBatch(
        learner.step,
        chosen.length,
        batch,
        new float[0],
        new float[0],
        chosen,
        new double[0],
        out,
        columns,
        gradient);
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
