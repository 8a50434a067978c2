package dev.retort.teach;

import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;

/**
 * The options of algorithms that learn from a memory: how long, how it fills, and how often it is
 * learned from.
 *
 * @param steps environment steps of each seed
 * @param learningRate step size of Adam
 * @param gamma discount factor γ
 * @param nStep how many rewards are summed before the bootstrap
 * @param memory how many transitions are remembered
 * @param warmUp how many steps are uniformly random before learning
 * @param trainEvery how many environment steps lie between two blocks of updates
 * @param updates gradient steps in a block
 * @param batch transitions in a minibatch
 * @param normalising whether minibatches, and what is acted on, are normalised
 */
record Experience(
    Option<Long> steps,
    Option<Schedule> learningRate,
    Option<Double> gamma,
    Option<Long> nStep,
    Option<Long> memory,
    Option<Long> warmUp,
    Option<Long> trainEvery,
    Option<Long> updates,
    Option<Long> batch,
    Normalising normalising) {
  /** The defaults in which algorithms differ. */
  record Defaults(
      long steps,
      double learningRate,
      double gamma,
      long memory,
      long warmUp,
      long trainEvery,
      long updates,
      long batch) {}

  /** Declares them in an algorithm's schema. */
  static Experience in(Schema schema, Defaults defaults) {
    return new Experience(
        schema.whole(
            "steps", defaults.steps(), 1, "environment steps", "how long each seed trains"),
        schema.option(
            "learning-rate",
            Schedule.type(),
            Schedule.constant(defaults.learningRate()),
            "",
            "step size of Adam"),
        schema.real("gamma", defaults.gamma(), 0, 1, "", "discount factor γ"),
        schema.whole("n-step", 1, 1, "steps", "how many rewards are summed before the bootstrap"),
        schema.whole("memory", defaults.memory(), 1, "transitions", "how many are remembered"),
        schema.whole(
            "warm-up",
            defaults.warmUp(),
            1,
            "environment steps",
            "how many are random before learning"),
        schema.whole(
            "train-every",
            defaults.trainEvery(),
            1,
            "environment steps",
            "how many lie between two blocks of updates"),
        schema.whole("updates", defaults.updates(), 1, "", "gradient steps in a block"),
        schema.whole("batch", defaults.batch(), 1, "transitions", "size of a minibatch"),
        Normalising.in(schema));
  }
}
