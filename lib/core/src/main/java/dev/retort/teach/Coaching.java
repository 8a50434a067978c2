package dev.retort.teach;

import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Type;

/**
 * The options of every algorithm that say how a training is looked after.
 *
 * @param every how many environment steps lie between two evaluations; 0 for none
 * @param episodes how many episodes an evaluation takes; they do not count as environment steps
 * @param keep which policy a training gives
 * @param enough the mean return at which training ends; with several members, when all have reached
 *     it
 */
record Coaching(
    Option<Long> every, Option<Long> episodes, Option<Keep> keep, Option<Double> enough) {
  /** Which policy a training gives. */
  enum Keep {
    /** The one after the last step. */
    LAST,
    /** The one with the best evaluation, the first of equals. */
    BEST
  }

  /** Declares them in an algorithm's schema. */
  static Coaching in(Schema schema) {
    return new Coaching(
        schema.whole(
            "evaluate-every",
            0,
            0,
            "environment steps",
            "how many lie between two evaluations of preferred actions; 0 for none"),
        schema.whole("evaluate-episodes", 10, 1, "episodes", "how many an evaluation takes"),
        schema.option(
            "keep",
            Type.choice(Keep.class),
            Keep.LAST,
            "",
            "which policy is kept: the last, or the one of the best evaluation"),
        schema.option(
            "stop-at",
            new Type<>(
                "a number, or never",
                text -> text.equals("never") ? Double.POSITIVE_INFINITY : Double.valueOf(text),
                value -> value.isInfinite() ? "never" : String.valueOf(value)),
            Double.POSITIVE_INFINITY,
            "mean return",
            "evaluation at which training ends, once every seed has reached it"));
  }
}
