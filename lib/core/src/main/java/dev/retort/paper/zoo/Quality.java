package dev.retort.paper.zoo;

import static dev.retort.Retort.stochastic;
import static dev.retort.Retort.uniform;
import static dev.retort.paper.zoo.Zoo.FIXED;

import dev.retort.Retort;
import dev.retort.collect.Behavior;
import dev.retort.data.Dataset;
import dev.retort.paper.StudyPart;
import dev.retort.policy.Policy;
import java.util.Locale;
import java.util.Map;

/** How good those were who acted while a dataset was collected; the expert labels every step. */
enum Quality {
  EXPERT,
  MEDIUM,
  RANDOM,
  /** As many steps of each of these, one after the other. */
  MIXED;

  /** Who acts, in words. */
  String who(String expert) {
    return switch (this) {
      case EXPERT -> "zoo/%s, actions drawn from its distribution".formatted(expert);
      case MEDIUM -> "zoo/%s-medium, actions drawn from its distribution".formatted(expert);
      case RANDOM -> "nobody: every action is drawn uniformly";
      case MIXED ->
          "one after the other, for a third of the steps each: zoo/%s and zoo/%s-medium, actions drawn from their distributions, and nobody, every action drawn uniformly; none of the episodes is in another dataset"
              .formatted(expert, expert);
    };
  }

  /**
   * Collects a dataset.
   *
   * @param teachers by their names
   * @param steps how many; of a mixture of each that it is made of
   */
  Dataset collect(World world, Map<String, Policy> teachers, int steps) {
    Policy expert = teachers.get(world.expert());
    Policy medium = teachers.get(world.medium());
    long seed = FIXED.count("seed of the " + this + " data");
    Dataset data =
        switch (this) {
          case EXPERT -> data(world, expert, stochastic(), steps, seed);
          case MEDIUM -> data(world, medium, stochastic(), steps, seed);
          case RANDOM -> data(world, expert, uniform(), steps, seed);
          case MIXED ->
              data(world, expert, stochastic(), steps, seed)
                  .and(data(world, medium, stochastic(), steps, seed + 1))
                  .and(data(world, expert, uniform(), steps, seed + 2));
        };
    return data.labeledBy(expert).named(world.name() + "-" + this);
  }

  private static Dataset data(World world, Policy who, Behavior behavior, int steps, long seed) {
    return StudyPart.inPassing(
        Retort.collect(steps).from(who).on(world.env()).exploring(behavior).seed(seed));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
