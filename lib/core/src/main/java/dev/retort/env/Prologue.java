package dev.retort.env;

import dev.retort.random.RandomStream;
import java.util.function.Supplier;

/**
 * Hidden steps with which an episode begins: they are taken, but whoever plays in a {@link
 * VectorEnv} does not see them.
 *
 * <p>They move on the environment's clock, so that the hidden and the seen steps together last no
 * longer than the horizon; rewards on the way are nobody's. An episode that ends meanwhile begins
 * again, with a new number of hidden steps.
 */
public interface Prologue {
  /** Episodes that begin where the environment begins them. */
  Prologue NONE =
      new Prologue() {
        @Override
        public int steps(long episode, RandomStream random) {
          return 0;
        }

        @Override
        public void act(
            float[] observation, RandomStream random, float[] action, Supplier<String> place) {}
      };

  /**
   * How many hidden steps an episode begins with.
   *
   * @param episode of its copy, counted from 0
   * @param random the copy's stream for this purpose
   */
  int steps(long episode, RandomStream random);

  /**
   * Chooses the action of a hidden step.
   *
   * @param observation what would be seen, {@code (obsSize)}
   * @param random the copy's stream for this purpose
   * @param action receives {@code (actionSize)}
   * @param place where the copy is, for messages
   */
  void act(float[] observation, RandomStream random, float[] action, Supplier<String> place);
}
