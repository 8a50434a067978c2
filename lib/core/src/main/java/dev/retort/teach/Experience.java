package dev.retort.teach;

import dev.retort.distribution.Distribution;
import dev.retort.distribution.Squash;
import dev.retort.env.normalize.Normalization;
import dev.retort.guidance.Companion;
import dev.retort.guidance.Guidance;
import dev.retort.guidance.LearningBatch;
import dev.retort.nn.Network;
import dev.retort.random.RandomStreams;
import dev.retort.run.Session;
import dev.retort.space.Box;
import java.util.Arrays;
import java.util.Optional;

/**
 * A learner's own experience: it acts in one environment a member, keeps what it met in a memory,
 * and draws minibatches of it.
 *
 * <p>An action is kept as the network gives it: the number of a choice, or {@code t} between −1 and
 * 1, which is stretched to the bounds when it is taken. Normalization, bonuses, guides and teachers
 * of the algorithm have their say here.
 */
public final class Experience {
  private final Learner learner;
  private final OffPolicy<?> algorithm;
  private final Replay replay;
  private final NStep steps;
  private final Normalizers normalizers;
  private final Companion companions;
  private final RandomStreams memory;
  private final Replay.Sample sample;
  private final float[] seenBefore;
  private final Optional<Box> bounds;
  private int[] ahead = new int[0];
  private int taken;

  /**
   * An empty memory.
   *
   * @param learner whose environments and state
   * @param algorithm size of memory and minibatch, n-step returns, what accompanies the learner
   * @param distribution by which is acted
   * @param network what is guided
   * @param priority power of the error in the priority by which is drawn; empty for evenly
   */
  public Experience(
      Learner learner,
      OffPolicy<?> algorithm,
      Distribution distribution,
      Network network,
      Optional<Double> priority) {
    this.learner = learner;
    this.algorithm = algorithm;
    int members = learner.members;
    int obsSize = learner.obsSize;
    int actionSize = learner.actionSize;
    this.bounds =
        algorithm.ownActions(learner.env) instanceof Box box ? Optional.of(box) : Optional.empty();
    this.replay =
        new Replay(
            members,
            Math.min(algorithm.memory(), algorithm.steps()),
            obsSize,
            actionSize,
            priority);
    this.steps =
        new NStep(members, algorithm.nStep(), algorithm.gamma(), obsSize, actionSize, replay);
    this.memory = RandomStreams.of(learner.seeds, "memory");
    int rows = members * algorithm.batchSize();
    this.sample = new Replay.Sample(rows, obsSize, actionSize);
    learner
        .state
        .part("replay", replay::save, replay::restore)
        .part("waiting", steps::save, steps::restore)
        .longs("memory", memory::states, memory::restore);
    this.normalizers = new Normalizers(algorithm, members, 1, obsSize, learner.state);
    this.seenBefore = normalizers.isSeeing() ? new float[rows * obsSize] : sample.obs;
    this.companions =
        new Companions(
            algorithm,
            new Guidance.Learners(
                algorithm.learning(learner.env, distribution, network.blueprint()),
                Arrays.stream(learner.seeds).boxed().toList(),
                1,
                algorithm.steps(),
                learner.envs::place,
                this::replayed));
    learner.accompany(companions);
    companions.begin(network);
  }

  /** Where a row of the sample was met, as environments say where members are. */
  private String replayed(int row) {
    long seed = learner.seeds[row / algorithm.batchSize()];
    return sample.episodes[row] == Replay.UNKNOWN
        ? "seed %s, replayed at step %s".formatted(seed, learner.step)
        : "seed %s, episode %s, step %s".formatted(seed, sample.episodes[row], sample.steps[row]);
  }

  /** How members choose. */
  @FunctionalInterface
  public interface Chooser {
    /**
     * Chooses an action for every member.
     *
     * @param raw what the environment shows, {@code (members, obsSize)}
     * @param seen what the network sees, {@code (members, obsSize)}
     * @param actions receives choices, or {@code t} between −1 and 1, {@code (members, actionSize)}
     */
    void choose(float[] raw, float[] seen, float[] actions);
  }

  /** Takes steps until each member has taken so many, and remembers them. */
  public void play(Session session, long until, Chooser chooser) {
    int members = learner.members;
    float[] kept = new float[members * learner.actionSize];
    float[] taken = new float[kept.length];
    float[] before = new float[members * learner.obsSize];
    float[] rewards = new float[members];
    boolean[] guided = new boolean[members];
    for (; learner.step < until; learner.step++) {
      System.arraycopy(learner.observe(session), 0, before, 0, before.length);
      chooser.choose(before, normalizers.observe(before), kept);
      stretch(kept, taken);
      Arrays.fill(guided, false);
      companions.choose(before, taken, guided);
      shrink(taken, kept, guided);
      learner.act(taken);
      System.arraycopy(learner.envs.rewards(), 0, rewards, 0, members);
      companions.took(before, taken, learner.envs, rewards);
      normalizers.count(rewards, learner.envs);
      steps.add(before, kept, rewards, learner.envs);
    }
  }

  private void stretch(float[] kept, float[] taken) {
    if (bounds.isEmpty()) {
      System.arraycopy(kept, 0, taken, 0, kept.length);
      return;
    }
    for (int i = 0; i < kept.length; i++) {
      taken[i] = Squash.stretch(kept[i], bounds.get(), i % learner.actionSize);
    }
  }

  /** What others did is kept as if the learner had done it. */
  private void shrink(float[] taken, float[] kept, boolean[] guided) {
    for (int i = 0; i < kept.length; i++) {
      if (guided[i / learner.actionSize]) {
        kept[i] =
            bounds.isEmpty()
                ? taken[i]
                : (float) Squash.shrink(taken[i], bounds.get(), i % learner.actionSize);
      }
    }
  }

  /** Whether there is anything to learn, and to learn from. */
  public boolean isReady() {
    return learner.step >= algorithm.warmUp() && replay.isFilled() && companions.learns();
  }

  /**
   * Draws the places of minibatches to come, which {@link #draw} then gives one after the other.
   * Only an even memory knows them beforehand.
   *
   * @return places in the memory, {@code (members, count, batch)}; live
   */
  int[] drawAhead(int count) {
    int each = count * algorithm.batchSize();
    ahead = new int[learner.members * each];
    taken = 0;
    replay.draw(memory, each, ahead);
    return ahead;
  }

  /** Whether minibatches are left that were drawn ahead. */
  boolean isDrawn() {
    return taken < ahead.length;
  }

  /** The memory, for who draws ahead. */
  Replay replay() {
    return replay;
  }

  /** Normalizes observations of the memory in place, {@code (members, rows, obsSize)}. */
  void normalize(float[] remembered) {
    normalizers.apply(remembered);
  }

  /**
   * Draws a minibatch, {@code batch-size} rows a member.
   *
   * @param beta part of the bias of priorities that weights take back, from 0 to 1
   * @return live until the next call
   */
  public Replay.Sample draw(double beta) {
    if (isDrawn()) {
      takeAhead();
    } else {
      replay.sample(memory, algorithm.batchSize(), beta, sample);
    }
    if (normalizers.isSeeing()) {
      System.arraycopy(sample.obs, 0, seenBefore, 0, seenBefore.length);
    }
    normalizers.apply(sample);
    return sample;
  }

  private void takeAhead() {
    int batch = algorithm.batchSize();
    int each = ahead.length / learner.members;
    for (int member = 0; member < learner.members; member++) {
      System.arraycopy(
          ahead, member * each + taken / learner.members, sample.places, member * batch, batch);
    }
    taken += sample.places.length;
    replay.gather(sample);
  }

  /** Tells how wrong the values of the last sample were, {@code (members, batch)}. */
  public void prioritize(double[] errors) {
    replay.prioritize(sample, errors);
  }

  /**
   * Lets companions add to the gradient of a network's outputs for the last sample.
   *
   * @param targets of the values of the actions, {@code (members, batch)}
   * @param outputs of the network, {@code (members, batch, width)}
   * @param gradient with respect to them
   */
  public void guide(double[] targets, float[] outputs, int width, float[] gradient) {
    companions.learn(
        new LearningBatch(
            learner.step,
            sample.rewards.length,
            algorithm.batchSize(),
            seenBefore,
            sample.actions,
            new int[0],
            targets,
            outputs,
            width,
            gradient));
  }

  /** Companions, for what only learners of action values ask them. */
  Companion companions() {
    return companions;
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
