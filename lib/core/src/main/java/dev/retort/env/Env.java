package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.code.Imprint;
import dev.retort.option.Given;
import dev.retort.random.RandomStream;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A Markov decision process as a set of functions over an explicit state.
 *
 * <p>An environment is a value and holds no simulation. The state is an array of {@link
 * #stateSize()} doubles owned by the caller; everything that decides the future lies in it, so the
 * same state, action and stream give the same result, on several threads at once too.
 *
 * <p>A {@link VectorEnv} makes use of that where a step is dear, and a population always. Calls on
 * one state never overlap and each is made from beginning to end by one thread, but calls on other
 * states are made at the same time, of the same environment, and the next call on a state may come
 * from another thread. A field that is written to is therefore shared by all copies: what a call
 * works in is made anew by it, or kept in a {@link Scratch}, which every thread has for itself.
 */
public interface Env {
  /** Part of what is seen in which {@link #lastAction()} shows the action of the step before. */
  String LAST_ACTION = "lastAction";

  /** Part of what is seen in which {@link #lastReward()} shows the reward of the step before. */
  String LAST_REWARD = "lastReward";

  /** The measure that is 1 where an episode ended as it should, and 0 where it failed. */
  String SUCCESS = "success";

  /**
   * The measure of the steps of an episode that ended as it should; NaN of others. An environment
   * that names it behind {@link #SUCCESS} leaves the counting to those who play.
   */
  String STEPS_TO_SUCCESS = "steps to success";

  /**
   * The measure of how many times as long as {@link #shortestPath} an episode was that ended as it
   * should; NaN of others. It is counted as {@link #STEPS_TO_SUCCESS} is.
   */
  String LENGTH_RATIO = "length ratio";

  /**
   * The name under which the environment is known; a class's simple name unless said otherwise, and
   * that of what it extends where the class has none.
   */
  default String name() {
    return Imprint.nameOf(getClass());
  }

  /** What an agent sees. */
  Space observations();

  /** What an agent may do. */
  Space actions();

  /** After how many steps an episode is truncated. */
  int horizon();

  /** How many doubles a state takes. */
  int stateSize();

  /**
   * Begins an episode.
   *
   * @param state receives the initial state, {@code (stateSize)}, in which the task is not over;
   *     its old content has no meaning. Here as everywhere the array may be longer: what lies
   *     beyond belongs to others
   * @param random where all chance of the beginning comes from
   */
  void reset(double[] state, RandomStream random);

  /**
   * Takes one step.
   *
   * @param state the state, {@code (stateSize)}, replaced by the next one
   * @param action the action, {@code (actions().size())}; not changed
   * @param random where all chance of the transition comes from
   * @return the reward
   */
  double step(double[] state, float[] action, RandomStream random);

  /**
   * Is told which steps are about to be taken, for an environment to which several at once are
   * cheaper than one by one. It may do nothing, and nothing follows from it: each step is then
   * taken by {@link #step}.
   *
   * @param states one a copy, {@code (copies, stateSize)}; not changed
   * @param values the actions of all copies, {@code (copies, actions().size())}; not changed
   * @param playing which copies take a step, {@code (copies)}
   */
  default void prepare(double[][] states, float[] values, boolean[] playing) {}

  /** Whether the task is over in this state, so that no reward can follow. */
  boolean terminated(double[] state);

  /**
   * Writes what an agent sees in a state.
   *
   * @param state the state, {@code (stateSize)}; not changed
   * @param observation receives the observation, {@code (observations().size())}; every entry is
   *     written
   */
  void observe(double[] state, float[] observation);

  /**
   * Measures of an episode beside its return, by name; {@link #SUCCESS} is the one of which tables
   * show the share of failures. An evaluation leads with any of them: {@code by("success")}.
   */
  default List<String> measures() {
    return List.of();
  }

  /**
   * Measures an episode by the state in which it ended.
   *
   * @param state the last state, {@code (stateSize)}; not changed
   * @param measured receives a number for each of {@link #measures()}, in their order; of {@code
   *     success} 1 or 0, NaN where this episode has no such value
   */
  default void measure(double[] state, double[] measured) {}

  /** Whether less of a measure is better, as of errors, and of steps that a success took. */
  default boolean isLowerBetter(String measure) {
    String known = Given.given(name(), "the name of a measure", measure);
    return known.equals(STEPS_TO_SUCCESS) || known.equals(LENGTH_RATIO);
  }

  /**
   * The fewest steps from a state to success, where every step leads where it is meant to; -1 where
   * nobody knows.
   *
   * @param state the state, {@code (stateSize)}; not changed
   */
  default int shortestPath(double[] state) {
    return -1;
  }

  /**
   * Potential Φ of what is seen, for {@code shaping(1)}: higher where the task is nearer to its
   * end. NaN where nobody has written one down. It may use nothing but what the agent sees.
   *
   * @param observation holds the observation from {@code at} on; not changed
   */
  default double potential(float[] observation, int at) {
    return Double.NaN;
  }

  /**
   * How many contexts (tasks of one family) the environment draws from: 1 where there is no choice,
   * and {@code Integer.MAX_VALUE} where the family is not narrowed to a finite set.
   */
  default int contexts() {
    return 1;
  }

  /**
   * Begins an episode in one given context.
   *
   * @param context which, from 0 to {@code contexts() - 1}
   * @param state receives the initial state, {@code (stateSize)}
   * @param random where all other chance of the beginning comes from
   */
  default void reset(int context, double[] state, RandomStream random) {
    reset(state, random);
  }

  /**
   * Every way in which an episode of one context may begin; empty where these are not finitely many
   * or nobody has written them down.
   *
   * @param context which, from 0 to {@code contexts() - 1}; all contexts are equally likely
   */
  default List<Outcome> beginnings(int context) {
    return List.of();
  }

  /**
   * Every way in which a step may turn out: what {@link #step} draws from. Empty where these are
   * not finitely many or nobody has written them down.
   *
   * @param state where the step is taken, {@code (stateSize)}; not changed, not terminated
   * @param choice one of the discrete actions
   */
  default List<Outcome> outcomes(double[] state, int choice) {
    return List.of();
  }

  /**
   * The same family narrowed to a fixed set of contexts. Sets of different splits are disjoint,
   * sets of one split are prefixes of each other, and both are the same in every process.
   *
   * @param split train, validation or test
   * @param count how many contexts
   */
  default Env split(Split split, int count) {
    throw Environments.single(
        this, Given.given(name(), "a part such as TRAIN", split).name(), count);
  }

  /**
   * The same family narrowed to a part by its name: {@code train}, {@code validation} or {@code
   * test}, and whatever other parts a family knows.
   *
   * @param part the name, upper and lower case alike
   * @param count how many contexts
   */
  default Env narrowed(String part, int count) {
    Given.given(name(), "the name of a part", part);
    for (Split split : Split.values()) {
      if (split.name().equalsIgnoreCase(part)) {
        return split(split, count);
      }
    }
    throw new UnknownNameException("part of " + name(), part, Split.names());
  }

  /** The same family narrowed to {@code count} training contexts. */
  default Env train(int count) {
    return split(Split.TRAIN, count);
  }

  /** The same family narrowed to {@code count} validation contexts. */
  default Env validation(int count) {
    return split(Split.VALIDATION, count);
  }

  /** The same family narrowed to {@code count} test contexts. */
  default Env test(int count) {
    return split(Split.TEST, count);
  }

  /** One task of the family, as an environment of its own. */
  default Env task(int context) {
    return new SingleTask(this, context);
  }

  /**
   * The same family, of which every seed of a training learns one task: seed {@code s} learns task
   * {@code s} modulo their number. Sixty seeds on twenty tasks are three seeds a task.
   */
  default Env eachTask() {
    return new EachTask(this);
  }

  /** What one seed of a training learns; this, unless seeds have tasks of their own. */
  default Env ofSeed(long seed) {
    return this;
  }

  /**
   * The family of tasks in which a parameter is drawn uniformly for every context. Vary several
   * parameters one after the other.
   *
   * @param parameter one of {@link #parameters()}, on which only the dynamics depend
   * @param low the smallest value
   * @param high the largest value
   */
  default Family varying(String parameter, double low, double high) {
    return Family.of(this, parameter, low, high);
  }

  /** The same environment, truncated after so many steps, fewer or more than it was. */
  default Env timeLimit(int steps) {
    return new TimeLimit(this, steps);
  }

  /**
   * The same environment, showing its last observations one behind the other along the first axis,
   * the oldest first: {@code (n)} becomes {@code (frames · n)}, {@code (channels, height, width)}
   * becomes {@code (frames · channels, height, width)}. The first observation of an episode stands
   * for those that are not there yet.
   *
   * <p>Volodymyr Mnih and others, "Human-level control through deep reinforcement learning", 2015.
   */
  default Env frameStack(int frames) {
    return new FrameStack(this, frames);
  }

  /**
   * The same environment, showing a choice such as the number of a cell as so many numbers, a 1
   * among zeros: networks tell numbers apart that are far from each other, and cells are not.
   */
  default Env oneHot() {
    return new OneHot(this);
  }

  /**
   * The same environment, taking every action so many times and adding the rewards up; a repeat
   * ends early where the episode does. The horizon counts repeats.
   */
  default Env actionRepeat(int times) {
    return new ActionRepeat(this, times);
  }

  /**
   * The same environment, taking the last action again instead of the new one with this chance,
   * which defeats memorized sequences.
   *
   * <p>Marlos C. Machado and others, "Revisiting the Arcade Learning Environment", 2018, arXiv
   * 1709.06009, who use 0.25.
   */
  default Env stickyActions(double chance) {
    return new StickyActions(this, chance);
  }

  /**
   * The same environment, showing the action of the step before beside what is seen, as the part
   * {@code lastAction}: its numbers, and a choice as a 1 among zeros; zeros at the first step. What
   * is not a group becomes the part {@code observation}. Where every part of the actions is that of
   * an agent with a part of the observations, each agent's own stands in its part, and nobody sees
   * what others did.
   *
   * <p>It is the action that this environment was given, so that {@code
   * lastAction().stickyActions(0.25)} shows what was done, and {@code
   * stickyActions(0.25).lastAction()} what was wanted.
   */
  default Env lastAction() {
    return new LastAction(this);
  }

  /**
   * The same environment, showing the reward of the step before beside what is seen, as the part
   * {@code lastReward}; 0 at the first step. Of agents each sees it in its own part: all of them
   * are told what the team was rewarded with.
   */
  default Env lastReward() {
    return new LastReward(this);
  }

  /**
   * What cards, tables and films call it: its name, and of a task that was drawn the parameters
   * that were drawn for it.
   */
  default String title() {
    return name();
  }

  /** The parameters that were drawn for a context, by name; empty where none are drawn. */
  default Map<String, Double> drawn(int context) {
    return Map.of();
  }

  /** The numbers that set the dynamics, by name, in their units; empty where nothing can be set. */
  default Map<String, Double> parameters() {
    return Map.of();
  }

  /**
   * The same environment with one parameter changed; unknown names are refused with the nearest
   * one.
   */
  default Env with(String parameter, double value) {
    throw new RetortException(
        "%s: expected one of its parameters %s, got '%s'."
            .formatted(name(), parameters().keySet(), parameter));
  }

  /**
   * The same environment with all parameters given, which is what drawing one task of many takes;
   * the built-in ones do it without looking names up.
   *
   * @param values in the order of {@link #parameters()}
   */
  default Env withParameters(double... values) {
    Env changed = this;
    int next = 0;
    for (String parameter : parameters().keySet()) {
      changed = changed.with(parameter, values[next++]);
    }
    return changed;
  }

  /** Others that are to be known beside this one, such as the published members of a family. */
  default List<Env> variants() {
    return List.of();
  }

  /** The return from which the task counts as solved, where the field has agreed on one. */
  default OptionalDouble solvedAt() {
    return OptionalDouble.empty();
  }

  /** The grid that the task takes place in, for maps of it; empty where there is none. */
  default Optional<Grid> grid() {
    return Optional.empty();
  }

  /** What the colors and shapes of {@link #draw} stand for; films show it below their pictures. */
  default List<Sign> legend() {
    return List.of();
  }

  /** The shape of a good picture, width divided by height. */
  default double aspect() {
    return 1;
  }

  /**
   * Draws a state for a person to look at; the plain drawing shows the observation as bars.
   *
   * <p>The canvas measures in pixels, x to the right and <em>y downwards</em>, (0, 0) is its upper
   * left corner, and what lies outside of it is cut. The size is not known before, so a drawing
   * scales its units to it: {@code width / 2.4} pixels a meter for a track of 2.4 m. What is drawn
   * later lies above what was drawn before; nothing stays from one state to the next.
   *
   * @param state the state, {@code (stateSize)}; not changed
   * @param canvas where to draw, from (0, 0); anti-aliasing is on and the background is painted
   * @param width the canvas's width in pixels
   * @param height the canvas's height in pixels
   */
  default void draw(double[] state, Graphics2D canvas, int width, int height) {
    ObservationBars.draw(this, state, canvas, width, height);
  }
}
