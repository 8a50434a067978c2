package dev.retort.env;

import dev.retort.random.RandomStream;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An environment around another one. The inner one's state comes first in the array, what the
 * wrapper remembers comes behind it; everything that a wrapper leaves alone is the inner one's.
 */
sealed interface Wrapper extends Env
    permits TimeLimit,
        FrameStack,
        ActionRepeat,
        StickyActions,
        Beside,
        SingleTask,
        EachTask,
        OneHot {
  /** What is wrapped. */
  Env inner();

  /** The same wrapper around another environment. */
  Env around(Env other);

  /** What the wrapper does, as a part of the name, such as {@code frameStack-4}. */
  String segment();

  @Override
  default String name() {
    return inner().name() + "/" + segment();
  }

  @Override
  default String title() {
    return inner().title() + "/" + segment();
  }

  @Override
  default Map<String, Double> drawn(int context) {
    return inner().drawn(context);
  }

  @Override
  default Space observations() {
    return inner().observations();
  }

  @Override
  default Space actions() {
    return inner().actions();
  }

  @Override
  default int horizon() {
    return inner().horizon();
  }

  @Override
  default int stateSize() {
    return inner().stateSize();
  }

  @Override
  default void reset(double[] state, RandomStream random) {
    inner().reset(state, random);
    begin(state);
  }

  @Override
  default void reset(int context, double[] state, RandomStream random) {
    inner().reset(context, state, random);
    begin(state);
  }

  /** Writes what the wrapper remembers, behind the inner state of a new episode. */
  default void begin(double[] state) {}

  @Override
  default double step(double[] state, float[] action, RandomStream random) {
    return inner().step(state, action, random);
  }

  @Override
  default void prepare(double[][] states, float[] values, boolean[] playing) {
    inner().prepare(states, values, playing);
  }

  @Override
  default boolean terminated(double[] state) {
    return inner().terminated(state);
  }

  @Override
  default void observe(double[] state, float[] observation) {
    inner().observe(state, observation);
  }

  @Override
  default List<String> measures() {
    return inner().measures();
  }

  @Override
  default void measure(double[] state, double[] measured) {
    inner().measure(state, measured);
  }

  @Override
  default boolean isLowerBetter(String measure) {
    return inner().isLowerBetter(measure);
  }

  @Override
  default int shortestPath(double[] state) {
    return inner().shortestPath(state);
  }

  @Override
  default double potential(float[] observation, int at) {
    return inner().potential(observation, at);
  }

  @Override
  default int contexts() {
    return inner().contexts();
  }

  @Override
  default Env ofSeed(long seed) {
    Env own = inner().ofSeed(seed);
    return own == inner() ? this : around(own);
  }

  @Override
  default Env split(Split split, int count) {
    return around(inner().split(split, count));
  }

  @Override
  default Env narrowed(String part, int count) {
    return around(inner().narrowed(part, count));
  }

  /** Limits stay innermost, so that every wrapper knows how long an episode may be. */
  @Override
  default Env timeLimit(int steps) {
    return around(inner().timeLimit(steps));
  }

  @Override
  default Map<String, Double> parameters() {
    return inner().parameters();
  }

  @Override
  default Env with(String parameter, double value) {
    return around(inner().with(parameter, value));
  }

  @Override
  default Env withParameters(double... values) {
    return around(inner().withParameters(values));
  }

  /** Agreed thresholds are for the task as published; a changed task has none. */
  @Override
  default OptionalDouble solvedAt() {
    return OptionalDouble.empty();
  }

  @Override
  default Optional<Grid> grid() {
    return inner().grid();
  }

  @Override
  default List<Sign> legend() {
    return inner().legend();
  }

  @Override
  default double aspect() {
    return inner().aspect();
  }

  @Override
  default void draw(double[] state, Graphics2D canvas, int width, int height) {
    inner().draw(state, canvas, width, height);
  }
}
