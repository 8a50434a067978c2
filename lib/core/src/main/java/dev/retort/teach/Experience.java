package dev.retort.teach;

import dev.retort.option.Option;
import dev.retort.option.Schema;

/**
 * The options of algorithms that learn from a memory: how it fills, and how often it is learned
 * from.
 *
 * @param memory how many transitions are remembered
 * @param warmUp how many steps are uniformly random before learning
 * @param trainEvery how many environment steps lie between two blocks of updates
 * @param updates gradient steps in a block
 * @param batch transitions in a minibatch
 * @param nStep how many rewards are summed before the bootstrap
 * @param gamma discount factor γ
 */
record Experience(
    Option<Long> memory,
    Option<Long> warmUp,
    Option<Long> trainEvery,
    Option<Long> updates,
    Option<Long> batch,
    Option<Long> nStep,
    Option<Double> gamma) {
  /** Declares them in an algorithm's schema, with the defaults that differ. */
  static Experience in(Schema schema, long memory, long warmUp, long batch, double gamma) {
    return new Experience(
        schema.whole("memory", memory, 1, "transitions", "how many are remembered"),
        schema.whole(
            "warm-up", warmUp, 1, "environment steps", "how many are random before learning"),
        schema.whole(
            "train-every", 1, 1, "environment steps", "how many lie between two blocks of updates"),
        schema.whole("updates", 1, 1, "", "gradient steps in a block"),
        schema.whole("batch", batch, 1, "transitions", "size of a minibatch"),
        schema.whole("n-step", 1, 1, "steps", "how many rewards are summed before the bootstrap"),
        schema.real("gamma", gamma, 0, 1, "", "discount factor γ"));
  }
}
