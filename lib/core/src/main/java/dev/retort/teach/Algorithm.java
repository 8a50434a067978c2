package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.nn.Groups;
import dev.retort.option.Inner;
import dev.retort.option.Option;
import dev.retort.option.Settings;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.List;
import java.util.Optional;

/**
 * A way to train teachers, with its settings: an immutable value.
 *
 * <p>An algorithm of your own is a record that implements {@link Accompanied}, where it trains
 * networks, or {@link Evaluated}: its options, and a {@link Learner} that does one round of its
 * loop. {@code register} makes it known by its name.
 */
public interface Algorithm {
  /** The algorithm's name as the field writes it, such as {@code PPO}. */
  String name();

  /** What is set. */
  Settings settings();

  /** The same algorithm with other settings. */
  @Inner
  Algorithm with(Settings settings);

  /** What the algorithm learns with beside its settings, such as a prior; kept with the run. */
  @Inner
  default Tensors inputs() {
    return new Tensors();
  }

  /** The same algorithm with what {@link #inputs()} gave. */
  @Inner
  default Algorithm withInputs(Tensors inputs) {
    return this;
  }

  /** What to say of what guides the training in an environment; mostly nothing. */
  @Inner
  default List<String> cautions(Env env) {
    return List.of();
  }

  /** What its steps are, as cards of runs call them. */
  @Inner
  default String unit() {
    return "environment steps";
  }

  /** Environment steps of each member. */
  long steps();

  /** The same algorithm with so many environment steps of each member. */
  Algorithm steps(long steps);

  /**
   * What learns for the members of one group, at their beginning.
   *
   * @param seeds one a member; equal seeds give equal members
   */
  @Inner
  Learner learner(Env env, long[] seeds);

  /** Sizes of the groups in which so many members are dealt to cores. */
  @Inner
  default int[] groups(int members) {
    return Groups.of(members);
  }

  /**
   * Trains one policy a seed, all as one population.
   *
   * @param env what to learn
   * @param seeds one a member; equal seeds give equal members
   * @param session where to go on from, when to stop, where to record; its curve may have the
   *     columns {@code return} and {@code length}, means over the episodes that a member ended
   *     since its last row, and {@code episodes}, how many these were
   * @return the trained policies in the order of the seeds
   */
  @Inner
  default List<Policy> train(Env env, long[] seeds, Session session) {
    return TrainingLoop.train(this, env, seeds, session);
  }

  /** The columns of a training's curve. */
  @Inner
  default String[] columns() {
    return get(Evaluated.EVALUATE_EVERY) == 0
        ? new String[] {"return", "length", "episodes"}
        : new String[] {"return", "length", "episodes", "evaluation"};
  }

  /** What the training of networks amounts to, for estimates; empty where there are none. */
  @Inner
  default Optional<Budget> budget(Env env) {
    return Optional.empty();
  }

  /** Refuses an environment that the algorithm cannot learn. */
  @Inner
  default void require(Env env) {}

  /** All algorithms that are known, at their defaults. */
  static List<Algorithm> all() {
    return Algorithms.all();
  }

  /** The algorithm of that name at its defaults, with or without hyphens, in any case. */
  static Algorithm of(String name) {
    return Algorithms.of(name);
  }

  /** The same algorithm with one option changed, given as text: the door for flags and files. */
  default Algorithm set(String option, String value) {
    return with(settings().parse(option, value));
  }

  /** The value of an option; one of another algorithm is refused. */
  @Inner
  default <T> T get(Option<T> option) {
    return settings().get(option);
  }
}
