package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.space.Spaces;
import java.util.List;

/**
 * A policy that acts by others. It is at home where they are, and remembers what they do, side by
 * side behind numbers of its own.
 */
sealed interface Composite extends Policy
    permits Tempered, Residual, ValueSum, Constrained, Switching, OfTask, Joint, Averaged {
  /** By whom it acts, at least one. */
  List<Policy> policies();

  /** How many numbers it remembers beside what they do. */
  default int own() {
    return 0;
  }

  @Override
  default int memory() {
    return own() + policies().stream().mapToInt(Policy::memory).sum();
  }

  @Override
  default Provenance origin() {
    return Provenance.of(policies().stream().map(Policy::origin).toList());
  }

  /** That of all of them; see {@link #requireAlike}. */
  @Override
  default boolean isAlwaysDrawn() {
    return policies().get(0).isAlwaysDrawn();
  }

  /** Refuses policies of which some prefer actions and others draw all of theirs. */
  static void requireAlike(String verb, List<Policy> policies) {
    Policy first = policies.get(0);
    for (Policy policy : policies) {
      if (policy.isAlwaysDrawn() != first.isAlwaysDrawn()) {
        throw new RetortException(
            "%s: expected policies that all prefer actions or all draw them, got '%s' and '%s'."
                .formatted(verb, first.name(), policy.name()));
      }
    }
  }

  /** Refuses policies that see different things, or whose outputs mean different things. */
  static void requireSame(String verb, List<Policy> policies) {
    Policy first = policies.get(0);
    requireAlike(verb, policies);
    for (Policy policy : policies) {
      requireSameSight(verb, first, policy);
      if (!policy.distribution().equals(first.distribution())) {
        throw new RetortException(
            "%s: expected policies with one kind of distribution, got '%s' with %s and '%s' with %s."
                .formatted(verb, first.name(), words(first), policy.name(), words(policy)));
      }
    }
  }

  /** Refuses policies that see different things. */
  static void requireSameSight(String verb, Policy first, Policy other) {
    new Spaces(first.observations(), other.actions())
        .require(
            verb,
            "policies that see what '%s' sees,".formatted(first.name()),
            "",
            "'%s'".formatted(other.name()),
            Fit.spaces(other),
            "");
  }

  private static String words(Policy policy) {
    return "%s over %s".formatted(policy.distribution().kind(), policy.actions().summary());
  }
}
