package dev.retort.policy;

import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * A mapping from observations to behaviour. It is immutable; {@link #actor(int)} puts it to work.
 */
public interface Policy {
  /** A short name for tables and charts. */
  String name();

  /** What it expects to see. */
  Space observations();

  /** What it does. */
  Space actions();

  /** What its outputs mean. */
  Head head();

  /** γ, by which its action values discount; empty where it gives none, or it is not known. */
  default OptionalDouble discount() {
    return OptionalDouble.empty();
  }

  /**
   * Whether it prefers no action to another, so that its actions are drawn even where everybody
   * else's preferred ones are taken.
   */
  default boolean isAlwaysDrawn() {
    return false;
  }

  /** Where it comes from: how it came about, and in which environments it is at home. */
  default Origin origin() {
    return Origin.unknown();
  }

  /** The same policy, which says where it comes from; a rule in Java stays as it is. */
  default Policy made(Origin from) {
    return this;
  }

  /** How many numbers it gives for one observation. */
  default int width() {
    return actions() instanceof Discrete discrete ? discrete.n() : actions().size();
  }

  /**
   * Prepares the computation of outputs for batches of at most {@code batch} observations; the
   * result belongs to one thread.
   */
  Forward forward(int batch);

  /** Puts the policy to work on batches of {@code batch} observations. */
  default Actor actor(int batch) {
    return new Actor(this, batch);
  }

  /**
   * Writes it to a file, complete or not at all; {@code policy(file)} and {@code %open} read it.
   * Networks, ensembles of them and tables can be written, rules in Java cannot.
   */
  default void save(Path file) {
    PolicyFile.save(this, file);
  }

  /** Computes outputs. */
  @FunctionalInterface
  interface Forward extends AutoCloseable {
    /**
     * Computes the outputs of a batch.
     *
     * @param observations {@code (batch, obsSize)}; not changed
     * @param batch how many observations there are
     * @param outputs receives {@code (batch, width)}
     */
    void apply(float[] observations, int batch, float[] outputs);

    /**
     * Draws continuous actions around the outputs of the last call; a policy without a spread
     * leaves them as they are.
     *
     * @param streams one stream a row
     * @param actions the preferred actions, {@code (batch, width)}, which the drawn ones replace
     */
    default void sample(RandomStream[] streams, int batch, float[] actions) {}

    @Override
    default void close() {}
  }
}
