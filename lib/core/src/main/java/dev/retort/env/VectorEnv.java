package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.figure.Numbers;
import dev.retort.random.RandomStream;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Many copies of one environment, stepped together over flat arrays, each with its own stream of
 * random numbers.
 *
 * <p>A copy whose episode ends is reset at once. {@link #observations()} then holds the first
 * observation of the next episode, which the agent acts on, while {@link #nextObservations()} keeps
 * the true final observation, which a learner bootstraps from.
 *
 * <p>A {@link Prologue} may begin each episode with hidden steps: what a copy shows after its reset
 * is then where they led. They count neither to the episode's length nor to its return, but {@link
 * #hiddenSteps(int)} tells how many there were.
 *
 * <p>Where a step is dear, copies are dealt to cores; see {@link Dealing}. No bit of any result
 * depends on it, and of several copies that fail it is the first that is told of. Where a step
 * threw, the copies are not to be used any more: some have taken it, others have not.
 *
 * <pre>{@code
 * VectorEnv envs = new VectorEnv(env, 8, copy -> RandomStream.of(seed, "rollout", copy));
 * envs.reset();
 * envs.step(actions);
 * }</pre>
 */
public final class VectorEnv {
  /** So many episodes in a row that end within their hidden steps are no accident. */
  private static final int MOST_ATTEMPTS = 100_000;

  private final Copies each;
  private final int copies;
  private final int obsSize;
  private final int actionSize;
  private final int stateSize;
  private final int horizon;
  private final RandomStream[] streams;
  private final Prologue prologue;
  private final RandomStream[] prologueStreams;
  private final int[] opening;
  private final long[] hidden;
  private final double[][] states;
  private final double[][] finalStates;
  private final long[] finalStreams;
  private final int[] steps;
  private final double[] returns;
  private final float[] observations;
  private final float[] nextObservations;
  private final float[] rewards;
  private final boolean[] terminated;
  private final boolean[] truncated;
  private final double[] episodeReturns;
  private final int[] episodeLengths;
  private final boolean[] all;
  private final Stretches stretches;
  private final Stretch whole;

  /** Gives each copy its stream. */
  @FunctionalInterface
  public interface StreamOfCopy {
    /** The stream of one copy. */
    RandomStream of(int copy);
  }

  /** Gives each copy its environment. */
  @FunctionalInterface
  public interface EnvOfCopy {
    /** The environment of one copy; all of them have the same spaces, states and horizon. */
    Env of(int copy);
  }

  /** Says which episode a copy plays, for messages. */
  @FunctionalInterface
  public interface NameOfEpisode {
    /** The name of the {@code episode}-th episode of one copy, such as {@code episode 3}. */
    String of(int copy, long episode);
  }

  /**
   * Prepares the copies; {@link #reset()} begins their first episodes.
   *
   * @param env what to copy
   * @param copies how many
   * @param streams the stream of each copy
   */
  public VectorEnv(Env env, int copies, StreamOfCopy streams) {
    this(copy -> env, copies, streams, Prologue.NONE, copy -> RandomStream.at(0));
  }

  /**
   * Prepares copies whose episodes begin with hidden steps.
   *
   * @param tasks the environment of each copy
   * @param copies how many
   * @param streams the stream of each copy
   * @param prologue the hidden steps of every episode
   * @param prologueStreams the stream of each copy for them
   */
  public VectorEnv(
      EnvOfCopy tasks,
      int copies,
      StreamOfCopy streams,
      Prologue prologue,
      StreamOfCopy prologueStreams) {
    this.each = new Copies(tasks, copies);
    this.copies = copies;
    this.obsSize = each.said().observations().size();
    this.actionSize = each.said().actions().size();
    this.stateSize = each.said().stateSize();
    this.horizon = each.said().horizon();
    this.streams = new RandomStream[copies];
    Arrays.setAll(this.streams, streams::of);
    this.prologue = prologue;
    this.prologueStreams = new RandomStream[copies];
    Arrays.setAll(this.prologueStreams, prologueStreams::of);
    this.opening = new int[copies];
    this.hidden = new long[copies];
    this.states = new double[copies][stateSize];
    this.finalStates = new double[copies][stateSize];
    this.finalStreams = new long[copies];
    this.steps = each.steps;
    this.returns = new double[copies];
    this.observations = new float[copies * obsSize];
    this.nextObservations = new float[copies * obsSize];
    this.rewards = new float[copies];
    this.terminated = new boolean[copies];
    this.truncated = new boolean[copies];
    this.episodeReturns = new double[copies];
    this.episodeLengths = new int[copies];
    this.all = new boolean[copies];
    Arrays.fill(all, true);
    this.stretches = new Stretches(copies, obsSize, actionSize, areApart(this.streams));
    this.whole = stretches.whole();
  }

  private static boolean areApart(RandomStream[] streams) {
    Set<RandomStream> different = Collections.newSetFromMap(new IdentityHashMap<>());
    return Arrays.stream(streams).allMatch(different::add);
  }

  /** Says when copies are dealt to cores; {@link Dealing#WHERE_DEAR} unless said. */
  public VectorEnv dealing(Dealing when) {
    stretches.dealing(when);
    return this;
  }

  /** Says how messages call the episodes; {@code episode 3} of {@code copy 2} unless said. */
  public VectorEnv naming(NameOfEpisode other) {
    each.naming(other);
    return this;
  }

  /** Where a copy is, for messages: which episode, and how many steps after its reset. */
  public String place(int copy) {
    return each.place(copy);
  }

  /** Begins a new episode in every copy. */
  public void reset() {
    for (int copy = 0; copy < copies; copy++) {
      reset(copy);
    }
  }

  /** Begins a new episode in one copy. */
  public void reset(int copy) {
    begin(copy, whole);
  }

  /** Begins an episode of one context in one copy. */
  public void reset(int copy, int context) {
    Runnable reset = () -> each.reset(copy, context, states[copy], streams[copy]);
    begin(copy, whole, reset);
  }

  /**
   * Steps every copy, and resets those whose episode ended.
   *
   * @param actions {@code (copies, actionSize)}
   */
  public void step(float[] actions) {
    step(actions, all);
  }

  /**
   * Steps some of the copies, and resets those whose episode ended; the others stay where they are,
   * without a reward.
   *
   * @param actions {@code (copies, actionSize)}
   * @param playing which copies take a step, {@code (copies)}
   */
  public void step(float[] actions, boolean[] playing) {
    if (actions.length != copies * actionSize) {
      throw new RetortException(
          "vector environment: expected %s actions of %s numbers (%s), got %s numbers in all."
              .formatted(copies, actionSize, each.said().name(), actions.length));
    }
    each.requireDone(actions);
    each.prepare(states, actions, playing);
    if (stretches.areWhole()) {
      take(whole, actions, playing);
    } else {
      stretches.round(stretch -> take(stretch, actions, playing));
    }
    each.requireSeen(nextObservations, 0, copies, whole.isFinite);
    if (whole.over == 0) {
      return;
    }
    if (prologue == Prologue.NONE) {
      stretches.each(this::renew);
    } else {
      stretches.inTurn(this::renew); // whoever acts in it acts for one copy at a time
    }
  }

  private void take(Stretch stretch, float[] actions, boolean[] playing) {
    float[] action = stretch.action;
    float[] observation = stretch.observation;
    int over = 0;
    boolean isFinite = true;
    for (int copy = stretch.from; copy < stretch.to; copy++) {
      if (!playing[copy]) {
        rewards[copy] = 0;
        terminated[copy] = false;
        truncated[copy] = false;
        continue;
      }
      Shown.copy(actions, copy * actionSize, action);
      over += take(copy, action, observation) ? 1 : 0;
      isFinite &= Shown.show(observation, nextObservations, observations, copy * obsSize);
    }
    stretch.over = over;
    stretch.isFinite = isFinite;
  }

  /** Begins new episodes where they ended. */
  private void renew(Stretch stretch) {
    for (int copy = stretch.from; stretch.over > 0 && copy < stretch.to; copy++) {
      if (ended(copy)) {
        stretch.over--;
        System.arraycopy(states[copy], 0, finalStates[copy], 0, stateSize);
        finalStreams[copy] = streams[copy].state();
        each.tasks.end(copy);
        episodeReturns[copy] = returns[copy];
        episodeLengths[copy] = steps[copy] - opening[copy];
        begin(copy, stretch);
      }
    }
  }

  /** Takes a step; whether the episode ended. */
  private boolean take(int copy, float[] action, float[] observation) {
    double reward = each.step(copy, states[copy], action, streams[copy], observation);
    rewards[copy] = (float) reward;
    returns[copy] += reward;
    if (steps[copy] == opening[copy] + 1) {
      carry(copy);
    }
    boolean over = each.over[copy];
    boolean late = !over && steps[copy] >= horizon;
    terminated[copy] = over;
    truncated[copy] = late;
    return over || late;
  }

  /** Lets both rows of a copy hold what it shows, as {@link Shown} wants it. */
  private void carry(int copy) {
    System.arraycopy(observations, copy * obsSize, nextObservations, copy * obsSize, obsSize);
  }

  private void begin(int copy, Stretch stretch) {
    begin(copy, stretch, () -> each.reset(copy, states[copy], streams[copy]));
  }

  private void begin(int copy, Stretch stretch, Runnable reset) {
    each.episodes[copy]++;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      reset.run();
      each.requireBegun(copy, states[copy]);
      show(copy, stretch.observation);
      if (hide(copy, stretch)) {
        returns[copy] = 0;
        return;
      }
    }
    throw new RetortException(
        "vector environment: expected an episode of %s that outlasts its hidden steps, got %s that did not. Take fewer hidden steps."
            .formatted(each.said().name(), Numbers.count(MOST_ATTEMPTS)));
  }

  /** Observes a copy, and shows what it is seen in. */
  private void show(int copy, float[] observation) {
    each.observe(copy, states[copy], observation);
    showSeen(copy, observation);
  }

  private void showSeen(int copy, float[] observation) {
    System.arraycopy(observation, 0, observations, copy * obsSize, obsSize);
    each.requireSeen(observations, copy, copy + 1);
  }

  /** Takes the hidden steps of an episode; whether it still goes on after them. */
  private boolean hide(int copy, Stretch stretch) {
    RandomStream random = prologueStreams[copy];
    opening[copy] = prologue.steps(each.episodes[copy], random);
    while (steps[copy] < opening[copy]) {
      prologue.act(stretch.observation, random, stretch.action, () -> place(copy));
      each.step(copy, states[copy], stretch.action, streams[copy], stretch.observation);
      hidden[copy]++;
      if (each.over[copy] || steps[copy] >= horizon) {
        return false;
      }
      showSeen(copy, stretch.observation);
    }
    return true;
  }

  /** What is being copied; where every copy has its own environment, the first. */
  public Env env() {
    return each.env();
  }

  /** How many copies there are. */
  public int copies() {
    return copies;
  }

  /** What each agent acts on next, {@code (copies, obsSize)}; live, not to be changed. */
  public float[] observations() {
    return observations;
  }

  /** Where the last step led before any reset, {@code (copies, obsSize)}; live. */
  public float[] nextObservations() {
    return nextObservations;
  }

  /** Rewards of the last step, {@code (copies)}; live. */
  public float[] rewards() {
    return rewards;
  }

  /** Whether the last step ended the task, {@code (copies)}; live. */
  public boolean[] terminated() {
    return terminated;
  }

  /** Whether the last step reached the horizon with the task still open, {@code (copies)}; live. */
  public boolean[] truncated() {
    return truncated;
  }

  /** Whether the last step ended a copy's episode, either way. */
  public boolean ended(int copy) {
    return terminated[copy] || truncated[copy];
  }

  /** Whether a copy has taken no step of its episode yet, but perhaps hidden ones. */
  public boolean isFresh(int copy) {
    return steps[copy] == opening[copy];
  }

  /** The episode that a copy took its last step in, counted from 0. */
  public int episode(int copy) {
    return (int) each.episodes[copy] - (ended(copy) ? 1 : 0);
  }

  /**
   * The context of that episode, from 0; 0 in an environment that is no family, and −1 where it is
   * not known, since the family draws contexts in a way of its own.
   */
  public int task(int copy) {
    return each.tasks.of(copy, ended(copy));
  }

  /** How many steps that episode has by now, or had when it ended. */
  public int taken(int copy) {
    return ended(copy) ? episodeLengths[copy] : steps[copy] - opening[copy];
  }

  /** The undiscounted return of the episode that a copy ended last; see {@link #ended(int)}. */
  public double episodeReturn(int copy) {
    return episodeReturns[copy];
  }

  /** The undiscounted return of the episode that a copy is in, so far. */
  public double returnSoFar(int copy) {
    return returns[copy];
  }

  /** The length in steps of the episode that a copy ended last. */
  public int episodeLength(int copy) {
    return episodeLengths[copy];
  }

  /** How many hidden steps a copy has taken since it was made. */
  public long hiddenSteps(int copy) {
    return hidden[copy];
  }

  /** The state of one copy, {@code (stateSize)}; live, not to be changed. */
  public double[] state(int copy) {
    return states[copy];
  }

  /** The state in which a copy's last episode ended, {@code (stateSize)}; live. */
  public double[] finalState(int copy) {
    return finalStates[copy];
  }

  /** Where a copy's stream of random numbers stood when its last episode ended. */
  public long finalStream(int copy) {
    return finalStreams[copy];
  }

  /** All that is needed to go on later: states, returns so far, step counts and streams. */
  public Tensors save() {
    double[] flat = new double[copies * stateSize];
    long[] positions = new long[copies];
    long[] prologuePositions = new long[copies];
    for (int copy = 0; copy < copies; copy++) {
      System.arraycopy(states[copy], 0, flat, copy * stateSize, stateSize);
      positions[copy] = streams[copy].state();
      prologuePositions[copy] = prologueStreams[copy].state();
    }
    return new Tensors()
        .put("states", flat, copies, stateSize)
        .put("returns", returns.clone())
        .put("steps", steps.clone())
        .put("streams", positions)
        .put("prologueStreams", prologuePositions)
        .put("opening", opening.clone())
        .put("hidden", hidden.clone())
        .put("episodes", each.episodes.clone())
        .putAll("tasks", each.tasks.save());
  }

  /** Goes on from what {@link #save()} gave. */
  public void restore(Tensors saved) {
    double[] flat = saved.doubles("states");
    if (flat.length != copies * stateSize) {
      throw new RetortException(
          "vector environment: expected %s copies of a state of %s numbers (%s), got %s numbers in all. Resume with the same environment."
              .formatted(copies, stateSize, each.said().name(), flat.length));
    }
    for (int copy = 0; copy < copies; copy++) {
      System.arraycopy(flat, copy * stateSize, states[copy], 0, stateSize);
      returns[copy] = saved.doubles("returns")[copy];
      steps[copy] = saved.ints("steps")[copy];
      streams[copy].restore(saved.longs("streams")[copy]);
      if (saved.has("hidden")) { // checkpoints of before had no hidden steps
        prologueStreams[copy].restore(saved.longs("prologueStreams")[copy]);
        opening[copy] = saved.ints("opening")[copy];
        hidden[copy] = saved.longs("hidden")[copy];
      }
      if (saved.has("episodes")) {
        each.episodes[copy] = saved.longs("episodes")[copy];
      }
      show(copy, whole.observation);
      carry(copy);
    }
    each.tasks.restore(saved.part("tasks"));
  }
}
